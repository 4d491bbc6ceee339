import { type TemplateKey, type TemplateText, keyOfSample, placeholdersOf } from '../domain/mail-template.ts';
import { accept, refuse } from '../protocol/outcome.ts';
import type { Runtime } from '../runtime.ts';
import type { MailRow } from '../store/mail.ts';
import { findTemplate } from '../store/mail-templates.ts';
import { loadSettings } from '../store/settings.ts';
import { formatInstant } from '../views/format.ts';
import { isPlainAddress } from './address.ts';
import type { RenderOutcome } from './message.ts';
import { defaultTexts } from './templates/default-texts.ts';
import { fixedLines } from './templates/fixed-lines.ts';
import {
  type MailLine,
  type MailValues,
  aside,
  blank,
  fillBody,
  fillSubject,
  tellsTimes,
} from './templates/mail-lines.ts';
import { texts } from './templates/texts.ts';
import { writeMail } from './templates/written-mail.tsx';

const DAY = 86_400_000;

interface SampleMail {
  readonly subject: string;
  readonly lines: readonly MailLine[];
}

/** A text as a made-up voter would get it. No link or code of it is anybody's. */
export async function sampleMail(
  runtime: Runtime,
  { kind, language }: TemplateKey,
  template: TemplateText,
): Promise<SampleMail> {
  const { config, store, clock } = runtime;
  const { organisation, timeZone } = await loadSettings(store.read, config);
  const t = texts[language];
  const at = (instant: number): string => formatInstant(language, timeZone, instant);
  const all: Required<MailValues> = {
    name: t.sampleName,
    title: t.sampleTitle,
    organiser: organisation,
    contact: config.mailFrom,
    opens: at(clock.now() + 7 * DAY),
    closes: at(clock.now() + 14 * DAY),
    link: `${config.publicUrl}/vote/${'x'.repeat(32)}#${'x'.repeat(43)}`,
    code: '000000',
    fingerprint: 'AAAA-BBBB-CCCC-DDDD',
    result: `${config.publicUrl}/results/`,
  };
  const values: MailValues = Object.fromEntries(placeholdersOf(kind).map((name) => [name, all[name]]));
  const fixed = fixedLines({
    kind,
    language,
    channel: kind === 'link-alone' ? 'separate' : 'mail',
    contact: all.contact,
    fingerprint: values.fingerprint,
    timeZone: tellsTimes(template) ? timeZone : undefined,
  });
  return {
    subject: fillSubject(template, values),
    lines: [...fillBody(template, values), blank, ...fixed, blank, aside(t.sampleNote)],
  };
}

/** The sample that an admin asked for, sent to themselves: the text as it is stored now. */
export async function renderSample(runtime: Runtime, row: MailRow): Promise<RenderOutcome> {
  const { config, store } = runtime;
  if (row.recipient === null) throw new Error('a sample names its recipient');
  if (!isPlainAddress(row.recipient)) return refuse('REFUSED', { reason: 'ADDRESS_UNUSABLE' });
  const key = keyOfSample(row.batch);
  if (key === undefined) throw new Error('a sample names its text');
  const template = (await findTemplate(store.read, key)) ?? defaultTexts[key.language][key.kind];
  const { subject, lines } = await sampleMail(runtime, key, template);
  const { organisation } = await loadSettings(store.read, config);
  return accept({
    messageId: row.message_id,
    from: { name: organisation, address: config.mailFrom },
    to: { name: '', address: row.recipient },
    replyTo: config.mailReplyTo,
    language: key.language,
    ...(await writeMail(key.language, subject, lines)),
  });
}
