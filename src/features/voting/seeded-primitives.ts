import { createCipheriv, createPrivateKey, createPublicKey } from 'node:crypto';
import { type Bytes, fromBase64url } from '../../protocol/bytes.ts';
import { nodePrimitives } from '../../protocol/node/primitives.ts';
import type { Ed25519KeyPair, Primitives } from '../../protocol/primitives.ts';

/** PKCS#8 of Ed25519 before the 32 seed bytes (RFC 8410 section 7). */
const ED25519_PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

function ed25519Pair(secretKey: Bytes): Ed25519KeyPair {
  const der = Buffer.concat([ED25519_PKCS8, secretKey]);
  const native = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  der.fill(0);
  const publicKey = fromBase64url(createPublicKey(native).export({ format: 'jwk' }).x ?? '', 32);
  if (publicKey === undefined) throw new TypeError('not an Ed25519 key');
  return { secretKey, publicKey };
}

/**
 * The primitives with every random byte and fresh key drawn from a secret 32-byte `seed` that is used for one ballot
 * only (AES-256-CTR as the generator): the same seed seals the same ballot, byte for byte.
 */
export function seededPrimitives(seed: Bytes): Primitives {
  const generator = createCipheriv('aes-256-ctr', seed, Buffer.alloc(16));
  const random = (length: number): Bytes => new Uint8Array(generator.update(Buffer.alloc(length)));
  return { ...nodePrimitives, random, generateEd25519: () => ed25519Pair(random(32)) };
}
