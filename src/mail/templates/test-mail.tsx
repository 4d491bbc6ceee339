import { LANGUAGES } from '../../domain/election.ts';
import { MailFrame, Paragraph, htmlOf } from './frame.tsx';
import type { MailText } from './link-mail.tsx';
import { texts } from './texts.ts';

/** Shows staff that e-mail leaves and arrives: in both languages, as nobody has chosen one. */
export async function renderTestMail(organisation: string, publicUrl: string): Promise<MailText> {
  const bodies = LANGUAGES.map((language) => texts[language].testBody(publicUrl));
  const subject = texts.en.testSubject(organisation);
  return {
    subject,
    text: `${bodies.join('\n\n')}\n`,
    html: await htmlOf(
      <MailFrame language="en" title={subject}>
        {bodies.map((body, i) => (
          <div lang={LANGUAGES[i]}>
            <Paragraph>{body}</Paragraph>
          </div>
        ))}
      </MailFrame>,
    ),
  };
}
