import type { KeyObject } from 'node:crypto';
import { parentPort } from 'node:worker_threads';
import { type Bytes, equalBytes } from '../bytes.ts';
import type { RsaPublicKey } from '../primitives.ts';
import { rsaPublicKey } from '../rsa.ts';
import { blindSign } from './credential-key.ts';

/** Blinded values to be signed with one key, one behind the other; the bytes are moved. */
export interface SigningTask {
  readonly privateKey: KeyObject;
  readonly modulus: Bytes;
  readonly blinded: Bytes;
}

/** A worker of `SigningThreads`: answers each task with as many signatures, in the same layout. */
const port = parentPort;
if (port === null) throw new Error('this module runs as a worker thread');

let current: RsaPublicKey | undefined;

function publicKey(modulus: Bytes): RsaPublicKey {
  if (current === undefined || !equalBytes(current.modulus, modulus)) current = rsaPublicKey(modulus);
  if (current === undefined) throw new TypeError('not a modulus of the protocol');
  return current;
}

port.on('message', ({ privateKey, modulus, blinded }: SigningTask) => {
  const key = publicKey(modulus);
  const signatures = new Uint8Array(blinded.length);
  for (let at = 0; at < blinded.length; at += modulus.length) {
    const signed = blindSign(privateKey, key, blinded.slice(at, at + modulus.length));
    if (!signed.ok) throw new RangeError('a blinded value out of range was handed on');
    signatures.set(signed.value, at);
  }
  port.postMessage(signatures, [signatures.buffer]);
});
