import { randomBytes } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventOfRow } from '../../store/public-events.ts';
import { accept } from '../../protocol/outcome.ts';
import { childArguments } from '../../protocol/node/start-worker.ts';
import { digestOf } from '../../secret.ts';
import { updateElection } from '../../store/elections.ts';
import { rollFigures } from '../../store/roll-figures.ts';
import { saveSettings, loadSettings } from '../../store/settings.ts';
import { rollOf } from '../../testing/demo/people.ts';
import { draftElection } from '../../testing/draft-election.ts';
import { armedElection } from '../../testing/election.ts';
import { type OpenedRuntime, openTestRuntime } from '../../testing/runtime.ts';
import { linkOf } from '../../voter-secrets.ts';
import { type ImportRequest, importRoll } from './import-roll.ts';
import { readRollFile } from './read-roll-file.ts';

let runtime: OpenedRuntime;
beforeAll(async () => {
  runtime = await openTestRuntime();
});
afterAll(() => runtime.cleanup());

const HEADER = 'last_name;first_name;email;promotion;building';
const bytesOf = (...rows: readonly string[]): Uint8Array =>
  new TextEncoder().encode([HEADER, ...rows].join('\n'));
const VERA = 'Éluard;Vera;vera@school.example;E1;Dupont';
const VICTOR = 'Hamon;Victor;victor@school.example;;';
const WRONG = 'Stan;;stan@school';

const importInto = (electionId: string, bytes: Uint8Array, options: Partial<ImportRequest> = {}) =>
  importRoll(runtime, { electionId, actor: 'theo', bytes, mode: 'all', existing: 'keep', ...options });

const roll = (electionId: string) =>
  runtime.store.read
    .selectFrom('voter')
    .selectAll()
    .where('election_id', '=', electionId)
    .orderBy('name_key')
    .execute();

const audited = (electionId: string) =>
  runtime.store.read
    .selectFrom('audit_entry')
    .select(['actor', 'fields'])
    .where('election_id', '=', electionId)
    .where('kind', '=', 'roll-imported')
    .execute();

const publicEvents = async (electionId: string) =>
  (
    await runtime.store.read
      .selectFrom('public_event')
      .select('content')
      .where('election_id', '=', electionId)
      .orderBy('seq')
      .execute()
  ).map(({ content }) => eventOfRow(content));

describe('an import', () => {
  it('puts everyone on the roll, each with the digest of a link of their own', async () => {
    const id = await draftElection(runtime);
    const imported = await importInto(id, bytesOf(VERA, VICTOR));
    expect(imported).toMatchObject({ value: { added: 2, updated: 0, kept: 0, refused: 0 } });
    const voters = await roll(id);
    expect(voters).toMatchObject([
      {
        last_name: 'Éluard',
        first_name: 'Vera',
        name_key: 'eluard vera',
        email: 'vera@school.example',
        promotion: 'E1',
        building: 'Dupont',
        link_version: 1,
        is_marked: 0,
      },
      { last_name: 'Hamon', promotion: '', building: '' },
    ]);
    for (const voter of voters) {
      expect(new Uint8Array(voter.link_digest)).toEqual(digestOf(linkOf(runtime.secret, voter)));
    }
    expect(await audited(id)).toEqual([{ actor: 'theo', fields: '{"added":2,"refused":0,"updated":0}' }]);
    expect(await publicEvents(id)).toEqual([]);
  });

  it('takes nothing of a file with a wrong row, unless only the valid ones are wanted', async () => {
    const id = await draftElection(runtime);
    expect(await importInto(id, bytesOf(VERA, WRONG, VICTOR))).toMatchObject({
      code: 'ROLL_HAS_ERRORS',
      detail: { rows: 1 },
    });
    expect(await roll(id)).toEqual([]);
    const valid = await importInto(id, bytesOf(VERA, WRONG, VICTOR), { mode: 'only-valid' });
    expect(valid).toMatchObject({ value: { added: 2, refused: 1, reading: { errors: { length: 2 } } } });
  });

  it('says what nothing can be done with', async () => {
    const id = await draftElection(runtime);
    expect(await importInto(id, bytesOf(WRONG), { mode: 'only-valid' })).toMatchObject({
      code: 'NO_VALID_ROW',
    });
    expect(await importInto(id, new Uint8Array())).toMatchObject({
      code: 'ROLL_UNREADABLE',
      detail: { reason: 'EMPTY_FILE' },
    });
    const unknown = '00000000-0000-4000-8000-000000000000';
    expect(await importInto(unknown, bytesOf(VERA))).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('keeps those who are on the roll, or takes over what the file says of them: never mark, link or id', async () => {
    const id = await draftElection(runtime);
    await importInto(id, bytesOf(VERA, VICTOR));
    const [vera] = await roll(id);
    await runtime.store.inTransaction(async (trx) => {
      const mark = { is_marked: 1 as const, blinded_digest: new Uint8Array(32) };
      await trx
        .updateTable('voter')
        .set(mark)
        .where('id', '=', vera?.id ?? '')
        .execute();
      return accept(true);
    });
    const before = await roll(id);
    const changed = bytesOf(
      'Martin;Vera;VERA@school.example;E2;',
      VICTOR,
      'Keller;Tess;tess@school.example;;',
    );

    const dry = await importInto(id, changed, { existing: 'update', isDryRun: true });
    expect(dry).toMatchObject({ value: { added: 1, updated: 1, kept: 1 } });
    expect(await roll(id)).toEqual(before);

    const kept = await importInto(id, changed);
    expect(kept).toMatchObject({ value: { added: 1, updated: 0, kept: 2 } });
    expect((await roll(id)).filter(({ email }) => !email.startsWith('tess'))).toEqual(before);

    const updated = await importInto(id, changed, { existing: 'update' });
    expect(updated).toMatchObject({ value: { added: 0, updated: 1, kept: 2 } });
    expect((await roll(id)).find((voter) => voter.id === vera?.id)).toEqual({
      ...before[0],
      last_name: 'Martin',
      name_key: 'martin vera',
      promotion: 'E2',
      building: '',
    });
  });

  it('is held to the lists of the settings; an empty list restricts nothing', async () => {
    const bytes = bytesOf(VERA, 'Keller;Tess;tess@elsewhere.example;E9;Nowhere');
    expect((await readRollFile(runtime, { bytes })).errors).toEqual([]);
    const usual = await loadSettings(runtime.store.read, runtime.environment);
    const set = (settings: typeof usual) =>
      runtime.store.inTransaction(async (trx) => {
        await saveSettings(trx, settings, ['domains', 'promotions', 'buildings']);
        return accept(true);
      });
    await set({ ...usual, domains: ['school.example'], promotions: ['e1'], buildings: ['Dupont'] });
    const reading = await readRollFile(runtime, { bytes });
    expect(reading.voters).toMatchObject([{ email: 'vera@school.example', promotion: 'e1' }]);
    expect(reading.errors.map(({ code }) => code).sort()).toEqual([
      'BUILDING_UNKNOWN',
      'DOMAIN_NOT_ALLOWED',
      'PROMOTION_UNKNOWN',
    ]);
    await set(usual);
  });
});

describe('after the manifest is frozen', () => {
  it('tells the public record how many came in, and is refused once voting has ended', async () => {
    const { id } = await armedElection(runtime, { voters: 2, state: 'open' });
    await importInto(id, bytesOf(VERA, VICTOR));
    expect(await publicEvents(id)).toMatchObject([
      { seq: 1, kind: 'rollChanged', data: { added: 2, removed: 0 } },
    ]);
    // the size of the roll has not changed: nothing to tell
    await importInto(id, bytesOf('Martin;Vera;vera@school.example;;'), { existing: 'update' });
    expect(await publicEvents(id)).toHaveLength(1);
    await runtime.store.inTransaction(async (trx) => {
      await updateElection(trx, id, { state: 'closed' });
      return accept(true);
    });
    expect(await importInto(id, bytesOf('Keller;Tess;tess@school.example;;'))).toMatchObject({
      code: 'CLOSED',
    });
    expect(await roll(id)).toHaveLength(4);
  });
});

describe('two imports at once (C7)', () => {
  it('leave everyone on the roll once, and each is told what it did', async () => {
    const id = await draftElection(runtime);
    const bytes = new TextEncoder().encode(rollOf(700));
    const more = new TextEncoder().encode(rollOf(900));
    const reports = await Promise.all([importInto(id, bytes), importInto(id, more), importInto(id, bytes)]);
    const added = reports.map((report) => (report.ok ? report.value.added : -1));
    expect(added.reduce((sum, count) => sum + count)).toBe(900);
    expect(reports.every((report) => report.ok && report.value.added + report.value.kept >= 700)).toBe(true);
    const voters = await roll(id);
    expect(new Set(voters.map(({ email }) => email)).size).toBe(900);
    expect(voters).toHaveLength(900);
  });
});

describe('an import that breaks off (R4)', () => {
  it('leaves nothing when it throws between two statements', async () => {
    const id = await draftElection(runtime);
    const bytes = new TextEncoder().encode(rollOf(1_000));
    const broken = importInto(id, bytes, {
      onProgress: ({ phase, done }) => {
        if (phase === 'writing' && done >= 500) throw new Error('the disk is gone');
      },
    });
    await expect(broken).rejects.toThrow('the disk is gone');
    expect(await rollFigures(runtime.store.read, id)).toEqual({ registered: 0, marked: 0 });
    expect(await audited(id)).toEqual([]);
    expect(await importInto(id, bytes)).toMatchObject({ value: { added: 1_000 } });
  });

  it('leaves nothing when the process is killed: at the first rows, and before the commit', async () => {
    const other = await openTestRuntime();
    const id = await draftElection(other);
    const script = new URL('../../testing/import-and-die.ts', import.meta.url);
    for (const dieAt of ['250', '5000']) {
      const child = spawnSync(process.execPath, [...childArguments(script), '5000', dieAt], {
        env: {
          PATH: process.env['PATH'],
          VAR_DIR: other.folder,
          LOG_DIR: `${other.folder}/logs`,
          SECRET_KEY: randomBytes(32).toString('base64url'),
        },
      });
      expect(child.signal).toBe('SIGKILL');
      expect((await rollFigures(other.store.read, id)).registered).toBe(0);
    }
    // what the dead process held is free: the next import finds an unlocked database
    const bytes = new TextEncoder().encode(rollOf(5_000));
    const again = await importRoll(other, {
      electionId: id,
      actor: 'theo',
      bytes,
      mode: 'all',
      existing: 'keep',
    });
    expect(again).toMatchObject({ value: { added: 5_000 } });
    await other.cleanup();
  }, 120_000);
});

describe('large files', () => {
  it('are read in a thread, with progress, and give what a small one gives', async () => {
    const id = await draftElection(runtime);
    const shares: number[] = [];
    const bytes = new TextEncoder().encode(rollOf(10_000));
    const reading = await readRollFile(runtime, { bytes, onProgress: (share) => shares.push(share) });
    expect(shares).toHaveLength(10);
    expect(shares.every((share, i) => share > (shares[i - 1] ?? 0) && share <= 1)).toBe(true);
    expect(reading.voters).toHaveLength(10_000);
    expect(reading.voters.at(-1)).toMatchObject({ line: 10_001, email: 'voter9999@school.example' });
    const seen: string[] = [];
    await importInto(id, bytes, { onProgress: ({ phase }) => seen.push(phase) });
    expect([...new Set(seen)]).toEqual(['reading', 'writing']);
    expect((await rollFigures(runtime.store.read, id)).registered).toBe(10_000);
  });

  it('are refused by their size before a thread is started', async () => {
    const bytes = new TextEncoder().encode(rollOf(10));
    expect(await readRollFile(runtime, { bytes, maxBytes: 100 })).toMatchObject({ file_error: 'TOO_LARGE' });
  });
});
