import { setImmediate as nextTurn } from 'node:timers/promises';
import { requireAct } from '../../domain/lifecycle.ts';
import type { RefusalCode } from '../../domain/refusals.ts';
import { type Outcome, accept, refuse } from '../../protocol/outcome.ts';
import { publicAct } from '../../public-act.ts';
import type { Runtime } from '../../runtime.ts';
import { requireApproval } from '../../store/approvals.ts';
import { type Actor, appendAudit } from '../../store/audit.ts';
import { factsOf, findElection } from '../../store/elections.ts';
import { appendPublicEvent } from '../../store/public-events.ts';
import { rollFigures } from '../../store/roll-figures.ts';
import { type NewVoter, VOTERS_A_STATEMENT, findVotersByEmail, putVoters } from '../../store/voters.ts';
import { newVoter } from './new-voter.ts';
import { type RollFile, readRollFile } from './read-roll-file.ts';
import type { RollReading, RollRow } from './reading/index.ts';

/** `all`: a file with one wrong row changes nothing. `only-valid`: the rows without errors are taken, the others left. */
export type ImportMode = 'all' | 'only-valid';
/** What becomes of voters whose address is on the roll already. Neither touches their mark or their link. */
export type ExistingVoters = 'keep' | 'update';

export interface ImportRequest {
  readonly electionId: string;
  readonly actor: Actor;
  readonly mode: ImportMode;
  readonly existing: ExistingVoters;
  /** Says what would happen and writes nothing. */
  readonly isDryRun?: boolean | undefined;
  readonly onProgress?: ((progress: ImportProgress) => void) | undefined;
}

export interface ImportProgress {
  readonly phase: 'reading' | 'comparing' | 'writing';
  readonly done: number;
  readonly total: number;
}

export interface ImportReport {
  readonly added: number;
  /** On the roll already, and changed. */
  readonly updated: number;
  /** On the roll already, and left as they were. */
  readonly kept: number;
  /** Rows of the file with errors. */
  readonly refused: number;
}

/** How many rows of a file have errors; a row may have several. */
export const refusedRows = (reading: RollReading): number =>
  new Set(reading.errors.map(({ line }) => line)).size;

/** Reads a roll file and imports it; see `importReading`. */
export async function importRoll(
  runtime: Runtime,
  request: ImportRequest & Omit<RollFile, 'onProgress'>,
): Promise<Outcome<ImportReport & { readonly reading: RollReading }, RefusalCode>> {
  const { onProgress } = request;
  const reading = await readRollFile(runtime, {
    bytes: request.bytes,
    maxBytes: request.maxBytes,
    onProgress: (share) => onProgress?.({ phase: 'reading', done: Math.round(share * 1_000), total: 1_000 }),
  });
  const imported = await importReading(runtime, { ...request, reading });
  return imported.ok ? accept({ ...imported.value, reading }) : imported;
}

function requireImportable(reading: RollReading, mode: ImportMode): Outcome<true, RefusalCode> {
  if (reading.file_error !== null) return refuse('ROLL_UNREADABLE', { reason: reading.file_error });
  const rows = refusedRows(reading);
  if (reading.voters.length === 0) return refuse('NO_VALID_ROW', { rows });
  return mode === 'all' && rows > 0 ? refuse('ROLL_HAS_ERRORS', { rows }) : accept(true);
}

/**
 * Imports what was read of a roll file: all of it or nothing, in one transaction. Voters are recognised by their e-mail
 * address. Once the manifest is frozen, voters who come in are told in the public record.
 */
export async function importReading(
  runtime: Runtime,
  request: ImportRequest & { readonly reading: RollReading },
): Promise<Outcome<ImportReport, RefusalCode>> {
  const { electionId, reading, existing, onProgress } = request;
  const { read } = runtime.store;
  const election = await findElection(read, electionId);
  if (election === undefined) return refuse('NOT_FOUND');
  const allowed = requireAct(factsOf(election, runtime.clock.now()), 'change-roll');
  if (!allowed.ok) return allowed;
  const importable = requireImportable(reading, request.mode);
  if (!importable.ok) return importable;

  const sorted = await sortByRoll(runtime, request);
  const wanted = existing === 'update' ? [...sorted.added, ...sorted.changed] : sorted.added;
  const total = reading.voters.length;
  const refused = refusedRows(reading);
  if (request.isDryRun === true) {
    const updated = wanted.length - sorted.added.length;
    return accept({ added: sorted.added.length, updated, kept: total - wanted.length, refused });
  }
  // links are derived before, so that the transaction, for which every cast waits, only writes
  const rows: NewVoter[] = [];
  for (const part of inParts(wanted)) {
    for (const voter of part) rows.push(newVoter(runtime.secret, electionId, voter));
    await nextTurn();
  }
  return publicAct(runtime, electionId, 'change-roll', async (trx, { now, seal }) => {
    const { actor } = request;
    const approved = await requireApproval(trx, { electionId, act: 'change-roll', actor, now });
    if (!approved.ok) return approved;
    const before = await rollFigures(trx, electionId);
    let written = 0;
    let done = 0;
    for (const part of inParts(rows)) {
      written += await putVoters(trx, part, existing);
      done += part.length;
      onProgress?.({ phase: 'writing', done, total: rows.length });
      await nextTurn();
    }
    const after = await rollFigures(trx, electionId);
    const added = after.registered - before.registered;
    const updated = written - added;
    if (seal !== undefined && added > 0) {
      const data = { added, removed: 0 };
      await appendPublicEvent(trx, electionId, seal, now, { kind: 'rollChanged', data });
    }
    const fields = { added, updated, refused };
    await appendAudit(trx, { at: now, actor, electionId, kind: 'roll-imported', fields });
    return accept({ added, updated, kept: total - written, refused });
  });
}

function* inParts<T>(rows: readonly T[]): Generator<readonly T[]> {
  for (let at = 0; at < rows.length; at += VOTERS_A_STATEMENT) yield rows.slice(at, at + VOTERS_A_STATEMENT);
}

interface SortedRows {
  readonly added: readonly RollRow[];
  /** On the roll with another name, promotion or building. */
  readonly changed: readonly RollRow[];
}

const COMPARED = ['last_name', 'first_name', 'promotion', 'building'] as const;

/**
 * Which rows would change the roll as it is now. Read outside the transaction, so that a long list sent again with three
 * new voters writes three rows; who comes in meanwhile is met by the unique address.
 */
export async function sortByRoll(
  runtime: Runtime,
  request: Pick<ImportRequest, 'electionId' | 'onProgress'> & { readonly reading: RollReading },
): Promise<SortedRows> {
  const { electionId, reading, onProgress } = request;
  const { read } = runtime.store;
  const total = reading.voters.length;
  if ((await rollFigures(read, electionId)).registered === 0) return { added: reading.voters, changed: [] };
  const added: RollRow[] = [];
  const changed: RollRow[] = [];
  let done = 0;
  for (const part of inParts(reading.voters)) {
    const emails = part.map(({ email }) => email);
    const known = new Map((await findVotersByEmail(read, electionId, emails)).map((row) => [row.email, row]));
    for (const voter of part) {
      const row = known.get(voter.email);
      if (row === undefined) added.push(voter);
      else if (COMPARED.some((column) => row[column] !== voter[column])) changed.push(voter);
    }
    done += part.length;
    onProgress?.({ phase: 'comparing', done, total });
    await nextTurn();
  }
  return { added, changed };
}
