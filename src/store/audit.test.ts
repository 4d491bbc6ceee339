import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { accept } from '../protocol/outcome.ts';
import { type TestRuntime, temporaryRuntime } from '../testing/runtime.ts';
import { appendAudit, brokenAuditEntry } from './audit.ts';
import { listAudit } from './audit-search.ts';

let test: TestRuntime;

beforeEach(async () => {
  test = await temporaryRuntime();
});
afterEach(() => test.dispose());

const append = (count: number) =>
  test.runtime.store.inTransaction(async (trx) => {
    for (let i = 0; i < count; i++) {
      const fields = { title: `Election ${i}` };
      await appendAudit(trx, { at: i, actor: 'cli', kind: 'election-created', electionId: 'e', fields });
    }
    return accept(undefined);
  });

/** What a thief of the disk can do: the triggers are theirs to drop. */
function tamper(statement: string): void {
  const database = new Database(join(test.folder, 'votix.sqlite'));
  database.exec('drop trigger audit_entry_no_update; drop trigger audit_entry_no_delete');
  database.exec(statement);
  database.close();
}

describe('the audit log', () => {
  it('holds over many pages, and is read newest first', async () => {
    await append(2_050);
    expect(await brokenAuditEntry(test.runtime.store.read)).toBeUndefined();
    const [newest] = await listAudit(
      test.runtime.store.read,
      { electionId: 'e' },
      Number.MAX_SAFE_INTEGER,
      1,
    );
    expect(newest).toMatchObject({ seq: 2_050, fields: { title: 'Election 2049' } });
  });

  it.each([
    ['a changed field', `update audit_entry set fields = '{"title":"Another"}' where seq = 7`, 7],
    ['another actor', `update audit_entry set actor = 'olive' where seq = 3`, 3],
    ['another time', 'update audit_entry set at = 99 where seq = 5', 5],
    ['another digest', 'update audit_entry set digest = zeroblob(32) where seq = 9', 9],
    ['a removed entry', 'delete from audit_entry where seq = 4', 4],
  ])('finds %s', async (_, statement, seq) => {
    await append(20);
    tamper(statement);
    expect(await brokenAuditEntry(test.runtime.store.read)).toBe(seq);
  });

  it('takes exactly the declared fields', async () => {
    const undeclared = test.runtime.store.inTransaction(async (trx) => {
      const fields = { title: 'x', voter: 'v' };
      await appendAudit(trx, { at: 1, actor: 'cli', kind: 'election-created', fields });
      return accept(undefined);
    });
    await expect(undeclared).rejects.toThrow('takes exactly: title');
  });
});
