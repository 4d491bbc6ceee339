import { chmodSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readConfig } from '../config.ts';
import { closeEarly, closeElection } from '../features/election-setup/index.ts';
import { armedElection } from '../testing/election.ts';
import { type TestRuntime, temporaryRuntime } from '../testing/runtime.ts';
import { openSmtpSink } from '../testing/smtp-sink.ts';
import { examine } from './examine.ts';
import type { Finding } from './finding.ts';

let test: TestRuntime;

beforeEach(async () => {
  test = await temporaryRuntime();
});
afterEach(() => test.dispose());

async function found(environment = test.runtime.environment): Promise<Map<string, Finding>> {
  const findings = new Map<string, Finding>();
  const now = test.clock.now();
  for await (const finding of examine(environment, now)) findings.set(finding.name, finding);
  return findings;
}

/** What a thief of the disk can do: the triggers are theirs to drop. */
function tamper(...statements: readonly string[]): void {
  const database = new Database(join(test.folder, 'votix.sqlite'));
  for (const statement of statements) database.exec(statement);
  database.close();
}

describe('doctor', () => {
  it('finds nothing broken in a new installation, and says what is still to be done', async () => {
    const findings = await found();
    expect([...findings.values()].filter(({ level }) => level === 'fail')).toEqual([]);
    expect(findings.get('database')).toMatchObject({ level: 'ok' });
    for (const name of ['backup', 'address', 'mail', 'server']) {
      expect(findings.get(name)).toMatchObject({ level: 'warn', remedy: expect.any(String) as string });
    }
  });

  it('finds a changed entry of the audit log', async () => {
    await armedElection(test.runtime, { voters: 1 });
    tamper('drop trigger audit_entry_no_update', "update audit_entry set actor = 'nobody' where seq = 1");
    expect((await found()).get('audit log')).toMatchObject({ level: 'fail', isIntegrity: true });
  });

  it('finds an urn that is not the closed one', async () => {
    const { id } = await armedElection(test.runtime, { voters: 2, graceSeconds: 0 });
    test.clock.step(1_000);
    const act = { electionId: id, actor: 'cli' };
    await closeEarly(test.runtime, { ...act, reason: 'Everyone has voted' });
    await closeElection(test.runtime, act);
    expect((await found()).get('urns')).toMatchObject({ level: 'ok' });
    tamper("update voter set is_marked = 1, blinded_digest = x'00'");
    expect((await found()).get('urns')).toMatchObject({ level: 'fail', isIntegrity: true });
  });

  it('finds a file that is no database, and goes on with the rest', async () => {
    await test.restart(async () => {
      const file = join(test.folder, 'votix.sqlite');
      rmSync(file);
      writeFileSync(file, 'no database at all, and long enough to be read as one');
      const findings = await found();
      expect(findings.get('database')).toMatchObject({ level: 'fail', isIntegrity: true });
      expect(findings.get('disk')).toMatchObject({ level: 'ok' });
      rmSync(file);
    });
  });

  it('finds a schema of another version', async () => {
    tamper("insert into kysely_migration values ('9999_future', 'now')");
    const findings = await found();
    expect(findings.get('schema')).toMatchObject({ level: 'fail' });
    expect(findings.has('audit log')).toBe(false);
    tamper("delete from kysely_migration where name = '9999_future'");
  });

  it('finds a missing secret, one of another installation in the environment, and one open to others', async () => {
    const file = join(test.folder, 'secret.key');
    chmodSync(file, 0o644);
    expect((await found()).get('secret')).toMatchObject({ level: 'warn' });
    expect((await found()).get('secret')).toMatchObject({ level: 'ok' });
    writeFileSync(file, `${'A'.repeat(43)}\n`);
    expect((await found()).get('secret')).toMatchObject({ level: 'fail' });
    rmSync(file);
    expect((await found()).get('secret')).toMatchObject({ level: 'fail' });
  });

  it('asks the mail server', async () => {
    const sink = await openSmtpSink();
    const environment = readConfig({
      VAR_DIR: test.folder,
      LOG_DIR: join(test.folder, 'logs'),
      LOGO_DIR: join(test.folder, 'logos'),
      PUBLIC_URL: 'https://vote.school.example',
      SMTP_HOST: '127.0.0.1',
      SMTP_PORT: String(sink.port),
      SMTP_TLS: 'none',
    });
    const well = await found(environment);
    expect(well.get('mail')).toMatchObject({ level: 'ok' });
    expect(well.get('address')).toMatchObject({ level: 'ok' });
    await sink.close();
    expect((await found(environment)).get('mail')).toMatchObject({ level: 'fail' });
  });

  it('warns of a key of which there is no second copy, and of voters without a link', async () => {
    await armedElection(test.runtime, { title: 'The board', voters: 1 });
    const warnings: string[] = [];
    for await (const { name, level, said } of examine(test.runtime.environment, test.clock.now())) {
      if (level === 'warn' && name.includes('The board')) warnings.push(said);
    }
    expect(warnings).toEqual(['only one copy of its key has been proven', 'nobody has been given a link']);
  });
});
