import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { accept } from './protocol/outcome.ts';
import { resetElection } from './reset-election.ts';
import { brokenAuditEntry } from './store/audit.ts';
import { type BuiltElection, armedElection } from './testing/election.ts';
import { type TestRuntime, temporaryRuntime } from './testing/runtime.ts';
import { voteOverHttp } from './testing/voter-client.ts';
import { createApp } from './http/app.tsx';

let test: TestRuntime;
let doomed: BuiltElection;
let other: BuiltElection;

beforeEach(async () => {
  test = await temporaryRuntime();
  doomed = await armedElection(test.runtime, { title: 'The doomed one', voters: 4 });
  other = await armedElection(test.runtime, { title: 'The other one', voters: 2 });
});
afterEach(() => test.dispose());

const reset = (typedTitle = 'The doomed one') =>
  resetElection(test.runtime, { electionId: doomed.id, actor: 'cli', typedTitle });

const vote = (election: BuiltElection, voter: number) => {
  const app = createApp(test.runtime);
  const person = election.voters[voter];
  if (person === undefined) throw new Error('no such voter');
  return voteOverHttp((path, init) => app.request(path, init), election.terms, person, [[]]);
};

const rowsOf = async (table: 'ballot' | 'voter' | 'manifest' | 'server_key' | 'election'): Promise<number> =>
  (await test.runtime.store.read.selectFrom(table).selectAll().execute()).length;

describe('a reset', () => {
  it('deletes an open election with its ballots, leaves the other one, and is audited', async () => {
    await vote(doomed, 0);
    await vote(doomed, 1);
    await vote(other, 0);
    expect(await reset()).toMatchObject({
      ok: true,
      value: { title: 'The doomed one', voters: 4, contests: 1, candidates: 3 },
    });
    expect(
      await Promise.all((['election', 'voter', 'ballot', 'manifest', 'server_key'] as const).map(rowsOf)),
    ).toEqual([1, 2, 1, 1, 1]);
    await vote(other, 1);
    const { read } = test.runtime.store;
    const entry = await read
      .selectFrom('audit_entry')
      .select(['kind', 'fields'])
      .where('kind', '=', 'election-reset')
      .executeTakeFirst();
    expect(entry).toEqual({ kind: 'election-reset', fields: '{"title":"The doomed one","voters":4}' });
    expect(await brokenAuditEntry(read)).toBeUndefined();
  });

  it('leaves none of its people and ballots in the database file', async () => {
    const receipt = await vote(doomed, 0);
    const canaries = [doomed.voters[0]?.id ?? '', Buffer.from(receipt.tracker)];
    await test.restart();
    const file = join(test.folder, 'votix.sqlite');
    for (const canary of canaries) expect(readFileSync(file).includes(canary)).toBe(true);
    await reset();
    await test.restart();
    for (const canary of canaries) expect(readFileSync(file).includes(canary)).toBe(false);
  });

  it('keeps the ballots of others from being deleted afterwards', async () => {
    await vote(other, 0);
    await reset();
    const removal = test.runtime.store.inTransaction(async (trx) => {
      await trx.deleteFrom('ballot').execute();
      return accept(undefined);
    });
    await expect(removal).rejects.toThrow('never changed');
  });

  it('is refused where another title was typed, and nothing is deleted', async () => {
    await vote(doomed, 0);
    expect(await reset('The other one')).toMatchObject({ code: 'TITLE_DIFFERS' });
    expect(await rowsOf('election')).toBe(2);
    expect(await rowsOf('ballot')).toBe(1);
  });

  it('is refused where two people decide and one does', async () => {
    await test.runtime.store.inTransaction(async (trx) => {
      await trx.insertInto('setting').values({ name: 'twoPersonApproval', value: 'true' }).execute();
      return accept(undefined);
    });
    expect(await reset()).toMatchObject({ code: 'NEEDS_APPROVAL' });
    expect(await rowsOf('election')).toBe(2);
  });

  it('removes its kept mails and the roll files that wait, not the mails of others', async () => {
    const mailbox = join(test.folder, 'mail');
    const imports = join(test.folder, 'imports');
    mkdirSync(mailbox);
    mkdirSync(imports);
    writeFileSync(join(imports, 'a.roll'), 'Ada,Lovelace');
    const mails = [
      { id: '00000000-0000-4000-8000-000000000001', election_id: doomed.id },
      { id: '00000000-0000-4000-8000-000000000002', election_id: other.id },
    ];
    const fileOf = (id: string) => join(mailbox, `1700000000000-${id}.eml`);
    for (const { id } of mails) writeFileSync(fileOf(id), 'a link');
    await test.runtime.store.inTransaction(async (trx) => {
      for (const mail of mails) {
        const message_id = `<${mail.id}@example.org>`;
        const row = {
          kind: 'test',
          batch: mail.id,
          state: 'sent',
          due_at: 1,
          created_at: 1,
          message_id,
        } as const;
        await trx
          .insertInto('mail')
          .values({ ...mail, ...row, recipient: 'a@example.org' })
          .execute();
      }
      return accept(undefined);
    });
    expect(await reset()).toMatchObject({ ok: true, value: { mails: 1, keptMails: 1, keptRolls: 1 } });
    expect(mails.map(({ id }) => existsSync(fileOf(id)))).toEqual([false, true]);
    expect(existsSync(join(imports, 'a.roll'))).toBe(false);
  });
});
