import { createInterface } from 'node:readline/promises';
import { UsageError, warn } from './terminal.ts';

/**
 * The text that confirms an act which cannot be undone: as given with `--confirm`, or typed at a terminal after
 * `question`. Without either the command is used wrongly.
 */
export async function confirmation(given: string | undefined, question: string): Promise<string> {
  if (given !== undefined) return given;
  if (!process.stdin.isTTY) throw new UsageError(`${question}: give it with --confirm`);
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return (await terminal.question(`${question}: `)).trim();
  } finally {
    terminal.close();
  }
}

/** Runs a last act when Ctrl-C is pressed, then ends with 130; the answer takes that back. */
export function onInterrupt(act: () => void): () => void {
  const interrupted = (): void => {
    act();
    warn('\ninterrupted');
    process.exit(130);
  };
  process.once('SIGINT', interrupted);
  return () => process.off('SIGINT', interrupted);
}
