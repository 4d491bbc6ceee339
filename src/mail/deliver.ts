import { setTimeout as pause } from 'node:timers/promises';
import type { WaitReason } from '../domain/mail.ts';
import { accept } from '../protocol/outcome.ts';
import type { Runtime } from '../runtime.ts';
import type { MailRow } from '../store/mail.ts';
import { type Settlement, claimMail, freeClaims, listClaimants, settleMail } from '../store/mail-claims.ts';
import { StoreBusy } from '../store/store.ts';
import { allowanceNow } from './allowance.ts';
import { forgetClaimant, isGone, newClaimant } from './claimant.ts';
import { type Turn, lastByteTurns } from './last-byte-turn.ts';
import { sendClaimed } from './send-claimed.ts';
import { openTransport } from './open-transport.ts';
import type { MailTransport } from './transport.ts';

/** The longest one send may take, in milliseconds; waiting for its turn included. */
const LONGEST_SEND = 120_000;
/** After this, a claim of a worker on another host counts as abandoned. */
const CLAIM_RUNS_OUT = 5 * LONGEST_SEND;
/** Failures of the server itself, one after the other, that end a run. */
const MOST_SERVER_TROUBLES = 3;
/** How long sends may go on after the order to stop. */
const GRACE_AT_STOP = 5_000;

interface DeliveryCounts {
  sent: number;
  refused: number;
  skipped: number;
  /** Put off to a later try. */
  delayed: number;
}

export interface DeliveryReport extends Readonly<DeliveryCounts> {
  /** The server's last words, where the run ended because the server was in trouble. */
  readonly outage: string | undefined;
  /** Why the rest of what is due did not leave, where the run ended because nothing more may leave now. */
  readonly waitingFor: WaitReason | undefined;
}

export interface DeliveryOptions {
  /** Only e-mails of this election. */
  readonly electionId?: string;
  /** Called after each e-mail. */
  readonly onProgress?: (counts: Readonly<DeliveryCounts>) => void;
  /** Stops after the e-mails under way. */
  readonly signal?: AbortSignal;
  /** Asked before each e-mail; false ends the run after the e-mails under way. */
  readonly mayGoOn?: () => boolean;
  /** Sends at any hour, quiet or not. */
  readonly ignoresQuietHours?: boolean;
  /** Kept open by the caller; opened and closed by the run where not given. */
  readonly transport?: MailTransport;
}

/** Frees claims whose workers are gone. Answers how many e-mails came back to the queue. */
async function recoverClaims(runtime: Runtime): Promise<number> {
  const claimants = await listClaimants(runtime.store.read);
  if (claimants.length === 0) return 0;
  const before = runtime.clock.now() - CLAIM_RUNS_OUT;
  const freed = await runtime.store.inTransaction(async (trx) =>
    accept(await freeClaims(trx, claimants.filter(isGone), before)),
  );
  return freed.ok ? freed.value : 0;
}

/** One run over what is due: as many sends side by side as the transport is wide, until nothing is due any more. */
class Delivery {
  readonly counts: DeliveryCounts = { sent: 0, refused: 0, skipped: 0, delayed: 0 };
  readonly #runtime: Runtime;
  readonly #options: DeliveryOptions;
  readonly #transport: MailTransport;
  readonly #claimant = newClaimant();
  readonly #takeTurn = lastByteTurns();
  readonly #abandon = new AbortController();
  #serverTroubles = 0;
  #outage: string | undefined;
  #waitingFor: WaitReason | undefined;

  constructor(runtime: Runtime, options: DeliveryOptions, transport: MailTransport) {
    this.#runtime = runtime;
    this.#options = options;
    this.#transport = transport;
  }

  async run(): Promise<DeliveryReport> {
    const { signal } = this.#options;
    let timer: NodeJS.Timeout | undefined;
    const stop = (): void => {
      timer = setTimeout(() => this.#abandon.abort(), GRACE_AT_STOP);
    };
    if (signal?.aborted === true) stop();
    signal?.addEventListener('abort', stop, { once: true });
    try {
      await recoverClaims(this.#runtime);
      const lanes = Array.from({ length: this.#transport.width }, (_, lane) => this.#lane(lane % 2 === 1));
      const ends = await Promise.allSettled(lanes);
      for (const end of ends) if (end.status === 'rejected') throw end.reason;
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
      forgetClaimant(this.#claimant);
    }
    return { ...this.counts, outage: this.#outage, waitingFor: this.#waitingFor };
  }

  /** Sends one e-mail after the other. Half of the lanes start from the young end of the queue. */
  async #lane(youngestFirst: boolean): Promise<void> {
    let row = await this.#record(undefined, youngestFirst);
    while (row !== undefined) {
      const turn = this.#takeTurn();
      try {
        const settlement = await this.#send(row, turn);
        row = await this.#record({ row, settlement }, youngestFirst);
      } finally {
        turn.leave();
      }
    }
  }

  async #send(row: MailRow, turn: Turn): Promise<Settlement> {
    const deadline = AbortSignal.timeout(LONGEST_SEND);
    const { settlement, scope } = await sendClaimed(this.#runtime, this.#transport, row, {
      signal: AbortSignal.any([deadline, this.#abandon.signal]),
      beforeLastByte: turn.enter,
    });
    if (scope !== 'server') this.#serverTroubles = 0;
    else if (++this.#serverTroubles >= MOST_SERVER_TROUBLES) {
      this.#outage = 'answer' in settlement ? settlement.answer : '';
    }
    return settlement;
  }

  /** Writes down how an e-mail ended and claims the next one, in one commit. */
  async #record(
    done: { readonly row: MailRow; readonly settlement: Settlement } | undefined,
    youngestFirst: boolean,
  ): Promise<MailRow | undefined> {
    const { store } = this.#runtime;
    for (;;) {
      try {
        const next = await store.inTransaction(async (trx) => {
          if (done !== undefined) await settleMail(trx, done.row.id, this.#claimant, done.settlement);
          if (this.#isEnding()) return accept(undefined);
          const allowance = allowanceNow(this.#runtime, this.#options);
          const due = await claimMail(trx, { ...allowance, claimant: this.#claimant, youngestFirst });
          if (due.found === undefined) this.#waitingFor = due.waitingFor;
          return accept(due.found);
        });
        if (done !== undefined) this.#tell(done.row, done.settlement);
        return next.ok ? next.value : undefined;
      } catch (error) {
        // a copy that has left must be written down, or it leaves again
        if (!(error instanceof StoreBusy)) throw error;
        await pause(500);
      }
    }
  }

  #isEnding(): boolean {
    const { signal, mayGoOn } = this.#options;
    return signal?.aborted === true || this.#outage !== undefined || mayGoOn?.() === false;
  }

  #tell(row: MailRow, settlement: Settlement): void {
    if (settlement.state === 'released') return;
    this.counts[settlement.state === 'queued' ? 'delayed' : settlement.state] += 1;
    const { message_id, kind, attempts } = row;
    const line = { messageId: message_id, kind, attempts, state: settlement.state };
    this.#runtime.log.email.info(line, 'mail');
    this.#options.onProgress?.(this.counts);
  }
}

/**
 * Sends what is due, in this process, until nothing is due, the server is in trouble or `signal` says stop. Runs may be
 * interrupted at any instant and repeated; several may run at once, here and in other processes.
 */
export async function deliverQueued(
  runtime: Runtime,
  options: DeliveryOptions = {},
): Promise<DeliveryReport> {
  const transport = options.transport ?? openTransport(runtime.config);
  try {
    return await new Delivery(runtime, options, transport).run();
  } finally {
    if (options.transport === undefined) transport.close();
  }
}
