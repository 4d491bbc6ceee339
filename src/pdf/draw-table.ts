import { columnWidths } from './table-widths.ts';

export interface TableColumn {
  readonly label: string;
  /** Numbers stand at the right edge. Text where not given. */
  readonly kind?: 'text' | 'number';
}

interface TablePlace {
  readonly doc: PDFKit.PDFDocument;
  /** Of the document: the table becomes its child. */
  readonly root: PDFKit.PDFStructureElement;
  readonly left: number;
  readonly width: number;
  /** The lowest place of a page. */
  readonly bottom: number;
}

const SIZE = 9.5;
const PAD = 5;
const RULE = '#c9c5ba';
/** Rows whose content decides how wide a column is. */
const MEASURED = 300;

/** A table that runs over pages: its head stands on each of them, and only once in the structure. */
export function drawTable(
  place: TablePlace,
  caption: string,
  columns: readonly TableColumn[],
  rows: readonly (readonly string[])[],
): void {
  const { doc, root, left } = place;
  const labels = columns.map(({ label }) => label);
  const widths = columnWidths(wantedWidths(doc, labels, rows), place.width);
  const lefts = widths.map((_, i) => left + widths.slice(0, i).reduce((sum, width) => sum + width, 0));
  const pageRoom = place.bottom - doc.page.margins.top;

  const write = (text: string, column: number, top: number, height: number): void => {
    doc.fillColor('#1a2321').text(text, (lefts[column] ?? left) + PAD, top + PAD, {
      width: Math.max(1, (widths[column] ?? 0) - 2 * PAD),
      height: height - 2 * PAD,
      align: columns[column]?.kind === 'number' ? 'right' : 'left',
      ellipsis: true,
    });
  };
  const font = (name: 'regular' | 'bold'): void => {
    doc.font(name).fontSize(SIZE);
  };
  const heightOf = (cells: readonly string[]): number => {
    const heights = cells.map((text, i) =>
      doc.heightOfString(text, { width: Math.max(1, (widths[i] ?? 0) - 2 * PAD) }),
    );
    return Math.min(pageRoom / 2, Math.max(SIZE, ...heights) + 2 * PAD);
  };
  const rule = (top: number): void => {
    doc.markContent('Artifact', { type: 'Layout' });
    doc
      .moveTo(left, top)
      .lineTo(left + place.width, top)
      .lineWidth(0.5)
      .stroke(RULE);
    doc.endMarkedContent();
  };

  const table = doc.struct('Table');
  root.add(table);
  if (caption !== '') {
    doc.font('bold').fontSize(10.5);
    const height = doc.heightOfString(caption, { width: place.width });
    table.add(
      doc.struct('Caption', {}, () => {
        doc.fillColor('#1a2321').text(caption, left, doc.y, { width: place.width });
      }),
    );
    doc.y += Math.min(6, height);
  }

  font('bold');
  const headHeight = heightOf(labels);
  let top = doc.y;
  const drawHead = (isRepeated: boolean): void => {
    font('bold');
    if (isRepeated) {
      doc.markContent('Artifact', { type: 'Pagination' });
      labels.forEach((label, i) => write(label, i, top, headHeight));
      doc.endMarkedContent();
    } else {
      const head = doc.struct('TR');
      table.add(head);
      labels.forEach((label, i) => {
        // the scope is what ties a cell to its column for who listens to the table
        const options = { title: label, scope: 'Column' };
        head.add(doc.struct('TH', options, () => write(label, i, top, headHeight)));
      });
      head.end();
    }
    top += headHeight;
    rule(top);
  };

  drawHead(false);
  for (const row of rows) {
    font('regular');
    const height = heightOf(row);
    if (top + height > place.bottom) {
      doc.addPage();
      top = doc.page.margins.top;
      drawHead(true);
      font('regular');
    }
    const line = doc.struct('TR');
    table.add(line);
    row.forEach((text, i) => {
      line.add(doc.struct('TD', {}, () => write(text, i, top, height)));
    });
    line.end();
    top += height;
    rule(top);
  }
  table.end();
  doc.x = left;
  doc.y = top;
}

function wantedWidths(
  doc: PDFKit.PDFDocument,
  labels: readonly string[],
  rows: readonly (readonly string[])[],
): readonly number[] {
  doc.font('bold').fontSize(SIZE);
  const wanted = labels.map((label) => doc.widthOfString(label));
  doc.font('regular');
  for (const row of rows.slice(0, MEASURED)) {
    row.forEach((text, i) => {
      wanted[i] = Math.max(wanted[i] ?? 0, doc.widthOfString(text));
    });
  }
  return wanted.map((width) => Math.ceil(width) + 2 * PAD + 1);
}
