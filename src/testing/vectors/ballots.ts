import { ballotJson, completeBallot } from '../../protocol/ballot.ts';
import { concat, fromBase64url, fromInteger, toBase64url, toInteger } from '../../protocol/bytes.ts';
import { type Json, canonical } from '../../protocol/canonical-json.ts';
import { beginCredential, credentialMessage, finalizeCredential } from '../../protocol/credential.ts';
import type { ElectionTerms } from '../../protocol/manifest.ts';
import { blindSign, rawPrivate } from '../../protocol/node/credential-key.ts';
import { nodePrimitives } from '../../protocol/node/primitives.ts';
import type { Primitives } from '../../protocol/primitives.ts';
import { encodePss } from '../../protocol/pss.ts';
import { sealBallot } from '../../protocol/sealed-ballot.ts';
import { encodePlaintext } from '../../protocol/selection.ts';
import { seededPrimitives } from '../seeded-primitives.ts';
import { manifestOf, termsOf } from './elections.ts';
import { vectorKey } from './keys.ts';
import { ED25519_ORDER, NON_CANONICAL, SMALL_ORDER, UNIVERSAL_PROOF } from './points.ts';
import { addReceipts } from './receipts.ts';
import { type VectorFile, flipped, integerText, strayBits, vectorCases } from './vector-file.ts';

const BASE = 'a ballot';
const bytes = (text: string) => fromBase64url(text) ?? new Uint8Array(0);

async function cast(
  primitives: Primitives,
  terms: ElectionTerms,
  selections: readonly (readonly string[])[],
) {
  const { privateKey, key } = vectorKey('credential-2048');
  const pending = await beginCredential(primitives, terms);
  const plaintext = encodePlaintext(terms.manifest, selections);
  const sealed = await sealBallot(primitives, terms, pending.keys.publicKey, plaintext);
  const answer = blindSign(privateKey, key, pending.blinded);
  if (!answer.ok) throw new Error('no blind signature');
  const credential = await finalizeCredential(primitives, terms, pending, answer.value);
  if (!credential.ok) throw new Error('no credential');
  return completeBallot(primitives, terms, pending, sealed, credential.value);
}

/** Sections 5 and 6: ballots, casts, receipts. */
export async function ballotCases() {
  const file = vectorCases();
  const primitives = seededPrimitives('ballots');
  const manifest = await manifestOf('election-3072', 'credential-2048');
  const terms = await termsOf(manifest);
  const mine = await cast(primitives, terms, [['ada'], ['a', 'b', 'c']]);
  const other = await cast(primitives, terms, [[], ['d', 'e']]);
  const ballot = ballotJson(mine.ballot);
  file.accept('ballot', BASE, { manifest, ballot });
  file.accept('ballot', 'another ballot', { manifest, ballot: ballotJson(other.ballot) });
  addShapes(file, ballot);
  addRanges(file, ballot);
  addSwaps(file, ballot, ballotJson(other.ballot));
  await addUnsoundKeys(file, terms, ballotJson(mine.ballot));

  const text = canonical({ manifest: toBase64url(terms.digest), ballot });
  file.accept('cast', 'a cast', { text });
  file.accept('cast', 'a cast, indented', { text: JSON.stringify(JSON.parse(text), undefined, 2) });
  for (const [name, spoilt] of [
    ['manifest too short', text.replace(toBase64url(terms.digest), 'AAAA')],
    ['no manifest', canonical({ ballot })],
    ['no ballot', canonical({ manifest: toBase64url(terms.digest) })],
    ['voter beside the ballot', text.replace('{"ballot"', '{"voter":"x","ballot"')],
    ['kc twice', text.replace('"kc"', '"kc":"x","kc"')],
    ['a number', text.replace(/"kc":"[^"]*"/, '"kc":1')],
    ['an array', `[${text}]`],
    ['empty', ''],
  ] as const) {
    file.refuse('cast', `a cast: ${name}`, 'MALFORMED', { text: spoilt });
  }
  await addReceipts(file, terms, mine.tracker, other.tracker);
  return file.finish();
}

type BallotText = ReturnType<typeof ballotJson>;
const FIELDS = ['pk', 'c', 'kc', 'sealed', 'prefix', 'credential', 'proof'] as const;

function addShapes(file: VectorFile, ballot: BallotText): void {
  for (const field of FIELDS) {
    const value = bytes(ballot[field]);
    const shapes: Readonly<Record<string, Json>> = {
      'one byte short': toBase64url(value.slice(1)),
      'one byte long': toBase64url(concat(value, new Uint8Array(1))),
      empty: '',
      'a number': 1,
      ...(ballot[field].length % 4 === 0
        ? { padded: `${ballot[field]}=` }
        : { 'stray bits': strayBits(ballot[field]) }),
    };
    for (const [name, spoilt] of Object.entries(shapes)) {
      file.spoil(BASE, `ballot: ${field} ${name}`, 'MALFORMED', { set: { [`/ballot/${field}`]: spoilt } });
    }
    file.spoil(BASE, `ballot: no ${field}`, 'MALFORMED', { drop: [`/ballot/${field}`] });
    for (const at of [0, value.length >> 1, -1]) {
      // A flipped first byte can put c beyond n, and does not here.
      const set = { [`/ballot/${field}`]: flipped(ballot[field], at) };
      file.spoil(BASE, `ballot: ${field} flipped at ${at}`, 'CREDENTIAL_INVALID', { set });
    }
  }
  file.spoil(BASE, 'ballot: unknown member', 'MALFORMED', {
    set: { '/ballot/time': '2026-03-02T08:00:00Z' },
  });
  file.spoil(BASE, 'ballot: an array', 'MALFORMED', { set: { '/ballot': [] } });
  file.spoil(BASE, 'ballot: of another election', 'CREDENTIAL_INVALID', {
    set: { '/manifest/rollSize': 21 },
  });
}

function addRanges(file: VectorFile, ballot: BallotText): void {
  const { n } = vectorKey('election-3072').key;
  for (const [name, c] of [
    ['0', 0n],
    ['1', 1n],
    ['n-1', n - 1n],
    ['n', n],
    ['n+1', n + 1n],
    ['2^3072-1', 2n ** 3072n - 1n],
  ] as const) {
    file.spoil(BASE, `ballot: c = ${name}`, 'MALFORMED', { set: { '/ballot/c': integerText(c, 384) } });
  }
  const key = vectorKey('election-3072').key;
  const maul = toInteger(nodePrimitives.rsaPublic(key, fromInteger(2n, 384)));
  const mauled = integerText((toInteger(bytes(ballot.c)) * maul) % n, 384);
  file.spoil(BASE, 'ballot: c mauled to c * 2^e', 'CREDENTIAL_INVALID', { set: { '/ballot/c': mauled } });
  const s = toInteger(bytes(ballot.proof).slice(32).reverse());
  const malleated = concat(bytes(ballot.proof).slice(0, 32), fromInteger(s + ED25519_ORDER, 32).reverse());
  file.spoil(BASE, 'ballot: proof with S + L', 'CREDENTIAL_INVALID', {
    set: { '/ballot/proof': toBase64url(malleated) },
  });
}

/** Parts of somebody else's ballot. */
function addSwaps(file: VectorFile, ballot: BallotText, other: BallotText): void {
  const swaps: Readonly<Record<string, readonly (keyof BallotText)[]>> = {
    'ciphertext of another ballot': ['c', 'kc', 'sealed'],
    'credential of another ballot': ['prefix', 'credential'],
    'pk of another ballot': ['pk'],
    'pk and credential of another ballot': ['pk', 'prefix', 'credential'],
    'proof of another ballot': ['proof'],
    'everything but the ciphertext of another ballot': ['pk', 'prefix', 'credential', 'proof'],
  };
  for (const [name, fields] of Object.entries(swaps)) {
    const set = Object.fromEntries(fields.map((field) => [`/ballot/${field}`, other[field]]));
    file.spoil(BASE, `ballot: ${name}`, 'CREDENTIAL_INVALID', { set });
  }
  if (ballot.pk === other.pk) throw new Error('two ballots, one key');
}

/**
 * Ballots whose credential is truly signed for an unsound pk, with the proof R = s*B, S = s: under the point of order
 * 1 it verifies for every message, so that only the check of the key refuses it.
 */
async function addUnsoundKeys(file: VectorFile, terms: ElectionTerms, ballot: BallotText): Promise<void> {
  const { privateKey } = vectorKey('credential-2048');
  for (const [name, pk] of Object.entries({ ...SMALL_ORDER, ...NON_CANONICAL })) {
    const prepared = concat(bytes(ballot.prefix), credentialMessage(terms, bytes(pk)));
    const encoded = await encodePss(nodePrimitives, prepared, new Uint8Array(48), 256);
    const credential = toBase64url(rawPrivate(privateKey, encoded));
    const set = { '/ballot/pk': pk, '/ballot/credential': credential, '/ballot/proof': UNIVERSAL_PROOF };
    file.spoil(BASE, `ballot: pk ${name}`, 'CREDENTIAL_INVALID', { set });
  }
}
