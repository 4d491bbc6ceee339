import { fault, refuseFields } from '../../domain/input-faults.ts';
import type { RefusalCode } from '../../domain/refusals.ts';
import { storeLogo, sweepLogos } from '../../logos.ts';
import type { Outcome } from '../../protocol/outcome.ts';
import type { Runtime } from '../../runtime.ts';
import { type SettingsChange, changeSettings } from './change-settings.ts';

/** Changes the settings of the association together with its logo: another picture, none any more, or the one it has. */
export async function changeAssociation(
  runtime: Runtime,
  request: SettingsChange & { readonly picture: Uint8Array | undefined; readonly isLogoRemoved: boolean },
): Promise<Outcome<readonly string[], RefusalCode>> {
  const { actor, input, picture, isLogoRemoved } = request;
  const stored = picture === undefined ? undefined : await storeLogo(runtime.config.logoDir, picture);
  const kept = isLogoRemoved ? { logo: null } : {};
  const logo = stored?.ok === true ? { logo: stored.value } : kept;
  if (stored?.ok === false) return refuseFields({ logo: fault(stored.code) });
  const changed = await changeSettings(runtime, { actor, input: { ...input, ...logo } });
  if (changed.ok && changed.value.includes('logo')) await sweepLogos(runtime);
  return changed;
}
