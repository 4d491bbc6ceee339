import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/**
 * How a mail server behaves. `takes` is a good one. Of every second recipient: `later` says 450, `never` 550. Of everybody:
 * nobody listens (`refused`), silence before the greeting (`hanging`), 421 instead of it (`overloaded`), a TLS handshake
 * that is none (`bad-tls`), the connection cut after the last byte (`cut`), silence after it (`silent`).
 */
export const SMTP_FAILURES = [
  'refused',
  'hanging',
  'overloaded',
  'later',
  'never',
  'bad-tls',
  'cut',
  'silent',
] as const;
export type SmtpMode = 'takes' | (typeof SMTP_FAILURES)[number];

/** A message whose last byte came to the server. */
export interface SunkCopy {
  readonly to: string;
  readonly messageId: string;
  /** The secret part of the voting link in its text; empty where there is none. */
  readonly link: string;
  /** When the last byte came, in milliseconds. */
  readonly at: number;
  /** Whether the server answers 250. */
  readonly isTaken: boolean;
}

export type SmtpOrder =
  { readonly order: 'mode'; readonly mode: SmtpMode } | { readonly order: 'count' | 'report' };
export type SmtpAnswer =
  | { readonly answer: 'mode'; readonly port: number }
  | { readonly answer: 'count'; readonly copies: number }
  | { readonly answer: 'report'; readonly copies: readonly SunkCopy[] };

/** An SMTP server on 127.0.0.1, as a process of its own: it lives on while the server that sends is killed. */
export class SmtpProcess {
  readonly #child: ChildProcess;
  #port = 0;

  constructor() {
    const program = fileURLToPath(new URL('smtp-process.ts', import.meta.url));
    this.#child = fork(program, {
      execArgv: ['--import', 'tsx'],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
  }

  /** Where it listens, the same after every change of mode. */
  get port(): number {
    return this.#port;
  }

  /** Ends every connection, and behaves like this from now on. */
  async behave(mode: SmtpMode): Promise<void> {
    const answer = await this.#ask({ order: 'mode', mode });
    if (answer.answer === 'mode') this.#port = answer.port;
  }

  /** How many copies came so far. */
  async count(): Promise<number> {
    const answer = await this.#ask({ order: 'count' });
    return answer.answer === 'count' ? answer.copies : 0;
  }

  /** Every copy that came so far, in order. */
  async report(): Promise<readonly SunkCopy[]> {
    const answer = await this.#ask({ order: 'report' });
    return answer.answer === 'report' ? answer.copies : [];
  }

  async end(): Promise<void> {
    const gone = once(this.#child, 'exit');
    this.#child.kill();
    await gone;
  }

  /** One order at a time: each is answered by one message. */
  async #ask(order: SmtpOrder): Promise<SmtpAnswer> {
    if (!this.#child.connected) throw new Error('the SMTP server has ended');
    const answered = once(this.#child, 'message', { signal: AbortSignal.timeout(20_000) });
    this.#child.send(order);
    const [answer] = (await answered) as [SmtpAnswer];
    return answer;
  }
}
