import type { Bytes } from '../bytes.ts';
import { keyFingerprint } from '../manifest.ts';
import { accept, type Outcome, refuse } from '../outcome.ts';
import type { Awaitable, Primitives, RsaPublicKey } from '../primitives.ts';
import type { KeyEnvelope } from './key-envelope.ts';
import { type KeyFileRefusal, namesOtherKey, readKeyFile } from './key-file.ts';
import { compareNumbers, readPrivateNumbers, type RsaPrivateNumbers } from './rsa-private-key.ts';

/** What a platform contributes to opening a key file. */
export interface Unlocking<Key> {
  /** PKCS#8 DER by PBKDF2 and AES-CBC; undefined where the padding is wrong. It is zeroed after use. */
  readonly decrypt: (envelope: KeyEnvelope) => Promise<Bytes | undefined>;
  /** The usable key of numbers that belong together; undefined where it does not work. */
  readonly adopt: (der: Bytes, numbers: RsaPrivateNumbers) => Awaitable<Key | undefined>;
}

/** A key that was unlocked. */
export interface Unlocked<Key> {
  readonly key: Key;
  /** The file derives its key with fewer than 600,000 iterations: to be opened with a warning. */
  readonly isWeak: boolean;
}

/** Opens a key file and compares its key with the one expected: same modulus, exponent 65537, consistent numbers. */
export async function unlockKeyFile<Key>(
  primitives: Primitives,
  file: Bytes,
  expected: RsaPublicKey,
  { decrypt, adopt }: Unlocking<Key>,
): Promise<Outcome<Unlocked<Key>, KeyFileRefusal>> {
  const read = readKeyFile(file);
  if (!read.ok) return read;
  const der = await decrypt(read.value.envelope);
  try {
    const numbers = der === undefined ? undefined : readPrivateNumbers(der);
    if (der === undefined || numbers === undefined) {
      const isOther = namesOtherKey(read.value, await keyFingerprint(primitives, expected));
      return refuse(isOther ? 'OTHER_ELECTION' : 'WRONG_PASSPHRASE');
    }
    if (numbers === 'OTHER_KEY') return refuse('OTHER_ELECTION');
    const compared = compareNumbers(numbers, expected);
    if (compared !== 'SAME') return refuse(compared === 'OTHER' ? 'OTHER_ELECTION' : 'DAMAGED');
    const key = await adopt(der, numbers);
    return key === undefined ? refuse('DAMAGED') : accept({ key, isWeak: read.value.isWeak });
  } finally {
    der?.fill(0);
  }
}
