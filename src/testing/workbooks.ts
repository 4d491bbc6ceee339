import { strToU8, zipSync } from 'fflate';

export interface XlsxParts {
  /** Inside of `<sheetData>`. */
  readonly rows: string;
  /** The whole sheet part, if more than its rows matter. */
  readonly sheet?: string;
  /** Inside of `<sheets>`. */
  readonly sheets?: string;
  /** Inside of `<sst>`. */
  readonly strings?: string;
  /** Inside of `<styleSheet>`. */
  readonly styles?: string;
  /** Root element of the main part. */
  readonly workbook?: string;
}

const relationships = (
  ...targets: readonly (readonly [id: string, kind: string, target: string])[]
): string =>
  `<Relationships>${targets
    .map(([id, kind, target]) => `<Relationship Id="${id}" Type="http://x/${kind}" Target="${target}"/>`)
    .join('')}</Relationships>`;

/** Packs files by path; `level` 0 stores them. */
export const zipOf = (files: Readonly<Record<string, string>>, level: 0 | 6 | 9 = 6): Uint8Array =>
  zipSync(Object.fromEntries(Object.entries(files).map(([path, text]) => [path, strToU8(text)])), { level });

/** A small workbook: sheet `r1` is a worksheet, `r2` a chart sheet, `r3` another worksheet. */
export function xlsxOf(parts: XlsxParts, level: 0 | 6 | 9 = 6): Uint8Array {
  const root = parts.workbook ?? 'workbook';
  const sheets = parts.sheets ?? '<sheet name="Roll" sheetId="1" r:id="r1"/>';
  return zipOf(
    {
      '[Content_Types].xml': '<Types/>',
      '_rels/.rels': relationships(['m', 'officeDocument', 'xl/workbook.xml']),
      'xl/workbook.xml': `<?xml version="1.0"?><${root} xmlns:r="http://x"><sheets>${sheets}</sheets></${root}>`,
      'xl/_rels/workbook.xml.rels': relationships(
        ['r1', 'worksheet', 'worksheets/sheet1.xml'],
        ['r2', 'chartsheet', 'chartsheets/sheet1.xml'],
        ['r3', 'worksheet', '/xl/worksheets/sheet2.xml'],
        ['s1', 'sharedStrings', 'sharedStrings.xml'],
        ['s2', 'styles', 'styles.xml'],
      ),
      'xl/worksheets/sheet1.xml':
        parts.sheet ?? `<worksheet><sheetData>${parts.rows}</sheetData></worksheet>`,
      'xl/worksheets/sheet2.xml': '<worksheet><sheetData/></worksheet>',
      'xl/chartsheets/sheet1.xml': '<chartsheet/>',
      'xl/sharedStrings.xml': `<sst>${parts.strings ?? ''}</sst>`,
      'xl/styles.xml': `<styleSheet>${parts.styles ?? ''}</styleSheet>`,
    },
    level,
  );
}

/** A row of text cells without references. */
export const textRow = (...cells: readonly string[]): string =>
  `<row>${cells.map((cell) => `<c t="str"><v>${cell}</v></c>`).join('')}</row>`;

/** An OpenDocument spreadsheet with the given tables. */
export const odsOf = (tables: string, styles = ''): Uint8Array =>
  zipOf({
    mimetype: 'application/vnd.oasis.opendocument.spreadsheet',
    'content.xml':
      '<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x" xmlns:style="s">' +
      `<office:automatic-styles>${styles}</office:automatic-styles>` +
      `<office:body><office:spreadsheet>${tables}</office:spreadsheet></office:body></office:document-content>`,
  });

/** A table:table-row of text cells. */
export const odsRow = (...cells: readonly string[]): string =>
  `<table:table-row>${cells
    .map((cell) => `<table:table-cell office:value-type="string"><text:p>${cell}</text:p></table:table-cell>`)
    .join('')}</table:table-row>`;
