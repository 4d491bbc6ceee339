import { randomBytes } from 'node:crypto';
import { importRoll } from '../../features/voter-roll/index.ts';
import { createApp } from '../../http/app.tsx';
import { sendLinks } from '../../features/mailing/index.ts';
import { accept } from '../../protocol/outcome.ts';
import { saveSettings } from '../../store/settings.ts';
import type { Transaction } from '../../store/store.ts';
import { initialSettings } from '../../domain/settings.ts';
import { armedElection } from '../election.ts';
import { type OpenedRuntime, openTestRuntime } from '../runtime.ts';
import { signInAs } from '../staff.ts';
import type { Effort, Figure } from './figure.ts';
import { quantile } from './figure.ts';

const MOST_MS = 150;

const BUILDINGS = ['Ampère', 'Bienvenüe', 'Copernic', 'Perrault', ''];
const PROMOTIONS = Array.from({ length: 20 }, (_, place) => `E${place + 1}`);
const LAST_NAMES = ['Martin', 'Bernard', 'Éluard', 'Petit', 'Robert', 'Nguyên', 'O’Neil', 'Le Goff'];
const FIRST_NAMES = ['Ana', 'Hélène', 'Karim', 'Zoé', 'Théo', 'Maël', 'Inès', 'Ugo', 'Léa'];

const pick = (list: readonly string[], place: number): string => list[place % list.length] ?? '';

/** A roll file as a school would hand it in: few first names, a number that makes names and addresses differ. */
function rollFile(voters: number): Uint8Array {
  const rows = Array.from({ length: voters }, (_, place) => {
    const last = `${pick(LAST_NAMES, place * 7)}-${place.toString(36)}`;
    return [
      last,
      pick(FIRST_NAMES, place),
      `v${place}@school.example`,
      pick(PROMOTIONS, place),
      pick(BUILDINGS, place * 3),
    ].join(';');
  });
  return new TextEncoder().encode(`nom;prénom;courriel;promotion;bâtiment\n${rows.join('\n')}\n`);
}

/** The list of the roll as staff see it, in every way it can be asked for, and the page of buildings that counts it. */
const pagesOf = (pages: number): Readonly<Record<string, string>> => ({
  'first page': 'register-voter',
  'middle page': `register-voter?page=${Math.ceil(pages / 2)}`,
  'last page': `register-voter?page=${pages}`,
  'search, one word': 'register-voter?search=helene',
  'search, two words': 'register-voter?search=helene+martin',
  'search, one address': 'register-voter?search=v4242%40school',
  'search, nobody': 'register-voter?search=zzzz',
  building: 'register-voter?building=%3DPerrault',
  'promotion and word': 'register-voter?promotion=%3DE3&search=zoe',
  'links refused': 'register-voter?link=refused',
  'links not sent': 'register-voter?link=none',
  buildings: 'buildings',
});

async function write(runtime: OpenedRuntime, work: (trx: Transaction) => Promise<unknown>): Promise<void> {
  await runtime.store.inTransaction(async (trx) => {
    await work(trx);
    return accept(true);
  });
}

/** Voting under way: most links sent, a hundredth refused, a third of the roll marked. */
async function play(runtime: OpenedRuntime, electionId: string): Promise<void> {
  await sendLinks(runtime, { electionId, actor: 'cli' });
  await write(runtime, async (trx) => {
    const mails = trx.updateTable('mail').where('election_id', '=', electionId);
    await mails.set({ state: 'sent', sent_at: 1 }).execute();
    await mails.set({ state: 'refused', answer: '550 unknown' }).where('id', 'like', '0a%').execute();
    await trx
      .updateTable('voter')
      .set({ is_marked: 1, blinded_digest: new Uint8Array(randomBytes(32)) })
      .where('election_id', '=', electionId)
      .where('id', '<', '55')
      .execute();
  });
}

/** Pages of a roll of 100,000: the 95th percentile of each, in the process that serves it. */
export async function measureRoll({ isQuick }: Effort): Promise<Figure> {
  const voters = isQuick ? 10_000 : 100_000;
  const runtime = await openTestRuntime();
  try {
    const app = createApp(runtime);
    const headers = await signInAs(app, runtime, 'technician');
    const lists = { buildings: BUILDINGS.filter((name) => name !== ''), promotions: PROMOTIONS };
    const settings = { ...initialSettings(runtime.environment), ...lists };
    await write(runtime, (trx) => saveSettings(trx, settings, ['buildings', 'promotions']));
    const { id } = await armedElection(runtime, { voters: 1 });
    const timeOf = async (path: string): Promise<number> => {
      const from = performance.now();
      const answer = await app.request(`/elections/${id}/${path}`, { headers });
      await answer.text();
      if (answer.status !== 200) throw new Error(`${path} answers ${answer.status}`);
      return performance.now() - from;
    };
    const slowest = async (path: string): Promise<number> => {
      const times: number[] = [];
      for (let round = 0; round < (isQuick ? 10 : 40); round += 1) times.push(await timeOf(path));
      return quantile(times, 0.95);
    };
    const small = await slowest('register-voter');

    const from = performance.now();
    const bytes = rollFile(voters);
    const request = { electionId: id, actor: 'cli', mode: 'all', existing: 'keep' } as const;
    const imported = await importRoll(runtime, { ...request, bytes, maxBytes: 100 * 1024 * 1024 });
    if (!imported.ok) throw new Error(imported.code);
    const seconds = (performance.now() - from) / 1000;
    await play(runtime, id);

    const found: [string, number][] = [];
    for (const [name, path] of Object.entries(pagesOf(Math.ceil(voters / 50)))) {
      found.push([name, await slowest(path)]);
    }
    return {
      name: 'roll.pageP95Ms',
      value: Math.max(...found.map(([, ms]) => ms)),
      limit: small,
      limitWhat: 'the first page of a roll of one voter, in the same process',
      target: { atMost: MOST_MS },
      notes: [
        `${voters.toLocaleString('en')} voters imported in ${seconds.toFixed(1)} s`,
        ...found.map(([name, ms]) => `${name}: ${ms.toFixed(1)} ms`),
      ],
    };
  } finally {
    await runtime.cleanup();
  }
}
