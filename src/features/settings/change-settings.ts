import { fault, parseInput, refuseFields } from '../../domain/input-faults.ts';
import type { RefusalCode } from '../../domain/refusals.ts';
import { type SettingName, type Settings, settingsSchema, startingSettings } from '../../domain/settings.ts';
import { refreshConfig } from '../../live-config.ts';
import { type Outcome, accept } from '../../protocol/outcome.ts';
import type { Runtime } from '../../runtime.ts';
import { type Actor, appendAudit } from '../../store/audit.ts';
import { forgetSetting, loadSettings, saveSettings } from '../../store/settings.ts';
import { requireUnfrozen } from './frozen-settings.ts';
import { type PasswordChange, keepSmtpPassword } from './keep-smtp-password.ts';

const NAMES = settingsSchema.keyof().options;
const STARTING = startingSettings.keyof().options;

export interface SettingsChange {
  readonly actor: Actor;
  /** The settings to change, as they were typed. An empty organisation: the environment's name. */
  readonly input: Readonly<Partial<Record<SettingName, unknown>>>;
  /** About the mail server's password; nothing: it stays. */
  readonly smtpPassword?: PasswordChange;
}

function parseSettings(input: unknown): Outcome<Settings, 'INVALID_INPUT'> {
  const parsed = parseInput(settingsSchema, input);
  if (!parsed.ok) return parsed;
  const { quietFrom, quietUntil } = parsed.value;
  if ((quietFrom === null) === (quietUntil === null)) return parsed;
  return refuseFields({ [quietFrom === null ? 'quietFrom' : 'quietUntil']: fault('NOT_ALONE') });
}

/**
 * Changes the settings that are given, in force at once; answers the names of those that changed. Elections that exist
 * keep what they hold. PUBLIC_URL_FROZEN, TWO_PERSONS_FROZEN: an election under way rests on it.
 */
export async function changeSettings(
  runtime: Runtime,
  { actor, input, smtpPassword }: SettingsChange,
): Promise<Outcome<readonly string[], RefusalCode>> {
  const { environment } = runtime;
  const { organisation } = environment;
  const named = input.organisation === '' ? { ...input, organisation } : input;
  const saved = await runtime.store.inTransaction<readonly string[], RefusalCode>(async (trx) => {
    const before = await loadSettings(trx, environment);
    const parsed = parseSettings({ ...before, ...named });
    if (!parsed.ok) return parsed;
    const after = parsed.value;
    const allowed = await requireUnfrozen(runtime, trx, { before, after });
    if (!allowed.ok) return allowed;
    const changed: string[] = NAMES.filter(
      (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
    );
    await saveSettings(
      trx,
      after,
      NAMES.filter((name) => changed.includes(name)),
    );
    // what is as the environment says is no saved value: it follows the environment when that changes
    for (const name of STARTING) {
      if (JSON.stringify(after[name]) === JSON.stringify(environment[name])) await forgetSetting(trx, name);
    }
    if (smtpPassword !== undefined) {
      const kept = await keepSmtpPassword(runtime, trx, { before, after, change: smtpPassword });
      if (!kept.ok) return kept;
      if (kept.value) changed.push('smtpPassword');
    }
    if (changed.length === 0) return accept(changed);
    const at = runtime.clock.now();
    await appendAudit(trx, { at, actor, kind: 'settings-changed', fields: { names: changed.join(', ') } });
    return accept(changed);
  });
  if (saved.ok) await refreshConfig(runtime);
  return saved;
}
