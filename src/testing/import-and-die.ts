import { readConfig } from '../config.ts';
import { importRoll } from '../features/voter-roll/index.ts';
import { openRuntime } from '../runtime.ts';
import { listElections } from '../store/elections.ts';
import { rollOf } from './demo/people.ts';

// `node --import tsx src/testing/import-and-die.ts VOTERS DIE_AT`: imports a roll into the only election of the
// installation that the environment names, and is gone (kill -9) once that many rows are written.
const [voters = 0, dieAt = 0] = process.argv.slice(2).map(Number);
const runtime = await openRuntime(readConfig());
const [election] = await listElections(runtime.store.read);
if (election === undefined) throw new Error('there is no election');
await importRoll(runtime, {
  electionId: election.id,
  actor: 'cli',
  bytes: new TextEncoder().encode(rollOf(voters)),
  mode: 'all',
  existing: 'keep',
  onProgress: ({ phase, done }) => {
    if (phase === 'writing' && done >= dieAt) process.kill(process.pid, 'SIGKILL');
  },
});
throw new Error('the import should not have come to its end');
