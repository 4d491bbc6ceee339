import type { ElectionTerms } from '../../protocol/manifest.ts';
import type { Sentences } from './ballot-step.ts';
import { filled, find, showStep } from './dom.ts';
import { showReceipt } from './receipt-step.ts';
import { showWrongCode } from './review-step.ts';
import type { Ending } from './vote.ts';

/** The page of how a try ended: it always says whether the vote is recorded. */
export function showEnding(ending: Ending, terms: ElectionTerms, sentences: Sentences): void {
  switch (ending.kind) {
    case 'recorded':
      forgetChoice();
      showReceipt(ending.receipt);
      return;
    case 'unreachable':
      showStep(ending.sent ? 'unconfirmed' : 'trouble');
      return;
    case 'refused':
      showRefusal(ending.code, ending.detail, terms, sentences);
  }
}

function showRefusal(
  code: string,
  detail: Extract<Ending, { kind: 'refused' }>['detail'],
  terms: ElectionTerms,
  sentences: Sentences,
): void {
  const canTypeAgain = document.querySelector('[data-step="review"]') !== null;
  if (code === 'WRONG_CODE' && canTypeAgain && detail['triesLeft'] !== 0) {
    showWrongCode(Number(detail['triesLeft']), sentences);
  } else if (code === 'WRONG_CODE') showStep('locked');
  else if (code === 'LOCKED') showLock(detail['until'], terms);
  else if (code === 'ALREADY_VOTED') showStep('elsewhere');
  else if (code === 'CLOSED') showStep('too-late');
  else showStep('refused');
}

function showLock(until: unknown, { manifest }: ElectionTerms): void {
  const section = showStep('locked');
  const line = find('[data-until]', section);
  const { until: untilText = '', staff = '' } = line.dataset;
  if (typeof until !== 'string') {
    line.textContent = staff;
    return;
  }
  const format = new Intl.DateTimeFormat(document.documentElement.lang, {
    timeZone: manifest.timeZone,
    dateStyle: 'full',
    timeStyle: 'short',
  });
  line.textContent = filled(untilText, { time: format.format(new Date(until)) });
}

/** Once it is recorded, nothing on the page or behind the Back button shows what was chosen. */
function forgetChoice(): void {
  for (const form of document.querySelectorAll('form')) form.reset();
  document.querySelector('[data-summary]')?.replaceChildren();
}
