import type { FileErrorCode, SourceRow } from './roll-reading.ts';
import { MAX_CELL_LENGTH } from './roll-reading.ts';
import { numberText } from './sheet-values.ts';
import type { XmlHandler } from './xml.ts';
import { attributeOf } from './xml.ts';
import { detached } from './xlsx-strings.ts';
import type { UnfoldBudget } from './zip.ts';

const LAST_COLUMN = 16_384;
const LAST_ROW = 1_048_576;
/** Bytes that a repeated cell makes us hold, beside its text. */
const FILLED_CELL_COST = 16;
const ERROR_VALUE = /^(?:#[A-Z]+(?:\/[A-Z0]+)?[!?]?|Err:\d+)$/;

/** A row, and how many times it follows itself. */
export interface RepeatedRow {
  readonly row: SourceRow;
  readonly repeated: number;
}

/** A repeat count as OpenDocument states it; 1 if it is missing or nonsense. */
function repeatCount(attributes: string, name: string): number {
  const count = Number(attributeOf(attributes, name) ?? '1');
  return Number.isSafeInteger(count) && count >= 1 ? count : 1;
}

/** Collects the paragraphs of one cell (OpenDocument 1.3 part 3, 6.1.2: white space runs count as one space). */
class ParagraphCollector {
  /** Of all paragraphs so far, one line end between each two. */
  #text = '';
  #isFirst = true;
  #endsInSpace = true;

  startParagraph(): void {
    if (!this.#isFirst) this.#text += '\n';
    this.#isFirst = false;
    this.#endsInSpace = true;
  }

  addText(text: string): void {
    let piece = text.replaceAll(/[ \t\r\n]+/g, ' ');
    if (this.#endsInSpace && piece.startsWith(' ')) piece = piece.slice(1);
    if (piece === '') return;
    this.#endsInSpace = piece.endsWith(' ');
    this.#text += piece;
  }

  addExactly(text: string): void {
    this.#endsInSpace = false;
    this.#text += text;
  }

  get length(): number {
    return this.#text.length;
  }

  take(): string {
    const text = this.#text;
    this.#text = '';
    this.#isFirst = true;
    return text;
  }
}

/** Reads `content.xml`; the rows of the first visible sheet are taken away with `takeRows` as they come. */
export class OdsSheetHandler implements XmlHandler {
  refusal: FileErrorCode | null = null;
  /** The share (0 to 1) of the content that is behind us; the rows carry it. */
  share = 0;
  readonly #budget: UnfoldBudget;
  readonly #path: string[] = [];
  readonly #hiddenStyles = new Set<string>();
  readonly #paragraphs = new ParagraphCollector();
  #style = '';
  #sheet: 'before' | 'inside' | 'behind' = 'before';
  #sheetDepth = 0;
  #cellDepth = 0;
  #rows: RepeatedRow[] = [];
  #line = 1;
  #rowRepeat = 1;
  #cells: string[] = [];
  #column = 0;
  #attributes = '';

  /** `budget` is spent by the text in the cells too, once for each repetition. */
  constructor(budget: UnfoldBudget) {
    this.#budget = budget;
  }

  takeRows(): readonly RepeatedRow[] {
    const rows = this.#rows;
    this.#rows = [];
    return rows;
  }

  open(name: string, attributes: string): void {
    const parent = this.#path.at(-1);
    this.#path.push(name);
    if (name === 'style') this.#style = attributeOf(attributes, 'style:name') ?? '';
    if (name === 'table-properties' && attributeOf(attributes, 'table:display') === 'false') {
      this.#hiddenStyles.add(this.#style);
    }
    if (name === 'table' && parent === 'spreadsheet' && this.#sheet === 'before') {
      if (this.#hiddenStyles.has(attributeOf(attributes, 'table:style-name') ?? '')) return;
      this.#sheet = 'inside';
      this.#sheetDepth = this.#path.length;
    }
    if (this.#sheet !== 'inside') return;
    if (this.#cellDepth > 0) this.#openInCell(name, attributes);
    else this.#openInSheet(name, attributes);
  }

  close(name: string): void {
    const depth = this.#path.length;
    this.#path.pop();
    if (this.#sheet !== 'inside') return;
    if (depth === this.#sheetDepth) this.#sheet = 'behind';
    else if (depth === this.#cellDepth) this.#closeCell(name);
    else if (this.#cellDepth === 0 && name === 'table-row') this.#closeRow();
  }

  text(text: string): void {
    if (!this.#isInParagraph()) return;
    this.#paragraphs.addText(text);
    if (this.#paragraphs.length > MAX_CELL_LENGTH) this.refusal = 'TOO_LARGE';
  }

  /** Notes and drawings in a cell have paragraphs of their own, deeper down. */
  #isInParagraph(): boolean {
    return this.#cellDepth > 0 && this.#path[this.#cellDepth] === 'p';
  }

  #openInSheet(name: string, attributes: string): void {
    if (name === 'table-row') {
      this.#rowRepeat = repeatCount(attributes, 'table:number-rows-repeated');
      this.#cells = [];
      this.#column = 0;
    } else if (name === 'table-cell' || name === 'covered-table-cell') {
      this.#cellDepth = this.#path.length;
      this.#attributes = attributes;
    }
  }

  #openInCell(name: string, attributes: string): void {
    if (!this.#isInParagraph()) return;
    if (this.#path.length === this.#cellDepth + 1) this.#paragraphs.startParagraph();
    if (name === 's') {
      const count = repeatCount(attributes, 'text:c');
      if (count > MAX_CELL_LENGTH) this.refusal = 'TOO_LARGE';
      else this.#paragraphs.addExactly(' '.repeat(count));
    }
    if (name === 'tab') this.#paragraphs.addExactly('\t');
    if (name === 'line-break') this.#paragraphs.addExactly('\n');
  }

  #closeCell(name: string): void {
    this.#cellDepth = 0;
    const shown = this.#paragraphs.take();
    const repeated = repeatCount(this.#attributes, 'table:number-columns-repeated');
    // What a merged cell covers is not seen by anybody.
    const text = name === 'covered-table-cell' ? '' : this.#cellText(shown);
    const start = this.#column;
    this.#column += repeated;
    if (text === '') return;
    const gap = start - this.#cells.length;
    if (
      this.#column > LAST_COLUMN ||
      text.length > MAX_CELL_LENGTH ||
      !this.#budget.spend(FILLED_CELL_COST * (gap + repeated))
    ) {
      this.refusal = 'TOO_LARGE';
      return;
    }
    const kept = detached(text);
    for (let index = 0; index < gap; index += 1) this.#cells.push('');
    for (let copy = 0; copy < repeated; copy += 1) this.#cells.push(kept);
  }

  #closeRow(): void {
    const line = this.#line;
    this.#line += this.#rowRepeat;
    if (this.#cells.length === 0) return;
    const size = this.#cells.reduce((sum, cell) => sum + cell.length + 1, 0);
    if (this.#line > LAST_ROW + 1 || !this.#budget.spend(size * this.#rowRepeat)) {
      this.refusal = 'TOO_LARGE';
      return;
    }
    this.#rows.push({ row: { line, cells: this.#cells, share: this.share }, repeated: this.#rowRepeat });
  }

  /** The stored value, not its appearance; error values as the text that is shown. */
  #cellText(shown: string): string {
    const attribute = (name: string): string | null => attributeOf(this.#attributes, name);
    const visible = shown.trim();
    if (ERROR_VALUE.test(visible)) return visible;
    switch (attribute('office:value-type')) {
      case 'float':
      case 'percentage':
      case 'currency':
        return numberText(attribute('office:value') ?? shown);
      case 'date':
        return (attribute('office:date-value') ?? shown).replace(/T00:00:00(?:\.0+)?$/, '').replace('T', ' ');
      case 'boolean':
        return (attribute('office:boolean-value') ?? shown).toUpperCase();
      default:
        return shown === '' ? (attribute('office:string-value') ?? '') : shown;
    }
  }
}
