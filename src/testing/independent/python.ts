import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Variant } from './variant.ts';

const MISSING =
  'python3 was not found. The independent verifier is written in Python: install Python 3.9 or later (see "Test it" in README.md).';
/** Of the program: something failed. */
const SOMETHING_FAILED = 7;

/** Standard output and exit code of one of the Python programs beside this file. */
export function runPython(
  program: string,
  ...args: readonly string[]
): Promise<{ text: string; code: number }> {
  const file = fileURLToPath(new URL(program, import.meta.url));
  return new Promise((resolve, reject) => {
    const child = execFile(
      'python3',
      ['-B', file, ...args],
      { maxBuffer: 64 * 1024 * 1024 },
      (error, text, errors) => {
        if (error?.code === 'ENOENT') return reject(new Error(MISSING));
        const code = child.exitCode ?? -1;
        if (code !== 0 && code !== SOMETHING_FAILED)
          return reject(new Error(`${program} ended with ${code}: ${errors}`));
        resolve({ text, code });
      },
    );
  });
}

/** Verdicts by name of the variant, then by check: status and reason. */
export type PythonVerdicts = ReadonlyMap<string, Readonly<Record<string, readonly [string, string]>>>;

/** Verifies all variants in one process. */
export async function verifyInPython(variants: readonly Variant[]): Promise<PythonVerdicts> {
  const folder = mkdtempSync(join(tmpdir(), 'votix-independent-'));
  try {
    for (const [index, { record, openings, receipt, link, manifestDigest }] of variants.entries()) {
      const file = join(folder, String(index));
      writeFileSync(`${file}.record`, record);
      if (openings !== undefined) writeFileSync(`${file}.openings`, openings);
      if (receipt !== undefined) writeFileSync(`${file}.receipt`, receipt);
      writeFileSync(`${file}.given`, JSON.stringify({ link, manifestDigest }));
    }
    const { text } = await runPython('verify.py', '--batch', folder, '--json');
    const verdicts = JSON.parse(text) as Record<string, Readonly<Record<string, readonly [string, string]>>>;
    return new Map(variants.map(({ name }, index) => [name, verdicts[String(index)] ?? {}]));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
