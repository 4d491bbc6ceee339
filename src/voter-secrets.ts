import { toBase64url } from './protocol/bytes.ts';
import type { ServerSecret } from './secret.ts';

/**
 * A voter's link and code are never stored: they are derived from the server secret, the voter's id and the version of
 * the link, so that sending again repeats them and raising the version revokes them.
 */
export interface VoterSecretsOf {
  readonly id: string;
  readonly link_version: number;
}

/** The secret part of the voting link: 24 bytes in base64url, 32 characters. */
export function linkOf(secret: ServerSecret, voter: VoterSecretsOf): string {
  return toBase64url(secret.derive('votix/link', voter.id, String(voter.link_version)).subarray(0, 24));
}

/** The short code typed on the review page: `digits` decimal digits, uniform (64 bits reduced; the bias is below 2^-37). */
export function codeOf(secret: ServerSecret, voter: VoterSecretsOf, digits: number): string {
  const bytes = secret.derive('votix/code', voter.id, String(voter.link_version), String(digits));
  const value = new DataView(bytes.buffer).getBigUint64(0) % 10n ** BigInt(digits);
  return value.toString().padStart(digits, '0');
}
