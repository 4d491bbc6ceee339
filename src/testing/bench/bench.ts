/** `npm run bench [-- --only seal,cast,open,verify,roll --quick]`: the product's figures beside their limits. */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { PROJECT_ROOT } from '../../config.ts';
import { measureCast } from './cast.ts';
import type { Effort, Figure } from './figure.ts';
import { measureOpen } from './open.ts';
import { newestProgram } from '../program.ts';
import { tableOf, writeFigures } from './report.ts';
import { measureRoll } from './roll.ts';
import { measureSeal } from './seal.ts';
import { measureVerify } from './verify.ts';

const program = newestProgram();

const PARTS: Readonly<Record<string, (effort: Effort) => Promise<readonly Figure[]>>> = {
  seal: async (effort) => [await measureSeal(effort)],
  cast: (effort) => measureCast(effort, program),
  open: (effort) => measureOpen(effort, program),
  verify: async (effort) => [await measureVerify(effort, program)],
  roll: async (effort) => [await measureRoll(effort)],
};

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: Object.keys(PARTS).join(',') },
    quick: { type: 'boolean', default: false },
  },
});
const effort: Effort = { isQuick: values.quick };

const figures: Figure[] = [];
for (const name of values.only.split(',')) {
  const measure = PARTS[name];
  if (measure === undefined) throw new Error(`--only takes ${Object.keys(PARTS).join(', ')}, not ${name}`);
  console.error(`measuring ${name} ...`);
  figures.push(...(await measure(effort)));
}
console.log(tableOf(figures));
if (program === 'source')
  console.log('\nMeasured from the sources: `npm run build` first, to measure what `npm start` runs.');
writeFigures(join(PROJECT_ROOT, 'var', 'bench.json'), figures, program);
