/** Wrong codes typed for one voting link. Instants in milliseconds. */
export interface CodeTries {
  /** Wrong codes since the last lock, oldest first; those older than the window no longer count. */
  readonly recentWrongAt: readonly number[];
  /** Wrong codes since staff last unlocked the link. */
  readonly totalWrong: number;
  readonly lockedUntil: number | null;
}

const WINDOW_MS = 15 * 60_000;
const MOST_IN_WINDOW = 5;
/** From here on only staff unlock the link. */
export const MOST_IN_ALL = 20;

const NONE: CodeTries = { recentWrongAt: [], totalWrong: 0, lockedUntil: null };

/** `staff`: until staff unlock the link; a number: until that instant; undefined: codes are looked at. */
export type CodeLock = 'staff' | number | undefined;

/** Whether codes for this link are looked at now. */
export function lockOf(tries: CodeTries | undefined, now: number): CodeLock {
  if (tries === undefined) return undefined;
  if (tries.totalWrong >= MOST_IN_ALL) return 'staff';
  return tries.lockedUntil !== null && now < tries.lockedUntil ? tries.lockedUntil : undefined;
}

/**
 * Counts a wrong code that was looked at. The window slides: no 15 minutes ever hold more than 5 wrong codes, wherever
 * a guesser lets them begin. A lock empties it.
 */
export function afterWrongCode(tries: CodeTries | undefined, now: number): CodeTries {
  const { recentWrongAt, totalWrong } = tries ?? NONE;
  const recent = recentWrongAt.filter((at) => now - at < WINDOW_MS);
  const wrong = { recentWrongAt: [...recent, now], totalWrong: totalWrong + 1, lockedUntil: null };
  if (wrong.recentWrongAt.length < MOST_IN_WINDOW) return wrong;
  return { ...wrong, recentWrongAt: [], lockedUntil: now + WINDOW_MS };
}

/** Wrong codes that are still free before the next lock, after one was counted at `now`. */
export function triesLeft(tries: CodeTries, now: number): number {
  if (lockOf(tries, now) !== undefined) return 0;
  return Math.min(MOST_IN_WINDOW - tries.recentWrongAt.length, MOST_IN_ALL - tries.totalWrong);
}
