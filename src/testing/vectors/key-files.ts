import { createCipheriv, pbkdf2Sync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type Bytes, toBase64url, utf8 } from '../../protocol/bytes.ts';
import type { Json } from '../../protocol/canonical-json.ts';
import { type KeyEnvelope } from '../../protocol/key-holder/key-envelope.ts';
import { FINGERPRINT_PLACE, writeKeyFile } from '../../protocol/key-holder/key-file.ts';
import { protectKey } from '../../protocol/key-holder/node/key-file.ts';
import { type Passphrase, passphraseBytes, sharedPassphrase } from '../../protocol/key-holder/passphrase.ts';
import { keyFingerprint } from '../../protocol/manifest.ts';
import { nodePrimitives } from '../../protocol/node/primitives.ts';
import { randomElement } from '../../protocol/rsa.ts';
import { seededPrimitives } from '../seeded-primitives.ts';
import { type VectorKey, vectorKey } from './keys.ts';
import { WORDS } from './passphrases.ts';
import { type VectorFile, vectorCases } from './vector-file.ts';

const PASSPHRASE = passphraseBytes(WORDS.split(' '));
const OTHER_WORDS = WORDS.replace('legal', 'zoo');
const NOTE = [
  'Élection du conseil',
  '2026-03-01',
  FINGERPRINT_PLACE,
  'Keep this file and its nine words apart.',
];

/** Files that the `openssl` command (3.0) made of the key `election-2048`, by its arguments. */
const madeByOpenssl = JSON.parse(
  readFileSync(new URL('openssl-key-files.json', import.meta.url), 'utf8'),
) as Readonly<Record<string, string>>;

/** Section 8: key files, written here and by OpenSSL. */
export async function keyFileCases(): Promise<readonly Json[]> {
  const file = vectorCases();
  await addOwn(file);
  addOpenssl(file);
  const quick = await quickFile('election-2048');
  const base = 'key file: one iteration';
  file.accept('key-file', base, inputOf('election-2048', quick));
  addResaved(file, base, quick);
  addTruncated(file, base, quick);
  await addEnvelopes(file, base);
  await addNumbers(file, base);
  addOtherFiles(file, base);
  return file.finish();
}

function inputOf(name: VectorKey, text: string): Record<string, Json> {
  const { key } = vectorKey(name);
  const x = randomElement(seededPrimitives('key file'), key);
  return { n: toBase64url(key.modulus), text, words: WORDS, x: toBase64url(x) };
}

async function addOwn(file: VectorFile): Promise<void> {
  for (const name of ['election-2048', 'election-3072', 'election-4096'] as const) {
    const primitives = seededPrimitives(`key file ${name}`);
    const { privateKey, key } = vectorKey(name);
    const text = await protectKey(primitives, privateKey, key, PASSPHRASE, NOTE);
    file.accept('key-file', `key file of ${name}`, inputOf(name, text));
    if (name !== 'election-2048') continue;
    const shared = primitives.random(32);
    const underShares = await protectKey(primitives, privateKey, key, sharedPassphrase(shared), NOTE);
    const { words: _, ...input } = inputOf(name, underShares);
    const underSecret = 'key file under the secret of shares';
    file.accept('key-file', underSecret, { ...input, shared: toBase64url(shared) });
  }
  const base = 'key file of election-2048';
  file.spoil(base, `${base}: other words`, 'WRONG_PASSPHRASE', { set: { '/words': OTHER_WORDS } });
  const n = toBase64url(vectorKey('credential-2048').key.modulus);
  file.spoil(base, `${base}: for another election`, 'OTHER_ELECTION', { set: { '/n': n } });
}

function addOpenssl(file: VectorFile): void {
  const refusals: Readonly<Record<string, string>> = {
    'pkcs8 -topk8 -v2 aes-256-cbc -v2prf hmacWithSHA384': 'UNSUPPORTED_KEY_FILE',
    'pkcs8 -topk8 -v2 aes-192-cbc': 'UNSUPPORTED_KEY_FILE',
    'pkcs8 -topk8 -v2 des3': 'UNSUPPORTED_KEY_FILE',
    'pkcs8 -topk8 -v1 PBE-SHA1-3DES': 'UNSUPPORTED_KEY_FILE',
    'pkcs8 -topk8 -scrypt': 'UNSUPPORTED_KEY_FILE',
    'rsa -traditional -aes-256-cbc': 'NOT_A_KEY_FILE',
    'genpkey -algorithm EC -aes-256-cbc': 'OTHER_ELECTION',
  };
  for (const [command, text] of Object.entries(madeByOpenssl)) {
    const code = refusals[command];
    const name = `key file by openssl ${command}`;
    const input = inputOf('election-2048', text);
    if (code !== undefined) file.refuse('key-file', name, code, input);
    else {
      file.accept('key-file', name, input);
      file.spoil(name, `${name}: other words`, 'WRONG_PASSPHRASE', { set: { '/words': OTHER_WORDS } });
    }
  }
}

/** A key file of one iteration, so that many cases stay quick. `change` alters what is encrypted. */
async function quickFile(
  name: VectorKey,
  parameters: Partial<KeyEnvelope> = {},
  change: (der: Bytes) => Bytes = (der) => der,
): Promise<string> {
  const { privateKey, key } = vectorKey(name);
  const primitives = seededPrimitives('quick key file');
  const envelope = {
    hash: 'SHA-256',
    salt: primitives.random(8),
    iterations: 1,
    keyLength: 32,
    iv: primitives.random(16),
    ...parameters,
  } as const;
  const der = change(new Uint8Array(privateKey.export({ type: 'pkcs8', format: 'der' })));
  const ciphertext = encrypted(envelope, der, PASSPHRASE);
  const fingerprint = await keyFingerprint(nodePrimitives, key);
  return writeKeyFile({ ...envelope, ciphertext, ...parameters }, [FINGERPRINT_PLACE], fingerprint);
}

function encrypted(
  { salt, keyLength, iv, hash }: Pick<KeyEnvelope, 'salt' | 'keyLength' | 'iv' | 'hash'>,
  der: Bytes,
  passphrase: Passphrase,
): Bytes {
  const secret = pbkdf2Sync(passphrase, salt, 1, keyLength, hash.replace('-', ''));
  const cipher = createCipheriv(`aes-${keyLength * 8}-cbc`, secret, iv);
  return new Uint8Array(Buffer.concat([cipher.update(der), cipher.final()]));
}

function addResaved(file: VectorFile, base: string, text: string): void {
  const variants: Readonly<Record<string, string>> = {
    'byte order mark': `\ufeff${text}`,
    'CR LF': text.replaceAll('\n', '\r\n'),
    'blanks around every line': text.replaceAll('\n', ' \t\n  '),
    'no explanatory lines': text.slice(text.indexOf('-----BEGIN')),
    'text behind it': `${text}\nOlive\n`,
  };
  for (const [name, changed] of Object.entries(variants)) {
    file.vary(base, `key file: ${name}`, { set: { '/text': changed } });
  }
  const utf16 = Buffer.concat([Uint8Array.of(0xff, 0xfe), Buffer.from(text, 'utf16le')]);
  file.vary(base, 'key file: UTF-16', { set: { '/bytes': toBase64url(utf16) } });
}

function addTruncated(file: VectorFile, base: string, text: string): void {
  const begin = text.indexOf('-----BEGIN');
  const lines = text.split('\n');
  const cuts: Readonly<Record<string, string>> = {
    'in the explanation': text.slice(0, begin),
    'in the first armour line': text.slice(0, begin + 20),
    'behind the first armour line': text.slice(0, begin + 38),
    'in the middle': text.slice(0, begin + 700),
    'before the last line': text.slice(0, text.indexOf('-----END')),
    'in the last line': text.slice(0, -9),
    'three lines out of the middle': lines.toSpliced(-9, 3).join('\n'),
  };
  for (const [name, cut] of Object.entries(cuts)) {
    file.spoil(base, `key file: cut ${name}`, 'TRUNCATED', { set: { '/text': cut } });
  }
  const doubled = lines.toSpliced(-4, 0, lines.at(-5) ?? '').join('\n');
  file.spoil(base, 'key file: a line twice', 'DAMAGED', { set: { '/text': doubled } });
  const foreign = text.replace(/\n(?=[\w+/=]+\n-----END)/, '\n!');
  file.spoil(base, 'key file: a character that is not base64', 'DAMAGED', { set: { '/text': foreign } });
  const headless = text.slice(text.indexOf('\n', begin) + 1);
  file.spoil(base, 'key file: without its first armour line', 'DAMAGED', { set: { '/text': headless } });
}

async function addEnvelopes(file: VectorFile, base: string): Promise<void> {
  const salt = (length: number) => new Uint8Array(length).fill(7);
  const accepted: Readonly<Record<string, Partial<KeyEnvelope>>> = {
    'salt of 64 bytes': { salt: salt(64) },
    'HMAC-SHA-512 and AES-128': { hash: 'SHA-512', keyLength: 16 },
    'HMAC-SHA-1': { hash: 'SHA-1' },
  };
  for (const [name, parameters] of Object.entries(accepted)) {
    const text = await quickFile('election-2048', parameters);
    file.vary(base, `key file: ${name}`, { set: { '/text': text } });
  }
  const refused: Readonly<Record<string, readonly [string, Partial<KeyEnvelope>]>> = {
    'salt of 7 bytes': ['UNSUPPORTED_KEY_FILE', { salt: salt(7) }],
    'salt of 65 bytes': ['UNSUPPORTED_KEY_FILE', { salt: salt(65) }],
    'no iteration': ['UNSUPPORTED_KEY_FILE', { iterations: 0 }],
    'more than 10,000,000 iterations': ['UNSUPPORTED_KEY_FILE', { iterations: 10_000_001 }],
    'no ciphertext': ['DAMAGED', { ciphertext: new Uint8Array(0) }],
    'ciphertext of no whole blocks': ['DAMAGED', { ciphertext: salt(31) }],
  };
  for (const [name, [code, parameters]] of Object.entries(refused)) {
    const text = await quickFile('election-2048', parameters);
    file.spoil(base, `key file: ${name}`, code, { set: { '/text': text } });
  }
  const theirs = await quickFile('credential-2048');
  file.spoil(base, 'key file: of another election', 'OTHER_ELECTION', { set: { '/text': theirs } });
  const set = { '/text': theirs, '/words': OTHER_WORDS };
  file.spoil(base, 'key file: of another election, under other words', 'OTHER_ELECTION', { set });
}

async function addNumbers(file: VectorFile, base: string): Promise<void> {
  const flip = (at: number) => (der: Bytes) => der.with(at, (der.at(at) ?? 0) ^ 1);
  const places: Readonly<Record<string, readonly [string, number]>> = {
    'the version': ['WRONG_PASSPHRASE', 6],
    'the algorithm': ['OTHER_ELECTION', 19],
    n: ['DAMAGED', 60],
    d: ['DAMAGED', 320],
    p: ['DAMAGED', 620],
    q: ['DAMAGED', 740],
    'd mod (p-1)': ['DAMAGED', 880],
    'd mod (q-1)': ['DAMAGED', 1000],
    '1/q mod p': ['DAMAGED', -1],
  };
  for (const [name, [code, at]] of Object.entries(places)) {
    const text = await quickFile('election-2048', {}, flip(at));
    file.spoil(base, `key file: ${name} changed inside`, code, { set: { '/text': text } });
  }
  const short = await quickFile('election-2048', {}, (der) => der.slice(0, -10));
  file.spoil(base, 'key file: cut inside', 'WRONG_PASSPHRASE', { set: { '/text': short } });
}

function addOtherFiles(file: VectorFile, base: string): void {
  const { privateKey } = vectorKey('election-2048');
  const others: Readonly<Record<string, string>> = {
    nothing: '',
    'the key in the open': String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
    'a letter': 'Dear Olive,\nhere are the nine words.\n',
    'a record': '{"type":"manifest"}\n',
    'a share': 'VTX1-04N0T-ASH4R-E0000',
  };
  for (const [name, text] of Object.entries(others)) {
    file.spoil(base, `key file: ${name}`, 'NOT_A_KEY_FILE', { set: { '/text': text } });
  }
  const picture = toBase64url(Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10));
  file.spoil(base, 'key file: a picture', 'NOT_A_KEY_FILE', { set: { '/bytes': picture } });
  const der = toBase64url(privateKey.export({ type: 'pkcs8', format: 'der' }));
  file.spoil(base, 'key file: DER', 'NOT_A_KEY_FILE', { set: { '/bytes': der } });
  const latin = toBase64url(utf8('\0\u0001\u0002'));
  file.spoil(base, 'key file: control characters', 'NOT_A_KEY_FILE', { set: { '/bytes': latin } });
}
