/**
 * Does `work` now and then every `everyMs` milliseconds, never twice at a time; `failed` hears what it throws, and the
 * next turn comes all the same. The answer stops that and waits for what is under way.
 */
export function repeatedly(
  everyMs: number,
  work: () => Promise<void>,
  failed: (error: unknown) => void,
): () => Promise<void> {
  let running: Promise<void> | undefined;
  const tick = (): void => {
    running ??= work()
      .catch(failed)
      .finally(() => {
        running = undefined;
      });
  };
  const timer = setInterval(tick, everyMs);
  tick();
  return async () => {
    clearInterval(timer);
    await running;
  };
}
