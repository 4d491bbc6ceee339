import type { Bytes } from './bytes.ts';
import { utf8 } from './bytes.ts';
import { type Json, canonical } from './canonical-json.ts';
import { type Reader, exact, instant, integer, oneOf, text } from './fields.ts';
import { StreamingHash } from './streaming-hash.ts';

/** The members of `data` for each kind of event (section 10); an unknown kind or member is refused. */
const DATA = {
  /** The voting period now ends at `closesAt`. */
  extended: exact({ closesAt: instant }),
  closedEarly: exact({ closesAt: instant, reason: text }),
  /** Voters added to and removed from the roll since the manifest was frozen. */
  rollChanged: exact({ added: integer(), removed: integer() }),
  /** Voting links that were revoked and made anew. */
  linksReplaced: exact({ count: integer() }),
  /** The key file was proven readable; `copy` counts the copies from 1. */
  keyProven: exact({ copy: integer(1) }),
  suspended: exact({ reason: text }),
  resumed: exact({ reason: text }),
} as const;

type Shapes = typeof DATA;
export type EventKind = keyof Shapes;

const EVENT_KINDS = [
  'extended',
  'closedEarly',
  'rollChanged',
  'linksReplaced',
  'keyProven',
  'suspended',
  'resumed',
] as const satisfies readonly EventKind[];

/** What happened to an election, as the public record tells it. */
export type RecordedEvent = {
  readonly [Kind in EventKind]: {
    /** 1, 2, 3, ... */
    readonly seq: number;
    /** Instant; never decreases, never after the close. */
    readonly at: string;
    readonly kind: Kind;
    readonly data: Exclude<ReturnType<Shapes[Kind]>, undefined>;
  };
}[EventKind];

const anyJson: Reader<Json> = (json) => json;
const envelope = exact({
  seq: integer(1),
  at: instant,
  kind: oneOf(...EVENT_KINDS),
  data: anyJson,
});

/** The event of an event line; undefined where kind, members or values are anything else than above. */
export function parseEvent(json: Json): RecordedEvent | undefined {
  const event = envelope(json);
  if (event === undefined) return undefined;
  const { seq, at, kind } = event;
  switch (kind) {
    case 'extended':
      return withData({ seq, at, kind }, DATA.extended(event.data));
    case 'closedEarly':
      return withData({ seq, at, kind }, DATA.closedEarly(event.data));
    case 'rollChanged':
      return withData({ seq, at, kind }, DATA.rollChanged(event.data));
    case 'linksReplaced':
      return withData({ seq, at, kind }, DATA.linksReplaced(event.data));
    case 'keyProven':
      return withData({ seq, at, kind }, DATA.keyProven(event.data));
    case 'suspended':
    case 'resumed':
      return withData({ seq, at, kind }, DATA[kind](event.data));
    default:
      return kind satisfies never;
  }
}

const withData = <Head extends object, Data>(
  head: Head,
  data: Data | undefined,
): (Head & { data: Data }) | undefined => (data === undefined ? undefined : { ...head, data });

/** The signed object of an event line. */
export const eventJson = (event: RecordedEvent): Json => ({
  seq: event.seq,
  at: event.at,
  kind: event.kind,
  data: { ...event.data },
});

/** `eventsDigest = H("votix/1/events", canonical(event_1), ...)`, 32 bytes. */
export function eventsDigest(events: Iterable<RecordedEvent>): Bytes {
  const digest = new StreamingHash('votix/1/events');
  for (const event of events) digest.part(utf8(canonical(eventJson(event))));
  return digest.digest();
}

/** The end of the voting period after these events, in their order: extended and closedEarly move it. */
export function closesAtAfter(closesAt: string, events: Iterable<RecordedEvent>): string {
  let current = closesAt;
  for (const event of events) {
    if (event.kind === 'extended' || event.kind === 'closedEarly') current = event.data.closesAt;
  }
  return current;
}

/** Voters on the roll after these events. */
export function rollSizeAfter(rollSize: number, events: Iterable<RecordedEvent>): number {
  let current = rollSize;
  for (const event of events) {
    if (event.kind === 'rollChanged') current += event.data.added - event.data.removed;
  }
  return current;
}
