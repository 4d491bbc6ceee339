import type { Child } from 'hono/jsx';
import type { Language } from '../../domain/election.ts';
import { Heading, LinkButton, MailFrame, Paragraph, Typed, htmlOf } from './frame.tsx';
import type { MailLine, MailPart } from './mail-lines.ts';
import { texts } from './texts.ts';

/** An e-mail's subject and its two parts. */
export interface MailText {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

const wordsOf = (line: MailLine): string => {
  if (line.kind === 'blank') return '';
  return line.kind === 'text' ? line.parts.map(({ text }) => text).join('') : line.text;
};

const Parts = (props: { parts: readonly MailPart[] }) => (
  <>
    {props.parts.map(({ text, href }) =>
      href === undefined ? (
        text
      ) : (
        <a href={href} style="color:#0b5a50;word-break:break-all">
          {text}
        </a>
      ),
    )}
  </>
);

const Button = (props: { language: Language; href: string; label: string }) => (
  <>
    <LinkButton href={props.href}>{props.label}</LinkButton>
    <Paragraph isSmall>{texts[props.language].buttonBeside}</Paragraph>
    <Typed size="13px">{props.href}</Typed>
  </>
);

const Line = (props: { language: Language; line: MailLine }): Child => {
  const { language, line } = props;
  const t = texts[language];
  switch (line.kind) {
    case 'blank':
      return null;
    case 'title':
      return <h1 style="margin:0 0 4px;font-size:22px;line-height:1.3;color:#1a2321">{line.text}</h1>;
    case 'heading':
      return <Heading>{line.text}</Heading>;
    case 'code':
      return <Typed size="28px">{line.text}</Typed>;
    case 'fingerprint':
      return <Typed size="15px">{line.text}</Typed>;
    case 'link':
      return <Button language={language} href={line.text} label={t.openLink} />;
    case 'result':
      return <Button language={language} href={line.text} label={t.openResult} />;
    case 'text':
      return (
        <Paragraph isSmall={line.isSmall}>
          <Parts parts={line.parts} />
        </Paragraph>
      );
  }
};

/** The same lines as text and as HTML. */
export async function writeMail(
  language: Language,
  subject: string,
  lines: readonly MailLine[],
): Promise<MailText> {
  return {
    subject,
    text: `${lines
      .map(wordsOf)
      .join('\n')
      .replace(/\n{3,}/g, '\n\n')
      .trim()}\n`,
    html: await htmlOf(
      <MailFrame language={language} title={subject}>
        {lines.map((line) => (
          <Line language={language} line={line} />
        ))}
      </MailFrame>,
    ),
  };
}
