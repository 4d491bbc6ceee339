import { type MailReason, backOff } from '../domain/mail.ts';
import type { Runtime } from '../runtime.ts';
import type { MailRow } from '../store/mail.ts';
import type { Settlement } from '../store/mail-claims.ts';
import { composeMail } from './message.ts';
import { renderMail } from './render-mail.ts';
import { stillWanted } from './still-wanted.ts';
import type { MailTransport, SendControl, SendOutcome, TroubleScope } from './transport.ts';

/** How a claimed e-mail ends, and whether the server itself was in trouble. */
export interface SendReport {
  readonly settlement: Settlement;
  readonly scope: TroubleScope | undefined;
}

const ended = (settlement: Settlement): SendReport => ({ settlement, scope: undefined });

function settlementOf(row: MailRow, outcome: SendOutcome, now: number): SendReport {
  if (outcome.ok) return ended({ state: 'sent', answer: outcome.value.answer, at: now });
  const answer = String(outcome.detail['answer'] ?? '');
  if (outcome.code === 'REFUSED') return { settlement: { state: 'refused', answer }, scope: 'recipient' };
  const wait = backOff(row.attempts);
  return {
    settlement:
      wait === undefined ? { state: 'refused', answer } : { state: 'queued', answer, dueAt: now + wait },
    scope: outcome.detail['scope'] === 'server' ? 'server' : 'recipient',
  };
}

/** Renders and sends one claimed e-mail. Its own faults end it as refused; they never stop the others. */
export async function sendClaimed(
  runtime: Runtime,
  transport: MailTransport,
  row: MailRow,
  control: SendControl,
): Promise<SendReport> {
  try {
    const message = await renderMail(runtime, row);
    if (!message.ok) {
      const answer = String(message.detail['reason']);
      return ended({ state: message.code === 'SKIPPED' ? 'skipped' : 'refused', answer });
    }
    const when = { queuedAt: row.created_at, now: runtime.clock.now() };
    const mail = await composeMail(message.value, when);
    if (control.signal.aborted) return ended({ state: 'released' });
    let unwanted: MailReason | undefined;
    const outcome = await transport.send(mail, {
      signal: control.signal,
      beforeLastByte: async () => {
        await control.beforeLastByte();
        // whoever voted while this connection waited for its turn gets nothing: the message is broken off
        unwanted = await stillWanted(runtime, row);
        if (unwanted !== undefined) throw new Error(unwanted);
      },
    });
    if (unwanted !== undefined) return ended({ state: 'skipped', answer: unwanted });
    return settlementOf(row, outcome, runtime.clock.now());
  } catch (error) {
    // only the kind of fault: its words could hold a part of the e-mail
    runtime.log.app.error(
      { mail: row.id, fault: error instanceof Error ? error.name : typeof error },
      'mail fault',
    );
    return ended({ state: 'refused', answer: 'FAULT' });
  }
}
