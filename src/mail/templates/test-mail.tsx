import { LANGUAGES } from '../../domain/election.ts';
import { MailFrame, Paragraph, Typed, htmlOf } from './frame.tsx';
import { texts } from './texts.ts';
import type { MailText } from './written-mail.tsx';

/**
 * Shows staff that e-mail leaves and arrives: in both languages, as nobody has chosen one. `word` proves the arrival, and
 * is left out while no mail server is set up.
 */
export async function renderTestMail(
  organisation: string,
  publicUrl: string,
  word: string | undefined,
): Promise<MailText> {
  const bodies = LANGUAGES.map((language) => {
    const t = texts[language];
    return { language, lines: [t.testBody(publicUrl), ...(word === undefined ? [] : [t.testWord])] };
  });
  const subject = texts.en.testSubject(organisation);
  const texted = bodies.map(({ lines }) => (word === undefined ? lines : [...lines, word]).join('\n\n'));
  return {
    subject,
    text: `${texted.join('\n\n')}\n`,
    html: await htmlOf(
      <MailFrame language="en" title={subject}>
        {bodies.map(({ language, lines }) => (
          <div lang={language}>
            {lines.map((line) => (
              <Paragraph>{line}</Paragraph>
            ))}
            {word === undefined ? null : <Typed size="20px">{word}</Typed>}
          </div>
        ))}
      </MailFrame>,
    ),
  };
}
