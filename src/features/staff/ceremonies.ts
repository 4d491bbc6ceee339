import { randomBytes } from 'node:crypto';
import type { RefusalCode } from '../../domain/refusals.ts';
import { type Outcome, accept, refuse } from '../../protocol/outcome.ts';
import type { Runtime } from '../../runtime.ts';
import { digestOf } from '../../secret.ts';
import { type PendingSignIn, insertPending, takePending } from '../../store/pending-sign-ins.ts';
import { makeSecret } from './sessions.ts';

/** What a passkey is asked for. A challenge made for one is never answered for another. */
export type Purpose = 'passkey-sign-in' | 'passkey-confirm' | 'passkey-register';

export interface Ceremony {
  /** Names the ceremony in the answer; nothing by itself. */
  readonly secret: string;
  readonly challenge: Uint8Array<ArrayBuffer>;
}

/** Opens a ceremony with a random challenge, good for five minutes and one answer. */
export async function openCeremony(
  runtime: Runtime,
  purpose: Purpose,
  staffId: string | null,
): Promise<Ceremony> {
  const secret = makeSecret();
  const challenge = new Uint8Array(randomBytes(32));
  await runtime.store.inTransaction(async (trx) => {
    const row = { secret_digest: digestOf(secret), staff_id: staffId, challenge, purpose };
    await insertPending(trx, row, runtime.clock.now());
    return accept(null);
  });
  return { secret, challenge };
}

/** Uses a ceremony up before its answer is looked at: an answer is evaluated once, right or wrong. */
export async function takeCeremony(
  runtime: Runtime,
  purpose: Purpose,
  secret: string,
): Promise<Outcome<Pick<PendingSignIn, 'staff_id'> & Pick<Ceremony, 'challenge'>, RefusalCode>> {
  const key = { secretDigest: digestOf(secret), purpose, now: runtime.clock.now() } as const;
  const taken = await runtime.store.inTransaction(async (trx) => accept(await takePending(trx, key)));
  const pending = taken.ok ? taken.value : undefined;
  if (pending === undefined || pending.challenge === null) return refuse('STEP_EXPIRED');
  return accept({ staff_id: pending.staff_id, challenge: new Uint8Array(pending.challenge) });
}
