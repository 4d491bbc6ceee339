import type { ElectionState } from '../../domain/election.ts';
import type { RefusalCode } from '../../domain/refusals.ts';
import type { ServerKeys } from '../../election-keys.ts';
import { type Bytes, fromBase64url, toBase64url } from '../../protocol/bytes.ts';
import { instantOf } from '../../protocol/fields.ts';
import {
  type Manifest,
  type RsaJwk,
  checkManifestKeys,
  manifestText,
  parseManifest,
} from '../../protocol/manifest.ts';
import { nodePrimitives } from '../../protocol/node/primitives.ts';
import { type Outcome, accept, refuse } from '../../protocol/outcome.ts';
import { type ElectionRow, listContests, updateElection } from '../../store/elections.ts';
import { findElectionKey } from '../../store/keys.ts';
import { requireReady } from '../../store/readiness.ts';
import { insertManifest } from '../../store/record.ts';
import { rollFigures } from '../../store/roll-figures.ts';
import { insertServerKey } from '../../store/server-keys.ts';
import type { Transaction } from '../../store/store.ts';

const rsaJwk = (modulus: Bytes): RsaJwk => ({ kty: 'RSA', n: toBase64url(modulus), e: 'AQAB' });

/** Whole seconds: what the manifest can say, and so what the clock is held to. */
const wholeSecond = (ms: number): number => Math.floor(ms / 1000) * 1000;

export interface Freezing {
  readonly election: ElectionRow;
  readonly serverKeys: ServerKeys;
  readonly next: ElectionState;
  readonly at: number;
}

/**
 * Draws up the manifest of section 3 from what the election is now, signs it with the new urn key, and stores both:
 * from here on contests, candidates, keys and hours are frozen. Answers M.
 */
export async function freezeManifest(
  trx: Transaction,
  freezing: Freezing,
): Promise<Outcome<Bytes, RefusalCode>> {
  const { election, serverKeys, next, at } = freezing;
  const ready = await requireReady(trx, election, at);
  if (!ready.ok) return ready;
  const key = await findElectionKey(trx, election.id);
  if (key === undefined) return refuse('NOT_ARMED');
  const opensAt = wholeSecond(election.opens_at ?? at);
  const manifest = await drawUp(trx, election, opensAt, serverKeys, {
    modulus: new Uint8Array(key.modulus),
    proof: JSON.parse(key.proof) as string[],
  });
  const terms = await parseManifest(nodePrimitives, manifestText(manifest));
  if (!terms.ok || !(await checkManifestKeys(nodePrimitives, terms.value))) {
    throw new Error('the manifest drawn up does not hold its own rules');
  }
  const { digest, text } = terms.value;
  const signature = await serverKeys.sign(digest);
  await insertManifest(trx, election.id, { digest, content: text, signature });
  await insertServerKey(trx, election.id, serverKeys.row);
  await updateElection(trx, election.id, { state: next, opens_at: opensAt });
  return accept(digest);
}

async function drawUp(
  trx: Transaction,
  election: ElectionRow,
  opensAt: number,
  serverKeys: ServerKeys,
  electionKey: { readonly modulus: Bytes; readonly proof: readonly string[] },
): Promise<Manifest> {
  const contests = await listContests(trx, election.id);
  const { registered } = await rollFigures(trx, election.id);
  if (electionKey.proof.some((entry) => fromBase64url(entry) === undefined))
    throw new Error('the key proof is damaged');
  return {
    protocol: 'votix/1',
    election: election.id,
    title: election.title,
    organiser: election.organiser,
    opensAt: instantOf(new Date(opensAt)),
    closesAt: instantOf(new Date(election.closes_at)),
    graceSeconds: election.grace_seconds,
    timeZone: election.time_zone,
    rollSize: registered,
    contests: contests.map((contest) => ({
      id: contest.id,
      title: contest.title,
      method: contest.method,
      min: contest.min_choices,
      max: contest.max_choices,
      blank: contest.has_blank === 1,
      candidates: contest.candidates.map(({ id, name }) => ({ id, name })),
    })),
    electionKey: rsaJwk(electionKey.modulus),
    electionKeyProof: electionKey.proof,
    credentialKey: rsaJwk(serverKeys.credentialKey.modulus),
    credentialKeyProof: serverKeys.credentialProof.map(toBase64url),
    urnKey: { kty: 'OKP', crv: 'Ed25519', x: toBase64url(serverKeys.urnKey) },
    publication: election.publication,
    custody: { holders: 1, threshold: 1 },
  };
}
