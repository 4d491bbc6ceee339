import { z } from 'zod';
import { COLOUR, type BuildingLook } from '../../domain/buildings.ts';
import { fault, parseInput, refuseFields } from '../../domain/input-faults.ts';
import type { RefusalCode } from '../../domain/refusals.ts';
import { type Settings, settingsSchema } from '../../domain/settings.ts';
import { requiredLine } from '../../domain/text-fields.ts';
import { type Outcome, accept, refuse } from '../../protocol/outcome.ts';
import type { Runtime } from '../../runtime.ts';
import { type Actor, appendAudit } from '../../store/audit.ts';
import { deleteLook, saveLook } from '../../store/buildings.ts';
import type { Direction } from '../../store/contests.ts';
import { type RollList, reassign } from '../../store/roll-lists.ts';
import { loadSettings, saveSettings } from '../../store/settings.ts';
import type { Transaction } from '../../store/store.ts';
import { isIcon } from '../../views/icon.tsx';

interface Scope {
  readonly actor: Actor;
  readonly list: RollList;
}

/** An entry of a list as it was typed. Promotions have a name alone. */
export interface EntryInput {
  readonly name: string;
  readonly look: BuildingLook | undefined;
}

export const settingOf = (list: RollList): 'buildings' | 'promotions' => `${list}s`;

const entrySchema = z.object({
  name: requiredLine(100),
  look: z
    .object({
      icon: z.string().trim().toLowerCase().refine(isIcon, fault('NOT_AN_ICON')),
      colour: z.string().trim().toLowerCase().regex(COLOUR, fault('NOT_A_COLOUR')),
    })
    .optional(),
});

/** Reads an entry; its faults are named as the fields of the form are. */
function readEntry(input: EntryInput) {
  const parsed = parseInput(entrySchema, input);
  if (parsed.ok) return parsed;
  return refuseFields(
    Object.fromEntries(
      Object.entries(parsed.detail).map(([path, said]) => [path.replace('look.', ''), said]),
    ),
  );
}

/** Adds an entry behind the others. */
export function addEntry(
  runtime: Runtime,
  { input, ...scope }: Scope & { readonly input: EntryInput },
): Promise<Outcome<true, RefusalCode>> {
  const read = readEntry(input);
  return changeList(runtime, scope, async (trx, entries) => {
    if (!read.ok) return read;
    const { name, look } = read.value;
    if (isIn(entries, name)) return refuseFields({ name: fault('IN_LIST') });
    if (look !== undefined) await saveLook(trx, name, look);
    const at = runtime.clock.now();
    await appendAudit(trx, { at, actor: scope.actor, kind: `${scope.list}-added`, fields: { name } });
    return accept([...entries, name]);
  });
}

/** Renames an entry, on the rolls that can still change too, and gives a building another look. */
export function changeEntry(
  runtime: Runtime,
  { before, input, ...scope }: Scope & { readonly before: string; readonly input: EntryInput },
): Promise<Outcome<true, RefusalCode>> {
  const read = readEntry(input);
  return changeList(runtime, scope, async (trx, entries) => {
    if (!entries.includes(before)) return refuse('NOT_FOUND');
    if (!read.ok) return read;
    const { name, look } = read.value;
    const others = entries.filter((entry) => entry !== before);
    if (isIn(others, name)) return refuseFields({ name: fault('IN_LIST') });
    if (name !== before) await reassign(trx, scope.list, before, name);
    if (look !== undefined) {
      await deleteLook(trx, before);
      await saveLook(trx, name, look);
    }
    const at = runtime.clock.now();
    const fields = { before, name };
    await appendAudit(trx, { at, actor: scope.actor, kind: `${scope.list}-changed`, fields });
    return accept(entries.map((entry) => (entry === before ? name : entry)));
  });
}

/** Takes an entry away; voters of rolls that can still change belong to none from then on. */
export const removeEntry = (
  runtime: Runtime,
  { name, ...scope }: Scope & { readonly name: string },
): Promise<Outcome<true, RefusalCode>> =>
  changeList(runtime, scope, async (trx, entries) => {
    if (!entries.includes(name)) return refuse('NOT_FOUND');
    await reassign(trx, scope.list, name, '');
    if (scope.list === 'building') await deleteLook(trx, name);
    const at = runtime.clock.now();
    await appendAudit(trx, { at, actor: scope.actor, kind: `${scope.list}-removed`, fields: { name } });
    return accept(entries.filter((entry) => entry !== name));
  });

/** Moves an entry one place; cards stand in this order. */
export const moveEntry = (
  runtime: Runtime,
  { name, direction, ...scope }: Scope & { readonly name: string; readonly direction: Direction },
): Promise<Outcome<true, RefusalCode>> =>
  changeList(runtime, scope, async (_trx, entries) => {
    const at = entries.indexOf(name);
    if (at < 0) return refuse('NOT_FOUND');
    const to = direction === 'up' ? at - 1 : at + 1;
    const other = entries[to];
    if (other === undefined) return accept(entries);
    return accept(entries.with(at, other).with(to, name));
  });

const isIn = (entries: readonly string[], name: string): boolean =>
  entries.some((entry) => entry.toLowerCase() === name.toLowerCase());

/** One transaction: the list as it is now, what `work` makes of it, and all that hangs on it. */
function changeList(
  runtime: Runtime,
  { list }: Scope,
  work: (trx: Transaction, entries: readonly string[]) => Promise<Outcome<readonly string[], RefusalCode>>,
): Promise<Outcome<true, RefusalCode>> {
  const setting = settingOf(list);
  return runtime.store.inTransaction(async (trx) => {
    const settings = await loadSettings(trx, runtime.config);
    const changed = await work(trx, settings[setting]);
    if (!changed.ok) return changed;
    const next: Settings = { ...settings, [setting]: changed.value };
    const parsed = parseInput(settingsSchema.shape[setting], next[setting]);
    if (!parsed.ok) return refuseFields({ name: Object.values(parsed.detail)[0] ?? fault('REQUIRED') });
    await saveSettings(trx, next, [setting]);
    return accept(true);
  });
}
