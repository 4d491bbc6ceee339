import { z } from 'zod';
import { LANGUAGES } from './election.ts';
import { timeZoneName } from './election-definition.ts';
import { fault } from './input-faults.ts';
import { lineOfText, requiredLine } from './text-fields.ts';

const MOST_ENTRIES = 500;
const DOMAIN =
  /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)+$/;

/** The first spelling of each entry. */
const withoutRepeats = (entries: readonly string[]): string[] => {
  const known = new Map<string, string>();
  for (const entry of entries) {
    if (!known.has(entry.toLowerCase())) known.set(entry.toLowerCase(), entry);
  }
  return [...known.values()];
};

/** Names one per entry: empty ones dropped, repeated ones kept once. */
const names = z
  .array(lineOfText(100))
  .max(MOST_ENTRIES, fault('TOO_MANY', MOST_ENTRIES))
  .transform((entries) => withoutRepeats(entries.filter((entry) => entry !== '')));

const domains = names.superRefine((entries, context) => {
  const wrong = entries.find((entry) => !DOMAIN.test(entry.toLowerCase().replace(/^@/, '')));
  if (wrong !== undefined) context.addIssue({ code: 'custom', message: fault('NOT_A_DOMAIN', wrong) });
});

/**
 * What holds for the whole server. `domains`: the only ones whose addresses a roll may hold (subdomains are named on
 * their own; empty: any); `promotions`, `buildings`: what a roll may say about a voter, spelled as it is kept.
 */
export const settingsSchema = z.strictObject({
  organisation: requiredLine(200),
  domains: domains.transform((entries) =>
    withoutRepeats(entries.map((entry) => entry.toLowerCase().replace(/^@/, ''))),
  ),
  promotions: names,
  buildings: names,
  language: z.enum(LANGUAGES),
  timeZone: timeZoneName,
});

export type Settings = z.output<typeof settingsSchema>;
export type SettingName = keyof Settings;

/** Before anybody has configured anything. */
export const initialSettings = (organisation: string): Settings => ({
  organisation,
  domains: [],
  promotions: [],
  buildings: [],
  language: 'en',
  timeZone: 'Europe/Paris',
});
