import { canonical } from '../canonical-json.ts';
import type { Primitives } from '../primitives.ts';
import { type VectorCase, readCases } from './case.ts';
import { files } from './files.ts';
import { kinds } from './kinds.ts';

/** What became of the vectors under one set of primitives. */
export interface VectorReport {
  readonly accepted: number;
  readonly rejected: number;
  /** One line for each case that did not come out as its file says. */
  readonly failures: readonly string[];
}

/** Every case of every file, with the file's name before its own. */
export function allCases(): VectorCase[] {
  return Object.entries(files).flatMap(([file, cases]) =>
    readCases(cases).map((vector) => ({ ...vector, name: `${file}: ${vector.name}` })),
  );
}

/** Runs every vector of `v1/` under these primitives. */
export async function runVectors(primitives: Primitives): Promise<VectorReport> {
  const failures: string[] = [];
  let accepted = 0;
  let rejected = 0;
  for (const vector of allCases()) {
    const failure = await runCase(primitives, vector);
    if (failure !== undefined) failures.push(`${vector.name}: ${failure}`);
    else if (vector.accept) accepted++;
    else rejected++;
  }
  return { accepted, rejected, failures };
}

async function runCase(primitives: Primitives, vector: VectorCase): Promise<string | undefined> {
  const run = kinds[vector.kind];
  if (run === undefined) return `unknown kind ${vector.kind}`;
  try {
    const outcome = await run(primitives, vector.input);
    const output = outcome.ok ? outcome.value : { code: outcome.code };
    if (outcome.ok !== vector.accept) return outcome.ok ? 'accepted' : `refused as ${outcome.code}`;
    return canonical(output) === canonical(vector.output) ? undefined : `gave ${canonical(output)}`;
  } catch (error) {
    return `threw ${String(error)}`;
  }
}
