/** Writes and opens key files with node:crypto. The plaintext of a key stands in Buffers only, which are zeroed. */
import * as crypto from 'node:crypto';
import { promisify } from 'node:util';
import { type Bytes, equalBytes } from '../../bytes.ts';
import { keyFingerprint } from '../../manifest.ts';
import { nodePrimitives } from '../../node/primitives.ts';
import type { Outcome } from '../../outcome.ts';
import type { Primitives, RsaPublicKey } from '../../primitives.ts';
import { rawPrivate } from '../../node/credential-key.ts';
import { randomElement } from '../../rsa.ts';
import type { KdfHash, KeyEnvelope } from '../key-envelope.ts';
import { ITERATIONS, type KeyFileRefusal, writeKeyFile } from '../key-file.ts';
import type { Passphrase } from '../passphrase.ts';
import { type Unlocked, unlockKeyFile } from '../unlock.ts';

const pbkdf2 = promisify(crypto.pbkdf2);

const DIGESTS: Record<KdfHash, string> = { 'SHA-1': 'sha1', 'SHA-256': 'sha256', 'SHA-512': 'sha512' };

/** The text of the key file of a private key. `note`: see `writeKeyFile`. The passphrase is the caller's to zero. */
export async function protectKey(
  primitives: Primitives,
  privateKey: crypto.KeyObject,
  key: RsaPublicKey,
  passphrase: Passphrase,
  note: readonly string[],
): Promise<string> {
  const salt = primitives.random(16);
  const iv = primitives.random(16);
  const parameters = { hash: 'SHA-256', salt, iterations: ITERATIONS, keyLength: 32, iv } as const;
  const der = privateKey.export({ type: 'pkcs8', format: 'der' });
  const secret = await deriveKey(passphrase, parameters);
  try {
    const cipher = crypto.createCipheriv('aes-256-cbc', secret, iv);
    const ciphertext = new Uint8Array(Buffer.concat([cipher.update(der), cipher.final()]));
    return writeKeyFile({ ...parameters, ciphertext }, note, await keyFingerprint(primitives, key));
  } finally {
    der.fill(0);
    secret.fill(0);
  }
}

/** Opens a key file; the key is a native KeyObject. The passphrase is the caller's to zero. */
export async function openKeyFile(
  file: Bytes,
  passphrase: Passphrase,
  expected: RsaPublicKey,
): Promise<Outcome<Unlocked<crypto.KeyObject>, KeyFileRefusal>> {
  return unlockKeyFile(nodePrimitives, file, expected, {
    decrypt: (envelope) => decrypt(envelope, passphrase),
    adopt: (der) => importKey(der, expected),
  });
}

function deriveKey(
  passphrase: Passphrase,
  { hash, salt, iterations, keyLength }: Pick<KeyEnvelope, 'hash' | 'salt' | 'iterations' | 'keyLength'>,
): Promise<Buffer> {
  return pbkdf2(passphrase, salt, iterations, keyLength, DIGESTS[hash]);
}

/** The decrypted bytes; undefined where the padding is wrong. */
async function decrypt(envelope: KeyEnvelope, passphrase: Passphrase): Promise<Bytes | undefined> {
  const secret = await deriveKey(passphrase, envelope);
  const decipher = crypto.createDecipheriv(`aes-${envelope.keyLength * 8}-cbc`, secret, envelope.iv);
  secret.fill(0);
  const start = decipher.update(envelope.ciphertext);
  let end: Buffer;
  try {
    end = decipher.final();
  } catch {
    start.fill(0);
    return undefined;
  }
  const whole = new Uint8Array(start.length + end.length);
  whole.set(start);
  whole.set(end, start.length);
  start.fill(0);
  end.fill(0);
  return whole;
}

/** The native key, if it undoes the public operation on a random value. */
function importKey(der: Bytes, expected: RsaPublicKey): crypto.KeyObject | undefined {
  const view = Buffer.from(der.buffer, der.byteOffset, der.length);
  try {
    const privateKey = crypto.createPrivateKey({ key: view, format: 'der', type: 'pkcs8' });
    const x = randomElement(nodePrimitives, expected);
    const c = nodePrimitives.rsaPublic(expected, x);
    return equalBytes(rawPrivate(privateKey, c), x) ? privateKey : undefined;
  } catch {
    // numbers that OpenSSL refuses, at import or in use
    return undefined;
  }
}
