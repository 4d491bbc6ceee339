import type { FileErrorCode } from './roll-reading.ts';
import { isDateFormat } from './sheet-values.ts';
import type { XmlHandler } from './xml.ts';
import { attributeOf } from './xml.ts';

/** What a part says about another: its kind (the last step of the type) and its path in the package. */
export interface Relationship {
  readonly kind: string;
  readonly target: string;
}

/** The path of a target, relative to the folder of the part that names it. */
function resolvePath(folder: string, target: string): string {
  const path: string[] = [];
  for (const step of (target.startsWith('/') ? target : `${folder}/${target}`).split('/')) {
    if (step === '..') path.pop();
    else if (step !== '' && step !== '.') path.push(step);
  }
  return path.join('/').toLowerCase();
}

/** Reads a `.rels` part. `folder` is the folder of the part that it belongs to. */
export class RelationshipsHandler implements XmlHandler {
  readonly refusal: FileErrorCode | null = null;
  readonly byId = new Map<string, Relationship>();
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  open(name: string, attributes: string): void {
    if (name !== 'Relationship' || attributeOf(attributes, 'TargetMode') === 'External') return;
    const type = attributeOf(attributes, 'Type') ?? '';
    this.byId.set(attributeOf(attributes, 'Id') ?? '', {
      kind: type.slice(type.lastIndexOf('/') + 1),
      target: resolvePath(this.#folder, attributeOf(attributes, 'Target') ?? ''),
    });
  }

  close(): void {}

  text(): void {}

  /** The path of the first part of a kind. */
  targetOf(kind: string): string | null {
    for (const relationship of this.byId.values()) {
      if (relationship.kind === kind) return relationship.target;
    }
    return null;
  }
}

/** Reads `workbook.xml`: the sheets in order. */
export class WorkbookHandler implements XmlHandler {
  readonly visibleSheetIds: string[] = [];
  is1904 = false;
  #root: string | null = null;

  get refusal(): FileErrorCode | null {
    // A letter (.docx) or slides (.pptx) are packed in the same way.
    return this.#root === null || this.#root === 'workbook' ? null : 'UNSUPPORTED_FORMAT';
  }

  open(name: string, attributes: string): void {
    this.#root ??= name;
    if (name === 'workbookPr') {
      this.is1904 = ['1', 'true'].includes(attributeOf(attributes, 'date1904') ?? '');
    }
    if (name !== 'sheet' || (attributeOf(attributes, 'state') ?? 'visible') !== 'visible') return;
    // The prefix of the relationships' namespace is `r` in nearly all files, but need not be.
    const prefixed = /\s([^\s:=]+:id)\s*=/.exec(attributes);
    const id = prefixed === null ? null : attributeOf(attributes, prefixed[1] ?? '');
    if (id !== null) this.visibleSheetIds.push(id);
  }

  close(): void {}

  text(): void {}
}

/** Reads `styles.xml`: which cell styles show a number as a date. */
export class StylesHandler implements XmlHandler {
  readonly refusal: FileErrorCode | null = null;
  readonly isDate: boolean[] = [];
  readonly #codes = new Map<number, string>();
  #isInCellFormats = false;

  open(name: string, attributes: string): void {
    if (name === 'numFmt') {
      const code = attributeOf(attributes, 'formatCode');
      if (code !== null) this.#codes.set(Number(attributeOf(attributes, 'numFmtId')), code);
    } else if (name === 'cellXfs') {
      this.#isInCellFormats = true;
    } else if (name === 'xf' && this.#isInCellFormats) {
      const id = Number(attributeOf(attributes, 'numFmtId') ?? '0');
      this.isDate.push(isDateFormat(id, this.#codes.get(id)));
    }
  }

  close(name: string): void {
    if (name === 'cellXfs') this.#isInCellFormats = false;
  }

  text(): void {}
}
