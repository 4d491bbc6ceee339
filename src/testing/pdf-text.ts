import { inflateSync } from 'node:zlib';

const OBJECT = /(\d+) 0 obj\n([\s\S]*?)\nendobj/g;

interface PdfObjects {
  /** Dictionaries as they are written, by object number. */
  readonly dictionaries: ReadonlyMap<string, string>;
  readonly streams: ReadonlyMap<string, string>;
}

function objectsOf(file: Buffer): PdfObjects {
  const dictionaries = new Map<string, string>();
  const streams = new Map<string, string>();
  for (const [, number = '', body = ''] of file.toString('latin1').matchAll(OBJECT)) {
    const at = body.indexOf('stream\n');
    dictionaries.set(number, at < 0 ? body : body.slice(0, at));
    if (at < 0) continue;
    const bytes = Buffer.from(body.slice(at + 'stream\n'.length, body.lastIndexOf('\nendstream')), 'latin1');
    if (body.slice(0, at).includes('/FlateDecode'))
      streams.set(number, inflateSync(bytes).toString('latin1'));
  }
  return { dictionaries, streams };
}

const lettersOf = (hex: string): string => Buffer.from(hex, 'hex').swap16().toString('utf16le');

/** Which letters stand behind each glyph number of four hexadecimal digits (PDF 32000-1, 9.10.3). */
function lettersByGlyph(map: string): ReadonlyMap<string, string> {
  const letters = new Map<string, string>();
  for (const [, from = '', , list = ''] of map.matchAll(/<(\w{4})> <(\w{4})> \[([^\]]*)\]/g)) {
    let glyph = Number.parseInt(from, 16);
    // a ligature stands for several letters, with blanks between them
    for (const [, hex = ''] of list.matchAll(/<([\w ]+)>/g))
      letters.set((glyph++).toString(16).padStart(4, '0'), lettersOf(hex.replaceAll(' ', '')));
  }
  return letters;
}

const referred = (dictionary: string, name: string): string | undefined =>
  new RegExp(`/${name} (\\d+) 0 R`).exec(dictionary)?.[1];

/** The text of each page of a PDF of our own making, one line for each piece of text. */
export function pdfPages(file: Buffer): readonly string[] {
  const { dictionaries, streams } = objectsOf(file);
  const glyphs = new Map<string, ReadonlyMap<string, string>>();
  for (const [number, dictionary] of dictionaries) {
    const map = streams.get(referred(dictionary, 'ToUnicode') ?? '');
    if (map !== undefined) glyphs.set(number, lettersByGlyph(map));
  }
  const pages = [...dictionaries.values()].filter((dictionary) => /\/Type \/Page\n/.test(dictionary));
  return pages.map((page) => {
    const content = streams.get(referred(page, 'Contents') ?? '') ?? '';
    const resources = dictionaries.get(referred(page, 'Resources') ?? '') ?? '';
    let font: ReadonlyMap<string, string> | undefined;
    const lines: string[] = [];
    for (const [, name, shown] of content.matchAll(/\/(F\d+) [\d.]+ Tf|\[([^\]]*)\] TJ/g)) {
      if (name !== undefined) font = glyphs.get(referred(resources, name) ?? '');
      if (shown === undefined) continue;
      const hex = [...shown.matchAll(/<(\w*)>/g)].map(([, digits = '']) => digits).join('');
      lines.push((hex.match(/.{4}/g) ?? []).map((glyph) => font?.get(glyph) ?? '\ufffd').join(''));
    }
    return lines.join('\n');
  });
}
