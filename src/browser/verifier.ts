/**
 * The receipt check: the device downloads the whole record and looks for the ballot itself, so that the server does not
 * learn whose receipt it is. The record is verified on the way, as far as a record without scrutineers' openings can be.
 */
import type { Bytes } from '../protocol/bytes.ts';
import { bytesSource } from '../protocol/record-reader.ts';
import { type Check, sentenceOf, verifyRecord } from '../protocol/verifier/index.ts';
import { webPrimitives } from '../protocol/web-primitives.ts';

const form = document.querySelector<HTMLFormElement>('#check-receipt');
const language = document.documentElement.lang === 'fr' ? 'fr' : 'en';
const verdictPlace = document.querySelector<HTMLElement>('#verdict');

/** One paragraph of the verdict, in the look of the page's notices. */
function notice(kind: 'success' | 'warning' | 'danger' | 'info', ...texts: readonly string[]): void {
  const box = document.createElement('div');
  box.className = `alert alert-${kind}`;
  for (const text of texts) {
    const paragraph = document.createElement('p');
    paragraph.textContent = text;
    box.append(paragraph);
  }
  verdictPlace?.append(box);
}

async function download(address: string): Promise<Bytes> {
  const answer = await fetch(address, { credentials: 'omit', referrerPolicy: 'no-referrer' });
  if (!answer.ok) throw new Error(`the record cannot be downloaded (${answer.status})`);
  return new Uint8Array(await answer.arrayBuffer());
}

function sayReceipt(words: DOMStringMap, receipt: Check | undefined): void {
  if (receipt?.status === 'ok') return notice('success', words['found'] ?? '');
  const reason = receipt?.status === 'failed' ? receipt.reason : undefined;
  switch (reason) {
    case 'RECEIPT_MALFORMED':
      return notice('warning', words['notAReceipt'] ?? '');
    case 'RECEIPT_NOT_IN_RECORD':
      return notice('danger', words['missing'] ?? '');
    default:
      return notice('danger', words['invalid'] ?? '');
  }
}

async function check(checked: HTMLFormElement): Promise<void> {
  const words = checked.dataset;
  const file = checked.querySelector<HTMLInputElement>('input[type=file]')?.files?.[0];
  if (file === undefined) return;
  verdictPlace?.replaceChildren();
  notice('info', words['working'] ?? '');
  const receipt = await file.text();
  const record = await download(words['record'] ?? '');
  const verdict = await verifyRecord(webPrimitives, bytesSource(record), { receipt });
  verdictPlace?.replaceChildren();
  sayReceipt(
    words,
    verdict.checks.find(({ id }) => id === 'V10'),
  );
  const failed = verdict.checks.filter(({ id, status }) => status === 'failed' && id !== 'V10');
  if (failed.length === 0) notice('info', words['holds'] ?? '');
  else
    notice('danger', words['fails'] ?? '', ...failed.map((one) => `${one.id}: ${sentenceOf(one, language)}`));
}

form?.addEventListener('submit', (event) => {
  event.preventDefault();
  check(form).catch((error: unknown) => {
    verdictPlace?.replaceChildren();
    notice('danger', error instanceof Error ? error.message : String(error));
  });
});
