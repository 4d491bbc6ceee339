import forge from 'node-forge';
import * as crypto from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { makers } from '../../testing/vectors/makers.ts';
import { freeze } from '../../testing/vectors/vector-file.ts';
import { type VectorInput, readCases } from './case.ts';
import { files } from './files.ts';

/** The vectors again, from the pages of the RFCs with node-forge and bare node:crypto, without a line of the protocol. */

type Json = ReturnType<typeof readCases>[number]['output'];
const of = (kind: string) =>
  Object.values(files)
    .flatMap(readCases)
    .filter((vector) => vector.kind === kind && vector.accept);
const text = (json: Json | undefined): string => (typeof json === 'string' ? json : '');
const buffer = (json: Json | undefined): Buffer => Buffer.from(text(json), 'base64url');
const member = (json: Json | undefined, name: string): Json | undefined => (json as VectorInput)[name];

const u32 = (length: number): Buffer => Buffer.from(length.toString(16).padStart(8, '0'), 'hex');
const framedHash = (label: string, ...parts: Uint8Array[]): Buffer => {
  const hash = crypto.createHash('sha256');
  for (const part of [Buffer.from(label), ...parts]) hash.update(u32(part.length)).update(part);
  return hash.digest();
};

/** RFC 8785 for our manifests: members sorted at every level. */
const sorted = (json: Json | undefined): string =>
  JSON.stringify(json, (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
const digestOf = (manifest: Json | undefined): Buffer =>
  framedHash('votix/1/manifest', Buffer.from(sorted(manifest)));

const forgeKey = (n: Buffer) =>
  forge.pki.setRsaPublicKey(
    new forge.jsbn.BigInteger(n.toString('hex'), 16),
    new forge.jsbn.BigInteger('65537', 10),
  );
const power = (n: Buffer, x: Buffer): Buffer =>
  Buffer.from(forgeKey(n).encrypt(x.toString('latin1'), 'RAW'), 'latin1');

/** MGF1-SHA-384 of RFC 8017 with bare hashes. */
const maskOf = (seed: Buffer, length: number): Buffer => {
  const blocks = Array.from({ length: Math.ceil(length / 48) }, (_, counter) =>
    crypto.createHash('sha384').update(seed).update(u32(counter)).digest(),
  );
  return Buffer.concat(blocks, length);
};

test('manifest digests and fingerprints', () => {
  const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
  for (const { input, output } of of('manifest')) {
    const manifest = input['manifest'];
    expect(member(output, 'digest')).toBe(digestOf(manifest).toString('base64url'));
    const key = framedHash('votix/1/key', buffer(member(member(manifest, 'electionKey'), 'n')));
    const bits = BigInt(`0x${key.subarray(0, 10).toString('hex')}`)
      .toString(2)
      .padStart(80, '0');
    const shown = (bits.match(/.{5}/g) ?? [])
      .map((five) => letters.charAt(Number.parseInt(five, 2)))
      .join('');
    expect(member(output, 'electionFingerprint')).toBe(shown.match(/.{4}/g)?.join('-'));
  }
});

test('key proofs', () => {
  for (const { input } of of('key-proof')) {
    const n = buffer(input['n']);
    for (const [i, entry] of (input['proof'] as readonly Json[]).entries()) {
      const seed = Buffer.concat([Buffer.from('votix/1/keyproof'), n, Buffer.of(i)]);
      const mask = maskOf(seed, n.length + 16);
      const rho = BigInt(`0x${mask.toString('hex')}`) % BigInt(`0x${n.toString('hex')}`);
      expect(BigInt(`0x${power(n, buffer(entry)).toString('hex')}`)).toBe(rho);
    }
  }
});

test('credentials, of RFC 9474 and ours', () => {
  for (const { input, output } of of('finalize')) {
    const [prepared, n, signature] = [buffer(input['prepared']), buffer(input['n']), buffer(output)];
    const saltLength = Number(input['saltLength']);
    const jwk = { kty: 'RSA', n: n.toString('base64url'), e: 'AQAB' };
    const key = crypto.createPublicKey({ key: jwk, format: 'jwk' });
    const padding = crypto.constants.RSA_PKCS1_PSS_PADDING;
    expect(crypto.verify('sha384', prepared, { key, padding, saltLength }, signature)).toBe(true);
    // node-forge cannot verify without a salt
    if (saltLength === 0) continue;
    const pss = forge.pss.create({
      md: forge.md.sha384.create(),
      mgf: forge.mgf.mgf1.create(forge.md.sha384.create()),
      saltLength,
    });
    const digest = crypto.createHash('sha384').update(prepared).digest().toString('latin1');
    expect(forgeKey(n).verify(digest, signature.toString('latin1'), pss)).toBe(true);
  }
});

test('seals', () => {
  for (const { input, output } of of('seal')) {
    const manifest = input['manifest'];
    const r = buffer(input['r']);
    const c = power(buffer(member(member(manifest, 'electionKey'), 'n')), r);
    const context = framedHash('votix/1/seal', digestOf(manifest), buffer(input['pk']));
    const info = Buffer.concat([Buffer.from('votix/1/seal'), c]);
    const derived = Buffer.from(crypto.hkdfSync('sha256', r, context, info, 76));
    const kc = derived.subarray(44);
    const cipher = crypto.createCipheriv('aes-256-gcm', derived.subarray(0, 32), derived.subarray(32, 44));
    cipher.setAAD(Buffer.concat([context, c, kc]));
    const sealed = Buffer.concat([
      cipher.update(buffer(input['plaintext'])),
      cipher.final(),
      cipher.getAuthTag(),
    ]);
    expect(output).toEqual({
      c: c.toString('base64url'),
      kc: kc.toString('base64url'),
      sealed: sealed.toString('base64url'),
    });
  }
});

test('trackers, proofs and receipts', () => {
  const ed25519 = (x: Json | undefined) =>
    crypto.createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: text(x) }, format: 'jwk' });
  for (const { input, output } of of('ballot')) {
    const ballot = input['ballot'];
    const fields = ['pk', 'c', 'kc', 'sealed', 'prefix', 'credential'].map((name) =>
      buffer(member(ballot, name)),
    );
    const tracker = framedHash('votix/1/ballot', digestOf(input['manifest']), ...fields);
    expect(member(output, 'tracker')).toBe(tracker.toString('base64url'));
    const proof = buffer(member(ballot, 'proof'));
    expect(crypto.verify(null, tracker, ed25519(member(ballot, 'pk')), proof)).toBe(true);
  }
  for (const { input, output } of of('receipt')) {
    const { tracker, signature } = JSON.parse(text(output)) as Record<'tracker' | 'signature', string>;
    const message = framedHash('votix/1/receipt', digestOf(input['manifest']), buffer(tracker));
    const urnKey = ed25519(member(member(input['manifest'], 'urnKey'), 'x'));
    expect(crypto.verify(null, message, urnKey, buffer(signature))).toBe(true);
  }
});

test('an unsound key is refused by its own check alone: the library takes its signature', () => {
  const spoilt = Object.values(files)
    .flatMap(readCases)
    .find(({ name }) => name === 'ballot: pk order 1');
  const ballot = spoilt?.input['ballot'];
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: text(member(ballot, 'pk')) };
  const key = crypto.createPublicKey({ key: jwk, format: 'jwk' });
  expect(crypto.verify(null, crypto.randomBytes(32), key, buffer(member(ballot, 'proof')))).toBe(true);
});

describe('every file comes out again from its keys and seeds', { timeout: 180_000 }, () => {
  test.each(Object.keys(makers))('%s.json', async (name) => {
    expect(freeze(name, (await makers[name]?.()) ?? [])).toBe(true);
  });
});
