export interface Turn {
  /** Resolves when it is this one's turn; rejects where it left meanwhile. */
  readonly enter: () => Promise<void>;
  /** Must be called in the end, whatever happened, also by who never entered. */
  readonly leave: () => void;
}

/**
 * Connections run side by side, but one at a time ends its message: from the last byte until "sent" is committed. A process
 * killed at any instant therefore leaves at most one e-mail whose fate is unknown, and sends at most one copy again.
 */
export function lastByteTurns(): () => Turn {
  /** The first one has the turn. */
  const line: (() => void)[] = [];

  return () => {
    let admit: (() => void) | undefined;
    let turnAway: ((reason: Error) => void) | undefined;
    let entering: Promise<void> | undefined;
    let hasLeft = false;
    return {
      enter: () => {
        if (hasLeft) return Promise.reject(new Error('this send has ended'));
        entering ??= new Promise((resolve, reject) => {
          admit = resolve;
          turnAway = reject;
          line.push(resolve);
          if (line.length === 1) resolve();
        });
        return entering;
      },
      leave: () => {
        hasLeft = true;
        turnAway?.(new Error('this send has ended'));
        const place = admit === undefined ? -1 : line.indexOf(admit);
        if (place < 0) return;
        line.splice(place, 1);
        if (place === 0) line[0]?.();
      },
    };
  };
}
