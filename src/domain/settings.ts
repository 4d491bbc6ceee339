import { z } from 'zod';
import { LANGUAGES } from './election.ts';
import { timeZoneName } from './election-definition.ts';
import { fault } from './input-faults.ts';
import { emailAddress, lineOfText, requiredLine, wholeNumber } from './text-fields.ts';

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

/** A time of day such as 22:00. */
export const CLOCK_TIME = /^(?:[01]\d|2[0-3]):[0-5]\d$/;

/** From one time of day until the next such other one, over midnight where `from` is the later. */
export interface QuietHours {
  readonly from: string;
  readonly until: string;
  readonly timeZone: string;
}

const clockTime = z.string().trim().regex(CLOCK_TIME, fault('NOT_A_CLOCK_TIME'));

/** An origin such as https://vote.example.org; a slash at the end is taken off. */
const origin = z
  .string()
  .trim()
  .transform((text, context) => {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    const isOrigin = url !== undefined && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`;
    if (isOrigin && text.length <= 300) return url.origin;
    context.addIssue({ code: 'custom', message: fault('NOT_AN_ORIGIN') });
    return z.NEVER;
  });

const HOST = /^(?=.{1,253}$)(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|[0-9a-fA-F:.]+)$/;
const host = z.string().trim().regex(HOST, fault('NOT_A_HOST'));

const sender = emailAddress.nullable();

export const LARGEST_THROTTLE = 100_000;
export const TLS_MODES = ['starttls', 'implicit', 'none'] as const;

const languages = z
  .array(z.enum(LANGUAGES))
  .min(1, fault('REQUIRED'))
  .transform((chosen) => LANGUAGES.filter((language) => chosen.includes(language)));

/**
 * What holds for the whole server. `domains`: the only ones whose addresses a roll may hold (subdomains are named on
 * their own; empty: any); `promotions`, `buildings`: what a roll may say about a voter, spelled as it is kept. Null: as
 * the environment says; a mail server is one or the other as a whole, by `smtpHost`. Quiet hours that end when they
 * begin are none.
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
  publicUrl: origin.nullable(),
  /** What readers may choose. */
  languages,
  /** File name among the logos. */
  logo: z
    .string()
    .regex(/^[0-9a-f]{64}\.webp$/)
    .nullable(),
  smtpHost: host.nullable(),
  smtpPort: wholeNumber(1, 65_535),
  smtpTls: z.enum(TLS_MODES),
  smtpUser: requiredLine(320).nullable(),
  smtpVerifyCertificate: z.boolean(),
  mailFrom: sender,
  mailReplyTo: sender,
  mailPerMinute: wholeNumber(1, LARGEST_THROTTLE).nullable(),
  quietFrom: clockTime.nullable(),
  quietUntil: clockTime.nullable(),
  /** Whether a second admin must approve what cannot be undone. */
  twoPersonApproval: z.boolean(),
});

export type Settings = z.output<typeof settingsSchema>;
export type SettingName = keyof Settings;

/** What the environment may say about the settings: the values from which they start. */
export const startingSettings = settingsSchema.pick({
  organisation: true,
  domains: true,
  promotions: true,
  timeZone: true,
  languages: true,
});
export type StartingSettings = Readonly<z.output<typeof startingSettings>>;

/** Before anybody has configured anything. */
export const initialSettings = (starting: StartingSettings): Settings => ({
  organisation: starting.organisation,
  domains: starting.domains,
  promotions: starting.promotions,
  buildings: [],
  language: starting.languages[0] ?? 'en',
  timeZone: starting.timeZone,
  publicUrl: null,
  languages: starting.languages,
  logo: null,
  smtpHost: null,
  smtpPort: 587,
  smtpTls: 'starttls',
  smtpUser: null,
  smtpVerifyCertificate: true,
  mailFrom: null,
  mailReplyTo: null,
  mailPerMinute: null,
  quietFrom: null,
  quietUntil: null,
  twoPersonApproval: false,
});
