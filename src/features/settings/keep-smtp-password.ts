import { fault, refuseFields } from '../../domain/input-faults.ts';
import type { Settings } from '../../domain/settings.ts';
import { sealSmtpPassword } from '../../effective-config.ts';
import { type Outcome, accept } from '../../protocol/outcome.ts';
import type { Runtime } from '../../runtime.ts';
import { findSealedSmtpPassword, replaceSealedSmtpPassword } from '../../store/settings.ts';
import type { Transaction } from '../../store/store.ts';

/** What the form says about the mail server's password: empty keeps the one that is there. */
export interface PasswordChange {
  readonly typed: string;
  readonly isForgotten: boolean;
}

const LONGEST = 1_000;

/**
 * Keeps, replaces or forgets the mail server's password; answers whether it changed. A kept one stays with the server and
 * the user it was typed for: whoever names another server must not be handed it.
 */
export async function keepSmtpPassword(
  { secret }: Runtime,
  trx: Transaction,
  { before, after, change }: { before: Settings; after: Settings; change: PasswordChange },
): Promise<Outcome<boolean, 'INVALID_INPUT'>> {
  const isKept = (await findSealedSmtpPassword(trx)) !== undefined;
  const hasPassword = after.smtpHost !== null && after.smtpUser !== null;
  if (change.typed !== '' && !change.isForgotten) {
    if (after.smtpHost === null) return refuseFields({ smtpHost: fault('REQUIRED') });
    if (!hasPassword) return refuseFields({ smtpUser: fault('REQUIRED') });
    if (change.typed.length > LONGEST) return refuseFields({ smtpPassword: fault('TOO_LONG', LONGEST) });
    await replaceSealedSmtpPassword(trx, sealSmtpPassword(secret, change.typed));
    return accept(true);
  }
  if (!isKept) return accept(false);
  if (change.isForgotten || !hasPassword) {
    await replaceSealedSmtpPassword(trx, undefined);
    return accept(true);
  }
  const isSameAccount = before.smtpHost === after.smtpHost && before.smtpUser === after.smtpUser;
  return isSameAccount ? accept(false) : refuseFields({ smtpPassword: fault('PASSWORD_AGAIN') });
}
