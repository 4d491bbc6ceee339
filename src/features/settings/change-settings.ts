import { parseInput } from '../../domain/input-faults.ts';
import type { RefusalCode } from '../../domain/refusals.ts';
import { type SettingName, type Settings, settingsSchema } from '../../domain/settings.ts';
import { refreshConfig } from '../../live-config.ts';
import { type Outcome, accept } from '../../protocol/outcome.ts';
import type { Runtime } from '../../runtime.ts';
import { type Actor, appendAudit } from '../../store/audit.ts';
import { forgetSetting, loadSettings, saveSettings } from '../../store/settings.ts';

const NAMES = settingsSchema.keyof().options;

/** Changes the settings that are given; answers the names of those that changed. Elections that exist keep what they hold. */
export async function changeSettings(
  runtime: Runtime,
  request: { readonly actor: Actor; readonly input: Partial<Settings> },
): Promise<Outcome<readonly SettingName[], RefusalCode>> {
  const { organisation } = runtime.environment;
  const saved = await runtime.store.inTransaction(async (trx) => {
    const before = await loadSettings(trx, organisation);
    const parsed = parseInput(settingsSchema, { ...before, ...request.input });
    if (!parsed.ok) return parsed;
    const settings = parsed.value;
    const changed = NAMES.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(settings[name]));
    if (changed.length === 0) return accept(changed);
    await saveSettings(trx, settings, changed);
    // the environment's own name is no saved one: it follows the environment when that changes
    if (settings.organisation === organisation) await forgetSetting(trx, 'organisation');
    await appendAudit(trx, {
      at: runtime.clock.now(),
      actor: request.actor,
      kind: 'settings-changed',
      fields: { names: changed.join(', ') },
    });
    return accept(changed);
  });
  if (saved.ok) await refreshConfig(runtime);
  return saved;
}
