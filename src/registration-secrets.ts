import { timingSafeEqual } from 'node:crypto';
import { concat, fromBase64url, toBase64url } from './protocol/bytes.ts';
import type { ServerSecret } from './secret.ts';

/** Bytes of an id, and of what proves that we wrote it. */
const ID_BYTES = 16;
const PROOF_BYTES = 16;

const proofOf = (secret: ServerSecret, id: string): Uint8Array =>
  secret.derive('votix/registration', id).subarray(0, PROOF_BYTES);

/**
 * What the link of a confirmation mail holds: the registration's id and a proof, 43 characters of base64url. It is never
 * stored, so that whoever reads the database cannot confirm in another's place.
 */
export const confirmationOf = (secret: ServerSecret, id: string): string =>
  toBase64url(concat(Uint8Array.from(Buffer.from(id.replaceAll('-', ''), 'hex')), proofOf(secret, id)));

/** The registration that a link of a confirmation mail names; undefined where we did not write it. */
export function registrationIn(secret: ServerSecret, text: string): string | undefined {
  const bytes = fromBase64url(text, ID_BYTES + PROOF_BYTES);
  if (bytes === undefined) return undefined;
  const hex = Buffer.from(bytes.subarray(0, ID_BYTES)).toString('hex');
  const id = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  return timingSafeEqual(bytes.subarray(ID_BYTES), proofOf(secret, id)) ? id : undefined;
}
