import { statfs } from 'node:fs/promises';
import type { BuildingLook } from './domain/buildings.ts';
import { type ShownCell, shownCells } from './domain/participation.ts';
import { type HourBar, hourBars } from './domain/turnout-hours.ts';
import { readLastBackup } from './last-backup.ts';
import type { Runtime } from './runtime.ts';
import { buildingLooks } from './store/buildings.ts';
import { type ElectionRow, findElection } from './store/elections.ts';
import { findElectionKey, listKeyCopies } from './store/keys.ts';
import { type MailFigures, mailFigures } from './store/mail-figures.ts';
import { participationOf } from './store/participation.ts';
import { type RollFigures, rollFigures } from './store/roll-figures.ts';
import { loadSettings } from './store/settings.ts';
import type { Store } from './store/store.ts';
import { listTurnout } from './store/turnout-hours.ts';
import { type UrnLight, urnLight } from './urn-check.ts';

/** Participation by part of the roll: cells of at least five people, or one for all. */
export interface Participation {
  readonly buildings: readonly ShownCell[];
  readonly promotions: readonly ShownCell[];
  readonly looks: Readonly<Record<string, BuildingLook>>;
}

/** What may be known of an election while people vote. Nothing here counts ballots. Instants in milliseconds. */
export interface LiveFigures extends RollFigures, Participation {
  /** When the figures were taken. */
  readonly at: number;
  readonly hours: readonly HourBar[];
  readonly mail: MailFigures;
  /** When the key was last proven: null while it never was, undefined while there is none. */
  readonly keyProvenAt: number | null | undefined;
  /** Copies of the key file that were proven. */
  readonly copies: number;
  readonly urn: UrnLight;
  /** On the disk of the database; undefined where the system does not tell. */
  readonly freeBytes: number | undefined;
  readonly lastBackupAt: number | undefined;
}

const FRESH_MS = 5_000;
/** Reads the whole roll, so more rarely than the rest. */
const PARTICIPATION_MS = 20_000;

/** One answer for all who ask within a while, however many they are; a failed one is asked again. */
class Shared<T> {
  readonly #kept = new WeakMap<Store, Map<string, { readonly since: number; readonly answer: Promise<T> }>>();
  readonly #freshFor: number;

  constructor(freshFor: number) {
    this.#freshFor = freshFor;
  }

  ask(store: Store, key: string, work: () => Promise<T>): Promise<T> {
    const kept = this.#kept.get(store) ?? new Map<string, { since: number; answer: Promise<T> }>();
    this.#kept.set(store, kept);
    const known = kept.get(key);
    const now = performance.now();
    if (known !== undefined && now - known.since < this.#freshFor) return known.answer;
    const answer = work();
    kept.set(key, { since: now, answer });
    answer.catch(() => kept.delete(key));
    return answer;
  }
}

const figures = new Shared<LiveFigures | undefined>(FRESH_MS);
const parts = new Shared<Participation>(PARTICIPATION_MS);

/** The figures of an election, at most five seconds old; undefined where there is no such election. */
export const liveFigures = (runtime: Runtime, electionId: string): Promise<LiveFigures | undefined> =>
  figures.ask(runtime.store, electionId, async () => {
    const election = await findElection(runtime.store.read, electionId);
    return election && takeFigures(runtime, election);
  });

async function takeFigures(runtime: Runtime, election: ElectionRow): Promise<LiveFigures> {
  const { store, config, clock } = runtime;
  const { id } = election;
  const at = clock.now();
  const roll = await rollFigures(store.read, id);
  const key = await findElectionKey(store.read, id);
  return {
    at,
    ...roll,
    ...(await parts.ask(store, id, () => participation(runtime, id))),
    hours: await turnoutHours(store, election, roll.marked, at),
    mail: await mailFigures(store.read, id),
    keyProvenAt: key?.proven_at,
    copies: (await listKeyCopies(store.read, id)).length,
    urn: urnLight(runtime, id),
    freeBytes: await freeBytes(config.varDir),
    lastBackupAt: readLastBackup(config)?.at,
  };
}

async function participation({ store, config }: Runtime, electionId: string): Promise<Participation> {
  const settings = await loadSettings(store.read, config);
  const cellsOf = async (by: 'building' | 'promotion', order: readonly string[]) =>
    shownCells(await participationOf(store.read, electionId, by), order);
  return {
    buildings: await cellsOf('building', settings.buildings),
    promotions: await cellsOf('promotion', settings.promotions),
    looks: await buildingLooks(store.read),
  };
}

async function turnoutHours(
  store: Store,
  election: ElectionRow,
  marked: number,
  now: number,
): Promise<readonly HourBar[]> {
  const from = election.opens_at;
  const until = Math.min(now, election.closes_at);
  if (from === null || until <= from) return [];
  return hourBars(await listTurnout(store.read, election.id), { from, until, marked });
}

async function freeBytes(folder: string): Promise<number | undefined> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch {
    return undefined;
  }
}
