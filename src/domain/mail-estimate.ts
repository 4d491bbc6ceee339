/**
 * How many minutes the e-mails that wait will take, a whole number from 1: by the throttle where there is one, else by what
 * left in the last minute. Undefined where nothing waits, or nothing has left yet to judge by.
 */
export function minutesLeft(
  waiting: number,
  perMinute: number | undefined,
  sentLastMinute: number,
): number | undefined {
  const pace = perMinute ?? sentLastMinute;
  return waiting === 0 || pace === 0 ? undefined : Math.ceil(waiting / pace);
}
