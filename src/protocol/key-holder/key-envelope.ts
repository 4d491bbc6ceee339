/** The DER of a key file: EncryptedPrivateKeyInfo (RFC 5958) under PBES2 with PBKDF2 and AES-CBC (RFC 8018, appendix A). */
import asn1 from 'node-forge/lib/asn1.js';
import type { Bytes } from '../bytes.ts';
import { accept, refuse, type Outcome } from '../outcome.ts';

/** The pseudo-random function of PBKDF2: HMAC over this digest. Names as WebCrypto has them. */
export type KdfHash = 'SHA-1' | 'SHA-256' | 'SHA-512';

/** A private key under a passphrase: PBKDF2 gives `keyLength` bytes, AES-CBC with PKCS#7 padding the PKCS#8 DER. */
export interface KeyEnvelope {
  readonly hash: KdfHash;
  /** 8 to 64 bytes. */
  readonly salt: Bytes;
  /** 1 to 10,000,000. */
  readonly iterations: number;
  /** Bytes of the AES key. */
  readonly keyLength: 16 | 32;
  /** 16 bytes. */
  readonly iv: Bytes;
  /** A positive multiple of 16 bytes. */
  readonly ciphertext: Bytes;
}

/** A higher count would let a prepared file keep a processor busy for minutes. */
const MAX_ITERATIONS = 10_000_000;
const BLOCK = 16;

const PBES2 = '1.2.840.113549.1.5.13';
const PBKDF2 = '1.2.840.113549.1.5.12';
const HASHES = new Map<string, KdfHash>([
  ['1.2.840.113549.2.7', 'SHA-1'],
  ['1.2.840.113549.2.9', 'SHA-256'],
  ['1.2.840.113549.2.11', 'SHA-512'],
]);
const CIPHERS = new Map<string, 16 | 32>([
  ['2.16.840.1.101.3.4.1.2', 16],
  ['2.16.840.1.101.3.4.1.42', 32],
]);

type Asn1 = ReturnType<typeof asn1.create>;

const { UNIVERSAL } = asn1.Class;
const { INTEGER, NULL, OCTETSTRING, OID, SEQUENCE } = asn1.Type;

const binary = (bytes: Uint8Array): string => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
const fromBinary = (text: string): Bytes => Uint8Array.from(text, (character) => character.charCodeAt(0));

const sequence = (...items: readonly Asn1[]): Asn1 => asn1.create(UNIVERSAL, SEQUENCE, true, items);
const primitive = (type: number, value: string): Asn1 => asn1.create(UNIVERSAL, type, false, value);
const octets = (bytes: Uint8Array): Asn1 => primitive(OCTETSTRING, binary(bytes));
const oid = (name: string): Asn1 => primitive(OID, asn1.oidToDer(name).getBytes());

/** The object identifier that a table gives to a value; a value that is not in the table is a bug. */
function identifier<T>(table: ReadonlyMap<string, T>, value: T): string {
  for (const [name, entry] of table) if (entry === value) return name;
  throw new TypeError('no object identifier');
}

/** DER of an envelope. */
export function writeEnvelope(envelope: KeyEnvelope): Bytes {
  const prf = sequence(oid(identifier(HASHES, envelope.hash)), primitive(NULL, ''));
  const iterations = primitive(INTEGER, asn1.integerToDer(envelope.iterations).getBytes());
  const kdf = sequence(oid(PBKDF2), sequence(octets(envelope.salt), iterations, prf));
  const cipher = sequence(oid(identifier(CIPHERS, envelope.keyLength)), octets(envelope.iv));
  const algorithm = sequence(oid(PBES2), sequence(kdf, cipher));
  return fromBinary(asn1.toDer(sequence(algorithm, octets(envelope.ciphertext))).getBytes());
}

/**
 * Reads the DER of an encrypted private key. TRUNCATED: shorter than its first length field says. DAMAGED: no such
 * structure. UNSUPPORTED_KEY_FILE (`part`): well formed, but encrypted in a way that is not accepted here.
 */
export function readEnvelope(
  der: Bytes,
): Outcome<KeyEnvelope, 'TRUNCATED' | 'DAMAGED' | 'UNSUPPORTED_KEY_FILE'> {
  const expected = announcedLength(der);
  if (expected === undefined) return refuse('DAMAGED');
  if (der.length < expected) return refuse('TRUNCATED', { bytes: der.length, expected });
  let tree: Asn1;
  try {
    tree = asn1.fromDer(binary(der), {
      strict: true,
      parseAllBytes: true,
      decodeBitStrings: false,
      maxDepth: 8,
    });
  } catch {
    return refuse('DAMAGED');
  }
  const [algorithm, data, ...rest] = children(tree) ?? [];
  const [scheme, parameters, ...more] = children(algorithm) ?? [];
  if (rest.length > 0 || more.length > 0) return refuse('DAMAGED');
  const name = oidOf(scheme);
  const ciphertext = octetsOf(data);
  if (name === undefined || ciphertext === undefined) return refuse('DAMAGED');
  if (name !== PBES2) return refuse('UNSUPPORTED_KEY_FILE', { part: 'scheme' });
  return readParameters(children(parameters) ?? [], ciphertext);
}

function readParameters(
  [kdf, cipher, ...rest]: readonly Asn1[],
  ciphertext: Bytes,
): Outcome<KeyEnvelope, 'DAMAGED' | 'UNSUPPORTED_KEY_FILE'> {
  const [kdfName, kdfParameters, ...kdfRest] = children(kdf) ?? [];
  const [cipherName, ivNode, ...cipherRest] = children(cipher) ?? [];
  if (rest.length + kdfRest.length + cipherRest.length > 0) return refuse('DAMAGED');
  const [kdfOid, cipherOid] = [oidOf(kdfName), oidOf(cipherName)];
  if (kdfOid === undefined || cipherOid === undefined) return refuse('DAMAGED');
  const keyLength = CIPHERS.get(cipherOid);
  if (kdfOid !== PBKDF2) return refuse('UNSUPPORTED_KEY_FILE', { part: 'kdf' });
  if (keyLength === undefined) return refuse('UNSUPPORTED_KEY_FILE', { part: 'cipher' });
  const iv = octetsOf(ivNode);
  const derivation = readDerivation(children(kdfParameters) ?? [], keyLength);
  if (iv?.length !== BLOCK || ciphertext.length === 0 || ciphertext.length % BLOCK !== 0)
    return refuse('DAMAGED');
  return derivation.ok ? accept({ ...derivation.value, keyLength, iv, ciphertext }) : derivation;
}

/** PBKDF2-params: salt, iterations, optional key length, optional PRF (HMAC-SHA-1 where absent). */
function readDerivation(
  [saltNode, iterationsNode, ...options]: readonly Asn1[],
  keyLength: number,
): Outcome<Pick<KeyEnvelope, 'hash' | 'salt' | 'iterations'>, 'DAMAGED' | 'UNSUPPORTED_KEY_FILE'> {
  const salt = octetsOf(saltNode);
  const iterations = integerOf(iterationsNode);
  const stated = integerOf(options[0]);
  const [prf, ...rest] = stated === undefined ? options : options.slice(1);
  if (salt === undefined || iterations === undefined || rest.length > 0) return refuse('DAMAGED');
  if (stated !== undefined && stated !== keyLength) return refuse('DAMAGED');
  if (salt.length < 8 || salt.length > 64) return refuse('UNSUPPORTED_KEY_FILE', { part: 'salt' });
  if (iterations < 1 || iterations > MAX_ITERATIONS)
    return refuse('UNSUPPORTED_KEY_FILE', { part: 'iterations' });
  if (prf === undefined) return accept({ hash: 'SHA-1', salt, iterations });
  const [prfName, nothing, ...prfRest] = children(prf) ?? [];
  const name = oidOf(prfName);
  if (name === undefined || prfRest.length > 0) return refuse('DAMAGED');
  if (nothing !== undefined && (nothing.type !== NULL || nothing.value !== '')) return refuse('DAMAGED');
  const hash = HASHES.get(name);
  return hash === undefined
    ? refuse('UNSUPPORTED_KEY_FILE', { part: 'prf' })
    : accept({ hash, salt, iterations });
}

/** Bytes of the whole structure as its outer length field states them; undefined where it is no SEQUENCE of DER. */
function announcedLength(der: Bytes): number | undefined {
  if (der[0] !== 0x30) return undefined;
  const first = der[1] ?? 0;
  if (first < 0x80) return 2 + first;
  const size = first & 0x7f;
  if (size < 1 || size > 2) return undefined;
  const length = size === 1 ? (der[2] ?? 0) : ((der[2] ?? 0) << 8) | (der[3] ?? 0);
  return 2 + size + length;
}

const isNode = (node: Asn1 | undefined, type: number, constructed: boolean): node is Asn1 =>
  node?.tagClass === UNIVERSAL && node.type === type && node.constructed === constructed;

const children = (node: Asn1 | undefined): readonly Asn1[] | undefined =>
  isNode(node, SEQUENCE, true) && typeof node.value !== 'string' ? node.value : undefined;

const contents = (node: Asn1 | undefined, type: number): string | undefined =>
  isNode(node, type, false) && typeof node.value === 'string' ? node.value : undefined;

function octetsOf(node: Asn1 | undefined): Bytes | undefined {
  const value = contents(node, OCTETSTRING);
  return value === undefined ? undefined : fromBinary(value);
}

function oidOf(node: Asn1 | undefined): string | undefined {
  const value = contents(node, OID);
  if (value === undefined || value === '') return undefined;
  try {
    return asn1.derToOid(value);
  } catch {
    return undefined;
  }
}

/** A positive INTEGER of up to four bytes, more being beyond every limit here: then Infinity. */
function integerOf(node: Asn1 | undefined): number | undefined {
  const value = contents(node, INTEGER);
  if (value === undefined || value === '') return undefined;
  const bytes = fromBinary(value);
  if ((bytes[0] ?? 0) > 0x7f) return undefined;
  return bytes.reduce((sum, byte) => sum * 256 + byte, 0);
}
