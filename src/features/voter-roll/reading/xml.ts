import type { FileErrorCode } from './roll-reading.ts';

/** Receives the elements of a document in order. Names come without their namespace prefix. */
export interface XmlHandler {
  /** A reason to give the whole file up; nothing more is read then. */
  readonly refusal: FileErrorCode | null;
  /** `attributes` is the raw text behind the name; read it with `attributeOf`. */
  open(name: string, attributes: string): void;
  close(name: string): void;
  /** Character data, entities resolved; one text may come in several pieces. */
  text(text: string): void;
}

const LONGEST_TAG = 1024 * 1024;
const LONGEST_ENTITY = 12;
const DEEPEST = 256;
const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

function entityValue(name: string): string | null {
  const known = ENTITIES.get(name);
  if (known !== undefined) return known;
  const number = /^#(?:x([0-9a-f]{1,6})|([0-9]{1,7}))$/i.exec(name);
  if (number === null) return null;
  const [, hex, decimal] = number;
  const point = hex === undefined ? Number.parseInt(decimal ?? '', 10) : Number.parseInt(hex, 16);
  return point <= 0x10ffff ? String.fromCodePoint(point) : null;
}

/** Resolves the five entities of XML and numbered characters; null if there is any other. */
function resolveEntities(text: string): string | null {
  if (!text.includes('&')) return text;
  let resolved = '';
  let from = 0;
  for (let at = text.indexOf('&'); at >= 0; at = text.indexOf('&', from)) {
    const end = text.indexOf(';', at);
    const value = end < 0 || end - at > LONGEST_ENTITY ? null : entityValue(text.slice(at + 1, end));
    if (value === null) return null;
    resolved += text.slice(from, at) + value;
    from = end + 1;
  }
  return resolved + text.slice(from);
}

/** The value of an attribute by its name as written (`r`, `office:value-type`); null if it is not there. */
export function attributeOf(attributes: string, name: string): string | null {
  // Called several times for each of a million cells: no regular expression, no string but the one wanted.
  let at = 0;
  for (;;) {
    at = skipSpace(attributes, at);
    const start = at;
    while (at < attributes.length && !isSpaceOrEquals(attributes.charCodeAt(at))) at += 1;
    const isWanted = at - start === name.length && attributes.startsWith(name, start);
    at = skipSpace(attributes, at);
    if (attributes.charCodeAt(at) !== 0x3d) return null;
    at = skipSpace(attributes, at + 1);
    const quote = attributes.charAt(at);
    const end = quote === '"' || quote === "'" ? attributes.indexOf(quote, at + 1) : -1;
    if (end < 0) return null;
    if (isWanted) return resolveEntities(attributes.slice(at + 1, end));
    at = end + 1;
  }
}

const isSpace = (unit: number): boolean => unit === 0x20 || (unit >= 0x09 && unit <= 0x0d);
const isSpaceOrEquals = (unit: number): boolean => unit === 0x3d || isSpace(unit);

function skipSpace(text: string, start: number): number {
  let at = start;
  while (isSpace(text.charCodeAt(at))) at += 1;
  return at;
}

/** Where the tag that opens at `start` ends: the index of its `>`, or -1. A `>` in an attribute is none. */
function endOfTag(text: string, start: number): number {
  for (let at = start; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit === 0x3e) return at;
    if (unit === 0x22 || unit === 0x27) {
      at = text.indexOf(unit === 0x22 ? '"' : "'", at + 1);
      if (at < 0) return -1;
    }
  }
  return -1;
}

function localName(tag: string): string {
  const colon = tag.indexOf(':');
  return colon < 0 ? tag : tag.slice(colon + 1);
}

/**
 * A strict reader for the XML in workbooks, fed in pieces. Refuses document types and entities of their own
 * (billion laughs, files of the server by an external entity), tags without end and elements that do not match.
 */
export class XmlReader {
  readonly #handler: XmlHandler;
  /** Names of the open elements, with their prefix. */
  readonly #open: string[] = [];
  #pending = '';
  #hasRoot = false;

  constructor(handler: XmlHandler) {
    this.#handler = handler;
  }

  /** False if the document is refused; it must not be fed further then. */
  push(piece: string): boolean {
    const text = this.#pending + piece;
    let at = 0;
    while (at < text.length && this.#handler.refusal === null) {
      const next = text.charCodeAt(at) === 0x3c ? this.#readMarkup(text, at) : this.#readText(text, at);
      if (next === 'refused') return false;
      if (next === 'incomplete') break;
      at = next;
    }
    this.#pending = text.slice(at);
    return this.#pending.length <= LONGEST_TAG;
  }

  /** True if the document is whole. */
  end(): boolean {
    return this.#hasRoot && this.#open.length === 0 && this.#pending.trim() === '';
  }

  #readText(text: string, at: number): number | 'refused' | 'incomplete' {
    const tag = text.indexOf('<', at);
    let end = tag < 0 ? text.length : tag;
    if (tag < 0) {
      // An entity may be cut by the end of the piece.
      const entity = text.lastIndexOf('&');
      if (entity >= at && !text.includes(';', entity)) end = entity;
      if (end === at) return text.length - at > LONGEST_ENTITY ? 'refused' : 'incomplete';
    }
    const resolved = resolveEntities(text.slice(at, end));
    if (resolved === null) return 'refused';
    this.#handler.text(resolved);
    return end;
  }

  #readMarkup(text: string, at: number): number | 'refused' | 'incomplete' {
    const second = text.charAt(at + 1);
    if (second === '?') return skipPast(text, at, '?>');
    if (second === '!') return this.#readDeclaration(text, at);
    const end = endOfTag(text, at + 1);
    if (end < 0) return 'incomplete';
    const isRead =
      second === '/' ? this.#readEndTag(text, at + 2, end) : this.#readStartTag(text, at + 1, end);
    return isRead ? end + 1 : 'refused';
  }

  #readDeclaration(text: string, at: number): number | 'refused' | 'incomplete' {
    if (text.startsWith('<!--', at)) return skipPast(text, at + 4, '-->');
    if (text.startsWith('<![CDATA[', at)) {
      const end = text.indexOf(']]>', at + 9);
      if (end < 0) return 'incomplete';
      this.#handler.text(text.slice(at + 9, end));
      return end + 3;
    }
    // Cut by the end of the piece, or `<!DOCTYPE`.
    return '<![CDATA['.startsWith(text.slice(at)) || text.slice(at) === '<!-' ? 'incomplete' : 'refused';
  }

  #readEndTag(text: string, start: number, end: number): boolean {
    const tag = this.#open.pop();
    if (tag === undefined || !text.startsWith(tag, start)) return false;
    if (skipSpace(text, start + tag.length) !== end) return false;
    this.#handler.close(localName(tag));
    return true;
  }

  #readStartTag(text: string, start: number, tagEnd: number): boolean {
    const isClosed = text.charCodeAt(tagEnd - 1) === 0x2f;
    const end = isClosed ? tagEnd - 1 : tagEnd;
    let nameEnd = start;
    while (nameEnd < end && !isSpace(text.charCodeAt(nameEnd))) nameEnd += 1;
    const tag = text.slice(start, nameEnd);
    const name = localName(tag);
    if (name === '' || this.#open.length >= DEEPEST || (this.#hasRoot && this.#open.length === 0))
      return false;
    this.#hasRoot = true;
    this.#handler.open(name, text.slice(nameEnd, end));
    if (isClosed) this.#handler.close(name);
    else this.#open.push(tag);
    return true;
  }
}

function skipPast(text: string, at: number, mark: string): number | 'incomplete' {
  const end = text.indexOf(mark, at);
  return end < 0 ? 'incomplete' : end + mark.length;
}
