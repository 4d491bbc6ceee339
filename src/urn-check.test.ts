import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeElection } from './features/election-setup/index.ts';
import { createApp } from './http/app.tsx';
import { databaseFile } from './runtime.ts';
import { type BuiltElection, armedElection } from './testing/election.ts';
import { type OpenedRuntime, openTestRuntime } from './testing/runtime.ts';
import { voteOverHttp } from './testing/voter-client.ts';
import { checkUrn, startUrnCheck, urnLight } from './urn-check.ts';

let runtime: OpenedRuntime;
let app: ReturnType<typeof createApp>;

beforeAll(async () => {
  runtime = await openTestRuntime();
  app = createApp(runtime);
});
afterAll(() => runtime.cleanup());

async function openUrn(votes: number): Promise<BuiltElection> {
  const election = await armedElection(runtime, { voters: votes + 1, graceSeconds: 0 });
  const candidate = election.terms.manifest.contests[0]?.candidates[0]?.id ?? '';
  for (const voter of election.voters.slice(0, votes)) {
    await voteOverHttp((path, init) => app.request(path, init), election.terms, voter, [[candidate]]);
  }
  return election;
}

/** What only somebody with the database file in hands can do: the triggers are taken away first. */
function tamper(statement: string, ...values: readonly (string | Uint8Array)[]): void {
  const database = new Database(databaseFile(runtime.config));
  try {
    database.exec('drop trigger if exists ballot_no_update; drop trigger if exists ballot_no_delete');
    database.prepare(statement).run(...values);
  } finally {
    database.close();
  }
}

describe('the urn check', () => {
  it('knows nothing before it has looked, and finds an honest urn in order before and after the close', async () => {
    const { id } = await openUrn(3);
    expect(urnLight(runtime, id)).toBe('unknown');
    expect(await checkUrn(runtime, id)).toBe('ok');
    const now = runtime.clock.now();
    runtime.clock.step(2 * 3_600_000);
    expect(await closeElection(runtime, { electionId: id, actor: 'clock' })).toMatchObject({ ok: true });
    expect(await checkUrn(runtime, id)).toBe('ok');
    runtime.clock.set(now);
  });

  it('sees a changed ballot, and stays wrong', async () => {
    const { id } = await openUrn(2);
    expect(await checkUrn(runtime, id)).toBe('ok');
    tamper('update ballot set sealed = randomblob(length(sealed)) where election_id = ?', id);
    expect(await checkUrn(runtime, id)).toBe('wrong');
    expect(await checkUrn(runtime, id)).toBe('wrong');
    expect(urnLight(runtime, id)).toBe('wrong');
  });

  it('sees that a ballot has gone', async () => {
    const { id } = await openUrn(2);
    expect(await checkUrn(runtime, id)).toBe('ok');
    tamper('delete from ballot where tracker = (select min(tracker) from ballot where election_id = ?)', id);
    expect(await checkUrn(runtime, id)).toBe('wrong');
  });

  it('sees more ballots than marks', async () => {
    const { id } = await openUrn(2);
    tamper('update voter set is_marked = 0, blinded_digest = null where election_id = ?', id);
    expect(await checkUrn(runtime, id)).toBe('wrong');
  });

  it('sees an urn that is not the one of the close line', async () => {
    const { id } = await openUrn(2);
    const now = runtime.clock.now();
    runtime.clock.step(2 * 3_600_000);
    await closeElection(runtime, { electionId: id, actor: 'clock' });
    tamper('delete from ballot where tracker = (select min(tracker) from ballot where election_id = ?)', id);
    expect(await checkUrn(runtime, id)).toBe('wrong');
    runtime.clock.set(now);
  });

  it('runs by itself for elections in use only', async () => {
    const { id } = await openUrn(1);
    const armed = await armedElection(runtime, { state: 'armed', opensAt: runtime.clock.now() + 60_000 });
    await startUrnCheck(runtime)();
    expect(urnLight(runtime, id)).toBe('ok');
    expect(urnLight(runtime, armed.id)).toBe('unknown');
  });
});
