import { createHash, createPrivateKey, createPublicKey } from 'node:crypto';
import { type Bytes, concat, fromBase64url, u32, utf8 } from '../protocol/bytes.ts';
import { nodePrimitives } from '../protocol/node/primitives.ts';
import type { Ed25519KeyPair, Primitives } from '../protocol/primitives.ts';

/** SHA-256 in counter mode over a seed: the same bytes in every run. Never for anything but tests. */
function stream(seed: string): (length: number) => Bytes {
  let counter = 0;
  return (length) => {
    const blocks: Uint8Array[] = [];
    for (let filled = 0; filled < length; filled += 32) {
      blocks.push(
        createHash('sha256')
          .update(concat(utf8(seed), u32(counter++)))
          .digest(),
      );
    }
    return concat(...blocks).slice(0, length);
  };
}

/** The Ed25519 key pair of a 32-byte seed. */
export function ed25519Pair(secretKey: Bytes): Ed25519KeyPair {
  const der = concat(Buffer.from('302e020100300506032b657004220420', 'hex'), secretKey);
  const privateKey = createPrivateKey({ key: Buffer.from(der), format: 'der', type: 'pkcs8' });
  const publicKey = fromBase64url(createPublicKey(privateKey).export({ format: 'jwk' }).x ?? '', 32);
  if (publicKey === undefined) throw new TypeError('not an Ed25519 key');
  return { secretKey, publicKey };
}

/** Node's primitives with randomness and fresh keys drawn from a seed. */
export function seededPrimitives(seed: string): Primitives {
  const random = stream(seed);
  return { ...nodePrimitives, random, generateEd25519: () => ed25519Pair(random(32)) };
}
