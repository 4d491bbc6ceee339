import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

interface Fonts {
  readonly regular: Buffer;
  readonly bold: Buffer;
}

let fonts: Fonts | undefined;

/**
 * DejaVu Sans: Latin, Greek and Cyrillic letters with all their marks, unlike the fonts that a PDF reader brings along.
 * Only the letters used are put in a document. Read at the first document, kept for the next ones.
 */
export function dejaVu(): Fonts {
  if (fonts === undefined) {
    const require = createRequire(import.meta.url);
    fonts = {
      regular: readFileSync(require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf')),
      bold: readFileSync(require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf')),
    };
  }
  return fonts;
}
