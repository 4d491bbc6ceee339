import { quietUntil } from '../domain/quiet-hours.ts';
import type { Runtime } from '../runtime.ts';
import type { Allowance } from '../store/mail-claims.ts';

/** Which e-mails may leave now, by the configuration as it is now. */
export function allowanceNow(
  { config, clock }: Runtime,
  scope: { readonly electionId?: string; readonly ignoresQuietHours?: boolean } = {},
): Allowance {
  const now = clock.now();
  const { quietHours, mailPerMinute: perMinute } = config;
  const isQuiet =
    scope.ignoresQuietHours !== true && quietHours !== undefined && quietUntil(quietHours, now) !== undefined;
  return { now, electionId: scope.electionId, perMinute, isQuiet };
}
