import { readFileSync } from 'node:fs';
import { readRoll } from '../features/voter-roll/reading/index.ts';

// `node --import tsx src/testing/measure-roll.ts FILE`: reads a roll in a process of its own and prints, as one
// line of JSON, how long it took and how much memory the process has needed in all.
const [path] = process.argv.slice(2);
if (path === undefined) throw new Error('name the roll to be read');
const bytes = readFileSync(path);
const atStart = process.cpuUsage();
const started = performance.now();
let steps = 0;
const reading = readRoll(bytes, { domains: null, promotions: null, buildings: null }, () => {
  steps += 1;
});
const milliseconds = Math.round(performance.now() - started);
const { user, system } = process.cpuUsage(atStart);
console.log(
  JSON.stringify({
    milliseconds,
    cpuMilliseconds: Math.round((user + system) / 1000),
    peakMegabytes: Math.round(process.resourceUsage().maxRSS / 1024),
    steps,
    voters: reading.voters.length,
    errors: reading.errors.length,
    fileError: reading.file_error,
  }),
);
