import { type Outcome, accept, refuse } from '../protocol/outcome.ts';
import type { ElectionState, VotingWindow } from './election.ts';
import type { RefusalCode } from './refusals.ts';

/** What moves an election, or needs it to stand still. The one guard for UI, API, CLI and scheduler. */
export type Act =
  | 'edit'
  | 'arm'
  | 'prove-key'
  | 'send-invitations'
  | 'send-links'
  | 'send-reminders'
  | 'send-results'
  | 'change-roll'
  | 'open'
  | 'extend'
  | 'close-early'
  | 'close'
  | 'deliberate'
  | 'publish'
  | 'reset';

/** What the guard needs to know beside the state. */
export interface ElectionFacts extends VotingWindow {
  readonly state: ElectionState;
  readonly now: number;
  readonly linksMailed: boolean;
}

const order: Readonly<Record<ElectionState, number>> = {
  draft: 0,
  arming: 1,
  armed: 2,
  open: 3,
  closed: 4,
  tallied: 5,
  published: 6,
  archived: 7,
};

/** The instant after which nothing is accepted any more: closing time and grace. */
export const lastInstant = (window: VotingWindow): number => window.closesAt + window.graceSeconds * 1000;

/** A credential is issued from opening to closing time; a ballot is accepted until the grace has passed. */
export function withinWindow(
  window: VotingWindow,
  now: number,
  grace: boolean,
): 'NOT_OPEN' | 'CLOSED' | 'within' {
  if (window.opensAt === null || now < window.opensAt) return 'NOT_OPEN';
  return now < (grace ? lastInstant(window) : window.closesAt) ? 'within' : 'CLOSED';
}

/**
 * The state an act leads to, or why it is refused. `edit`, `change-roll` and what sends e-mail leave the state as it is;
 * `reset` deletes the election, whatever its state.
 */
export function requireAct(facts: ElectionFacts, act: Act): Outcome<ElectionState, RefusalCode> {
  const { state, now } = facts;
  const at = order[state];
  switch (act) {
    case 'edit':
      return at < order.armed ? accept(state) : refuse('FROZEN');
    case 'arm':
      if (at < order.armed) return now < facts.closesAt ? accept('arming') : refuse('WINDOW_PAST');
      // "start again": a new pair replaces a proven one only while nobody can have a link
      if (state === 'armed' && !facts.linksMailed) return accept('arming');
      return refuse(state === 'armed' ? 'LINKS_MAILED' : 'ALREADY_ARMED');
    case 'prove-key':
      if (state === 'draft') return refuse('NOT_ARMED');
      if (state === 'arming') return now < facts.closesAt ? accept('armed') : refuse('WINDOW_PAST');
      return at <= order.closed ? accept(state) : refuse('ALREADY_TALLIED');
    case 'send-invitations':
      return at <= order.open && now < facts.closesAt ? accept(state) : refuse('CLOSED');
    case 'send-reminders':
      if (at < order.open) return refuse('NOT_OPEN');
      return state === 'open' && now < facts.closesAt ? accept(state) : refuse('CLOSED');
    case 'send-results':
      if (at < order.published) return refuse('NOT_PUBLISHED');
      return state === 'published' ? accept(state) : refuse('CLOSED');
    case 'send-links':
      if (at < order.armed) return refuse('NOT_ARMED');
      return at <= order.open ? accept(state) : refuse('CLOSED');
    case 'change-roll':
      return at <= order.open ? accept(state) : refuse('CLOSED');
    case 'open':
      return requireOpening(facts);
    case 'extend':
      if (at < order.armed) return refuse('NOT_ARMED');
      return at <= order.open && now < facts.closesAt ? accept(state) : refuse('CLOSED');
    case 'close-early':
      if (state === 'open') return now < facts.closesAt ? accept(state) : refuse('CLOSED');
      return refuse(at < order.open ? 'NOT_OPEN' : 'CLOSED');
    case 'close':
      if (at < order.armed) return refuse('NOT_ARMED');
      if (at > order.open) return refuse('CLOSED');
      return now >= lastInstant(facts) ? accept('closed') : refuse('NOT_CLOSED');
    case 'deliberate':
      if (at < order.closed) return refuse('NOT_CLOSED');
      return state === 'closed' ? accept('tallied') : refuse('ALREADY_TALLIED');
    case 'publish':
      if (at < order.tallied) return refuse('NOT_TALLIED');
      return state === 'tallied' ? accept('published') : refuse('ALREADY_PUBLISHED');
    case 'reset':
      return accept(state);
  }
}

function requireOpening(facts: ElectionFacts): Outcome<ElectionState, RefusalCode> {
  if (order[facts.state] < order.armed) return refuse('NOT_ARMED');
  if (order[facts.state] > order.open) return refuse('CLOSED');
  const window = withinWindow(facts, facts.now, false);
  if (window === 'CLOSED') return refuse('CLOSED');
  return window === 'within' ? accept('open') : refuse('TOO_EARLY', { opensAt: facts.opensAt ?? 0 });
}
