import { expect, test } from 'vitest';
import { lastByteTurns } from './last-byte-turn.ts';

const settled = async (promise: Promise<void>): Promise<boolean> =>
  Promise.race([
    promise.then(() => true),
    new Promise<boolean>((resolve) => setImmediate(() => resolve(false))),
  ]);

test('one at a time, in the order of asking', async () => {
  const take = lastByteTurns();
  const [first, second, third] = [take(), take(), take()];
  expect(await settled(first.enter())).toBe(true);
  const waiting = [second.enter(), third.enter()] as const;
  expect(await settled(waiting[0])).toBe(false);
  first.leave();
  expect(await settled(waiting[0])).toBe(true);
  expect(await settled(waiting[1])).toBe(false);
  second.leave();
  expect(await settled(waiting[1])).toBe(true);
  third.leave();
  expect(await settled(take().enter())).toBe(true);
});

test('who leaves while waiting is turned away and holds up nobody', async () => {
  const take = lastByteTurns();
  const [first, second, third] = [take(), take(), take()];
  await first.enter();
  const turnedAway = second.enter().catch((error: unknown) => String(error));
  const last = third.enter();
  second.leave();
  expect(await turnedAway).toContain('ended');
  first.leave();
  await last;
  await expect(second.enter()).rejects.toThrow('ended');
});
