import { readFileSync } from 'node:fs';

/** Linux counts CPU time in hundredths of a second for `/proc`. */
const TICK_MS = 10;

/** CPU milliseconds of a process so far, user and system, all threads; undefined where the system does not tell. */
export function processCpuMs(pid: number): number | undefined {
  try {
    // the name, in brackets, may hold spaces; after it utime and stime are the 12th and 13th fields
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    const ticks = Number(fields[11]) + Number(fields[12]);
    return Number.isNaN(ticks) ? undefined : ticks * TICK_MS;
  } catch {
    return undefined;
  }
}
