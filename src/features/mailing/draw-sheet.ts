import type { ElectionRow } from '../../store/elections.ts';
import type { SheetHolder } from '../../store/sheet-holders.ts';
import type { TaggedPdf } from '../../pdf/tagged-pdf.ts';
import { formatInstant } from '../../views/format.ts';
import { sheetTexts } from './sheet-texts.ts';

/** What all sheets of an election say. */
export interface SheetFacts {
  readonly election: ElectionRow;
  /** Address of the voting server. */
  readonly server: string;
  readonly fingerprint: string;
}

interface Sheet {
  readonly holder: SheetHolder;
  readonly code: string;
  /** The whole address; left out where it travels another way. */
  readonly link?: string;
}

const groupCode = (code: string): string => code.match(/.{1,3}/g)?.join(' ') ?? '';

/** One voter's sheet, on the page that is open. */
export function drawSheet(pdf: TaggedPdf, facts: SheetFacts, sheet: Sheet): void {
  const { election, server, fingerprint } = facts;
  const { holder, link } = sheet;
  const t = sheetTexts[election.language];
  const at = (instant: number): string => formatInstant(election.language, election.time_zone, instant);
  const fact = (term: string, detail: string) => (detail === '' ? [] : [{ term, detail }]);

  pdf.heading(1, `${holder.first_name} ${holder.last_name}`);
  pdf.heading(2, election.title);
  pdf.paragraph(t.organisedBy(election.organiser));
  pdf.facts([
    ...fact(t.building, holder.building),
    ...fact(t.promotion, holder.promotion),
    ...fact(t.opens, election.opens_at === null ? '' : at(election.opens_at)),
    ...fact(t.closes, at(election.closes_at)),
    ...fact(t.votingPage, link === undefined ? server : ''),
  ]);
  if (link !== undefined) {
    pdf.heading(3, t.linkTitle);
    pdf.paragraph(t.linkHow, true);
    pdf.qr(link, t.qr);
    pdf.paragraph(link, true);
  }
  pdf.heading(3, link === undefined ? t.codeTitle : t.codeAfterLink);
  if (link === undefined) pdf.paragraph(t.codeHow);
  pdf.typed(groupCode(sheet.code));
  pdf.paragraph(link === undefined ? t.alone : t.both, true);
  pdf.paragraph(t.fingerprint(fingerprint), true);
  pdf.paragraph(t.contact(election.contact), true);
}
