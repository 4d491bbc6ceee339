import { makers } from './makers.ts';
import { freeze } from './vector-file.ts';

/** `tsx src/testing/vectors/generate.ts` writes the vector files that are not there, and compares those that are. */
for (const [name, make] of Object.entries(makers)) {
  const same = freeze(name, await make());
  console.log(`${name}: ${same ? 'as frozen' : 'DIFFERS from the frozen file'}`);
  if (!same) process.exitCode = 1;
}
