import { describe, expect, it } from 'vitest';
import { odsOf, odsRow, zipOf } from '../../../testing/workbooks.ts';
import { readRoll } from './read-roll.ts';
import { openWorkbook } from './workbook.ts';

const FREE = { domains: null, promotions: null, buildings: null };

/** All cells of the first visible sheet, each row led by its number. */
function sheetOf(file: Uint8Array): unknown {
  const rows = openWorkbook(file);
  if (typeof rows === 'string') return rows;
  return [...rows()].map((row) => (typeof row === 'string' ? row : [row.line, ...row.cells]));
}

const oneCell = (cell: string): Uint8Array =>
  odsOf(`<table:table><table:table-row>${cell}</table:table-row></table:table>`);

describe('cells of an .ods', () => {
  it.each([
    [
      'a number',
      '<table:table-cell office:value-type="float" office:value="2027.0"><text:p>2 027,00</text:p></table:table-cell>',
      '2027',
    ],
    [
      'a date',
      '<table:table-cell office:value-type="date" office:date-value="2004-08-01T00:00:00"><text:p>1/8</text:p></table:table-cell>',
      '2004-08-01',
    ],
    [
      'a truth value',
      '<table:table-cell office:value-type="boolean" office:boolean-value="true"><text:p>VRAI</text:p></table:table-cell>',
      'TRUE',
    ],
    [
      'an error value',
      '<table:table-cell office:value-type="float" office:value="0"><text:p>#N/A</text:p></table:table-cell>',
      '#N/A',
    ],
    [
      'a text without paragraph',
      '<table:table-cell office:value-type="string" office:string-value="abc"/>',
      'abc',
    ],
    [
      'paragraphs, spans, spaces',
      '<table:table-cell><text:p>a \n <text:span>b</text:span><text:s text:c="2"/>c</text:p><text:p>d<text:tab/>e</text:p></table:table-cell>',
      'a b  c\nd\te',
    ],
    [
      'no notes',
      '<table:table-cell><office:annotation><text:p>note</text:p></office:annotation><text:p>a</text:p></table:table-cell>',
      'a',
    ],
  ])('%s', (_, cell, text) => {
    expect(sheetOf(oneCell(cell))).toStrictEqual([[1, text]]);
  });

  it('are empty if covered by a merged cell or without a stored result', () => {
    const cells =
      '<table:table-cell table:formula="of:=A9"/><table:covered-table-cell><text:p>x</text:p></table:covered-table-cell>';
    expect(sheetOf(oneCell(cells))).toStrictEqual([]);
  });

  it('and rows repeat as often as stated', () => {
    const rows =
      '<table:table-row table:number-rows-repeated="3"><table:table-cell table:number-columns-repeated="9"/></table:table-row>' +
      '<table:table-row table:number-rows-repeated="2"><table:table-cell/><table:table-cell table:number-columns-repeated="2"><text:p>a</text:p></table:table-cell><table:table-cell table:number-columns-repeated="16381"/></table:table-row>' +
      '<table:table-row table:number-rows-repeated="1048571"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>';
    expect(sheetOf(odsOf(`<table:table>${rows}</table:table>`))).toStrictEqual([
      [4, '', 'a', 'a'],
      [5, '', 'a', 'a'],
    ]);
  });
});

describe('the sheet of an .ods', () => {
  it('is the first that is shown', () => {
    const styles =
      '<style:style style:name="h" style:family="table"><style:table-properties table:display="false"/></style:style>';
    const tables = `<table:table table:style-name="h">${odsRow('a')}</table:table><table:table>${odsRow('b')}</table:table><table:table>${odsRow('c')}</table:table>`;
    expect(sheetOf(odsOf(tables, styles))).toStrictEqual([[1, 'b']]);
  });

  it('is refused if it asks for more than it may', () => {
    const wide =
      '<table:table-cell table:number-columns-repeated="16384"><text:p>a</text:p></table:table-cell>';
    const rows = `<table:table-row table:number-rows-repeated="1048576">${wide}</table:table-row>`;
    expect(readRoll(odsOf(`<table:table>${rows}</table:table>`), FREE).file_error).toBe('TOO_LARGE');
    expect(
      sheetOf(oneCell(`<table:table-cell><text:p>${'a'.repeat(32_768)}</text:p></table:table-cell>`)),
    ).toStrictEqual(['TOO_LARGE']);
    expect(
      sheetOf(oneCell('<table:table-cell><text:p><text:s text:c="999999999"/></text:p></table:table-cell>')),
    ).toStrictEqual(['TOO_LARGE']);
  });
});

it('a letter or a locked workbook is no table', () => {
  const text = { mimetype: 'application/vnd.oasis.opendocument.text', 'content.xml': '<a/>' };
  const locked = {
    mimetype: 'application/vnd.oasis.opendocument.spreadsheet',
    'content.xml': '\u0001\u0002',
  };
  for (const files of [text, locked]) {
    expect(readRoll(zipOf(files), FREE).file_error).toBe('UNSUPPORTED_FORMAT');
  }
});
