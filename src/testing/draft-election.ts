import { createElectionFromFile } from '../features/election-setup/index.ts';
import type { Runtime } from '../runtime.ts';

/** An election that has only just been created: one contest, nobody on the roll, no key. Answers its id. */
export async function draftElection(runtime: Runtime): Promise<string> {
  const created = await createElectionFromFile(runtime, {
    actor: 'cli',
    input: {
      title: 'Board',
      organiser: 'Society',
      contact: 'vote@example.org',
      language: 'en',
      timeZone: 'UTC',
      closesAt: new Date(runtime.clock.now() + 86_400_000).toISOString(),
      contests: [{ title: 'Chair', candidates: [{ name: 'Ada' }] }],
    },
    readPicture: () => undefined,
  });
  if (!created.ok) throw new Error(JSON.stringify(created.detail));
  return created.value.electionId;
}
