import type { ElectionTerms, ManifestContest } from '../../protocol/manifest.ts';
import { element, filled, find } from './dom.ts';

const BLANK = 'blank';

export type Sentences = Readonly<Record<string, string>>;
export type Selections = readonly (readonly string[])[];

const fieldsetOf = (index: number): HTMLElement => find(`#contest-${index}`);
const boxesOf = (index: number): HTMLInputElement[] => [
  ...fieldsetOf(index).querySelectorAll<HTMLInputElement>('input'),
];
const labelOf = (box: HTMLInputElement): string =>
  box.closest('label')?.querySelector('.choice-label')?.textContent?.trim() ?? '';

/** Whether the page shows just what the manifest says: a name beside another candidate's box would steal votes. */
export function showsManifest({ manifest }: ElectionTerms): boolean {
  const { contests } = manifest;
  if (document.querySelectorAll('[data-contest]').length !== contests.length) return false;
  return contests.every((contest, index) => {
    const names = new Map(contest.candidates.map(({ id, name }) => [id, name]));
    const boxes = boxesOf(index).filter((box) => box.value !== BLANK);
    return (
      find('legend', fieldsetOf(index)).textContent?.trim() === contest.title.trim() &&
      boxes.length === names.size &&
      new Set(boxes.map((box) => box.value)).size === names.size &&
      boxes.every((box) => box.name === `contest-${index}` && names.get(box.value)?.trim() === labelOf(box))
    );
  });
}

/** Keeps blank and choices apart, and counts choices aloud. */
export function watchChoices({ manifest }: ElectionTerms): void {
  for (const [index] of manifest.contests.entries()) {
    const boxes = boxesOf(index);
    const counter = fieldsetOf(index).querySelector<HTMLElement>('[data-count]');
    const count = (): void => {
      if (counter === null) return;
      const chosen = boxes.filter((box) => box.checked && box.value !== BLANK).length;
      counter.hidden = false;
      counter.textContent = filled(counter.dataset['count'] ?? '', { n: chosen });
    };
    for (const box of boxes) {
      box.addEventListener('change', () => {
        if (box.checked && box.type === 'checkbox') {
          for (const other of boxes) {
            if (other !== box && (box.value === BLANK || other.value === BLANK)) other.checked = false;
          }
        }
        count();
      });
    }
    count();
  }
}

/** Reads the choices: candidate ids for each contest, empty for blank; undefined where the page now shows faults. */
export function readSelections({ manifest }: ElectionTerms, sentences: Sentences): Selections | undefined {
  const ticked = manifest.contests.map((_, index) =>
    boxesOf(index)
      .filter((box) => box.checked)
      .map((box) => box.value),
  );
  const faults = manifest.contests.flatMap((contest, index) => {
    const name = faultOf(contest, ticked[index] ?? []);
    const n = name === 'tooFew' ? contest.min : contest.max;
    return name === undefined
      ? []
      : [{ index, sentence: filled(sentences[name] ?? name, { contest: contest.title, n }) }];
  });
  showFaults(faults, sentences);
  return faults.length > 0 ? undefined : ticked.map((values) => values.filter((value) => value !== BLANK));
}

function faultOf({ blank, min, max }: ManifestContest, ticked: readonly string[]): string | undefined {
  if (ticked.length === 0) return blank ? 'nothingOrBlank' : 'nothing';
  if (ticked.includes(BLANK)) return ticked.length > 1 ? 'blankAndMore' : undefined;
  if (ticked.length > max) return 'tooMany';
  return ticked.length < min ? 'tooFew' : undefined;
}

function showFaults(
  faults: readonly { readonly index: number; readonly sentence: string }[],
  sentences: Sentences,
): void {
  const form = find('#ballot-form');
  form.querySelector('.error-summary')?.remove();
  if (faults.length === 0) return;
  const summary = element('div');
  summary.className = 'alert alert-danger error-summary';
  summary.setAttribute('role', 'alert');
  summary.tabIndex = -1;
  const list = element('ul');
  for (const { index, sentence } of faults) {
    const link = element('a', sentence);
    link.setAttribute('href', `#contest-${index}`);
    link.addEventListener('click', (event) => {
      // Not a step of the history, and no fragment in the address bar.
      event.preventDefault();
      boxesOf(index)[0]?.focus();
    });
    const item = element('li');
    item.append(link);
    list.append(item);
  }
  summary.append(element('h2', sentences['errorsTitle']), list);
  form.prepend(summary);
  summary.focus();
}

/** What was chosen, in words, for the review. */
export function describeChoice({ manifest }: ElectionTerms): { contest: string; names: string[] }[] {
  return manifest.contests.map(({ title }, index) => ({
    contest: title,
    names: boxesOf(index)
      .filter((box) => box.checked)
      .map(labelOf),
  }));
}
