import { type KeyObject, randomUUID } from 'node:crypto';
import type { Method, Publication } from '../domain/election.ts';
import { makeServerKeys } from '../election-keys.ts';
import { loadTerms } from '../election-terms.ts';
import { freezeManifest } from '../features/key-ceremony/freeze-manifest.ts';
import { toBase64url } from '../protocol/bytes.ts';
import { proveKey } from '../protocol/key-proof.ts';
import type { ElectionTerms } from '../protocol/manifest.ts';
import { type ModulusBits, generateRsaKey, rawPrivate } from '../protocol/node/credential-key.ts';
import { nodePrimitives } from '../protocol/node/primitives.ts';
import { accept } from '../protocol/outcome.ts';
import type { Runtime } from '../runtime.ts';
import { digestOf } from '../secret.ts';
import { insertCandidate, insertContest } from '../store/contests.ts';
import { findElection, insertElection } from '../store/elections.ts';
import { replaceElectionKey } from '../store/keys.ts';
import { openElection } from '../store/opening.ts';
import type { Transaction } from '../store/store.ts';
import { codeOf, linkOf } from '../voter-secrets.ts';

export interface ContestPlan {
  readonly title: string;
  readonly method?: Method;
  readonly min?: number;
  readonly max?: number;
  readonly blank?: boolean;
  readonly shuffled?: boolean;
  /** Names; slogan and details are made up. */
  readonly candidates: readonly string[];
}

export interface ElectionPlan {
  readonly title?: string;
  readonly voters?: number;
  readonly contests?: readonly ContestPlan[];
  /** Where the election shall stand; `armed` opens at `opensAt`. Default: open. */
  readonly state?: 'armed' | 'open';
  /** Instants in milliseconds; default: from now for two hours. */
  readonly opensAt?: number;
  readonly closesAt?: number;
  readonly graceSeconds?: number;
  readonly codeDigits?: number;
  readonly publication?: Publication;
  /** Small for speed; the product's default is 3072. */
  readonly electionKeyBits?: ModulusBits;
  readonly credentialKeyBits?: ModulusBits;
}

export interface BuiltVoter {
  readonly id: string;
  readonly email: string;
  /** The secret part of the link, 32 characters. */
  readonly link: string;
  readonly code: string;
}

export interface BuiltElection {
  readonly id: string;
  readonly terms: ElectionTerms;
  readonly voters: readonly BuiltVoter[];
  /** The election's private key, which the server never holds. */
  readonly privateKey: KeyObject;
  /** `/vote/<link>#<M>`, as it is mailed. */
  path(voter: BuiltVoter): string;
}

const ONE_CONTEST: readonly ContestPlan[] = [
  { title: 'Chair', candidates: ['Ada Lovelace', 'Grace Hopper', 'Alan Turing'] },
];

const HOUR = 3_600_000;

/**
 * An election with its roll, keys and signed manifest, armed or open, made without any page: the key pair comes from
 * node:crypto, and the state goes through the same freezing and opening as everywhere.
 */
export async function armedElection(runtime: Runtime, plan: ElectionPlan = {}): Promise<BuiltElection> {
  const id = randomUUID();
  const now = runtime.clock.now();
  const electionKeyBits = plan.electionKeyBits ?? 2048;
  const { privateKey, key } = await generateRsaKey(electionKeyBits);
  const proof = await proveKey(nodePrimitives, key, (rho) => rawPrivate(privateKey, rho));
  const serverKeys = await makeServerKeys(runtime, plan.credentialKeyBits ?? 2048);
  const voterIds = Array.from({ length: plan.voters ?? 3 }, () => randomUUID());

  const made = await runtime.store.inTransaction(async (trx) => {
    await insertElection(trx, {
      id,
      title: plan.title ?? 'General assembly',
      organiser: 'The Reading Society',
      contact: 'vote@example.org',
      description: '',
      language: 'en',
      time_zone: 'Europe/Paris',
      opens_at: plan.opensAt ?? now,
      closes_at: plan.closesAt ?? now + 2 * HOUR,
      grace_seconds: plan.graceSeconds ?? 300,
      code_digits: plan.codeDigits ?? 6,
      election_key_bits: electionKeyBits,
      credential_key_bits: plan.credentialKeyBits ?? 2048,
      publication: plan.publication ?? 'totals',
      state: 'arming',
      created_at: now,
    });
    for (const contest of plan.contests ?? ONE_CONTEST) await addContest(trx, id, contest);
    await addVoters(runtime, trx, id, voterIds);
    await replaceElectionKey(trx, {
      election_id: id,
      modulus: key.modulus,
      proof: JSON.stringify(proof.map(toBase64url)),
      created_at: now,
      proven_at: now,
    });
    const election = await findElection(trx, id);
    if (election === undefined) throw new Error('the election was not stored');
    const frozen = await freezeManifest(trx, { election, serverKeys, next: 'armed', at: now });
    if (!frozen.ok || plan.state === 'armed') return frozen;
    const opened = await openElection(trx, id, now, 'clock');
    return opened.ok ? accept(frozen.value) : opened;
  });
  if (!made.ok) throw new Error(`the election cannot be made: ${made.code} ${JSON.stringify(made.detail)}`);
  const terms = await loadTerms(runtime, id);
  if (terms === undefined) throw new Error('the manifest was not stored');
  const fragment = toBase64url(terms.digest);
  return {
    id,
    terms,
    voters: voterIds.map((voterId, index) => builtVoter(runtime, voterId, index, plan.codeDigits ?? 6)),
    privateKey,
    path: ({ link }) => `/vote/${link}#${fragment}`,
  };
}

const emailOf = (index: number): string => `voter${index + 1}@example.org`;

function builtVoter(runtime: Runtime, id: string, index: number, codeDigits: number): BuiltVoter {
  const secrets = { id, link_version: 1 };
  return {
    id,
    email: emailOf(index),
    link: linkOf(runtime.secret, secrets),
    code: codeOf(runtime.secret, secrets, codeDigits),
  };
}

async function addContest(trx: Transaction, electionId: string, plan: ContestPlan): Promise<void> {
  const id = randomUUID();
  await insertContest(trx, {
    id,
    election_id: electionId,
    title: plan.title,
    method: plan.method ?? 'plurality',
    min_choices: plan.min ?? 1,
    max_choices: plan.max ?? 1,
    has_blank: plan.blank === false ? 0 : 1,
    is_shuffled: plan.shuffled === true ? 1 : 0,
  });
  for (const name of plan.candidates) {
    await insertCandidate(trx, {
      id: randomUUID(),
      contest_id: id,
      name,
      slogan: `${name} for all of us`,
      details: `What ${name} wants to do.`,
      logo: null,
    });
  }
}

async function addVoters(
  runtime: Runtime,
  trx: Transaction,
  electionId: string,
  ids: readonly string[],
): Promise<void> {
  const rows = ids.map((id, index) => ({
    id,
    election_id: electionId,
    last_name: `Last${index + 1}`,
    first_name: `First${index + 1}`,
    name_key: `last${index + 1} first${index + 1}`,
    email: emailOf(index),
    promotion: '',
    building: '',
    link_version: 1,
    link_digest: digestOf(linkOf(runtime.secret, { id, link_version: 1 })),
  }));
  for (let at = 0; at < rows.length; at += 500) {
    await trx
      .insertInto('voter')
      .values(rows.slice(at, at + 500))
      .execute();
  }
}
