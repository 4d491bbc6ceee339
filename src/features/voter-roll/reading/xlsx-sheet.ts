import type { FileErrorCode, SourceRow } from './roll-reading.ts';
import { MAX_CELL_LENGTH } from './roll-reading.ts';
import { dateText, numberText } from './sheet-values.ts';
import type { XmlHandler } from './xml.ts';
import { attributeOf } from './xml.ts';
import { RunCollector, detached, unescapeString } from './xlsx-strings.ts';
import type { UnfoldBudget } from './zip.ts';

const LAST_COLUMN = 16_384;
const LAST_ROW = 1_048_576;
/** Bytes that a cell filled in before a far one makes us hold: forty bytes of XML can ask for 16,384 of them. */
const FILLED_CELL_COST = 16;

/** What the other parts of the workbook say about the cells. */
export interface CellContext {
  readonly strings: readonly string[];
  readonly isDate: readonly boolean[];
  readonly is1904: boolean;
}

/** `BC12` is column 54, counted from 0; null if there are no letters or too many. */
function columnOfReference(reference: string): number | null {
  let column = 0;
  for (let index = 0; index < reference.length; index += 1) {
    const letter = (reference.charCodeAt(index) | 0x20) - 0x60;
    if (letter < 1 || letter > 26) break;
    column = column * 26 + letter;
    if (column > LAST_COLUMN) return null;
  }
  return column === 0 ? null : column - 1;
}

/** Reads one sheet; its rows are taken away with `takeRows` as they come. */
export class XlsxSheetHandler implements XmlHandler {
  refusal: FileErrorCode | null = null;
  readonly #context: CellContext;
  readonly #budget: UnfoldBudget;
  readonly #runs = new RunCollector();
  /** The share (0 to 1) of the sheet that is behind us; the rows carry it. */
  share = 0;
  #rows: SourceRow[] = [];
  #line = 0;
  #cells: string[] = [];
  #column = -1;
  #type = 'n';
  #attributes = '';
  #value = '';
  #isInValue = false;

  /** `budget` is spent by the text in the cells too: one shared string may stand in a million of them. */
  constructor(context: CellContext, budget: UnfoldBudget) {
    this.#context = context;
    this.#budget = budget;
  }

  takeRows(): readonly SourceRow[] {
    const rows = this.#rows;
    this.#rows = [];
    return rows;
  }

  open(name: string, attributes: string): void {
    switch (name) {
      case 'row':
        this.#line = Number(attributeOf(attributes, 'r') ?? this.#line + 1);
        this.#cells = [];
        this.#column = -1;
        if (!(this.#line >= 1 && this.#line <= LAST_ROW)) this.refusal = 'UNSUPPORTED_FORMAT';
        break;
      case 'c':
        this.#openCell(attributes);
        break;
      case 'v':
        this.#isInValue = true;
        break;
      default:
        this.#runs.open(name);
    }
  }

  close(name: string): void {
    switch (name) {
      case 'row':
        if (this.#cells.length > 0)
          this.#rows.push({ line: this.#line, cells: this.#cells, share: this.share });
        break;
      case 'c':
        this.#closeCell();
        break;
      case 'v':
        this.#isInValue = false;
        break;
      default:
        this.#runs.close(name);
    }
  }

  text(text: string): void {
    if (this.#isInValue) this.#value += text;
    if (!this.#runs.add(text) || this.#value.length > MAX_CELL_LENGTH) this.refusal = 'TOO_LARGE';
  }

  #openCell(attributes: string): void {
    const reference = attributeOf(attributes, 'r');
    const column = reference === null ? this.#column + 1 : columnOfReference(reference);
    if (column === null || column >= LAST_COLUMN) this.refusal = 'UNSUPPORTED_FORMAT';
    this.#column = column ?? 0;
    this.#type = attributeOf(attributes, 't') ?? 'n';
    this.#attributes = attributes;
    this.#value = '';
  }

  #closeCell(): void {
    const text = this.#cellText();
    // Empty cells at the end of a row are not there; those in the middle are filled in.
    if (text === '' || this.refusal !== null) return;
    const before = this.#cells.length;
    if (!this.#budget.spend(text.length + FILLED_CELL_COST * Math.max(0, this.#column - before))) {
      this.refusal = 'TOO_LARGE';
      return;
    }
    for (let index = before; index < this.#column; index += 1) this.#cells.push('');
    this.#cells[this.#column] = text;
  }

  #style(): number {
    return Number(attributeOf(this.#attributes, 's') ?? '0');
  }

  /** A formula counts by its stored result; without one there is no value, and the cell is empty. */
  #cellText(): string {
    const inline = this.#runs.take();
    switch (this.#type) {
      case 's':
        return this.#value === '' ? '' : (this.#context.strings[Number(this.#value)] ?? '');
      case 'inlineStr':
        return detached(inline);
      case 'str':
        return detached(unescapeString(this.#value));
      case 'b':
        if (this.#value === '') return '';
        return this.#value.trim() === '1' ? 'TRUE' : 'FALSE';
      case 'e':
      case 'd':
        return detached(this.#value);
      default:
        return this.#value !== '' && this.#context.isDate[this.#style()] === true
          ? dateText(this.#value, this.#context.is1904)
          : numberText(this.#value);
    }
  }
}
