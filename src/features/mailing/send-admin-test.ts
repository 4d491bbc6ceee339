import type { RefusalCode } from '../../domain/refusals.ts';
import { enqueueTests } from '../../mail/outbox.ts';
import { type Outcome, accept } from '../../protocol/outcome.ts';
import type { Runtime } from '../../runtime.ts';
import { listStaff } from '../../store/staff.ts';

/** Queues a test mail to one member of staff, or to every active admin where no address is given. Answers how many. */
export async function sendAdminTest(
  runtime: Runtime,
  input: { readonly to?: string },
): Promise<Outcome<{ readonly queued: number }, RefusalCode>> {
  const { store, config, clock } = runtime;
  return store.inTransaction(async (trx) => {
    const admins = (await listStaff(trx)).filter(
      ({ role, is_disabled }) => role === 'admin' && is_disabled === 0,
    );
    const addresses = input.to === undefined ? admins.map(({ email }) => email) : [input.to];
    return accept({ queued: await enqueueTests(trx, config, addresses, clock.now()) });
  });
}
