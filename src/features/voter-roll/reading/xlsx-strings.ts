import type { FileErrorCode } from './roll-reading.ts';
import { MAX_CELL_LENGTH } from './roll-reading.ts';
import type { XmlHandler } from './xml.ts';

/** `_x000D_` stands for the character with that number (ST_Xstring, ECMA-376 part 1, 22.9.2.19). */
export const unescapeString = (text: string): string =>
  text.includes('_x')
    ? text.replaceAll(/_x([0-9a-f]{4})_/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    : text;

/** A copy that does not keep the whole unfolded part alive, of which the text is a slice. */
export const detached = (text: string): string => ` ${text}`.slice(1);

/** Collects the runs of one rich or plain text; phonetic hints are left out. */
export class RunCollector {
  #text = '';
  #isInText = false;
  #isInHint = false;

  open(name: string): void {
    if (name === 'rPh') this.#isInHint = true;
    if (name === 't') this.#isInText = true;
  }

  close(name: string): void {
    if (name === 'rPh') this.#isInHint = false;
    if (name === 't') this.#isInText = false;
  }

  /** False if the text is longer than a cell may be. */
  add(text: string): boolean {
    if (this.#isInText && !this.#isInHint) this.#text += text;
    return this.#text.length <= MAX_CELL_LENGTH;
  }

  /** The whole text; the collector is empty again. */
  take(): string {
    const text = unescapeString(this.#text);
    this.#text = '';
    return text;
  }
}

/** Reads `sharedStrings.xml`. */
export class SharedStringsHandler implements XmlHandler {
  refusal: FileErrorCode | null = null;
  readonly strings: string[] = [];
  readonly #runs = new RunCollector();

  open(name: string): void {
    this.#runs.open(name);
  }

  close(name: string): void {
    this.#runs.close(name);
    if (name === 'si') this.strings.push(detached(this.#runs.take()));
  }

  text(text: string): void {
    if (!this.#runs.add(text)) this.refusal = 'TOO_LARGE';
  }
}
