import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';

/** Names of the workers of this process. */
const ours = new Set<string>();

/** A name under which one worker claims: host, process, and a random part that tells two lives of one process number apart. */
export function newClaimant(): string {
  const name = `${hostname()} ${process.pid} ${randomUUID()}`;
  ours.add(name);
  return name;
}

export function forgetClaimant(name: string): void {
  ours.delete(name);
}

/**
 * True where the worker behind a claim cannot be alive: it ran on this host, under a process number that nobody has now or
 * that is our own. Of other hosts nothing is known; their claims run out by time.
 */
export function isGone(claimant: string): boolean {
  const [host, pid] = claimant.split(' ');
  if (host !== hostname() || pid === undefined || ours.has(claimant)) return false;
  if (Number(pid) === process.pid) return true;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    // EPERM: alive, under another account
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
}
