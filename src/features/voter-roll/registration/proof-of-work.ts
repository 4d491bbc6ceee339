import { createChallenge, verifySolution } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import { z } from 'zod';
import type { RefusalCode } from '../../../domain/refusals.ts';
import { type Bytes, toBase64url } from '../../../protocol/bytes.ts';
import { type Outcome, accept, refuse } from '../../../protocol/outcome.ts';
import type { Runtime } from '../../../runtime.ts';

/** A challenge is spent once, which the 15 minutes of the table of tries remember. */
const CHALLENGE_MS = 10 * 60_000;

/** 256 keys of 4,000 rounds are tried on average: about a second in a browser, one key and a HMAC for us. */
const WORK = { algorithm: 'PBKDF2/SHA-256', cost: 4_000, keyPrefix: '00', keyLength: 32 } as const;

const solved = z.object({
  challenge: z.object({
    parameters: z.object({
      algorithm: z.literal(WORK.algorithm),
      cost: z.literal(WORK.cost),
      keyLength: z.literal(WORK.keyLength),
      keyPrefix: z.literal(WORK.keyPrefix),
      nonce: z.string().regex(/^[0-9a-f]{32}$/),
      salt: z.string().regex(/^[0-9a-f]{32}$/),
      data: z.object({ election: z.string(), madeAt: z.number() }),
    }),
    signature: z.string().regex(/^[0-9a-f]{64}$/),
  }),
  solution: z.object({
    counter: z.int().min(0).max(0xffff_ffff),
    derivedKey: z.string().regex(/^[0-9a-f]{64}$/),
  }),
});

const keyOf = ({ secret }: Runtime): string => toBase64url(secret.derive('votix/altcha'));

/** A challenge for one form of one election, as JSON for the page. */
export async function newChallenge(runtime: Runtime, electionId: string): Promise<string> {
  const challenge = await createChallenge({
    ...WORK,
    deriveKey,
    data: { election: electionId, madeAt: runtime.clock.now() },
    hmacSignatureSecret: keyOf(runtime),
  });
  return JSON.stringify(challenge);
}

/**
 * Judges what a form brought: JSON of a challenge of ours for this election, at most ten minutes old, and its solution.
 * Answers the digest under which it is to be counted as spent, in the transaction of the act.
 */
export async function readProof(
  runtime: Runtime,
  electionId: string,
  text: string,
): Promise<Outcome<Bytes, Extract<RefusalCode, 'PROOF_OF_WORK'>>> {
  const parsed = solved.safeParse(jsonOf(text));
  if (!parsed.success) return refuse('PROOF_OF_WORK');
  const { challenge, solution } = parsed.data;
  const { data, nonce } = challenge.parameters;
  const age = runtime.clock.now() - data.madeAt;
  if (data.election !== electionId || age < 0 || age > CHALLENGE_MS) return refuse('PROOF_OF_WORK');
  const { verified } = await verifySolution({
    challenge,
    solution,
    deriveKey,
    hmacSignatureSecret: keyOf(runtime),
  });
  return verified ? accept(runtime.secret.derive('votix/altcha-spent', nonce)) : refuse('PROOF_OF_WORK');
}

function jsonOf(text: string): unknown {
  if (text.length > 4_096) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
