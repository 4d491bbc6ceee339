import { describe, expect, test } from 'vitest';
import { toBase64url } from '../../bytes.ts';
import { rawPrivate } from '../../node/credential-key.ts';
import { bytesOf, keyOf } from '../../vectors/input.ts';
import { allCases } from '../../vectors/run.ts';
import { fileOf, passphraseOf } from '../vector-kinds.ts';
import { openKeyFile } from './key-file.ts';

// The runner opens key files as a browser does; the server's own way must come to the same.
describe('key files of the vectors, opened natively', () => {
  const cases = allCases().filter(({ kind }) => kind === 'key-file');

  test.each(cases.map((vector) => [vector.name, vector] as const))('%s', async (_, { input, output }) => {
    const outcome = await openKeyFile(fileOf(input), passphraseOf(input), keyOf(input));
    const given = outcome.ok
      ? {
          isWeak: outcome.value.isWeak,
          power: toBase64url(rawPrivate(outcome.value.key, bytesOf(input, 'x'))),
        }
      : { code: outcome.code };
    expect(given).toEqual(output);
  });
});
