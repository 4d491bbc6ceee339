import * as crypto from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Bytes, concat, fromUtf8, utf8 } from '../../bytes.ts';
import { keyFingerprint } from '../../manifest.ts';
import { generateRsaKey, publicKeyOf, type RsaKeyPair } from '../../node/credential-key.ts';
import { nodePrimitives } from '../../node/primitives.ts';
import { FINGERPRINT_PLACE, readKeyFile, writeKeyFile } from '../key-file.ts';
import { generatePassphrase, passphraseBytes } from '../passphrase.ts';
import { openKeyFile, protectKey } from './key-file.ts';

const PASSPHRASE = passphraseBytes('legal winner thank year wave sausage worth useful able'.split(' '));
const NOTE = ['Élection du conseil', `Key ${FINGERPRINT_PLACE}`, 'Keep this file.'];

let mine: RsaKeyPair;
let other: RsaKeyPair;
let file: string;
/** The same key with one iteration, so that hundreds of damaged files open quickly. */
let quick: string;

beforeAll(async () => {
  [mine, other] = await Promise.all([generateRsaKey(2048), generateRsaKey(2048)]);
  file = await protectKey(nodePrimitives, mine.privateKey, mine.key, PASSPHRASE, NOTE);
  quick = await quickFile(mine);
});

/** A key file with one iteration. `change` alters the plaintext DER. */
async function quickFile(pair: RsaKeyPair, change = (der: Buffer): Buffer => der): Promise<string> {
  const parameters = {
    hash: 'SHA-256',
    salt: nodePrimitives.random(8),
    iterations: 1,
    keyLength: 32,
    iv: nodePrimitives.random(16),
  } as const;
  const secret = crypto.pbkdf2Sync(PASSPHRASE, parameters.salt, 1, 32, 'sha256');
  const cipher = crypto.createCipheriv('aes-256-cbc', secret, parameters.iv);
  const der = change(pair.privateKey.export({ type: 'pkcs8', format: 'der' }));
  const ciphertext = new Uint8Array(Buffer.concat([cipher.update(der), cipher.final()]));
  return writeKeyFile(
    { ...parameters, ciphertext },
    [FINGERPRINT_PLACE],
    await keyFingerprint(nodePrimitives, pair.key),
  );
}

const open = (content: string | Bytes, passphrase = PASSPHRASE, key = mine.key) =>
  openKeyFile(typeof content === 'string' ? utf8(content) : content, passphrase, key);

const codeOf = async (content: string | Bytes, passphrase = PASSPHRASE, key = mine.key) => {
  const outcome = await open(content, passphrase, key);
  return outcome.ok ? 'OPENED' : outcome.code;
};

describe('the file written here', () => {
  test('opens with its passphrase and gives the same key', async () => {
    const outcome = await open(file);
    if (!outcome.ok) throw new Error(outcome.code);
    expect(outcome.value.isWeak).toBe(false);
    expect(outcome.value.key.equals(mine.privateKey)).toBe(true);
  });

  test('is read by OpenSSL', () => {
    const key = crypto.createPrivateKey({ key: file, passphrase: Buffer.from(PASSPHRASE) });
    expect(key.equals(mine.privateKey)).toBe(true);
  });

  test('has a salt of 16 bytes, a million iterations and the fingerprint in its lines', async () => {
    const read = readKeyFile(utf8(file));
    if (!read.ok) throw new Error(read.code);
    const { hash, salt, iterations, keyLength } = read.value.envelope;
    expect({ hash, salt: salt.length, iterations, keyLength }).toEqual({
      hash: 'SHA-256',
      salt: 16,
      iterations: 1_000_000,
      keyLength: 32,
    });
    expect(read.value.fingerprints).toEqual([await keyFingerprint(nodePrimitives, mine.key)]);
  });

  test('survives a hostile title', async () => {
    const note = ['-----BEGIN ENCRYPTED PRIVATE KEY-----', 'a\nb\u2028c\u202ed\0', 'x'.repeat(500), '\ud800'];
    const made = await protectKey(nodePrimitives, mine.privateKey, mine.key, PASSPHRASE, note);
    expect(made.match(/-----/g)).toHaveLength(4);
    expect(await codeOf(made)).toBe('OPENED');
    expect(crypto.createPrivateKey({ key: made, passphrase: Buffer.from(PASSPHRASE) }).type).toBe('private');
  });
});

describe('a file that was mailed and saved again opens', () => {
  const changes: Record<string, (text: string) => string | Bytes> = {
    'byte order mark': (text) => `\ufeff${text}`,
    'CR LF': (text) => text.replaceAll('\n', '\r\n'),
    'CR alone': (text) => text.replaceAll('\n', '\r'),
    'white space around every line': (text) => text.replaceAll('\n', ' \t\n  '),
    'no last line break': (text) => text.trimEnd(),
    'no explanatory lines': (text) => text.slice(text.indexOf('-----BEGIN')),
    'text behind it': (text) => `${text}\n-- \nOlive`,
    'one long line': (text) => text.replace(/(?<=[\w+/=])\n(?=[\w+/=])/g, ''),
    'UTF-16': (text) => concat(Uint8Array.of(0xff, 0xfe), Buffer.from(text, 'utf16le')),
    'Latin-1': (text) => new Uint8Array(Buffer.from(text, 'latin1')),
  };
  test.each(Object.entries(changes))('%s', async (_, change) => {
    expect(await codeOf(change(`Élection\n${quick}`))).toBe('OPENED');
  });
});

describe('what is wrong is named', () => {
  test('wrong passphrase', async () => {
    expect(await codeOf(file, generatePassphrase(nodePrimitives))).toBe('WRONG_PASSPHRASE');
  });

  test('the key of another election, whichever passphrase was typed', async () => {
    const theirs = await quickFile(other);
    expect(await codeOf(theirs)).toBe('OTHER_ELECTION');
    expect(await codeOf(theirs, generatePassphrase(nodePrimitives))).toBe('OTHER_ELECTION');
  });

  test('a key of another kind or exponent', async () => {
    const ec = crypto.generateKeyPairSync('ec', { namedCurve: 'P-256' });
    expect(await codeOf(await quickFile({ ...mine, privateKey: ec.privateKey }))).toBe('OTHER_ELECTION');
    const small = crypto.generateKeyPairSync('rsa', { modulusLength: 2048, publicExponent: 3 });
    expect(() => publicKeyOf(small.privateKey)).toThrow(TypeError);
    expect(await codeOf(await quickFile({ ...mine, privateKey: small.privateKey }))).toBe('OTHER_ELECTION');
  });

  test('numbers that do not belong together', async () => {
    const changed = (at: number) => (der: Buffer) => {
      const i = (at + der.length) % der.length;
      der[i] = (der[i] ?? 0) ^ 1;
      return der;
    };
    // inside n, d, p, and the last byte, of 1/q mod p
    for (const at of [40, 320, 620, -1])
      expect(await codeOf(await quickFile(mine, changed(at)))).toBe('DAMAGED');
  });

  test('truncated, anywhere', async () => {
    const begin = quick.indexOf('-----BEGIN');
    for (const length of [begin - 1, begin + 9, begin + 20, begin + 60, begin + 300, quick.length - 20]) {
      expect(await codeOf(quick.slice(0, length))).toBe('TRUNCATED');
    }
    const lines = quick.split('\n');
    lines.splice(-6, 3);
    expect(await codeOf(lines.join('\n'))).toBe('TRUNCATED');
  });

  test.each([
    ['EMPTY', ''],
    ['TEXT', 'Dear Olive'],
    ['SHARE', 'VTX1-04N0T-ASH4R-E0000'],
    ['JSON', '{"type":"manifest"}'],
    ['WEB_PAGE', '<!doctype html><title>Key</title>'],
    ['PDF', '%PDF-1.7'],
    ['PICTURE', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10])],
    ['ARCHIVE', new Uint8Array([0x50, 0x4b, 3, 4, 0])],
    ['OTHER', new Uint8Array([0, 1, 2, 3])],
    ['CERTIFICATE', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'],
    ['SSH_KEY', 'ssh-ed25519 AAAA olive@example.org'],
    ['OLD_ENCRYPTED_KEY', '-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n'],
  ] as const)('%s', async (found, content) => {
    expect(await open(content)).toEqual({ ok: false, code: 'NOT_A_KEY_FILE', detail: { found } });
  });

  test('keys in the open', async () => {
    const kinds = [
      ['UNENCRYPTED_KEY', mine.privateKey.export({ type: 'pkcs8', format: 'pem' })],
      ['UNENCRYPTED_KEY', mine.privateKey.export({ type: 'pkcs1', format: 'pem' })],
      ['PUBLIC_KEY', crypto.createPublicKey(mine.privateKey).export({ type: 'spki', format: 'pem' })],
      ['BINARY_KEY', mine.privateKey.export({ type: 'pkcs8', format: 'der' }).toString('latin1')],
    ] as const;
    for (const [found, content] of kinds) {
      const bytes = new Uint8Array(Buffer.from(content as string, 'latin1'));
      expect(await open(bytes)).toEqual({ ok: false, code: 'NOT_A_KEY_FILE', detail: { found } });
    }
  });

  test('encryption that is not accepted', async () => {
    const made = (options: object) =>
      mine.privateKey.export({ type: 'pkcs8', format: 'pem', passphrase: 'x', ...options }) as string;
    expect(await codeOf(made({ cipher: 'aes-192-cbc' }))).toBe('UNSUPPORTED_KEY_FILE');
    expect(await codeOf(made({ cipher: 'des-ede3-cbc' }))).toBe('UNSUPPORTED_KEY_FILE');
  });
});

describe('files of OpenSSL with few iterations', () => {
  test.each(['aes-128-cbc', 'aes-256-cbc'])('%s opens with a warning', async (cipher) => {
    const passphrase = fromUtf8(PASSPHRASE) ?? '';
    const made = mine.privateKey.export({ type: 'pkcs8', format: 'pem', cipher, passphrase }) as string;
    const outcome = await open(made);
    expect(outcome.ok && outcome.value.isWeak).toBe(true);
  });
});

describe('no file throws', () => {
  test('cut at random', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: quick.trimEnd().length - 1 }), async (length) => {
        expect(await codeOf(quick.slice(0, length))).not.toBe('OPENED');
      }),
      { numRuns: 200 },
    );
  });

  test('with bytes changed at random', async () => {
    const begin = quick.indexOf('-----BEGIN');
    const flips = fc.array(fc.tuple(fc.nat({ max: quick.length }), fc.integer({ min: 1, max: 255 })), {
      minLength: 1,
      maxLength: 4,
    });
    await fc.assert(
      fc.asyncProperty(flips, async (changes) => {
        const bytes = utf8(quick);
        for (const [at, mask] of changes) bytes[at % bytes.length] = (bytes[at % bytes.length] ?? 0) ^ mask;
        const isNoteOnly = Buffer.from(bytes).subarray(begin).equals(Buffer.from(quick).subarray(begin));
        const code = await codeOf(bytes);
        expect(isNoteOnly || code !== 'OPENED' || changesOnlyBlanks(bytes, begin)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test('of random bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (bytes) => {
        expect(await codeOf(new Uint8Array(bytes))).not.toBe('OPENED');
        const base64 = btoa(String.fromCharCode(...bytes));
        const armoured = `-----BEGIN ENCRYPTED PRIVATE KEY-----\n${base64}\n-----END ENCRYPTED PRIVATE KEY-----`;
        expect(await codeOf(armoured)).not.toBe('OPENED');
      }),
    );
  });

  /** A line break turned into a blank leaves the same base64. */
  const changesOnlyBlanks = (bytes: Bytes, begin: number): boolean => {
    const squeezed = (text: string) => text.slice(begin).replaceAll(/\s/g, '');
    return squeezed(fromUtf8(bytes) ?? '') === squeezed(quick);
  };
});
