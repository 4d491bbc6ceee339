import { afterEach, beforeEach } from 'vitest';

/** Called in a `describe` whose tests build on one another: after a fault the rest fails at once, and says so. */
export function tellAsStory(): void {
  let broken: string | undefined;
  beforeEach(() => {
    if (broken !== undefined) throw new Error(`not reached: “${broken}” failed`);
  });
  afterEach(({ task }) => {
    if (task.result?.state === 'fail') broken ??= task.name;
  });
}
