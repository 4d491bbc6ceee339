import { readFileSync } from 'node:fs';
import { concat, fromBase64url, toBase64url, toInteger } from '../../protocol/bytes.ts';
import { blind, finalize } from '../../protocol/blind-rsa.ts';
import { credentialMessage } from '../../protocol/credential.ts';
import { blindSign } from '../../protocol/node/credential-key.ts';
import { randomElement } from '../../protocol/rsa.ts';
import type { VectorInput } from '../../protocol/vectors/case.ts';
import { seededPrimitives } from '../seeded-primitives.ts';
import { manifestOf, termsOf } from './elections.ts';
import { vectorKey } from './keys.ts';
import { type VectorFile, flipped, integerText, vectorCases } from './vector-file.ts';

interface AppendixCase {
  readonly name: string;
  readonly prefix: string;
  readonly message: string;
  readonly salt: string;
  readonly r: string;
  readonly inv: string;
  readonly blinded: string;
  readonly blindSignature: string;
  readonly signature: string;
}

const bytes = (text: string) => fromBase64url(text) ?? new Uint8Array(0);

/** The four vectors of RFC 9474, appendix A; `r` is the inverse of its `inv`. */
export const appendix = JSON.parse(
  readFileSync(new URL('rfc9474-appendix.json', import.meta.url), 'utf8'),
) as readonly AppendixCase[];

export async function rfc9474Cases() {
  const file = vectorCases();
  const { key } = vectorKey('rfc9474');
  const n = toBase64url(key.modulus);
  for (const { name, prefix, message, salt, r, inv, blinded, blindSignature, signature } of appendix) {
    const prepared = toBase64url(concat(bytes(prefix), bytes(message)));
    const saltLength = bytes(salt).length;
    file.accept('blind', `${name}: Blind`, { n, prepared, salt, r });
    const base = `${name}: Finalize`;
    file.accept('finalize', base, { n, prepared, saltLength, blindSignature, inv });
    spoilFinalize(file, base, { blindSignature, inv, prepared });
    file.spoil(base, `${base}: other salt length`, 'CREDENTIAL_INVALID', {
      set: { '/saltLength': 48 - saltLength },
    });
    file.spoil(base, `${base}: the blinded message itself`, 'CREDENTIAL_INVALID', {
      set: { '/blindSignature': blinded },
    });
    file.spoil(base, `${base}: already finalized`, 'CREDENTIAL_INVALID', {
      set: { '/blindSignature': signature },
    });
  }
  return file.finish();
}

function spoilFinalize(
  file: VectorFile,
  base: string,
  given: { readonly blindSignature: string; readonly inv: string; readonly prepared: string },
): void {
  const { key } = vectorKey(base.startsWith('RSABSSA') ? 'rfc9474' : 'credential-2048');
  const { n, modulus } = key;
  const { length } = modulus;
  const value = toInteger(bytes(given.blindSignature));
  const answers: Readonly<Record<string, string>> = {
    'first byte flipped': flipped(given.blindSignature, 0),
    'last byte flipped': flipped(given.blindSignature, -1),
    '0': integerText(0n, length),
    '1': integerText(1n, length),
    'n-1': integerText(n - 1n, length),
    n: integerText(n, length),
    ...(value + n < 2n ** BigInt(8 * length) ? { 'n + answer': integerText(value + n, length) } : {}),
    'n - answer': integerText(n - value, length),
    'one byte short': toBase64url(bytes(given.blindSignature).slice(1)),
    'one byte long': integerText(value, length + 1),
  };
  for (const [name, blindSignature] of Object.entries(answers)) {
    file.spoil(base, `${base}: answer ${name}`, 'CREDENTIAL_INVALID', {
      set: { '/blindSignature': blindSignature },
    });
  }
  file.spoil(base, `${base}: other inv`, 'CREDENTIAL_INVALID', { set: { '/inv': flipped(given.inv, 7) } });
  file.spoil(base, `${base}: other message`, 'CREDENTIAL_INVALID', {
    set: { '/prepared': flipped(given.prepared, 3) },
  });
}

/** Section 4: our own credentials. */
export async function credentialCases() {
  const file = vectorCases();
  const primitives = seededPrimitives('credentials');
  const manifest = await manifestOf('election-3072', 'credential-2048');
  const terms = await termsOf(manifest);
  const { privateKey, key } = vectorKey('credential-2048');

  const keys = await primitives.generateEd25519();
  const prefix = primitives.random(32);
  const prepared = concat(prefix, credentialMessage(terms, keys.publicKey));
  const salt = primitives.random(48);
  const r = randomElement(primitives, key);
  const blinding = await blind(primitives, key, prepared, salt, r);
  const answer = blindSign(privateKey, key, blinding?.blinded ?? new Uint8Array(0));
  if (blinding === undefined || !answer.ok) throw new Error('no blind signature');
  const given = {
    prepared: toBase64url(prepared),
    blindSignature: toBase64url(answer.value),
    inv: toBase64url(blinding.inv),
  };
  const n = toBase64url(key.modulus);
  file.accept('blind', 'a credential: Blind', {
    n,
    prepared: given.prepared,
    salt: toBase64url(salt),
    r: toBase64url(r),
  });
  file.accept('finalize', 'a credential: Finalize', { n, ...given, saltLength: 48 });
  spoilFinalize(file, 'a credential: Finalize', given);

  const credential = await finalize(primitives, key, prepared, answer.value, blinding.inv);
  if (credential === undefined) throw new Error('no credential');
  const input = {
    manifest,
    pk: toBase64url(keys.publicKey),
    prefix: toBase64url(prefix),
    credential: toBase64url(credential),
  };
  file.accept('credential', 'a credential', input);
  spoilCredential(file, input);
  return file.finish();
}

function spoilCredential(
  file: VectorFile,
  input: { pk: string; prefix: string; credential: string } & VectorInput,
): void {
  const { n, modulus } = vectorKey('credential-2048').key;
  const { length } = modulus;
  const value = toInteger(bytes(input.credential));
  const spoilt: Readonly<Record<string, VectorInput>> = {
    'first byte flipped': { '/credential': flipped(input.credential, 0) },
    'last byte flipped': { '/credential': flipped(input.credential, -1) },
    '0': { '/credential': integerText(0n, length) },
    '1': { '/credential': integerText(1n, length) },
    'n-1': { '/credential': integerText(n - 1n, length) },
    n: { '/credential': integerText(n, length) },
    'n - s': { '/credential': integerText(n - value, length) },
    'one byte short': { '/credential': toBase64url(bytes(input.credential).slice(1)) },
    'one byte long': { '/credential': integerText(value, length + 1) },
    'other pk': { '/pk': flipped(input.pk, 0) },
    'other prefix': { '/prefix': flipped(input.prefix, 31) },
    'pk and prefix swapped': { '/pk': input.prefix, '/prefix': input.pk },
    'of another election': { '/manifest/title': 'Another' },
    'under another key': { '/manifest/credentialKey/n': toBase64url(vectorKey('election-2048').key.modulus) },
  };
  for (const [name, set] of Object.entries(spoilt)) {
    file.spoil('a credential', `a credential: ${name}`, 'CREDENTIAL_INVALID', { set });
  }
}
