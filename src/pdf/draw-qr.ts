import { encode } from 'uqr';

/** Light modules around a QR code (ISO/IEC 18004: four). */
const QUIET = 4;

/** The least width of a module on paper, in points: 0.5 mm, which any phone reads. */
const MODULE = 1.42;

interface QrDrawing {
  /** Width and height with the quiet zone, in points. */
  readonly size: number;
  draw(doc: PDFKit.PDFDocument, left: number, top: number): void;
}

/** A QR code made of vector rectangles, at least `least` points wide: one for each run of dark modules of a row. */
export function qrDrawing(text: string, least: number): QrDrawing {
  const { data, size: modules } = encode(text, { ecc: 'M', border: QUIET });
  const module = Math.max(MODULE, least / modules);
  return {
    size: modules * module,
    draw: (doc, left, top) => {
      data.forEach((row, y) => {
        let from = 0;
        while (from < row.length) {
          if (row[from] !== true) {
            from += 1;
            continue;
          }
          let to = from;
          while (row[to] === true) to += 1;
          doc.rect(left + from * module, top + y * module, (to - from) * module, module);
          from = to;
        }
      });
      doc.fill('#000000');
    },
  };
}
