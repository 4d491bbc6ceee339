import { describe, expect, it } from 'vitest';
import { type XlsxParts, textRow, xlsxOf, zipOf } from '../../../testing/workbooks.ts';
import { readRoll } from './read-roll.ts';
import type { FileErrorCode, RollReading } from './roll-reading.ts';
import { openWorkbook } from './workbook.ts';

const FREE = { domains: null, promotions: null, buildings: null };
const HEADER = textRow('nom', 'prénom', 'email', 'promo');
const read = (parts: XlsxParts): RollReading => readRoll(xlsxOf(parts), FREE);

/** All cells of the sheet, each row led by its number. */
function sheetOf(file: Uint8Array): readonly unknown[] | FileErrorCode {
  const rows = openWorkbook(file);
  if (typeof rows === 'string') return rows;
  return [...rows()].map((row) => (typeof row === 'string' ? row : [row.line, ...row.cells]));
}

describe('cells of an .xlsx', () => {
  it.each([
    ['a number without needless decimals', '<c><v>2027.0</v></c>', '2027'],
    ['a number in exponent form', '<c><v>2.027E3</v></c>', '2027'],
    ['fifteen digits, as spreadsheets compute', '<c><v>0.30000000000000004</v></c>', '0.3'],
    ['a long number', '<c><v>33612345678</v></c>', '33612345678'],
    ['a date', '<c s="1"><v>38200</v></c>', '2004-08-01'],
    ['a date and time in an own format', '<c s="2"><v>38200.5</v></c>', '2004-08-01 12:00:00'],
    ['a number in a format that only quotes a d', '<c s="3"><v>5</v></c>', '5'],
    ['a day beyond the calendar', '<c s="1"><v>1e300</v></c>', '1e+300'],
    ['a truth value', '<c t="b"><v>1</v></c>', 'TRUE'],
    ['an error value', '<c t="e"><f>1/0</f><v>#DIV/0!</v></c>', '#DIV/0!'],
    ['the stored result of a formula', '<c t="str"><f>A1&amp;"x"</f><v>ax</v></c>', 'ax'],
    ['a shared text', '<c t="s"><v>1</v></c>', 'rich text'],
    ['a shared text with an escape', '<c t="s"><v>0</v></c>', 'a\rb_x000D_'],
    ['an inline text', '<c t="inlineStr"><is><t>a</t><t>b</t></is></c>', 'ab'],
    ['entities and CDATA', '<c t="str"><v>&lt;&#233;&#xE9;<![CDATA[<&>]]></v></c>', '<éé<&>'],
    ['attributes in any order and quotes', "<c  s = '1'\n r='A1' ><v>38200</v></c>", '2004-08-01'],
  ])('%s', (_, cell, text) => {
    const file = xlsxOf({
      rows: `<row>${cell}</row>`,
      strings:
        '<si><t>a_x000D_b_x005F_x000D_</t></si>' +
        '<si><r><t xml:space="preserve">rich </t></r><rPh><t>hint</t></rPh><r><t>text</t></r></si>',
      styles:
        '<numFmts><numFmt numFmtId="165" formatCode="[$-40C]dd/mm/yyyy hh:mm"/>' +
        '<numFmt numFmtId="166" formatCode="0 &quot;days&quot;"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>' +
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="165"/><xf numFmtId="166"/></cellXfs>',
    });
    expect(sheetOf(file)).toStrictEqual([[1, text]]);
  });

  it('are empty for a formula without a stored result', () => {
    const rows = `${HEADER}<row>${'<c><f>X1</f></c>'.repeat(2)}<c><f>X1</f><v></v></c><c t="str"><v>E1</v></c></row>`;
    expect(read({ rows }).errors.map(({ line, code }) => `${line} ${code}`)).toStrictEqual([
      '2 NAME_MISSING',
      '2 NAME_MISSING',
      '2 EMAIL_MISSING',
    ]);
  });

  it('stand where their reference says; rows keep their number', () => {
    const rows =
      '<row r="3"><c r="B3"><v>1</v></c><c r="D3"><v>2</v></c></row><row><c><v>3</v></c></row><row r="9"/>';
    expect(sheetOf(xlsxOf({ rows }))).toStrictEqual([
      [3, '', '1', '', '2'],
      [4, '3'],
    ]);
  });

  it('that are missing at the end are empty, even name and address', () => {
    const rows = `${HEADER}${textRow('Doe')}${textRow('Doe', 'Jo', 'a@b.org', 'E1', 'x')}`;
    expect(read({ rows }).errors.map(({ line, code }) => `${line} ${code}`)).toStrictEqual([
      '2 NAME_MISSING',
      '2 EMAIL_MISSING',
      '3 COLUMN_COUNT',
    ]);
  });
});

describe('the sheet of an .xlsx', () => {
  const rows = HEADER + textRow('Doe', 'Jo', 'a@b.org');

  it.each([
    ['hidden', '<sheet r:id="r3" state="hidden"/><sheet r:id="r1"/>'],
    ['very hidden', '<sheet r:id="r3" state="veryHidden"/><sheet r:id="r1" state="visible"/>'],
    ['a chart', '<sheet r:id="r2"/><sheet r:id="r1"/>'],
  ])('is the next one if the first is %s', (_, sheets) => {
    expect(read({ rows, sheets }).voters).toHaveLength(1);
  });

  it('may be without any text', () => {
    expect(read({ rows: '' }).file_error).toBe('EMPTY_FILE');
    expect(read({ rows, sheets: '<sheet r:id="r1" state="hidden"/>' }).file_error).toBe('EMPTY_FILE');
  });

  it('may have its elements in a prefix, and be stored unpacked', () => {
    const sheet =
      '<x:worksheet><x:sheetData><x:row><x:c t="str"><x:v>nom</x:v></x:c></x:row></x:sheetData></x:worksheet>';
    expect(sheetOf(xlsxOf({ rows, sheet }, 0))).toStrictEqual([[1, 'nom']]);
  });

  it('has its header in the first ten numbered rows', () => {
    const header = '<c t="str"><v>nom</v></c><c t="str"><v>email</v></c>';
    expect(read({ rows: `<row r="10">${header}</row>${rows}` }).header).toBe(true);
    expect(read({ rows: `<row r="11">${header}</row>` }).file_error).toBe('NO_EMAIL_COLUMN');
  });
});

describe('what is no readable .xlsx', () => {
  const rows = HEADER + textRow('Doe', 'Jo', 'a@b.org');

  it.each([
    ['a document type', '<!DOCTYPE x [<!ENTITY a "b">]><worksheet/>'],
    [
      'an entity of its own',
      '<worksheet><sheetData><row><c t="str"><v>&xxe;</v></c></row></sheetData></worksheet>',
    ],
    ['an element without end', '<worksheet><sheetData><row>'],
    ['crossed elements', '<worksheet><a><b></a></b></worksheet>'],
    ['a second root', '<worksheet/><worksheet/>'],
    ['deep nesting', '<a>'.repeat(300) + '</a>'.repeat(300)],
    ['a number that is no character', '<worksheet>&#x110000;</worksheet>'],
    ['a cell beyond the last column', '<worksheet><row><c r="ZZZZ1"><v>1</v></c></row></worksheet>'],
    ['a row beyond the last', '<worksheet><row r="9999999"/></worksheet>'],
    ['a tag without end', `<worksheet ${'a'.repeat(2_000_000)}`],
  ])('%s in its sheet', (_, sheet) => {
    const reading = readRoll(xlsxOf({ rows, sheet }), FREE);
    expect(reading.file_error).toBe('UNSUPPORTED_FORMAT');
  });

  it('a letter or slides', () => {
    expect(read({ rows, workbook: 'document' }).file_error).toBe('UNSUPPORTED_FORMAT');
  });

  it('another archive, an empty one, one cut short', () => {
    const file = xlsxOf({ rows });
    for (const bytes of [
      zipOf({ 'a.txt': 'nom;email' }),
      zipOf({}),
      file.subarray(0, -30),
      file.subarray(0, 40),
    ]) {
      expect(readRoll(bytes, FREE).file_error).toBe('UNSUPPORTED_FORMAT');
    }
  });

  it('a part whose checksum does not fit', () => {
    const file = xlsxOf({ rows }, 0);
    const at = Buffer.from(file).indexOf('a@b.org');
    file[at] = 'x'.charCodeAt(0);
    expect(readRoll(file, FREE).file_error).toBe('UNSUPPORTED_FORMAT');
  });
});
