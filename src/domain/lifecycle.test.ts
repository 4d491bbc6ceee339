import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ELECTION_STATES, type ElectionState } from './election.ts';
import { type Act, type ElectionFacts, lastInstant, requireAct, withinWindow } from './lifecycle.ts';
import type { RefusalCode } from './refusals.ts';

const OPENS = Date.parse('2026-03-02T08:00:00Z');
const CLOSES = Date.parse('2026-03-02T18:00:00Z');
const GRACE = 300;
const DURING = OPENS + 1_000;
const AFTER_ALL = CLOSES + GRACE * 1_000;

const facts = (state: ElectionState, now: number, linksMailed = false): ElectionFacts => ({
  state,
  now,
  opensAt: OPENS,
  closesAt: CLOSES,
  graceSeconds: GRACE,
  linksMailed,
});

/** For every act: the state it leads to from draft, arming, armed, open, closed, tallied, published, archived. */
const DURING_VOTING: Readonly<Record<Act, readonly (ElectionState | RefusalCode)[]>> = {
  edit: ['draft', 'arming', 'FROZEN', 'FROZEN', 'FROZEN', 'FROZEN', 'FROZEN', 'FROZEN'],
  arm: [
    'arming',
    'arming',
    'arming',
    'ALREADY_ARMED',
    'ALREADY_ARMED',
    'ALREADY_ARMED',
    'ALREADY_ARMED',
    'ALREADY_ARMED',
  ],
  'prove-key': [
    'NOT_ARMED',
    'armed',
    'armed',
    'open',
    'closed',
    'ALREADY_TALLIED',
    'ALREADY_TALLIED',
    'ALREADY_TALLIED',
  ],
  'send-invitations': ['draft', 'arming', 'armed', 'open', 'CLOSED', 'CLOSED', 'CLOSED', 'CLOSED'],
  'send-reminders': ['NOT_OPEN', 'NOT_OPEN', 'NOT_OPEN', 'open', 'CLOSED', 'CLOSED', 'CLOSED', 'CLOSED'],
  'send-results': [
    'NOT_PUBLISHED',
    'NOT_PUBLISHED',
    'NOT_PUBLISHED',
    'NOT_PUBLISHED',
    'NOT_PUBLISHED',
    'NOT_PUBLISHED',
    'published',
    'CLOSED',
  ],
  'send-links': ['NOT_ARMED', 'NOT_ARMED', 'armed', 'open', 'CLOSED', 'CLOSED', 'CLOSED', 'CLOSED'],
  'change-roll': ['draft', 'arming', 'armed', 'open', 'CLOSED', 'CLOSED', 'CLOSED', 'CLOSED'],
  open: ['NOT_ARMED', 'NOT_ARMED', 'open', 'open', 'CLOSED', 'CLOSED', 'CLOSED', 'CLOSED'],
  extend: ['NOT_ARMED', 'NOT_ARMED', 'armed', 'open', 'CLOSED', 'CLOSED', 'CLOSED', 'CLOSED'],
  'close-early': ['NOT_OPEN', 'NOT_OPEN', 'NOT_OPEN', 'open', 'CLOSED', 'CLOSED', 'CLOSED', 'CLOSED'],
  close: ['NOT_ARMED', 'NOT_ARMED', 'NOT_CLOSED', 'NOT_CLOSED', 'CLOSED', 'CLOSED', 'CLOSED', 'CLOSED'],
  deliberate: [
    'NOT_CLOSED',
    'NOT_CLOSED',
    'NOT_CLOSED',
    'NOT_CLOSED',
    'tallied',
    'ALREADY_TALLIED',
    'ALREADY_TALLIED',
    'ALREADY_TALLIED',
  ],
  publish: [
    'NOT_TALLIED',
    'NOT_TALLIED',
    'NOT_TALLIED',
    'NOT_TALLIED',
    'NOT_TALLIED',
    'published',
    'ALREADY_PUBLISHED',
    'ALREADY_PUBLISHED',
  ],
  reset: ELECTION_STATES,
};

const cases = Object.entries(DURING_VOTING).flatMap(([act, row]) =>
  row.map((expected, i) => ({ act: act as Act, state: ELECTION_STATES[i] ?? 'draft', expected })),
);

describe('the guard', () => {
  it('decides every act in every state', () =>
    expect(cases).toHaveLength(Object.keys(DURING_VOTING).length * 8));

  it.each(cases)('$act in $state: $expected', ({ act, state, expected }) => {
    const outcome = requireAct(facts(state, DURING), act);
    expect(outcome.ok ? outcome.value : outcome.code).toBe(expected);
  });

  it('arms again until the first link is mailed', () => {
    expect(requireAct(facts('armed', DURING, true), 'arm')).toMatchObject({ code: 'LINKS_MAILED' });
  });

  it('neither arms nor proves once the closing time is past', () => {
    for (const act of ['arm', 'prove-key'] as const) {
      expect(requireAct(facts('arming', CLOSES), act)).toMatchObject({ code: 'WINDOW_PAST' });
    }
  });

  it('opens at its hour, not before and not after', () => {
    expect(requireAct(facts('armed', OPENS - 1), 'open')).toMatchObject({ code: 'TOO_EARLY' });
    expect(requireAct(facts('armed', OPENS), 'open')).toMatchObject({ ok: true });
    expect(requireAct(facts('armed', CLOSES), 'open')).toMatchObject({ code: 'CLOSED' });
  });

  it('closes once the grace has passed, whether anybody came or not', () => {
    expect(requireAct(facts('open', AFTER_ALL - 1), 'close')).toMatchObject({ code: 'NOT_CLOSED' });
    for (const state of ['armed', 'open'] as const) {
      expect(requireAct(facts(state, AFTER_ALL), 'close')).toMatchObject({ ok: true, value: 'closed' });
    }
  });

  it('moves no closing time that is past', () => {
    for (const act of ['extend', 'close-early'] as const) {
      expect(requireAct(facts('open', CLOSES), act)).toMatchObject({ code: 'CLOSED' });
    }
  });

  it('never leads back, whatever the clock says', () => {
    const order = (state: ElectionState) => ELECTION_STATES.indexOf(state);
    fc.assert(
      fc.property(
        fc.constantFrom(...ELECTION_STATES),
        fc.constantFrom(...(Object.keys(DURING_VOTING) as Act[])),
        fc.integer({ min: OPENS - 100_000_000, max: CLOSES + 100_000_000 }),
        fc.boolean(),
        (state, act, now, linksMailed) => {
          const outcome = requireAct(facts(state, now, linksMailed), act);
          if (!outcome.ok || (act === 'arm' && state === 'armed')) return;
          expect(order(outcome.value)).toBeGreaterThanOrEqual(order(state));
          const isProven = order(state) >= order('armed');
          expect(isProven || order(outcome.value) <= order('armed')).toBe(true);
        },
      ),
    );
  });
});

describe('the window', () => {
  const windows = fc
    .tuple(
      fc.integer({ min: 1, max: 1_000_000 }),
      fc.integer({ min: 1, max: 1_000_000 }),
      fc.integer({ min: 0, max: 86_400 }),
    )
    .map(([opens, length, graceSeconds]) => ({
      opensAt: opens * 1_000,
      closesAt: (opens + length) * 1_000,
      graceSeconds,
    }));

  it('holds opensAt, excludes closesAt, and grace only lengthens it', () => {
    fc.assert(
      fc.property(windows, fc.integer({ min: 0, max: 3_000_000_000 }), (window, now) => {
        const issue = withinWindow(window, now, false);
        const cast = withinWindow(window, now, true);
        expect(issue === 'within').toBe(now >= window.opensAt && now < window.closesAt);
        expect(cast === 'within').toBe(now >= window.opensAt && now < lastInstant(window));
        expect(issue !== 'within' || cast === 'within').toBe(true);
        // whenever the urn may be closed, no ballot is accepted any more
        const close = requireAct({ ...window, state: 'open', now, linksMailed: true }, 'close');
        expect(!close.ok || cast === 'CLOSED').toBe(true);
      }),
    );
  });

  it('is shut while the opening time is not known', () => {
    const window = { opensAt: null, closesAt: CLOSES, graceSeconds: 0 };
    expect(withinWindow(window, DURING, true)).toBe('NOT_OPEN');
  });
});
