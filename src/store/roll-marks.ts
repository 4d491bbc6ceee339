import type { CodeTries } from '../domain/code-tries.ts';
import type { VotingFacts } from '../domain/voting.ts';
import type { Bytes } from '../protocol/bytes.ts';
import { triesOf } from './code-tries.ts';
import { prepared } from './prepared.ts';
import { plain } from './record.ts';
import type { Reader, Transaction } from './store.ts';

/** Whom a voting link belongs to, and all that decides whether a credential may be issued for it. */
export interface VoterOfLink {
  readonly id: string;
  readonly linkVersion: number;
  readonly isMarked: boolean;
  /** 32 bytes, of a marked voter. */
  readonly blindedDigest: Bytes | undefined;
  readonly tries: CodeTries | undefined;
  readonly electionId: string;
  readonly codeDigits: number;
  readonly facts: VotingFacts;
  /** M, once the manifest is frozen. */
  readonly manifestDigest: Bytes | undefined;
}

const selectByLink = prepared((reader: Reader, linkDigest: Bytes) =>
  reader
    .selectFrom('voter')
    .innerJoin('election', 'election.id', 'voter.election_id')
    .leftJoin('manifest', 'manifest.election_id', 'voter.election_id')
    .leftJoin('code_tries', 'code_tries.voter_id', 'voter.id')
    .select([
      'voter.id',
      'voter.link_version',
      'voter.is_marked',
      'voter.blinded_digest',
      'voter.election_id',
      'election.state',
      'election.opens_at',
      'election.closes_at',
      'election.grace_seconds',
      'election.code_digits',
      'manifest.digest',
      'code_tries.recent_wrong_at',
      'code_tries.total_wrong',
      'code_tries.locked_until',
    ])
    .where('voter.link_digest', '=', linkDigest),
);

/**
 * Looks a link up by SHA-256 of its text, in one statement: unknown, malformed and revoked links take the same way and
 * the same time.
 */
export async function findVoterOfLink(reader: Reader, linkDigest: Bytes): Promise<VoterOfLink | undefined> {
  const [row] = (await selectByLink(reader, linkDigest)).rows;
  if (row === undefined) return undefined;
  const { recent_wrong_at, total_wrong, locked_until } = row;
  return {
    id: row.id,
    linkVersion: row.link_version,
    isMarked: row.is_marked === 1,
    blindedDigest: row.blinded_digest === null ? undefined : plain(row.blinded_digest),
    tries:
      recent_wrong_at === null || total_wrong === null
        ? undefined
        : triesOf({ recent_wrong_at, total_wrong, locked_until }),
    electionId: row.election_id,
    codeDigits: row.code_digits,
    facts: {
      state: row.state,
      opensAt: row.opens_at,
      closesAt: row.closes_at,
      graceSeconds: row.grace_seconds,
    },
    manifestDigest: row.digest === null ? undefined : plain(row.digest),
  };
}

const mark = prepared((reader: Reader, voterId: string, blindedDigest: Bytes) =>
  reader
    .updateTable('voter')
    .set({ is_marked: 1, blinded_digest: blindedDigest })
    .where('id', '=', voterId)
    .where('is_marked', '=', 0),
);

/** Marks the roll, once. The digest is all that is kept of the credential: it leads to no ballot. */
export async function markVoter(trx: Transaction, voterId: string, blindedDigest: Bytes): Promise<void> {
  const { numAffectedRows } = await mark(trx, voterId, blindedDigest);
  if (numAffectedRows !== 1n) throw new Error('a voter was to be marked twice');
}
