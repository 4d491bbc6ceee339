/** The narrowest a column is made, in points. */
const NARROWEST = 36;

/**
 * Widths of columns that together fill `room`: each what its widest content asks for where that fits; otherwise the wide
 * ones give way and the narrow ones keep theirs.
 */
export function columnWidths(wanted: readonly number[], room: number): readonly number[] {
  const total = wanted.reduce((sum, width) => sum + width, 0);
  if (total <= room) {
    const rest = (room - total) / Math.max(wanted.length, 1);
    return wanted.map((width) => width + rest);
  }
  let left = room;
  const widths = wanted.map(() => NARROWEST);
  const narrowFirst = [...wanted.entries()].sort(([, a], [, b]) => a - b);
  narrowFirst.forEach(([column, width], done) => {
    const share = Math.max(NARROWEST, Math.min(width, left / (narrowFirst.length - done)));
    widths[column] = share;
    left -= share;
  });
  return widths;
}
