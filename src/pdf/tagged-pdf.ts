import PdfKit from 'pdfkit';
import type { Language } from '../domain/election.ts';
import { qrDrawing } from './draw-qr.ts';
import { type TableColumn, drawTable } from './draw-table.ts';
import { dejaVu } from './fonts.ts';
import { printableLine, printableText } from './printable.ts';

/** A PDF written from top to bottom; pages break by themselves. Every text is made printable first. */
export interface TaggedPdf {
  heading(level: 1 | 2 | 3, text: string): void;
  /** Line breaks in the text are kept. */
  paragraph(text: string, isSmall?: boolean): void;
  /** Something to be copied by hand, in large letters. */
  typed(text: string): void;
  facts(items: readonly { readonly term: string; readonly detail: string }[]): void;
  /** A cell taller than half a page ends in an ellipsis. */
  table(caption: string, columns: readonly TableColumn[], rows: readonly (readonly string[])[]): void;
  /** `description` is read out instead of the code. */
  qr(text: string, description: string): void;
  signatureLines(labels: readonly string[]): void;
  newPage(): void;
  /** The whole file. Nothing can be written any more. */
  end(): Promise<Buffer>;
}

interface PdfOptions {
  readonly language: Language;
  readonly title: string;
  /** A4 where not given. */
  readonly size?: 'A4' | 'A5';
  /** Left out where the pages are handed to different people. */
  readonly isNumbered?: boolean;
}

const INK = '#1a2321';
const QUIET_INK = '#54615d';
/** In points; a smaller sheet has smaller headings and margins. */
const MEASURES = {
  A4: { margin: 56, headings: { 1: 20, 2: 14, 3: 11.5 }, aboveHeading: 14, qr: 130 },
  A5: { margin: 32, headings: { 1: 17, 2: 12.5, 3: 11 }, aboveHeading: 8, qr: 115 },
} as const;

/**
 * Opens a document that screen readers can follow (ISO 32000-1, 14.8: headings, paragraphs, lists, tables and figures
 * are marked as such; what repeats on each page is not read out). It holds no script, no form and no outside reference.
 */
export function openPdf(options: PdfOptions): TaggedPdf {
  const { language } = options;
  const size = options.size ?? 'A4';
  const { margin, headings, aboveHeading, qr: qrSize } = MEASURES[size];
  const title = printableLine(options.title);
  const { regular, bold } = dejaVu();
  const doc = new PdfKit({
    size,
    margin,
    lang: language,
    tagged: true,
    displayTitle: true,
    pdfVersion: '1.7',
    bufferPages: true,
    info: { Title: title, Creator: 'Votix', Producer: 'Votix' },
  });
  doc.registerFont('regular', regular).registerFont('bold', bold).font('regular');
  const width = doc.page.width - 2 * margin;
  const bottom = doc.page.height - margin;
  const root = doc.struct('Document');
  doc.addStructure(root);

  const makeRoom = (height: number): void => {
    if (doc.y + height > bottom && doc.y > margin) doc.addPage();
    doc.x = margin;
  };
  const spaceAbove = (height: number): void => {
    if (doc.y > margin) doc.y += height;
  };
  /** One block of text; `kept` is the height that must fit below it on the same page. */
  const block = (
    tag: string,
    text: string,
    style: { size: number; bold?: boolean; ink?: string },
    kept = 0,
  ) => {
    doc.font(style.bold === true ? 'bold' : 'regular').fontSize(style.size);
    const height = doc.heightOfString(text, { width, lineGap: 2 });
    makeRoom(Math.min(height + kept, bottom - margin));
    root.add(
      doc.struct(tag, {}, () => {
        doc.fillColor(style.ink ?? INK).text(text, margin, doc.y, { width, lineGap: 2 });
      }),
    );
  };

  const numberPages = (): void => {
    const { start, count } = doc.bufferedPageRange();
    for (let page = start; page < start + count; page++) {
      doc.switchToPage(page);
      // the foot lies in the margin, where text would open a new page
      doc.page.margins.bottom = 0;
      doc.markContent('Artifact', { type: 'Pagination' });
      doc.font('regular').fontSize(8).fillColor(QUIET_INK);
      const top = doc.page.height - margin / 2 - 8;
      doc.text(title, margin, top, { width: width - 60, height: 10, ellipsis: true, lineBreak: false });
      doc.text(`${page - start + 1} / ${count}`, margin, top, { width, align: 'right', lineBreak: false });
      doc.endMarkedContent();
      doc.page.margins.bottom = margin;
    }
  };

  return {
    heading(level, text) {
      spaceAbove(level === 1 ? 0 : aboveHeading);
      block(`H${level}`, printableLine(text), { size: headings[level], bold: true }, 40);
      doc.y += level === 1 ? 8 : 4;
    },
    paragraph(text, isSmall = false) {
      // a break inside one marked text joins two words for who listens
      for (const line of printableText(text).split('\n')) {
        if (line === '') doc.y += 6;
        else block('P', line, isSmall ? { size: 8.5, ink: QUIET_INK } : { size: 10.5 });
      }
      doc.y += 6;
    },
    typed(text) {
      block('P', printableLine(text), { size: 24, bold: true });
      doc.y += 6;
    },
    facts(items) {
      const list = doc.struct('L');
      root.add(list);
      const termWidth = Math.min(width * 0.4, 180);
      const detailLeft = margin + termWidth + 10;
      const detailWidth = width - termWidth - 10;
      for (const item of items) {
        const term = printableLine(item.term);
        const detail = printableText(item.detail);
        doc.font('bold').fontSize(10);
        const termHeight = doc.heightOfString(term, { width: termWidth });
        doc.font('regular');
        const height = Math.max(termHeight, doc.heightOfString(detail, { width: detailWidth }));
        makeRoom(Math.min(height, bottom - margin));
        const top = doc.y;
        const page = doc.page;
        const line = doc.struct('LI');
        list.add(line);
        line.add(
          doc.struct('Lbl', {}, () => {
            doc.font('bold').fillColor(INK).text(term, margin, top, { width: termWidth });
          }),
        );
        line.add(
          doc.struct('LBody', {}, () => {
            doc.font('regular').fillColor(INK).text(detail, detailLeft, top, { width: detailWidth });
          }),
        );
        line.end();
        if (doc.page === page) doc.y = top + height;
        doc.y += 4;
        doc.x = margin;
      }
      list.end();
      doc.y += 4;
    },
    table(caption, columns, rows) {
      spaceAbove(6);
      makeRoom(90);
      drawTable(
        { doc, root, left: margin, width, bottom },
        printableLine(caption),
        columns.map((column) => ({ ...column, label: printableLine(column.label) })),
        rows.map((row) => row.map(printableText)),
      );
      doc.y += 10;
    },
    qr(text, description) {
      const drawing = qrDrawing(text, qrSize);
      makeRoom(drawing.size);
      const top = doc.y;
      const box: [number, number, number, number] = [margin, top, margin + drawing.size, top + drawing.size];
      // readers place the figure by its box; the library takes it beside the alternative text
      const figure = { alt: printableLine(description), bbox: box };
      root.add(doc.struct('Figure', figure, () => drawing.draw(doc, margin, top)));
      doc.x = margin;
      doc.y = top + drawing.size + 6;
    },
    signatureLines(labels) {
      for (const label of labels) {
        makeRoom(58);
        const line = doc.y + 36;
        doc.markContent('Artifact', { type: 'Layout' });
        doc
          .moveTo(margin, line)
          .lineTo(margin + Math.min(width, 260), line)
          .lineWidth(0.7)
          .stroke(INK);
        doc.endMarkedContent();
        doc.y = line + 4;
        block('P', printableLine(label), { size: 9, ink: QUIET_INK });
        doc.y += 6;
      }
    },
    newPage() {
      doc.addPage();
    },
    async end() {
      root.end();
      if (options.isNumbered !== false) numberPages();
      const chunks: Buffer[] = [];
      doc.on('data', (chunk: Buffer) => chunks.push(chunk));
      const ended = new Promise<void>((resolve, reject) => {
        doc.on('end', resolve);
        doc.on('error', reject);
      });
      doc.end();
      await ended;
      return Buffer.concat(chunks);
    },
  };
}
