import { type Challenge, solveChallenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/web/pbkdf2';

/** Forms that cost their sender a second of work: it is done while they are filled in, and a form sent early waits for it. */

async function solve(challenge: Challenge): Promise<string | undefined> {
  const solution = await solveChallenge({ challenge, deriveKey });
  return solution === null ? undefined : JSON.stringify({ challenge, solution });
}

function work(form: HTMLFormElement, challenge: Challenge): void {
  const proof = form.querySelector<HTMLInputElement>('input[name="proof"]');
  const status = form.querySelector<HTMLElement>('[data-working]');
  if (proof === null || status === null) return;
  // a browser without WebCrypto, or a page that is not served safely, cannot do it: the words say whom to write to
  const solving = solve(challenge).catch(() => undefined);
  let isWaiting = false;
  form.addEventListener('submit', (event) => {
    if (proof.value !== '') return;
    event.preventDefault();
    if (isWaiting) return;
    isWaiting = true;
    status.textContent = status.dataset['working'] ?? '';
    void solving.then((solved) => {
      isWaiting = false;
      if (solved === undefined) status.textContent = status.dataset['failed'] ?? '';
      else {
        proof.value = solved;
        form.submit();
      }
    });
  });
  void solving.then((solved) => {
    if (solved !== undefined) proof.value = solved;
  });
}

for (const form of document.querySelectorAll<HTMLFormElement>('form[data-challenge]')) {
  work(form, JSON.parse(form.dataset['challenge'] ?? '{}') as Challenge);
}
