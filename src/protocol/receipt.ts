import { type Bytes, toBase64url } from './bytes.ts';
import { type Json, canonical, parseJson } from './canonical-json.ts';
import { bytes, exact, uuid } from './fields.ts';
import { hash } from './hash.ts';
import type { ElectionTerms } from './manifest.ts';
import { type Outcome, accept, refuse } from './outcome.ts';
import type { Ed25519KeyPair, Primitives } from './primitives.ts';

/** The urn's signed answer to a cast (section 6). */
export interface Receipt {
  /** The election's uuid. */
  readonly election: string;
  /** 32 bytes. */
  readonly tracker: Bytes;
  /** Ed25519 by the urn key over `receiptMessage`, 64 bytes. */
  readonly signature: Bytes;
}

const readReceipt = exact({ election: uuid, tracker: bytes(32), signature: bytes(64) });

/** `H("votix/1/receipt", M, tracker)`, 32 bytes: what the urn key signs. */
export async function receiptMessage(primitives: Primitives, digest: Bytes, tracker: Bytes): Promise<Bytes> {
  return hash(primitives, 'votix/1/receipt', digest, tracker);
}

/** The receipt of a tracker, signed by the urn key. */
export async function signReceipt(
  primitives: Primitives,
  terms: ElectionTerms,
  urnKeys: Ed25519KeyPair,
  tracker: Bytes,
): Promise<Receipt> {
  const message = await receiptMessage(primitives, terms.digest, tracker);
  const signature = await primitives.signEd25519(urnKeys, message);
  return { election: terms.manifest.election, tracker, signature };
}

/** Whether a receipt names this election and its urn key signed it. */
export async function verifyReceipt(
  primitives: Primitives,
  terms: ElectionTerms,
  { election, tracker, signature }: Receipt,
): Promise<boolean> {
  if (election !== terms.manifest.election) return false;
  const message = await receiptMessage(primitives, terms.digest, tracker);
  return primitives.verifyEd25519(terms.urnKey, message, signature);
}

export const receiptJson = ({ election, tracker, signature }: Receipt): Json => ({
  election,
  tracker: toBase64url(tracker),
  signature: toBase64url(signature),
});

/** The text of a receipt file. */
export const receiptText = (receipt: Receipt): string => canonical(receiptJson(receipt));

/** Reads a receipt from an answer's JSON: exact members. */
export function readReceiptJson(json: Json): Outcome<Receipt, 'MALFORMED'> {
  const receipt = readReceipt(json);
  return receipt === undefined ? refuse('MALFORMED') : accept(receipt);
}

/** Reads a receipt file: any member order and white space. */
export function parseReceipt(receiptFile: string): Outcome<Receipt, 'MALFORMED'> {
  const json = parseJson(receiptFile);
  return json === undefined ? refuse('MALFORMED') : readReceiptJson(json);
}
