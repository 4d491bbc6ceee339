import { expect, it } from 'vitest';
import { minutesLeft } from './mail-estimate.ts';

it('goes by the throttle, else by the last minute', () => {
  expect(minutesLeft(420, 10, 0)).toBe(42);
  expect(minutesLeft(421, 10, 400)).toBe(43);
  expect(minutesLeft(1_000, undefined, 300)).toBe(4);
  expect(minutesLeft(1, undefined, 300)).toBe(1);
});

it('says nothing where nothing waits or nothing has left yet', () => {
  expect(minutesLeft(0, 10, 5)).toBeUndefined();
  expect(minutesLeft(50, undefined, 0)).toBeUndefined();
});
