import { pauseMail, resumeMail } from '../features/mail-cockpit/index.ts';
import { type CommonOptions, answer, chosenElection, refused, withRuntime } from './terminal.ts';

/** `pause-mail`: nothing of this election leaves any more, here or from a running server, after the e-mails under way. */
export const pauseMailCommand = (options: CommonOptions): Promise<number> =>
  withRuntime(async (runtime) => {
    const { id: electionId } = await chosenElection(runtime, options);
    const paused = await pauseMail(runtime, { electionId, actor: 'cli' });
    if (!paused.ok) return refused(options, paused);
    return answer(options, 'The e-mails are paused.', { election: electionId, isPaused: true });
  });

/** `resume-mail`: what waits leaves again, from the running server or the next command that sends. */
export const resumeMailCommand = (options: CommonOptions): Promise<number> =>
  withRuntime(async (runtime) => {
    const { id: electionId } = await chosenElection(runtime, options);
    const resumed = await resumeMail(runtime, { electionId, actor: 'cli' });
    if (!resumed.ok) return refused(options, resumed);
    return answer(options, 'The e-mails leave again.', { election: electionId, isPaused: false });
  });
