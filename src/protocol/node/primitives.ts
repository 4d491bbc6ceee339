import * as crypto from 'node:crypto';
import { type Bytes, toBase64url } from '../bytes.ts';
import type { Ed25519KeyPair, Primitives, RsaPublicKey } from '../primitives.ts';
import { SALT_LENGTH } from '../blind-rsa.ts';

const TAG_LENGTH = 16;
/** PKCS#8 of Ed25519 before the 32 seed bytes. */
const ED25519_PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');
/** Length of what precedes the 32 bytes of an Ed25519 public key in its SubjectPublicKeyInfo (RFC 8410). */
const ED25519_SPKI_HEAD = 12;

/** A Buffer's bytes over their own ArrayBuffer; small Buffers may lie in a pool with others, which are copied out. */
const bytesOf = (buffer: Buffer): Bytes =>
  buffer.buffer instanceof ArrayBuffer && buffer.length === buffer.buffer.byteLength
    ? new Uint8Array(buffer.buffer)
    : new Uint8Array(buffer);

const rsaKeys = new WeakMap<RsaPublicKey, crypto.KeyObject>();
const ed25519Keys = new WeakMap<Ed25519KeyPair, crypto.KeyObject>();

/** The native key of an RSA public key, imported once. */
function rsaKey(key: RsaPublicKey): crypto.KeyObject {
  let native = rsaKeys.get(key);
  if (native === undefined) {
    const jwk = { kty: 'RSA', n: toBase64url(key.modulus), e: 'AQAB' };
    native = crypto.createPublicKey({ key: jwk, format: 'jwk' });
    rsaKeys.set(key, native);
  }
  return native;
}

function ed25519PrivateKey(keys: Ed25519KeyPair): crypto.KeyObject {
  let native = ed25519Keys.get(keys);
  if (native === undefined) {
    const der = Buffer.concat([ED25519_PKCS8, keys.secretKey]);
    native = crypto.createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
    der.fill(0);
    ed25519Keys.set(keys, native);
  }
  return native;
}

/** A JWK is imported in 10 us; OpenSSL's DER decoders take 150 us for the same key, as long as the verification. */
function ed25519PublicKey(publicKey: Bytes): crypto.KeyObject {
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: toBase64url(publicKey) };
  return crypto.createPublicKey({ key: jwk, format: 'jwk' });
}

const pssKey = (key: RsaPublicKey, saltLength: number) => ({
  key: rsaKey(key),
  padding: crypto.constants.RSA_PKCS1_PSS_PADDING,
  saltLength,
});

const hmac = (key: Uint8Array, ...parts: readonly Uint8Array[]): Buffer => {
  const mac = crypto.createHmac('sha256', key);
  for (const part of parts) mac.update(part);
  return mac.digest();
};

/** RFC 5869 by hand: three HMACs for 76 bytes take two thirds of the time of `hkdfSync`. */
function hkdf(ikm: Bytes, salt: Bytes, info: Bytes, length: number): Bytes {
  const prk = hmac(salt, ikm);
  const blocks: Buffer[] = [];
  for (let counter = 1; 32 * blocks.length < length; counter++) {
    blocks.push(hmac(prk, blocks.at(-1) ?? Buffer.alloc(0), info, Uint8Array.of(counter)));
  }
  return bytesOf(Buffer.concat(blocks, length));
}

/** The primitives over node:crypto: every one answers at once and runs natively. */
export const nodePrimitives = {
  random: (length) => bytesOf(crypto.randomBytes(length)),

  sha256: (message) => bytesOf(crypto.hash('sha256', message, 'buffer')),

  sha384: (message) => bytesOf(crypto.hash('sha384', message, 'buffer')),

  hkdf,

  encrypt(key, nonce, plaintext, aad) {
    const cipher = crypto.createCipheriv('aes-256-gcm', key, nonce);
    cipher.setAAD(aad);
    return bytesOf(Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]));
  },

  decrypt(key, nonce, sealed, aad) {
    if (sealed.length < TAG_LENGTH) return undefined;
    const end = sealed.length - TAG_LENGTH;
    const decipher = crypto.createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_LENGTH });
    decipher.setAAD(aad).setAuthTag(sealed.subarray(end));
    const plaintext = decipher.update(sealed.subarray(0, end));
    try {
      return bytesOf(Buffer.concat([plaintext, decipher.final()]));
    } catch {
      return undefined;
    }
  },

  // Encoded as it is made: exporting a generated key as JWK can stop Node 20 for good. It allocates while it holds the
  // key's lock, and where that starts a collection, the finished generation is freed, which takes the same lock.
  generateEd25519() {
    const { privateKey, publicKey } = crypto.generateKeyPairSync('ed25519', {
      privateKeyEncoding: { format: 'der', type: 'pkcs8' },
      publicKeyEncoding: { format: 'der', type: 'spki' },
    });
    const keys = {
      secretKey: new Uint8Array(privateKey.subarray(ED25519_PKCS8.length)),
      publicKey: new Uint8Array(publicKey.subarray(ED25519_SPKI_HEAD)),
    };
    privateKey.fill(0);
    return keys;
  },

  signEd25519: (keys, message) => bytesOf(crypto.sign(null, message, ed25519PrivateKey(keys))),

  verifyEd25519: (publicKey, message, signature) =>
    crypto.verify(null, message, ed25519PublicKey(publicKey), signature),

  rsaPublic: (key, x) =>
    bytesOf(crypto.publicEncrypt({ key: rsaKey(key), padding: crypto.constants.RSA_NO_PADDING }, x)),

  verifyPss: (key, message, signature, saltLength = SALT_LENGTH) =>
    crypto.verify('sha384', message, pssKey(key, saltLength), signature),
} satisfies Primitives;

/** Resolves with what a verification tells its callback. */
const verification = (start: (callback: (error: Error | null, holds: boolean) => void) => void) =>
  new Promise<boolean>((resolve, reject) => {
    start((error, holds) => (error === null ? resolve(holds) : reject(error)));
  });

/**
 * The same primitives, with verifications on the threads of libuv: for a server, whose one thread has requests to
 * answer meanwhile. Importing the key is most of what stays on the calling thread, a seventh of the whole.
 */
export const pooledPrimitives = {
  ...nodePrimitives,

  verifyEd25519: (publicKey, message, signature) =>
    verification((done) => crypto.verify(null, message, ed25519PublicKey(publicKey), signature, done)),

  verifyPss: (key, message, signature, saltLength = SALT_LENGTH) =>
    verification((done) => crypto.verify('sha384', message, pssKey(key, saltLength), signature, done)),
} satisfies Primitives;
