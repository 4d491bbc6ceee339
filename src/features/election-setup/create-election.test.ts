import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROJECT_ROOT } from '../../config.ts';
import { findElection, listContests } from '../../store/elections.ts';
import { missingForArming } from '../../store/readiness.ts';
import { type OpenedRuntime, openTestRuntime } from '../../testing/runtime.ts';
import { createElectionFromFile } from './create-election.ts';

let runtime: OpenedRuntime;
beforeAll(async () => {
  runtime = await openTestRuntime();
});
afterAll(() => runtime.cleanup());

const readPicture = (path: string): Uint8Array | undefined => {
  try {
    return readFileSync(join(PROJECT_ROOT, 'src/testing/samples/images', path));
  } catch {
    return undefined;
  }
};

const SMALLEST = {
  title: 'Board',
  organiser: 'Society',
  contact: 'vote@example.org',
  language: 'fr',
  timeZone: 'Europe/Paris',
  closesAt: '2026-03-05T18:00',
};

const create = (input: unknown) => createElectionFromFile(runtime, { actor: 'cli', input, readPicture });
const faultsOf = async (input: unknown) => {
  const created = await create(input);
  return created.ok ? 'created' : created.detail;
};

describe('election.json', () => {
  it('needs little, and says what it assumes', async () => {
    const created = await create(SMALLEST);
    if (!created.ok) throw new Error(JSON.stringify(created.detail));
    expect(await findElection(runtime.store.read, created.value.electionId)).toMatchObject({
      opens_at: null,
      closes_at: Date.parse('2026-03-05T17:00:00Z'),
      grace_seconds: 300,
      code_digits: 6,
      publication: 'totals',
      election_key_bits: 3072,
      credential_key_bits: 2048,
      state: 'draft',
    });
  });

  it('holds contests and candidates with their logos, in order', async () => {
    const created = await create({
      ...SMALLEST,
      opensAt: '2026-03-03T08:00:00Z',
      graceSeconds: 0,
      contests: [
        {
          title: 'Board 2026-2027',
          method: 'approval',
          max: 2,
          blank: false,
          order: 'declared',
          candidates: [
            { name: 'Horizon', slogan: 'Open late', details: 'One\nTwo', logo: 'logo-400x300.png' },
            { name: 'Cap commun', logo: 'logo.webp' },
          ],
        },
        { title: 'Delegate', candidates: [{ name: 'Anaïs Guérande' }] },
      ],
    });
    if (!created.ok) throw new Error(JSON.stringify(created.detail));
    const contests = await listContests(runtime.store.read, created.value.electionId);
    expect(contests).toMatchObject([
      { title: 'Board 2026-2027', method: 'approval', max_choices: 2, has_blank: 0, is_shuffled: 0 },
      { title: 'Delegate', method: 'plurality', max_choices: 1, has_blank: 1, is_shuffled: 1 },
    ]);
    expect(contests[0]?.candidates).toMatchObject([
      { name: 'Horizon', slogan: 'Open late', details: 'One\nTwo', position: 0 },
      { name: 'Cap commun', slogan: '', position: 1 },
    ]);
    expect(contests[0]?.candidates.every(({ logo }) => /^[0-9a-f]{64}\.webp$/.test(logo ?? ''))).toBe(true);
  });

  it('is refused with every fault at its place, and nothing is written', async () => {
    const before = await runtime.store.read.selectFrom('election').select('id').execute();
    expect(
      await faultsOf({
        ...SMALLEST,
        title: '',
        contact: 7,
        colour: 'green',
        closesAt: '2026-03-29T02:30',
        contests: [
          { title: 'A', max: 2, candidates: [{ name: 'x'.repeat(201) }, { nom: 'y' }] },
          { title: 'B', method: 'approval', min: 3, max: 2 },
          { title: 'C', method: 'ranked' },
        ],
      }),
    ).toEqual({
      title: 'REQUIRED',
      contact: 'WRONG_TYPE:string',
      colour: 'UNKNOWN_FIELD:colour',
      closesAt: 'SKIPPED_TIME:2026-03-29 03:00',
      'contests.0.candidates.0.name': 'TOO_LONG:200',
      'contests.0.candidates.1.name': 'REQUIRED',
      'contests.0.candidates.1.nom': 'UNKNOWN_FIELD:nom',
      'contests.1.min': 'MIN_ABOVE_MAX',
      'contests.2.method': 'NOT_A_CHOICE:plurality, approval',
    });
    const candidates = [
      { name: 'A', logo: 'nowhere.png' },
      { name: 'B', logo: 'logo-script.svg' },
    ];
    expect(await faultsOf({ ...SMALLEST, contests: [{ title: 'A', candidates }] })).toEqual({
      'contests.0.candidates.0.logo': 'UNREADABLE_FILE:nowhere.png',
      'contests.0.candidates.1.logo': 'UNSUPPORTED_PICTURE',
    });
    expect(await runtime.store.read.selectFrom('election').select('id').execute()).toEqual(before);
  });

  it.each([null, [], 'text', 7])('is no %j', async (input) => {
    expect(await faultsOf(input)).toMatchObject({ input: expect.stringMatching(/^WRONG_TYPE/) });
  });
});

describe('readiness', () => {
  it('names everything that is missing, in the order of the steps', async () => {
    const contests = [
      { title: 'Empty' },
      { title: 'Short', method: 'approval', max: 3, candidates: [{ name: 'A' }] },
      { title: 'Fine', candidates: [{ name: 'A' }] },
    ];
    const created = await create({ ...SMALLEST, contests });
    if (!created.ok) throw new Error(JSON.stringify(created.detail));
    const election = await findElection(runtime.store.read, created.value.electionId);
    if (election === undefined) throw new Error('it was created');
    const missing = (now: number) => missingForArming(runtime.store.read, election, now);
    expect(await missing(runtime.clock.now())).toMatchObject([
      { code: 'NO_CANDIDATE', detail: { contest: 'Empty' } },
      { code: 'TOO_FEW_CANDIDATES', detail: { contest: 'Short', max: 3, candidates: 1 } },
      { code: 'NO_VOTERS' },
    ]);
    expect((await missing(election.closes_at)).at(-1)).toMatchObject({ code: 'WINDOW_PAST' });
  });
});
