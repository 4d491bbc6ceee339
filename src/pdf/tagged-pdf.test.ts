import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pdfPages } from '../testing/pdf-text.ts';
import { printableLine, printableText } from './printable.ts';
import { columnWidths } from './table-widths.ts';
import { openPdf } from './tagged-pdf.ts';

const HOSTILE = [
  '<script>alert(1)</script>',
  ') Tj ET /JavaScript (app.alert\\(1\\)) endstream endobj',
  '(\\) >> /OpenAction << /S /JavaScript /JS (alert) >>',
  '%PDF-1.7 %%EOF',
  '\\101\\102',
  '<</Type/Action/S/URI/URI(https://evil.example)>>',
  "'; drop table voter; --",
  '=HYPERLINK("https://evil.example")',
  '{code} {link} ${name}',
  '../../etc/passwd',
];

const everyBlock = async (text: string): Promise<Buffer> => {
  const pdf = openPdf({ language: 'en', title: text });
  pdf.heading(1, text);
  pdf.paragraph(text);
  pdf.facts([{ term: text, detail: text }]);
  pdf.table(text, [{ label: text }, { label: text, kind: 'number' }], [[text, text]]);
  pdf.qr('https://vote.example.org', text);
  pdf.signatureLines([text]);
  return pdf.end();
};

const withoutSpaces = (text: string): string => text.replace(/\s+/g, '');

describe('a tagged PDF', () => {
  test('is marked, speaks its language, and says its figures in words', async () => {
    const pdf = openPdf({ language: 'fr', title: 'Procès-verbal' });
    pdf.heading(1, 'Procès-verbal');
    pdf.qr('https://vote.example.org', 'Code QR vers la page de vote');
    pdf.table('Voix', [{ label: 'Nom' }, { label: 'Voix', kind: 'number' }], [['Žižek Ελένη', '12']]);
    const file = await pdf.end();
    const raw = file.toString('latin1');
    expect(raw.startsWith('%PDF-1.7')).toBe(true);
    expect(raw).toMatch(/\/Marked true/);
    expect(raw).toMatch(/\/Lang \(fr\)/);
    expect(raw).toMatch(/\/DisplayDocTitle true/);
    expect(raw).toMatch(/\/Alt \(Code QR vers la page de vote\)/);
    expect(raw).toMatch(/\/Scope \/Column/);
    for (const type of ['Document', 'H1', 'Figure', 'Table', 'Caption', 'TR', 'TH', 'TD'])
      expect(raw).toContain(`/S /${type}\n`);
    for (const type of ['/JavaScript', '/JS', '/OpenAction', '/URI', '/AcroForm', '/Launch', '/AA'])
      expect(raw).not.toContain(`${type} `);
    const [page = ''] = pdfPages(file);
    expect(page.split('\n')).toEqual([
      'Procès-verbal',
      'Voix',
      'Nom',
      'Voix',
      'Žižek Ελένη',
      '12',
      'Procès-verbal',
      '1 / 1',
    ]);
  });

  test('shows hostile text as text, and never as a part of the file', async () => {
    for (const text of HOSTILE) {
      const file = await everyBlock(text);
      const raw = file.toString('latin1');
      expect(raw).not.toMatch(/^\/(JavaScript|JS|OpenAction|URI|Launch)\b/m);
      const shown = withoutSpaces(pdfPages(file).join(''));
      expect(shown.split(withoutSpaces(text)).length - 1).toBeGreaterThanOrEqual(6);
    }
  }, 60_000);

  test('keeps a table readable over pages: its head on each of them, each row once', async () => {
    const pdf = openPdf({ language: 'en', title: 'Long' });
    const rows = Array.from({ length: 150 }, (_, i) => [`row-${i}-`, 'x'.repeat(i), String(i)]);
    pdf.table('Rows', [{ label: 'Name' }, { label: 'Filling' }, { label: 'Number', kind: 'number' }], rows);
    const pages = pdfPages(await pdf.end());
    expect(pages.length).toBeGreaterThan(3);
    for (const page of pages) expect(page.split('\n').filter((line) => line === 'Filling')).toHaveLength(1);
    const all = pages.join('\n');
    for (const [name = ''] of rows) expect(all.split(name)).toHaveLength(2);
  });

  test('breaks a word that is wider than the page', async () => {
    const pdf = openPdf({ language: 'en', title: 'W', size: 'A5', isNumbered: false });
    pdf.paragraph('W'.repeat(400));
    const [page = ''] = pdfPages(await pdf.end());
    expect(page.split('\n').length).toBeGreaterThan(5);
    expect(withoutSpaces(page)).toBe('W'.repeat(400));
  });
});

describe('printable text', () => {
  test('has no character that cannot be seen or turns the line around', () => {
    expect(printableLine('Ve\u202era\r\nBcc:\u0000 x\u200b\ufeff')).toBe('Ve ra Bcc: x');
    expect(printableText('one\r\n\r\n\r\n\r\ntwo\u2028three\u202e')).toBe('one\n\ntwo\nthree');
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(printableLine(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
        expect(printableText(text)).not.toMatch(/[^\P{Cc}\n]|[\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
      }),
    );
  });
});

describe('the widths of columns', () => {
  test('fill the room, and give a narrow column what it asks for', () => {
    expect(columnWidths([50, 50], 300)).toEqual([150, 150]);
    expect(columnWidths([40, 900, 60], 300)).toEqual([40, 200, 60]);
    expect(columnWidths([400, 400], 300)).toEqual([150, 150]);
    expect(columnWidths([], 300)).toEqual([]);
  });
});
