import type { Language } from '../../domain/election.ts';
import { formatInstant } from '../../views/format.ts';
import { headerLine } from '../address.ts';
import { Heading, LinkButton, MailFrame, Paragraph, Typed, htmlOf } from './frame.tsx';
import { texts } from './texts.ts';

/** What a voter's link mail says. Instants in milliseconds UTC. */
export interface LinkMail {
  readonly language: Language;
  readonly voterName: string;
  readonly title: string;
  readonly organiser: string;
  readonly contact: string;
  readonly timeZone: string;
  readonly opensAt: number | null;
  readonly closesAt: number;
  /** `https://host/vote/<link>#<M>`. */
  readonly url: string;
  /** Decimal digits, without spaces. */
  readonly code: string;
  /** Of the election key, in groups. */
  readonly fingerprint: string;
}

export interface MailText {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** A code as people read it aloud: `123 456`. */
const groupCode = (code: string): string => code.match(/.{1,3}/g)?.join(' ') ?? '';

function timesOf(mail: LinkMail): string[] {
  const t = texts[mail.language];
  const at = (instant: number): string => formatInstant(mail.language, mail.timeZone, instant);
  return [
    ...(mail.opensAt === null ? [] : [`${t.from}: ${at(mail.opensAt)}`]),
    `${t.until}: ${at(mail.closesAt)}`,
  ].map((line) => (mail.language === 'fr' ? line.replace(': ', ' : ') : line));
}

function plainText(mail: LinkMail): string {
  const t = texts[mail.language];
  // a line of an official or a roll stays one line: it must not be able to imitate the parts below
  const line = (text: string): string => headerLine(text);
  return [
    t.hello(line(mail.voterName)),
    '',
    t.invites(line(mail.organiser)),
    line(mail.title),
    '',
    t.when,
    ...timesOf(mail),
    t.zone(mail.timeZone),
    '',
    t.yourLink,
    mail.url,
    '',
    t.yourCode,
    groupCode(mail.code),
    '',
    t.alone,
    t.harmless,
    '',
    t.fingerprint,
    mail.fingerprint,
    t.fingerprintWhy,
    '',
    t.unexpected,
    t.unexpectedDo,
    '',
    t.contact,
    line(mail.contact),
    '',
  ].join('\n');
}

const LinkMailPage = (props: { mail: LinkMail }) => {
  const { mail } = props;
  const t = texts[mail.language];
  return (
    <MailFrame language={mail.language} title={t.linkSubject(mail.title)}>
      <Paragraph>{t.hello(mail.voterName)}</Paragraph>
      <Paragraph>{t.invites(mail.organiser)}</Paragraph>
      <h1 style="margin:0 0 4px;font-size:22px;line-height:1.3;color:#1a2321">{mail.title}</h1>
      <Heading>{t.when}</Heading>
      {timesOf(mail).map((line) => (
        <Paragraph>{line}</Paragraph>
      ))}
      <Paragraph isSmall>{t.zone(mail.timeZone)}</Paragraph>
      <Heading>{t.yourLink}</Heading>
      <LinkButton href={mail.url}>{t.openLink}</LinkButton>
      <Paragraph isSmall>{t.linkBeside}</Paragraph>
      <Typed size="13px">{mail.url}</Typed>
      <Heading>{t.yourCode}</Heading>
      <Typed size="28px">{groupCode(mail.code)}</Typed>
      <Paragraph>{t.alone}</Paragraph>
      <Paragraph>{t.harmless}</Paragraph>
      <Heading>{t.fingerprint}</Heading>
      <Typed size="15px">{mail.fingerprint}</Typed>
      <Paragraph isSmall>{t.fingerprintWhy}</Paragraph>
      <Heading>{t.unexpected}</Heading>
      <Paragraph>{t.unexpectedDo}</Paragraph>
      <Heading>{t.contact}</Heading>
      <Paragraph>{mail.contact}</Paragraph>
    </MailFrame>
  );
};

/** The e-mail that carries a voter's personal link and code, in the election's language. */
export async function renderLinkMail(mail: LinkMail): Promise<MailText> {
  return {
    subject: texts[mail.language].linkSubject(mail.title),
    text: plainText(mail),
    html: await htmlOf(<LinkMailPage mail={mail} />),
  };
}
