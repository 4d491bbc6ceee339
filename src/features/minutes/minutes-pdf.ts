import type { Language } from '../../domain/election.ts';
import { openPdf } from '../../pdf/tagged-pdf.ts';
import type { Minutes } from './draw-up-minutes.ts';
import { minutesSections } from './minutes-sections.ts';
import { texts } from './texts.ts';

/** The minutes as a tagged PDF: what the page says, and lines to sign on. */
export async function minutesPdf(language: Language, minutes: Minutes, origin: string): Promise<Buffer> {
  const t = texts[language];
  const { title } = minutes.election;
  const pdf = openPdf({ language, title: t.of(title) });
  pdf.heading(1, t.of(title));
  if (minutes.summary === undefined) pdf.paragraph(t.provisional);
  const sections = minutesSections(language, minutes, origin);
  for (const [index, { heading, paragraphs, facts, table }] of sections.entries()) {
    // the digests stand on the page that is signed
    if (index === sections.length - 1) pdf.newPage();
    pdf.heading(2, heading);
    for (const paragraph of paragraphs) pdf.paragraph(paragraph);
    if (facts.length > 0) pdf.facts(facts);
    if (table !== undefined) pdf.table(table.caption, table.columns, table.rows);
  }
  pdf.heading(2, t.signatures);
  pdf.signatureLines(t.signers);
  return pdf.end();
}
