import type { KeyObject } from 'node:crypto';
import { type Bytes, fromUtf8 } from '../../bytes.ts';
import type { KeyRefusal, LockedKey } from '../../node/key-holder-messages.ts';
import { nodePrimitives } from '../../node/primitives.ts';
import { accept, type Outcome, refuse } from '../../outcome.ts';
import type { RsaPublicKey } from '../../primitives.ts';
import { type Passphrase, readPassphrase, sharedPassphrase } from '../passphrase.ts';
import { combineShares } from '../shares.ts';
import type { Unlocked } from '../unlock.ts';
import { openKeyFile } from './key-file.ts';

/** Opens a key file with typed words or shares. What was typed, and the passphrase, are zeroed. */
export async function openLockedKey(
  locked: LockedKey,
  expected: RsaPublicKey,
): Promise<Outcome<Unlocked<KeyObject>, KeyRefusal>> {
  const passphrase = await passphraseOf(locked, expected);
  if (!passphrase.ok) return passphrase;
  try {
    return await openKeyFile(new Uint8Array(locked.keyFile), passphrase.value, expected);
  } finally {
    passphrase.value.fill(0);
  }
}

async function passphraseOf(
  locked: LockedKey,
  expected: RsaPublicKey,
): Promise<Outcome<Passphrase, KeyRefusal>> {
  if ('shares' in locked) {
    const secret = await combineShares(nodePrimitives, expected, locked.shares);
    if (!secret.ok) return secret;
    return accept(zeroing(secret.value, sharedPassphrase));
  }
  const typed = fromUtf8(locked.typed);
  locked.typed.fill(0);
  return typed === undefined ? refuse('WORD_COUNT', { count: 0, expected: 9 }) : readPassphrase(typed);
}

function zeroing(secret: Bytes, use: (secret: Bytes) => Passphrase): Passphrase {
  const passphrase = use(secret);
  secret.fill(0);
  return passphrase;
}
