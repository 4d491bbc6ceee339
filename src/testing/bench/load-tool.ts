import { type ChildProcess, spawn } from 'node:child_process';
import { on } from 'node:events';
import { childArguments, moduleBeside } from '../../protocol/node/start-worker.ts';
import type { LoadAnswer, LoadOrder, LoadRun, VotingPlan } from './load-messages.ts';

/** The load tool, a process of its own so that its work and the server's do not share a thread. */
export class LoadTool {
  readonly #child: ChildProcess;
  readonly #answers: AsyncIterator<unknown[]>;

  constructor() {
    const program = childArguments(moduleBeside(import.meta.url, 'load-program'));
    this.#child = spawn(process.execPath, [...program], {
      serialization: 'advanced',
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.#answers = on(this.#child, 'message', { close: ['disconnect'] });
  }

  /** Draws credentials, blinds them and seals the ballots of all voters: what happens before the clock runs. */
  async prepare(plan: Omit<VotingPlan, 'kind'>): Promise<void> {
    await this.#order({ kind: 'prepare', ...plan });
  }

  /** The next `voters` of those prepared vote: credential, then cast, both durable. Their receipts are verified after. */
  vote(voters: number): Promise<LoadRun> {
    return this.#run({ kind: 'vote', voters });
  }

  /** Posts an empty object to `/` for some seconds. */
  post(url: string, clients: number, seconds: number): Promise<LoadRun> {
    return this.#run({ kind: 'post', url, clients, seconds });
  }

  close(): void {
    if (this.#child.connected) this.#child.disconnect();
  }

  async #run(order: LoadOrder): Promise<LoadRun> {
    const answer = await this.#order(order);
    if (answer.kind !== 'ran') throw new Error(`the load tool answered ${answer.kind}`);
    return answer;
  }

  async #order(order: LoadOrder): Promise<LoadAnswer> {
    this.#child.send(order);
    const next = await this.#answers.next();
    if (next.done === true) throw new Error('the load tool ended');
    const [answer] = next.value as [LoadAnswer];
    if (answer.kind === 'failed') throw new Error(`the load tool failed: ${answer.reason}`);
    return answer;
  }
}
