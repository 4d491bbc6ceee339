import type { RefusalCode } from '../../domain/refusals.ts';
import type { Bytes } from '../../protocol/bytes.ts';
import { type Outcome, type Refusal, accept, refuse } from '../../protocol/outcome.ts';
import type { Runtime } from '../../runtime.ts';
import { type DeliberationRequest, deliberate } from './deliberate.ts';

/** How long the openings of a counted election stay in memory for the key holder to save. */
const OPENINGS_LIFE_MS = 30 * 60_000;

/** Where the deliberation of one election stands in this process. */
export type DeliberationState =
  | { readonly kind: 'running'; readonly opened: number; readonly total: number }
  | { readonly kind: 'failed'; readonly refusal: Refusal<RefusalCode> }
  | { readonly kind: 'done'; readonly count: number; readonly openings: readonly Bytes[] };

/**
 * The deliberations under way in this process: the seam through which progress pages follow them. Another process sees
 * only what the database says; two at once are decided by the transaction that records the result.
 */
export class RunningDeliberations {
  readonly #runtime: Runtime;
  readonly #states = new Map<string, DeliberationState>();

  constructor(runtime: Runtime) {
    this.#runtime = runtime;
  }

  stateOf(electionId: string): DeliberationState | undefined {
    return this.#states.get(electionId);
  }

  /** Starts one; resolves as soon as the key has opened and the count runs by itself, or with why it does not. */
  start(request: Omit<DeliberationRequest, 'onStart' | 'onProgress'>): Promise<Outcome<true, RefusalCode>> {
    const { electionId } = request;
    const present = this.#states.get(electionId);
    if (present?.kind === 'running') return Promise.resolve(refuse('DELIBERATING'));
    this.#states.set(electionId, { kind: 'running', opened: 0, total: 0 });
    return new Promise((resolve) => {
      let isStarted = false;
      const follow = (opened: number, total: number): void => {
        this.#states.set(electionId, { kind: 'running', opened, total });
      };
      const onStart = (total: number): void => {
        isStarted = true;
        follow(0, total);
        resolve(accept(true as const));
      };
      deliberate(this.#runtime, { ...request, onStart, onProgress: follow }).then(
        (outcome) => {
          if (outcome.ok) this.#finish(electionId, { kind: 'done', ...outcome.value });
          // a key that does not open is told in the answer itself: whoever comes next finds the form
          else if (!isStarted) this.#states.delete(electionId);
          else this.#finish(electionId, { kind: 'failed', refusal: outcome });
          resolve(outcome.ok ? accept(true as const) : outcome);
        },
        (error: unknown) => {
          this.#runtime.log.app.error({ err: error, election: electionId }, 'deliberation failed');
          const refusal = refuse('COUNT_FAILED');
          this.#finish(electionId, { kind: 'failed', refusal });
          resolve(refusal);
        },
      );
    });
  }

  #finish(electionId: string, state: DeliberationState): void {
    this.#states.set(electionId, state);
    setTimeout(() => {
      if (this.#states.get(electionId) === state) this.#states.delete(electionId);
    }, OPENINGS_LIFE_MS).unref();
  }
}
