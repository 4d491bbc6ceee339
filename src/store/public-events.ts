import type { Bytes } from '../protocol/bytes.ts';
import { canonical, parseCanonical } from '../protocol/canonical-json.ts';
import { type UrnSigner, signedObjectMessage } from '../protocol/close.ts';
import { type RecordedEvent, eventJson, parseEvent } from '../protocol/events.ts';
import { instantOf } from '../protocol/fields.ts';
import { nodePrimitives } from '../protocol/node/primitives.ts';
import type { Reader, Transaction } from './store.ts';

/** With what an election signs: M (32 bytes) and its urn key, read before the transaction. */
export interface UrnSeal {
  readonly manifestDigest: Bytes;
  readonly sign: UrnSigner;
}

type ActOf<Event extends RecordedEvent> = Event extends RecordedEvent ? Pick<Event, 'kind' | 'data'> : never;

/** What happened, without number and instant. */
export type PublicAct = ActOf<RecordedEvent>;

/** The event of a stored row; one that does not read is a tampered database and throws. */
export function eventOfRow(content: string): RecordedEvent {
  const json = parseCanonical(content);
  const event = json === undefined ? undefined : parseEvent(json);
  if (event === undefined) throw new Error('a stored public event is not in its form');
  return event;
}

async function lastPublicEvent(reader: Reader, electionId: string): Promise<RecordedEvent | undefined> {
  const row = await reader
    .selectFrom('public_event')
    .select('content')
    .where('election_id', '=', electionId)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row && eventOfRow(row.content);
}

/**
 * Signs an event under the next number and appends it, in the transaction of the act that it tells of. A clock that
 * stepped back repeats the instant before: `at` never decreases (protocol.md section 10).
 */
export async function appendPublicEvent(
  trx: Transaction,
  electionId: string,
  seal: UrnSeal,
  now: number,
  act: PublicAct,
): Promise<RecordedEvent> {
  const last = await lastPublicEvent(trx, electionId);
  const at = instantOf(new Date(now));
  const event: RecordedEvent = {
    seq: (last?.seq ?? 0) + 1,
    at: last === undefined || last.at < at ? at : last.at,
    ...act,
  };
  const json = eventJson(event);
  // node:crypto answers at once: nothing but the database is waited for inside the transaction
  const message = await signedObjectMessage(nodePrimitives, 'event', seal.manifestDigest, json);
  const signature = await seal.sign(message);
  await trx
    .insertInto('public_event')
    .values({ election_id: electionId, seq: event.seq, content: canonical(json), signature })
    .execute();
  return event;
}
