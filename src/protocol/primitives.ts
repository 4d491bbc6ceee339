import type { Bytes } from './bytes.ts';

/** A value, or a promise of one: node:crypto answers at once, WebCrypto later. Always `await` it. */
export type Awaitable<T> = T | Promise<T>;

/** An RSA public key with exponent 65537: the modulus, and its bytes `I2OSP(n, nLen)`. */
export interface RsaPublicKey {
  readonly n: bigint;
  /** 256, 384 or 512 bytes, big-endian, first bit set. */
  readonly modulus: Bytes;
}

/** An Ed25519 key pair: the 32-byte seed and the 32-byte public key of RFC 8032. */
export interface Ed25519KeyPair {
  readonly secretKey: Bytes;
  readonly publicKey: Bytes;
}

/**
 * What the protocol asks of a crypto library. Two implementations: `webPrimitives` (WebCrypto and BigInt) and
 * `nodePrimitives` (node:crypto, in `protocol/node`), held to the same vectors.
 * Inputs have been checked by the caller (lengths, ranges, soundness of keys); wrong shapes here are bugs and throw.
 */
export interface Primitives {
  random(length: number): Bytes;
  sha256(message: Bytes): Awaitable<Bytes>;
  sha384(message: Bytes): Awaitable<Bytes>;
  /** HKDF-SHA-256, extract and expand (RFC 5869). */
  hkdf(ikm: Bytes, salt: Bytes, info: Bytes, length: number): Awaitable<Bytes>;
  /** AES-256-GCM with a 12-byte nonce; answers ciphertext and 16-byte tag. */
  encrypt(key: Bytes, nonce: Bytes, plaintext: Bytes, aad: Bytes): Awaitable<Bytes>;
  /** Undefined where the tag does not verify. */
  decrypt(key: Bytes, nonce: Bytes, sealed: Bytes, aad: Bytes): Awaitable<Bytes | undefined>;
  generateEd25519(): Awaitable<Ed25519KeyPair>;
  signEd25519(keys: Ed25519KeyPair, message: Bytes): Awaitable<Bytes>;
  /** RFC 8032 section 5.1.7 without cofactor. The caller has refused unsound public keys. */
  verifyEd25519(publicKey: Bytes, message: Bytes, signature: Bytes): Awaitable<boolean>;
  /** `x^65537 mod n` as `nLen` bytes, for `x` of exactly nLen bytes below n. */
  rsaPublic(key: RsaPublicKey, x: Bytes): Awaitable<Bytes>;
  /**
   * RSASSA-PSS-VERIFY with SHA-384, MGF1-SHA-384 and a salt of 48 bytes (RFC 8017 section 8.1.2). Another salt length
   * serves RFC 9474's own vectors only.
   */
  verifyPss(key: RsaPublicKey, message: Bytes, signature: Bytes, saltLength?: number): Awaitable<boolean>;
}
