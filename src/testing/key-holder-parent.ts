import { startKeyHolder } from '../protocol/node/key-holder-process.ts';

/** A process that starts a key holder on a long job, tells its process id, and waits to be killed. */
const holder = startKeyHolder();
process.stdout.write(`${holder.pid ?? 0}\n`);
await holder.generate({ bits: 4096, title: 'Orphan', madeAt: new Date() });
process.stdin.resume();
