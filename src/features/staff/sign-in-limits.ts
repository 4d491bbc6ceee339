import type { RefusalCode } from '../../domain/refusals.ts';
import type { Bytes } from '../../protocol/bytes.ts';
import { type Outcome, accept, refuse } from '../../protocol/outcome.ts';
import type { Runtime } from '../../runtime.ts';
import { appendAudit } from '../../store/audit.ts';
import { clearTries, countTry, uncountTry } from '../../store/sign-in-tries.ts';
import { findStaffByEmail, normaliseAddress } from '../../store/staff.ts';
import type { Transaction } from '../../store/store.ts';

const WINDOW_MS = 15 * 60_000;
const MOST_PER_ACCOUNT = 5;
const MOST_PER_ADDRESS = 50;

/** Passwords and second factors are counted apart: a right password must not buy more guesses at the code. */
type Guessed = 'account' | 'second-factor';

/** Tries are counted under a keyed digest: the table says nothing about who tried from where. */
const accountOf = (runtime: Runtime, guessed: Guessed, email: string): Bytes =>
  runtime.secret.derive('votix/sign-in', guessed, normaliseAddress(email));
const placeOf = (runtime: Runtime, address: string): Bytes =>
  runtime.secret.derive('votix/sign-in', 'address', address);

/**
 * Counts a try before the password or code is looked at, so that parallel guesses cannot outrun the count. Refused beyond 5
 * an account and 50 a network address in 15 minutes, known account or not.
 */
export async function takeTry(
  runtime: Runtime,
  email: string,
  address: string,
  guessed: Guessed = 'account',
): Promise<Outcome<null, RefusalCode>> {
  const now = runtime.clock.now();
  const counted = await runtime.store.inTransaction<number | undefined, never>(async (trx) => {
    const place = await countTry(trx, placeOf(runtime, address), now, WINDOW_MS);
    if (place.tries > MOST_PER_ADDRESS) return accept(place.startedAt);
    const account = await countTry(trx, accountOf(runtime, guessed, email), now, WINDOW_MS);
    if (account.tries <= MOST_PER_ACCOUNT) return accept(undefined);
    if (account.tries === MOST_PER_ACCOUNT + 1) await auditLock(trx, email, now);
    return accept(account.startedAt);
  });
  return counted.ok ? answerOf(counted.value, now) : accept(null);
}

/** Counts a try from a network address alone, where no account is named yet. */
export async function takePlaceTry(runtime: Runtime, address: string): Promise<Outcome<null, RefusalCode>> {
  const now = runtime.clock.now();
  const counted = await runtime.store.inTransaction<number | undefined, never>(async (trx) => {
    const place = await countTry(trx, placeOf(runtime, address), now, WINDOW_MS);
    return accept(place.tries > MOST_PER_ADDRESS ? place.startedAt : undefined);
  });
  return counted.ok ? answerOf(counted.value, now) : accept(null);
}

const answerOf = (lockedSince: number | undefined, now: number): Outcome<null, RefusalCode> =>
  lockedSince === undefined
    ? accept(null)
    : refuse('TOO_MANY_TRIES', { minutes: Math.ceil((lockedSince + WINDOW_MS - now) / 60_000) });

/** Only of accounts that exist: what strangers type must not fill a log that is never erased. */
async function auditLock(trx: Transaction, email: string, now: number): Promise<void> {
  const staff = await findStaffByEmail(trx, email);
  if (staff === undefined) return;
  await appendAudit(trx, {
    at: now,
    actor: 'sign-in',
    kind: 'sign-in-locked',
    fields: { email: staff.email },
  });
}

/** After a right password or code: the account starts anew, the address keeps only its wrong tries. */
export async function forgiveTries(
  trx: Transaction,
  runtime: Runtime,
  email: string,
  address: string,
  guessed: Guessed = 'account',
): Promise<void> {
  await clearTries(trx, accountOf(runtime, guessed, email));
  await uncountTry(trx, placeOf(runtime, address));
}
