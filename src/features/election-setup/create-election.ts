import { randomUUID } from 'node:crypto';
import {
  type ElectionDefinition,
  type ElectionFile,
  parseElection,
  parseElectionFile,
} from '../../domain/election-definition.ts';
import { fault, refuseFields } from '../../domain/input-faults.ts';
import type { RefusalCode } from '../../domain/refusals.ts';
import { storeLogo } from '../../logos.ts';
import { type Outcome, accept } from '../../protocol/outcome.ts';
import type { Runtime } from '../../runtime.ts';
import { type Actor, appendAudit } from '../../store/audit.ts';
import { insertCandidate, insertContest } from '../../store/contests.ts';
import { insertElection } from '../../store/elections.ts';
import type { Transaction } from '../../store/store.ts';
import { choiceColumns, electionColumns } from './election-columns.ts';

/** A new election, and which of its times come twice that night (the opening takes the first, the closing the last). */
interface CreatedElection {
  readonly electionId: string;
  readonly isOpeningRepeated: boolean;
  readonly isClosingRepeated: boolean;
}

type Contests = ElectionFile['contests'];

/** Creates a draft from the fields of the configure page; faulty fields are all told at once. */
export async function createElection(
  runtime: Runtime,
  request: { readonly actor: Actor; readonly input: unknown },
): Promise<Outcome<CreatedElection, RefusalCode>> {
  const parsed = parseElection(request.input);
  if (!parsed.ok) return parsed;
  return keep(runtime, request.actor, parsed.value, []);
}

/**
 * Creates a draft with contests and candidates from the content of an `election.json`. `readPicture` answers the bytes of
 * a candidate's logo by the path that the file gives, or undefined where it cannot be read.
 */
export async function createElectionFromFile(
  runtime: Runtime,
  request: {
    readonly actor: Actor;
    readonly input: unknown;
    readonly readPicture: (path: string) => Uint8Array | undefined;
  },
): Promise<Outcome<CreatedElection, RefusalCode>> {
  const parsed = parseElectionFile(request.input);
  if (!parsed.ok) return parsed;
  const { contests, ...definition } = parsed.value;
  const faults: Record<string, string> = {};
  const withLogos: Contests = [];
  for (const [at, contest] of contests.entries()) {
    const candidates: Contests[number]['candidates'] = [];
    for (const [place, { logo: path, ...candidate }] of contest.candidates.entries()) {
      if (path === undefined) candidates.push(candidate);
      else {
        const picture = request.readPicture(path);
        const stored = picture === undefined ? undefined : await storeLogo(runtime.config.logoDir, picture);
        if (stored?.ok === true) candidates.push({ ...candidate, logo: stored.value });
        else {
          faults[`contests.${at}.candidates.${place}.logo`] =
            stored === undefined ? fault('UNREADABLE_FILE', path) : fault(stored.code);
        }
      }
    }
    withLogos.push({ ...contest, candidates });
  }
  if (Object.keys(faults).length > 0) return refuseFields(faults);
  return keep(runtime, request.actor, definition, withLogos);
}

async function keep(
  runtime: Runtime,
  actor: Actor,
  definition: ElectionDefinition,
  contests: Contests,
): Promise<Outcome<CreatedElection, RefusalCode>> {
  const now = runtime.clock.now();
  if (definition.closesAt <= now) return refuseFields({ closesAt: fault('PAST') });
  const electionId = randomUUID();
  return runtime.store.inTransaction(async (trx) => {
    await insertElection(trx, {
      id: electionId,
      ...electionColumns(definition),
      state: 'draft',
      created_at: now,
    });
    for (const contest of contests) await insertWholeContest(trx, electionId, contest);
    await appendAudit(trx, {
      at: now,
      actor,
      electionId,
      kind: 'election-created',
      fields: { title: definition.title },
    });
    const { isOpeningRepeated, isClosingRepeated } = definition;
    return accept({ electionId, isOpeningRepeated, isClosingRepeated });
  });
}

async function insertWholeContest(
  trx: Transaction,
  electionId: string,
  { candidates, ...contest }: Contests[number],
): Promise<void> {
  const contestId = randomUUID();
  await insertContest(trx, { id: contestId, election_id: electionId, ...choiceColumns(contest) });
  for (const { name, slogan, details, logo } of candidates) {
    await insertCandidate(trx, {
      id: randomUUID(),
      contest_id: contestId,
      name,
      slogan,
      details,
      logo: logo ?? null,
    });
  }
}
