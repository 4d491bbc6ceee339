/** The voter's pages, made to seal on the voter's own device: the choice leaves it sealed, or not at all. */
import type { ElectionTerms } from '../protocol/manifest.ts';
import { type Address, pathOf, takeAddress } from './booth/address.ts';
import {
  type Selections,
  type Sentences,
  readSelections,
  showsManifest,
  watchChoices,
} from './booth/ballot-step.ts';
import { startCountdown } from './booth/countdown.ts';
import { Device, canKeep } from './booth/device.ts';
import { find, showStep } from './booth/dom.ts';
import { canSeal, checkedElection } from './booth/election.ts';
import { showEnding } from './booth/ending.ts';
import { offerResend, readCode, showReview } from './booth/review-step.ts';
import { type Ending, Vote } from './booth/vote.ts';

/** Runs tries one at a time: a double click is one try. */
class Tries {
  readonly #terms: ElectionTerms;
  readonly #sentences: Sentences;
  #last: (() => Promise<Ending | undefined>) | undefined;
  #isRunning = false;

  constructor(terms: ElectionTerms, sentences: Sentences) {
    this.#terms = terms;
    this.#sentences = sentences;
    for (const button of document.querySelectorAll('[data-retry]')) {
      button.addEventListener('click', () => this.again());
    }
    for (const button of document.querySelectorAll('[data-reload]')) {
      button.addEventListener('click', () => location.reload());
    }
    window.addEventListener('online', () => this.again());
  }

  again(): void {
    if (this.#last !== undefined) this.run(this.#last);
  }

  run(work: () => Promise<Ending | undefined>): void {
    if (this.#isRunning) return;
    this.#isRunning = true;
    this.#last = undefined;
    showStep('working');
    void work()
      // Storage that failed in between, a broken answer: nothing was sent that a retry would not repeat.
      .catch((): Ending => ({ kind: 'unreachable', sent: false }))
      .then((ending) => {
        this.#isRunning = false;
        if (ending?.kind === 'unreachable') this.#last = work;
        if (ending !== undefined) showEnding(ending, this.#terms, this.#sentences);
      });
  }
}

function startBallot(terms: ElectionTerms, vote: Vote, tries: Tries, sentences: Sentences): void {
  const form = find('#ballot-form') as HTMLFormElement;
  const codeForm = find('#code-form') as HTMLFormElement;
  let chosen: Selections | undefined;
  // Whatever a browser makes of Enter or of an extension's click: this form sends nothing.
  form.method = 'dialog';
  form.removeAttribute('action');
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    chosen = readSelections(terms, sentences);
    if (chosen === undefined) return;
    showReview(terms);
    history.pushState({ step: 'review' }, '');
  });
  codeForm.addEventListener('submit', (event) => {
    event.preventDefault();
    const code = readCode(codeForm, sentences);
    const selections = chosen;
    if (code === undefined || selections === undefined) return;
    tries.run(() => vote.cast(selections, code));
  });
  find('[data-change]').addEventListener('click', () => history.back());
  window.addEventListener('popstate', () => {
    if (!find('[data-step="review"]').hidden) showStep('ballot');
  });
  watchChoices(terms);
  const button = find('#continue') as HTMLButtonElement;
  button.disabled = false;
  button.hidden = false;
  find('#booth-loading').hidden = true;
}

async function start(page: HTMLElement, address: Address): Promise<void> {
  const isBallot = document.querySelector('#ballot-form') !== null;
  if (!canKeep() || !(await canSeal())) {
    // Says so before anything is chosen, on the page that works without us.
    const search = new URLSearchParams(location.search);
    search.set('seal', 'unable');
    if (isBallot) location.replace(pathOf(address, `?${search}`));
    return;
  }
  const terms = await checkedElection(page, address.digest);
  if (terms === undefined || (isBallot && !showsManifest(terms))) {
    showStep('mismatch');
    return;
  }
  const sentences = JSON.parse(page.dataset['sentences'] ?? '{}') as Sentences;
  const device = await Device.of(terms, address.link);
  const vote = new Vote(terms, address.link, device);
  const tries = new Tries(terms, sentences);
  const held = device.read();
  if (isBallot) {
    startBallot(terms, vote, tries, sentences);
    offerResend(address.link);
    if (address.digest === undefined) find('[data-notice="no-fragment"]').hidden = false;
    // The server has issued nothing for it, and here nothing was cast with it.
    const isUnsent = held?.kind === 'pending' && held.pending.issued === undefined;
    if (isUnsent) find('[data-notice="earlier-try"]').hidden = false;
    if (held !== undefined && !isUnsent) tries.run(() => vote.resume());
  } else if (held !== undefined) {
    tries.run(() => vote.resume());
  } else {
    for (const line of document.querySelectorAll<HTMLElement>('[data-elsewhere]')) line.hidden = false;
  }
}

const address = takeAddress();
const countdown = document.querySelector<HTMLElement>('#countdown');
const page = document.querySelector<HTMLElement>('#booth');
if (countdown !== null) startCountdown(countdown);
if (address !== undefined && document.querySelector('#shell') !== null) {
  location.replace(pathOf(address, location.search));
} else if (page !== null && address !== undefined) {
  void start(page, address);
}
