import { LANGUAGES } from '../../domain/election.ts';
import type { SettingName, Settings } from '../../domain/settings.ts';
import type { Posted } from '../../views/posted.ts';

/** The sections of /configure; each is a form of its own and saved alone. */
export const SECTIONS = ['association', 'voters', 'mail', 'window'] as const;
export type Section = (typeof SECTIONS)[number];

/** The settings as the fields show them: as they are kept, or as they were typed. */
export interface ConfigureForm {
  readonly organisation: string;
  readonly languages: readonly string[];
  readonly language: string;
  readonly timeZone: string;
  readonly publicUrl: string;
  readonly twoPersonApproval: boolean;
  readonly domains: string;
  readonly promotions: string;
  readonly smtpHost: string;
  readonly smtpPort: string;
  readonly smtpTls: string;
  readonly smtpUser: string;
  readonly smtpVerifyCertificate: boolean;
  readonly mailFrom: string;
  readonly mailReplyTo: string;
  readonly mailPerMinute: string;
  readonly quietFrom: string;
  readonly quietUntil: string;
}

export const configureFormOf = (settings: Settings): ConfigureForm => ({
  organisation: settings.organisation,
  languages: settings.languages,
  language: settings.language,
  timeZone: settings.timeZone,
  publicUrl: settings.publicUrl ?? '',
  twoPersonApproval: settings.twoPersonApproval,
  domains: settings.domains.join('\n'),
  promotions: settings.promotions.join('\n'),
  smtpHost: settings.smtpHost ?? '',
  smtpPort: String(settings.smtpPort),
  smtpTls: settings.smtpTls,
  smtpUser: settings.smtpUser ?? '',
  smtpVerifyCertificate: settings.smtpVerifyCertificate,
  mailFrom: settings.mailFrom ?? '',
  mailReplyTo: settings.mailReplyTo ?? '',
  mailPerMinute: settings.mailPerMinute === null ? '' : String(settings.mailPerMinute),
  quietFrom: settings.quietFrom ?? '',
  quietUntil: settings.quietUntil ?? '',
});

const TYPED: Readonly<Record<Exclude<Section, 'window'>, (posted: Posted) => Partial<ConfigureForm>>> = {
  association: ({ text, has }) => ({
    organisation: text('organisation').trim(),
    languages: LANGUAGES.filter((language) => has(`offers-${language}`)),
    language: text('language'),
    timeZone: text('timeZone'),
    publicUrl: text('publicUrl').trim(),
    twoPersonApproval: has('twoPersonApproval'),
  }),
  voters: ({ text }) => ({ domains: text('domains'), promotions: text('promotions') }),
  mail: ({ text, has }) => ({
    smtpHost: text('smtpHost').trim(),
    smtpPort: text('smtpPort'),
    smtpTls: text('smtpTls'),
    smtpUser: text('smtpUser').trim(),
    smtpVerifyCertificate: has('smtpVerifyCertificate'),
    mailFrom: text('mailFrom').trim(),
    mailReplyTo: text('mailReplyTo').trim(),
    mailPerMinute: text('mailPerMinute').trim(),
    quietFrom: text('quietFrom').trim(),
    quietUntil: text('quietUntil').trim(),
  }),
};

/** What was typed into a section. */
export const typedIn = (section: Exclude<Section, 'window'>, posted: Posted): Partial<ConfigureForm> =>
  TYPED[section](posted);

/** What is left to the environment where its field is empty. */
const EMPTIED: readonly string[] = [
  'publicUrl',
  'smtpHost',
  'smtpUser',
  'mailFrom',
  'mailReplyTo',
  'mailPerMinute',
  'quietFrom',
  'quietUntil',
] satisfies SettingName[];
const LISTS: readonly string[] = ['domains', 'promotions'] satisfies SettingName[];

const linesOf = (text: string): string[] => text.split(/\r\n|\r|\n/).filter((line) => line.trim() !== '');

/** What was typed, as the schema of the settings reads it. */
export const settingsInput = (typed: Partial<ConfigureForm>): Readonly<Record<string, unknown>> =>
  Object.fromEntries<unknown>(
    Object.entries(typed).map(([name, value]): [string, unknown] => {
      if (value === '' && EMPTIED.includes(name)) return [name, null];
      if (typeof value === 'string' && LISTS.includes(name)) return [name, linesOf(value)];
      // nobody who takes the environment's mail server need fill in the port of another
      if (value === '' && name === 'smtpPort') return [name, 587];
      return [name, value];
    }),
  );
