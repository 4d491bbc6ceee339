import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import { normalisePassword } from '../../domain/password.ts';

/** Argon2id (the library's default variant), 19 MiB, two passes: OWASP's floor, 11 ms off the event loop. */
const COST = { memoryCost: 19 * 1024, timeCost: 2, parallelism: 1 } as const;

export const hashPassword = (password: string): Promise<string> => hash(normalisePassword(password), COST);

let decoy: Promise<string> | undefined;

/**
 * One evaluation, whatever is known: without a stored hash the work is done against a decoy, so that an unknown
 * address, a disabled account and a wrong password take the same time.
 */
export async function isPassword(stored: string | null | undefined, password: string): Promise<boolean> {
  decoy ??= hashPassword(randomBytes(32).toString('hex'));
  const isRight = await verify(stored ?? (await decoy), normalisePassword(password));
  return isRight && typeof stored === 'string';
}
