import type { ElectionTerms } from '../../protocol/manifest.ts';
import { type Sentences, describeChoice } from './ballot-step.ts';
import { element, filled, find, showStep } from './dom.ts';

/** Shows the choice once more, and asks for the code. */
export function showReview(terms: ElectionTerms): void {
  const summary = find('[data-summary]');
  summary.replaceChildren(
    ...describeChoice(terms).map(({ contest, names }) => {
      const list = element('ul');
      list.className = 'plain-list';
      list.append(...names.map((name) => element('li', name)));
      const detail = element('dd');
      detail.append(list);
      const fact = element('div');
      fact.className = 'fact';
      fact.append(element('dt', contest), detail);
      return fact;
    }),
  );
  hideCodeError();
  showStep('review');
}

/**
 * The digits that were typed, spaces removed; undefined where they are not as many as a code of this election has, and
 * then the page says so: a slip of the finger is no try.
 */
export function readCode(form: HTMLFormElement, sentences: Sentences): string | undefined {
  const digits = Number(form.dataset['digits']);
  const field = find('#code', form) as HTMLInputElement;
  const code = field.value.replace(/\s/g, '');
  hideCodeError();
  if (/^[0-9]+$/.test(code) && code.length === digits) return code;
  showCodeError(sentences['code'] ?? '');
  return undefined;
}

/** Back to the review with what the server said of the code: the choice is kept. */
export function showWrongCode(triesLeft: number, sentences: Sentences): void {
  showStep('review', 'WRONG_CODE');
  const left = triesLeft === 1 ? sentences['triesLeftOne'] : sentences['triesLeftMany'];
  showCodeError(`${sentences['wrongCode']} ${filled(left ?? '', { n: triesLeft })}`);
}

/** Asks for the mail with the code once more; the address is never told. */
export function offerResend(link: string): void {
  const button = find('[data-resend]') as HTMLButtonElement;
  button.addEventListener('click', () => {
    button.disabled = true;
    const asked = fetch(`/vote/${link}/resend`, {
      method: 'POST',
      body: new URLSearchParams({ again: '1' }),
      referrerPolicy: 'no-referrer',
    });
    void asked.then(
      (response) => {
        find('[data-resent]').hidden = !response.ok;
        button.disabled = response.ok;
      },
      () => {
        button.disabled = false;
      },
    );
  });
}

function hideCodeError(): void {
  find('[data-code-error]').hidden = true;
  find('#code').removeAttribute('aria-invalid');
}

function showCodeError(sentence: string): void {
  find('[data-code-sentence]').textContent = sentence;
  find('[data-code-error]').hidden = false;
  const field = find('#code') as HTMLInputElement;
  field.setAttribute('aria-invalid', 'true');
  field.value = '';
  field.focus();
}
