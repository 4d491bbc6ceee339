import { describe, expect, it } from 'vitest';
import { decodeText } from './decode-text.ts';
import { isMarkup, kindOfFile } from './file-kind.ts';

const bytesOf = (...values: readonly (number | string)[]): Uint8Array =>
  Uint8Array.from(
    values.flatMap((value) =>
      typeof value === 'number' ? [value] : Array.from(Buffer.from(value, 'latin1')),
    ),
  );

describe('decoding', () => {
  it.each([
    ['é in windows-1252', bytesOf('Andr', 0xe9, ';Z', 0xe9, 'lie'), 'windows-1252', 'André;Zélie'],
    ['é in Mac Roman', bytesOf('Andr', 0x8e, ';Z', 0x8e, 'lie'), 'macintosh', 'André;Zélie'],
    ['capitals in windows-1252', bytesOf('CHLO', 0xc9, ';', 0xc9, 'lodie'), 'windows-1252', 'CHLOÉ;Élodie'],
    ['capitals in Mac Roman', bytesOf('CHLO', 0x83, ';', 0x83, 'lodie'), 'macintosh', 'CHLOÉ;Élodie'],
    ['an apostrophe in windows-1252', bytesOf('L', 0x92, 'Hostis'), 'windows-1252', 'L’Hostis'],
    ['an apostrophe in Mac Roman', bytesOf('D', 0xd5, 'Argen', 0x8d, 'on'), 'macintosh', 'D’Argençon'],
    ['œ in windows-1252', bytesOf('C', 0x9c, 'ur'), 'windows-1252', 'Cœur'],
    ['œ in Mac Roman', bytesOf('C', 0xcf, 'ur'), 'macintosh', 'Cœur'],
    ['ñ and ü in windows-1252', bytesOf('Mu', 0xf1, 'oz;M', 0xfc, 'ller'), 'windows-1252', 'Muñoz;Müller'],
    ['ñ and ü in Mac Roman', bytesOf('Mu', 0x96, 'oz;M', 0x9f, 'ller'), 'macintosh', 'Muñoz;Müller'],
    ['€ in windows-1252', bytesOf('12 ', 0x80, ';Ren', 0xe9), 'windows-1252', '12 €;René'],
    ['UTF-16 without a mark', bytesOf('a\0;\0b\0'), 'utf-16le', 'a;b'],
    ['UTF-16, big end first, without a mark', bytesOf('\0a\0;\0b'), 'utf-16be', 'a;b'],
    ['UTF-16 with a mark', bytesOf(0xfe, 0xff, '\0a'), 'utf-16be', 'a'],
    ['a stray NUL', bytesOf('nom;\0email;prenom'), 'utf-8', 'nom;\0email;prenom'],
    ['a byte order mark', bytesOf(0xef, 0xbb, 0xbf, 'a'), 'utf-8-bom', 'a'],
    ['plain letters', bytesOf('abc'), 'utf-8', 'abc'],
  ])('%s', (_, bytes, encoding, text) => {
    expect(decodeText(bytes)).toStrictEqual({ encoding, text });
  });
});

describe('kinds of file', () => {
  it.each([
    ['a PDF', bytesOf('%PDF-1.7\n')],
    ['an old .xls or a locked workbook', bytesOf(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1)],
    ['a PNG', bytesOf(0x89, 'PNG\r\n', 0x1a, '\n')],
    ['a JPEG', bytesOf(0xff, 0xd8, 0xff, 0xe0)],
    ['a GIF', bytesOf('GIF89a')],
    ['a WebP', bytesOf('RIFF\0\0\0\0WEBPVP8 ')],
    ['a bitmap', bytesOf('BM', 30, 0, 0, 0, '\0'.repeat(24))],
    ['a letter in RTF', bytesOf('{\\rtf1')],
    ['gzip', bytesOf(0x1f, 0x8b, 0x08)],
  ])('%s is not read', (_, bytes) => {
    expect(kindOfFile(bytes)).toBe('unsupported');
  });

  it('a header that begins with BM is text', () => {
    expect(kindOfFile(bytesOf('BMX;nom;prenom;email\nx;Doe;Jo;a@b.org'))).toBe('text');
  });

  it.each([
    '<!DOCTYPE html>',
    '\n <HTML lang="fr">',
    '<?xml version="1.0"?>',
    '<!-- x --><p>',
    '<table>',
    '<svg/>',
  ])('%j is markup', (text) => expect(isMarkup(text)).toBe(true));

  it.each(['<b>Doe</b>;Jo;a@b.org', '<a@b.org>;Doe', 'nom;<html>'])('%j is not', (text) => {
    expect(isMarkup(text)).toBe(false);
  });
});
