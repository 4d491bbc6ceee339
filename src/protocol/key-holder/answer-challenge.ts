import type { Bytes } from '../bytes.ts';
import { type Challenge, challengeContext } from '../challenge.ts';
import { type Outcome, refuse } from '../outcome.ts';
import type { Awaitable, Primitives, RsaPublicKey } from '../primitives.ts';
import { isOpening, openUnder } from '../sealed-ballot.ts';

/** The raw private operation `x^d mod n` on nLen bytes: native in Node, BigInt in a browser. */
export type PrivatePower = (x: Bytes) => Awaitable<Bytes>;

/** The secret of a challenge (32 bytes), for the server to compare. WRONG_PROOF: it was not made for this key. */
export async function answerChallenge(
  primitives: Primitives,
  power: PrivatePower,
  key: RsaPublicKey,
  challenge: Challenge,
): Promise<Outcome<Bytes, 'WRONG_PROOF'>> {
  const r = await power(challenge.c);
  if (!(await isOpening(primitives, key, challenge.c, r))) return refuse('WRONG_PROOF');
  const context = await challengeContext(primitives, key, challenge.nonce);
  const opened = await openUnder(primitives, 'votix/1/challenge', key, context, challenge, r);
  return opened.ok ? opened : refuse('WRONG_PROOF');
}
