/**
 * Passkeys: runs the ceremony that a button stands for with the device, between the server's options and its verdict.
 * Where the browser knows none, the buttons stay hidden and the password form is there.
 */
import { browserSupportsWebAuthn, startAuthentication, startRegistration } from '@simplewebauthn/browser';
import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser';

interface Opened<Options> {
  readonly ceremony: string;
  readonly options: Options;
}

/** A sentence of the server, to be shown as it is. */
class Said extends Error {}

async function post(path: string, body: object): Promise<unknown> {
  const answer = await fetch(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
    body: JSON.stringify(body),
  });
  const isJson = answer.headers.get('Content-Type')?.startsWith('application/json') === true;
  // a whole page instead of JSON: the session ended meanwhile, and the page says what to do
  if (!isJson) location.reload();
  const said: unknown = isJson ? await answer.json() : undefined;
  if (answer.ok) return said;
  const { error } = said as { error?: { message?: string } };
  throw new Said(error?.message ?? '');
}

async function run(part: HTMLElement): Promise<void> {
  const { path = '', next = '/' } = part.dataset;
  const name = document.querySelector<HTMLInputElement>('#passkey-name')?.value ?? '';
  const opened = await post(`${path}/options`, {});
  let answer;
  if (part.dataset['passkey'] === 'create') {
    const { ceremony, options } = opened as Opened<PublicKeyCredentialCreationOptionsJSON>;
    answer = { ceremony, name, response: await startRegistration({ optionsJSON: options }) };
  } else {
    const { ceremony, options } = opened as Opened<PublicKeyCredentialRequestOptionsJSON>;
    answer = { ceremony, response: await startAuthentication({ optionsJSON: options }) };
  }
  const done = (await post(path, { ...answer, next })) as { next: string };
  location.assign(done.next);
}

function bringToLife(part: HTMLElement): void {
  const button = part.querySelector('button');
  const status = part.querySelector('[role=status]');
  if (button === null || status === null) return;
  part.hidden = false;
  button.addEventListener('click', () => {
    button.disabled = true;
    status.textContent = '';
    run(part)
      .catch((error: unknown) => {
        const sentence = error instanceof Said ? error.message : '';
        status.textContent = sentence === '' ? (part.dataset['failed'] ?? '') : sentence;
      })
      .finally(() => {
        button.disabled = false;
      });
  });
}

/** Passkeys belong to a domain: a server reached by a bare network address can have none. */
const isAddress = /^[\d.]+$|^\[/.test(location.hostname);

if (browserSupportsWebAuthn() && !isAddress) {
  for (const part of document.querySelectorAll<HTMLElement>('[data-passkey]')) bringToLife(part);
}
