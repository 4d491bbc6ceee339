import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Bytes, fromBase64url, utf8 } from '../bytes.ts';
import { makeChallenge } from '../challenge.ts';
import { checkKeyProof } from '../key-proof.ts';
import { keyFingerprint } from '../manifest.ts';
import type { RsaPublicKey } from '../primitives.ts';
import { rsaPublicKey } from '../rsa.ts';
import { type GeneratedKey, type KeyHolder, startKeyHolder } from './key-holder-process.ts';
import { nodePrimitives } from './primitives.ts';
import { childArguments, moduleBeside } from './start-worker.ts';

// each test starts processes from source, and derives a key or two
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const holders: KeyHolder[] = [];
const start = () => {
  const holder = startKeyHolder();
  holders.push(holder);
  return holder;
};
afterEach(() => {
  for (const holder of holders.splice(0)) holder.close();
});

const request = { bits: 2048, title: 'Council', madeAt: new Date('2030-01-02T03:04:05Z') } as const;

let single: GeneratedKey;
let shared: GeneratedKey;
beforeAll(async () => {
  [single, shared] = await Promise.all([
    start().generate(request),
    start().generate({ ...request, custody: { holders: 3, threshold: 2 } }),
  ]);
});

const keyOf = ({ modulus }: GeneratedKey): RsaPublicKey => {
  const key = rsaPublicKey(fromBase64url(modulus) ?? new Uint8Array());
  if (key === undefined) throw new Error('no key');
  return key;
};

describe('a generated key', () => {
  test('is proven, named in its file, and protected by nine words', async () => {
    const key = keyOf(single);
    const proof = single.keyProof.map((entry) => fromBase64url(entry) ?? new Uint8Array());
    expect(await checkKeyProof(nodePrimitives, key, proof)).toBe(true);
    expect(single.fingerprint).toBe(await keyFingerprint(nodePrimitives, key));
    expect(single.keyFile.split('\n').slice(0, 3)).toEqual([
      'Council',
      '2030-01-02T03:04:05.000Z',
      single.fingerprint,
    ]);
    expect(single.passphrase.split('-')).toHaveLength(9);
    expect(single.shares).toEqual([]);
  });

  test('has shares instead where several people keep it', () => {
    expect(shared.passphrase).toBe('');
    expect(shared.shares).toHaveLength(3);
  });
});

describe('the proof of possession', () => {
  const answer = async (made: GeneratedKey, secret: { passphrase: string } | { shares: string[] }) => {
    const key = keyOf(made);
    const { challenge, secret: expected } = await makeChallenge(nodePrimitives, key);
    const outcome = await start().answer({
      keyFile: utf8(made.keyFile),
      modulus: key.modulus,
      challenge,
      ...secret,
    });
    return outcome.ok ? Buffer.from(outcome.value).equals(expected) : outcome.code;
  };

  test('is answered with the words, as people type them', async () => {
    expect(
      await answer(single, { passphrase: ` ${single.passphrase.replaceAll('-', '  ').toUpperCase()}` }),
    ).toBe(true);
  });

  test('is answered with two of three shares', async () => {
    expect(await answer(shared, { shares: shared.shares.slice(1) })).toBe(true);
  });

  test('refusals come back by name', async () => {
    expect(await answer(single, { passphrase: 'one two' })).toBe('WORD_COUNT');
    expect(await answer(shared, { shares: shared.shares.slice(2) })).toBe('TOO_FEW_SHARES');
    expect(await answer({ ...single, keyFile: '' }, { passphrase: single.passphrase })).toBe(
      'NOT_A_KEY_FILE',
    );
    expect(await answer({ ...single, keyFile: shared.keyFile }, { passphrase: single.passphrase })).toBe(
      'OTHER_ELECTION',
    );
  });
});

describe('the process', () => {
  const processOf = (holder: KeyHolder): number => holder.pid ?? 0;

  const isAlive = (pid: number): boolean => {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  };

  test('does one job, then is gone', async () => {
    const holder = start();
    await holder.generate(request);
    await expect(holder.generate(request)).rejects.toThrow('one job');
    await holder.ended;
    expect(isAlive(processOf(holder))).toBe(false);
  });

  test.runIf(process.platform === 'linux')(
    'has no environment, no secret in argv, no core dumps',
    async () => {
      const holder = start();
      const answered = holder.answer({
        keyFile: utf8(single.keyFile),
        passphrase: single.passphrase,
        modulus: keyOf(single).modulus,
        challenge: (await makeChallenge(nodePrimitives, keyOf(single))).challenge,
      });
      const read = (name: string) => readFileSync(`/proc/${processOf(holder)}/${name}`, 'latin1');
      const environment = read('environ')
        .split('\0')
        .filter(Boolean)
        .map((entry) => entry.split('=')[0]);
      expect(
        environment.filter((name) => !/^(?:NODE_CHANNEL_\w+|PWD|OLDPWD|SHLVL|_)$/.test(name ?? '')),
      ).toEqual([]);
      for (const word of single.passphrase.split('-'))
        expect(read('cmdline').split('\0')).not.toContain(word);
      expect(read('limits')).toMatch(/^Max core file size +0 +0 /m);
      expect((await answered).ok).toBe(true);
    },
  );

  test('can be ended in the middle, which its job hears', async () => {
    const holder = start();
    const made = holder.generate({ ...request, bits: 4096 });
    holder.close();
    await expect(made).rejects.toThrow('ended without an answer');
  });

  test('does not outlive its parent', async () => {
    const program = moduleBeside(import.meta.url, '../../testing/key-holder-parent');
    const parent = spawn(process.execPath, childArguments(program), { stdio: ['pipe', 'pipe', 'inherit'] });
    const [line] = (await once(parent.stdout, 'data')) as [Buffer];
    const pid = Number(line.toString());
    process.kill(pid, 0);
    parent.kill('SIGKILL');
    await expect.poll(() => isAlive(pid), { timeout: 20_000 }).toBe(false);
  });

  test('a broken request fails and ends it', async () => {
    const holder = start();
    const { challenge } = await makeChallenge(nodePrimitives, keyOf(single));
    const modulus: Bytes = new Uint8Array(3);
    const failing = holder.answer({ keyFile: utf8(single.keyFile), passphrase: '', modulus, challenge });
    await expect(failing).rejects.toThrow('not a modulus');
    await holder.ended;
  });
});
