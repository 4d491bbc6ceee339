import { EXIT, say, withRuntime } from './terminal.ts';

/** Opening the runtime brings the schema up to date; this command does nothing else. */
export const migrateCommand = (): Promise<number> =>
  withRuntime((runtime) => {
    say(`The database in ${runtime.config.varDir} is up to date.`);
    return Promise.resolve(EXIT.done);
  });
