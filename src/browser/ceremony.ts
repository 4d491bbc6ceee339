/**
 * Proof of possession on the holder's own device: the key file is opened here, answers the server's challenge, and
 * leaves neither its content nor the words. Without this script the same form uploads both.
 */
import { fromBase64url, toBase64url } from '../protocol/bytes.ts';
import { type Challenge, parseChallenge } from '../protocol/challenge.ts';
import { parseJson } from '../protocol/canonical-json.ts';
import { exact, text } from '../protocol/fields.ts';
import { answerChallenge } from '../protocol/key-holder/answer-challenge.ts';
import { readPassphrase } from '../protocol/key-holder/passphrase.ts';
import { openKeyFileInBrowser } from '../protocol/key-holder/web-key.ts';
import type { Refusal } from '../protocol/outcome.ts';
import type { RsaPublicKey } from '../protocol/primitives.ts';
import { rsaPublicKey } from '../protocol/rsa.ts';
import { webPrimitives } from '../protocol/web-primitives.ts';

type Sentences = Readonly<Record<string, string>>;

/** A sentence to show; anything else that is thrown is a fault of the page. */
class Said extends Error {}

const form = document.querySelector<HTMLFormElement>('#prove-key');
const status = document.querySelector<HTMLElement>('#ceremony-status');

function say(kind: 'info' | 'danger', sentence: string): void {
  const box = document.createElement('p');
  box.className = `alert alert-${kind}`;
  box.textContent = sentence;
  status?.replaceChildren(box);
}

/** The server's own sentences come with the page, so that a refusal made here reads like one made there. */
function refusalOf(page: HTMLFormElement, { code, detail }: Refusal<string>): Said {
  const sentences = JSON.parse(page.dataset['refusals'] ?? '{}') as Sentences;
  const kinds = JSON.parse(page.dataset['kinds'] ?? '{}') as Sentences;
  const filled = (sentences[code] ?? code).replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = String(detail[name] ?? '?');
    return name === 'found' ? (kinds[value] ?? value) : value;
  });
  return new Said(filled);
}

async function post(address: string, body: object): Promise<string> {
  const answer = await fetch(address, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
    body: JSON.stringify(body),
  });
  const words = await answer.text();
  if (answer.ok) return words;
  const { error } = JSON.parse(words) as { error: { message: string } };
  throw new Said(error.message);
}

async function askChallenge(page: HTMLFormElement): Promise<{ challenge: Challenge; key: RsaPublicKey }> {
  const json = parseJson(await post(page.dataset['challenge'] ?? '', {}));
  const asked = json === undefined ? undefined : exact({ challenge: (value) => value, modulus: text })(json);
  const modulus = asked && fromBase64url(asked.modulus);
  const key = modulus && rsaPublicKey(modulus);
  const challenge = asked && key && parseChallenge(key, asked.challenge);
  if (key === undefined || challenge?.ok !== true) throw new Error('the challenge cannot be read');
  return { challenge: challenge.value, key };
}

async function prove(page: HTMLFormElement): Promise<void> {
  const file = page.querySelector<HTMLInputElement>('input[type=file]')?.files?.[0];
  const words = page.querySelector<HTMLInputElement>('input[name=passphrase]')?.value ?? '';
  const copy = Number(page.querySelector<HTMLSelectElement>('select[name=copy]')?.value ?? '1');
  const passphrase = readPassphrase(words);
  if (!passphrase.ok) throw refusalOf(page, passphrase);
  say('info', page.dataset['working'] ?? '');
  const { challenge, key } = await askChallenge(page);
  const content = new Uint8Array(file === undefined ? new ArrayBuffer(0) : await file.arrayBuffer());
  const opened = await openKeyFileInBrowser(webPrimitives, content, passphrase.value, key);
  passphrase.value.fill(0);
  if (!opened.ok) throw refusalOf(page, opened);
  const secret = await answerChallenge(webPrimitives, opened.value.key, key, challenge);
  if (!secret.ok) throw refusalOf(page, secret);
  const body = { nonce: toBase64url(challenge.nonce), secret: toBase64url(secret.value), copy };
  const { next } = JSON.parse(await post(page.dataset['answer'] ?? '', body)) as { next: string };
  location.assign(next);
}

form?.addEventListener('submit', (event) => {
  event.preventDefault();
  const button = form.querySelector<HTMLButtonElement>('button[type=submit]');
  if (button !== null) button.disabled = true;
  prove(form)
    .catch((error: unknown) => {
      say('danger', error instanceof Error ? error.message : String(error));
      status?.focus();
    })
    .finally(() => {
      if (button !== null) button.disabled = false;
    });
});
