import { randomBytes } from 'node:crypto';
import { type Bytes, toBase64url } from '../../protocol/bytes.ts';
import { accept } from '../../protocol/outcome.ts';
import type { Runtime } from '../../runtime.ts';
import { digestOf } from '../../secret.ts';
import { deleteSession, findSession, insertSession, touchSession } from '../../store/staff-sessions.ts';
import type { Transaction } from '../../store/store.ts';
import type { PageContext, Viewer } from '../../views/route.ts';
import { sessionDigestOf } from './session-cookie.ts';

/** 256 random bits in base64url: session and set-up secrets; only their digest is stored. */
export const makeSecret = (): string => toBase64url(randomBytes(32));

/**
 * A new secret at every sign-in and confirmation, the one before it dead: a secret planted or read earlier is worth
 * nothing. `createdAt` is the sign-in that the absolute expiry counts from.
 */
export async function startSession(
  trx: Transaction,
  staffId: string,
  times: { readonly createdAt: number; readonly now: number },
  previous: Bytes | undefined,
): Promise<string> {
  if (previous !== undefined) await deleteSession(trx, previous);
  const secret = makeSecret();
  await insertSession(trx, digestOf(secret), staffId, times);
  return secret;
}

const TOUCH_AFTER_MS = 60_000;

/** Who is behind a request, asked of the database every time: nothing about a member of staff is remembered. */
export async function viewerOfRequest(runtime: Runtime, c: PageContext): Promise<Viewer | undefined> {
  const digest = sessionDigestOf(runtime.config, c);
  if (digest === undefined) return undefined;
  const now = runtime.clock.now();
  const session = await findSession(runtime.store.read, digest, now);
  if (session === undefined) return undefined;
  if (now - session.seen_at > TOUCH_AFTER_MS) touchLater(runtime, digest, now);
  return {
    staffId: session.staff_id,
    email: session.email,
    name: session.name,
    role: session.role,
    confirmedAt: session.confirmed_at,
  };
}

/** The idle clock is the only thing a GET moves; no reader waits for it, and the next request moves it again. */
function touchLater(runtime: Runtime, digest: Bytes, now: number): void {
  runtime.store
    .inTransaction(async (trx) => accept(await touchSession(trx, digest, now)))
    .catch(() => undefined);
}
