import type { Child } from 'hono/jsx';
import type { Language } from '../../domain/election.ts';
import type { MailLine } from '../../mail/templates/mail-lines.ts';
import { templateTexts } from './template-texts.ts';

/** An e-mail drawn by our own elements: nothing of it can be followed, and no HTML of an e-mail runs in this page. */
export const MailPicture = (props: { language: Language; subject: string; lines: readonly MailLine[] }) => (
  <div class="mail-picture card" lang={props.language}>
    <p class="mail-picture-subject">{props.subject}</p>
    {props.lines.map((line) => (
      <PictureLine language={props.language} line={line} />
    ))}
  </div>
);

const PictureLine = (props: { language: Language; line: MailLine }): Child => {
  const { line } = props;
  const t = templateTexts[props.language];
  switch (line.kind) {
    case 'blank':
      return null;
    case 'title':
      return <p class="mail-picture-title">{line.text}</p>;
    case 'heading':
      return <p class="mail-picture-heading">{line.text}</p>;
    case 'code':
      return <p class="mail-picture-typed mail-picture-code">{line.text}</p>;
    case 'fingerprint':
      return <p class="mail-picture-typed">{line.text}</p>;
    case 'link':
    case 'result':
      return (
        <>
          <p>
            <span class="mail-picture-button">{line.kind === 'link' ? t.openLink : t.openResult}</span>
          </p>
          <p class="mail-picture-typed">{line.text}</p>
        </>
      );
    case 'text':
      return (
        <p class={line.isSmall ? 'form-text' : undefined}>{line.parts.map(({ text }) => text).join('')}</p>
      );
  }
};
