import { createCipheriv, createDecipheriv, createHmac, hash, randomBytes } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { ConfigurationError } from './config.ts';
import { framed } from './protocol/hash.ts';
import { type Bytes, concat, fromBase64url, toBase64url, utf8 } from './protocol/bytes.ts';

/** SHA-256 of a text or bytes: how random secrets (links, session values) are looked up without being stored. */
export const digestOf = (value: string | Uint8Array): Bytes =>
  new Uint8Array(hash('sha256', value, 'buffer'));

/**
 * The server secret: 32 bytes outside the database. Links and codes are derived from it, server-held signing keys are
 * stored sealed under it; whoever steals the database alone has neither.
 */
export class ServerSecret {
  readonly #key: Bytes;

  constructor(key: Bytes) {
    if (key.length !== 32) throw new RangeError('the server secret is 32 bytes');
    this.#key = key;
  }

  /** HMAC-SHA-256 under the secret over `label` and `parts`, each behind its length: 32 bytes, one purpose a label. */
  derive(label: string, ...parts: readonly string[]): Bytes {
    const message = framed(label, parts.map(utf8));
    return new Uint8Array(createHmac('sha256', this.#key).update(message).digest());
  }

  /** AES-256-GCM under a key derived for `purpose`, which is authenticated with it: nonce, ciphertext, tag. */
  seal(purpose: string, plaintext: Uint8Array): Bytes {
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.derive('votix/seal', purpose), nonce);
    return concat(nonce, cipher.update(plaintext), cipher.final(), cipher.getAuthTag());
  }

  /** Throws where the secret is another one or the bytes were changed: both mean a wrong or tampered installation. */
  open(purpose: string, sealed: Uint8Array): Buffer {
    const decipher = createDecipheriv(
      'aes-256-gcm',
      this.derive('votix/seal', purpose),
      sealed.subarray(0, 12),
    );
    decipher.setAuthTag(sealed.subarray(-16));
    return Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()]);
  }
}

/**
 * Reads the secret from its text (43 characters of base64url), or from the file at `path`, made with mode 0600 where
 * `isFirstStart`. Throws ConfigurationError: a new secret beside old data would open none of its links and keys.
 */
export function loadServerSecret(
  text: string | undefined,
  path: string,
  { isFirstStart }: { readonly isFirstStart: boolean },
): ServerSecret {
  if (text !== undefined) return parseSecret(text, 'SECRET_KEY');
  if (!existsSync(path)) {
    if (!isFirstStart) {
      throw new ConfigurationError(
        `the server secret ${path} is missing, but a database is there: put the file back, or give it in SECRET_KEY`,
      );
    }
    writeFileSync(path, `${toBase64url(randomBytes(32))}\n`, { mode: 0o600, flag: 'wx' });
  }
  if ((statSync(path).mode & 0o077) !== 0) chmodSync(path, 0o600);
  return parseSecret(readFileSync(path, 'utf8').trim(), path);
}

function parseSecret(text: string, source: string): ServerSecret {
  const key = fromBase64url(text, 32);
  if (key === undefined || new Set(key).size < 8) {
    throw new ConfigurationError(
      `${source} is not a random secret: give 32 random bytes as 43 characters of base64url`,
    );
  }
  return new ServerSecret(key);
}
