import { SALT_LENGTH } from './blind-rsa.ts';
import { type Bytes, fromBase64url, fromInteger, toBase64url, toInteger } from './bytes.ts';
import type { Ed25519KeyPair, Primitives, RsaPublicKey } from './primitives.ts';

/** A new answer of WebCrypto as Bytes. */
const bytesOf = (buffer: ArrayBuffer): Bytes => new Uint8Array(buffer);

/** The largest piece that getRandomValues fills at once. */
const RANDOM_LIMIT = 65_536;

const rsaKeys = new WeakMap<RsaPublicKey, Promise<CryptoKey>>();

/** The WebCrypto key of an RSA public key for RSA-PSS, imported once. */
function rsaKey(key: RsaPublicKey): Promise<CryptoKey> {
  let imported = rsaKeys.get(key);
  if (imported === undefined) {
    const jwk = { kty: 'RSA', n: toBase64url(key.modulus), e: 'AQAB' };
    const algorithm = { name: 'RSA-PSS', hash: 'SHA-384' };
    imported = crypto.subtle.importKey('jwk', jwk, algorithm, false, ['verify']);
    rsaKeys.set(key, imported);
  }
  return imported;
}

const aesKey = (key: Bytes, usage: 'encrypt' | 'decrypt'): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', key, 'AES-GCM', false, [usage]);

const ed25519Jwk = (x: Bytes) => ({ kty: 'OKP', crv: 'Ed25519', x: toBase64url(x) });

/** A member of a JWK that WebCrypto exported. */
function exported(member: string | undefined): Bytes {
  const bytes = fromBase64url(member ?? '', 32);
  if (bytes === undefined) throw new TypeError('not an Ed25519 key');
  return bytes;
}

/**
 * The primitives over WebCrypto and BigInt, for browsers (a secure context with Ed25519 in WebCrypto) and Node.
 * BigInt is not constant-time: `rsaPublic` is the public operation, and its secret `x` is used once on the device
 * that drew it.
 */
export const webPrimitives = {
  random(length) {
    const bytes = new Uint8Array(length);
    for (let at = 0; at < length; at += RANDOM_LIMIT)
      crypto.getRandomValues(bytes.subarray(at, at + RANDOM_LIMIT));
    return bytes;
  },

  sha256: async (message) => bytesOf(await crypto.subtle.digest('SHA-256', message)),

  sha384: async (message) => bytesOf(await crypto.subtle.digest('SHA-384', message)),

  async hkdf(ikm, salt, info, length) {
    const key = await crypto.subtle.importKey('raw', ikm, 'HKDF', false, ['deriveBits']);
    const algorithm = { name: 'HKDF', hash: 'SHA-256', salt, info };
    return bytesOf(await crypto.subtle.deriveBits(algorithm, key, 8 * length));
  },

  async encrypt(key, nonce, plaintext, aad) {
    const algorithm = { name: 'AES-GCM', iv: nonce, additionalData: aad };
    return bytesOf(await crypto.subtle.encrypt(algorithm, await aesKey(key, 'encrypt'), plaintext));
  },

  async decrypt(key, nonce, sealed, aad) {
    const imported = await aesKey(key, 'decrypt');
    try {
      const algorithm = { name: 'AES-GCM', iv: nonce, additionalData: aad };
      return bytesOf(await crypto.subtle.decrypt(algorithm, imported, sealed));
    } catch {
      return undefined;
    }
  },

  async generateEd25519(): Promise<Ed25519KeyPair> {
    const pair = await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify']);
    if (!('privateKey' in pair)) throw new TypeError('not a key pair');
    const { d, x } = await crypto.subtle.exportKey('jwk', pair.privateKey);
    return { secretKey: exported(d), publicKey: exported(x) };
  },

  async signEd25519({ secretKey, publicKey }, message) {
    const jwk = { ...ed25519Jwk(publicKey), d: toBase64url(secretKey) };
    const key = await crypto.subtle.importKey('jwk', jwk, 'Ed25519', false, ['sign']);
    return bytesOf(await crypto.subtle.sign('Ed25519', key, message));
  },

  async verifyEd25519(publicKey, message, signature) {
    let key: CryptoKey;
    try {
      key = await crypto.subtle.importKey('jwk', ed25519Jwk(publicKey), 'Ed25519', false, ['verify']);
    } catch (error) {
      // Some libraries find at the import that the point is not on the curve, others at the verification.
      if (error instanceof DOMException && error.name === 'DataError') return false;
      throw error;
    }
    return crypto.subtle.verify('Ed25519', key, signature, message);
  },

  rsaPublic(key, x) {
    const base = toInteger(x);
    let power = base;
    // 65537 = 2^16 + 1
    for (let i = 0; i < 16; i++) power = (power * power) % key.n;
    return fromInteger((power * base) % key.n, key.modulus.length);
  },

  verifyPss: async (key, message, signature, saltLength = SALT_LENGTH) =>
    crypto.subtle.verify({ name: 'RSA-PSS', saltLength }, await rsaKey(key), signature, message),
} satisfies Primitives;
