import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../../http/app.tsx';
import { trackerText } from '../../protocol/ballot.ts';
import { nodePrimitives } from '../../protocol/node/primitives.ts';
import { accept } from '../../protocol/outcome.ts';
import { parseReceipt, verifyReceipt } from '../../protocol/receipt.ts';
import type { ElectionState } from '../../domain/election.ts';
import { updateElection } from '../../store/elections.ts';
import { insertMails } from '../../store/mail.ts';
import { type BuiltElection, type BuiltVoter, armedElection } from '../../testing/election.ts';
import { type TestRuntime, temporaryRuntime } from '../../testing/runtime.ts';
import { votingRoutes } from './index.ts';

const MINUTE = 60_000;

let test: TestRuntime;
let election: BuiltElection;
let app: ReturnType<typeof createApp>;
let nextVoter = 0;
const nextOf = (): BuiltVoter => {
  const voter = election.voters[nextVoter++];
  if (voter === undefined) throw new Error('no voter left');
  return voter;
};

beforeAll(async () => {
  test = await temporaryRuntime();
  const opensAt = test.clock.now() + 60 * MINUTE;
  election = await armedElection(test.runtime, {
    voters: 40,
    state: 'armed',
    opensAt,
    closesAt: opensAt + 600 * MINUTE,
    contests: [
      {
        title: 'Chair & <treasurer>',
        candidates: ['Ada Lovelace', 'Grace "Amazing" Hopper'],
        shuffled: true,
      },
      { title: 'Board', method: 'approval', min: 2, max: 3, blank: false, candidates: ['A', 'B', 'C', 'D'] },
    ],
  });
  app = createApp(test.runtime, votingRoutes(test.runtime));
  test.clock.set(opensAt);
});
afterAll(() => test.dispose());

const get = async (path: string, headers: Record<string, string> = {}) => {
  const response = await app.request(path, { headers });
  return { status: response.status, headers: response.headers, text: await response.text() };
};

type Fields = readonly (readonly [string, string])[];
const post = async (path: string, fields: Fields) => {
  const response = await app.request(path, {
    method: 'POST',
    headers: { 'Sec-Fetch-Site': 'same-origin', 'Content-Type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(fields.map(([name, value]) => [name, value])).toString(),
  });
  return { status: response.status, text: await response.text() };
};

const codeOf = (html: string): string => /<main[^>]*data-code="([^"]*)"/.exec(html)?.[1] ?? '';
const idsOf = (contest: number): string[] =>
  election.terms.manifest.contests[contest]?.candidates.map(({ id }) => id) ?? [];
const valid = (): Fields => [
  ['contest-0', idsOf(0)[0] ?? ''],
  ['contest-1', idsOf(1)[0] ?? ''],
  ['contest-1', idsOf(1)[2] ?? ''],
];
const hiddenFields = (html: string): Fields => {
  const form = html.slice(html.indexOf('/cast"'));
  return [...form.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]+)"/g)].map((match) => [
    match[1] ?? '',
    match[2] ?? '',
  ]);
};
const setState = (state: ElectionState) =>
  test.runtime.store.inTransaction(async (trx) => {
    await updateElection(trx, election.id, { state });
    return accept(true);
  });
const wrong = (code: string): string => (code.startsWith('1') ? '2' : '1') + code.slice(1);

/** The review page that a voter without JavaScript gets for a valid choice. */
async function reviewed(voter: BuiltVoter, choice = valid()): Promise<Fields> {
  const page = await post(`/vote/${voter.link}/review`, choice);
  expect(codeOf(page.text)).toBe('review');
  return hiddenFields(page.text);
}

describe('each state has its page', () => {
  it.each<[string, ElectionState, number, string, RegExp]>([
    ['not ready', 'arming', 0, 'NOT_OPEN', /Election being prepared/],
    ['not open', 'armed', -10 * MINUTE, 'NOT_OPEN', /Voting opens on Monday,? 2 March 2026/],
    ['the ballot', 'armed', 0, 'ballot', /Chair &amp; &lt;treasurer&gt;/],
    ['closed', 'open', 601 * MINUTE, 'CLOSED', /Voting ended on/],
    ['counted', 'tallied', 0, 'CLOSED', /Voting ended on/],
    ['published', 'published', 0, 'results', /\/results\//],
  ])('%s', async (_, state, offset, code, sentence) => {
    const now = test.clock.now();
    const voter = election.voters[39];
    await setState(state);
    test.clock.step(offset);
    const english = await get(`/vote/${voter?.link}`);
    const french = await get(`/vote/${voter?.link}`, { 'Accept-Language': 'fr' });
    test.clock.set(now);
    await setState('armed');
    expect(english.status).toBe(200);
    expect(codeOf(english.text)).toBe(code);
    expect(english.text).toMatch(sentence);
    expect(french.text).toContain('<html lang="fr">');
    expect(english.headers.get('cache-control')).toBe('no-store');
    expect(english.headers.get('set-cookie')).toBeNull();
    expect(english.text).not.toMatch(/ style=| on[a-z]+=/);
  });

  it('asks to come back at the opening', async () => {
    const now = test.clock.now();
    test.clock.step(-90_000);
    const page = await get(`/vote/${election.voters[39]?.link}`);
    const calendar = await get(`/elections/${election.id}/calendar.ics`);
    test.clock.set(now);
    const refresh = Number(page.headers.get('refresh'));
    expect(refresh).toBeGreaterThanOrEqual(90);
    expect(refresh).toBeLessThan(100);
    expect(calendar.headers.get('content-type')).toContain('text/calendar');
    expect(calendar.text).toContain('DTSTART:20260302T100000Z\r\n');
    expect(calendar.text).not.toContain('/vote/');
  });

  it('S3: unknown, malformed and revoked links get one page', async () => {
    const revoked = nextOf();
    await test.runtime.store.inTransaction(async (trx) => {
      await trx
        .updateTable('voter')
        .set({ link_digest: new Uint8Array(32).fill(3), link_version: 2 })
        .where('id', '=', revoked.id)
        .execute();
      return accept(true);
    });
    const pages = await Promise.all(
      ['A'.repeat(32), 'short', '%00', '%E0%A4', 'x'.repeat(3000), revoked.link].map((link) =>
        get(`/vote/${link}`),
      ),
    );
    expect(new Set(pages.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(pages[0]?.status).toBe(404);
    expect(codeOf(pages[0]?.text ?? '')).toBe('UNKNOWN_LINK');
    for (const action of ['review', 'cast']) {
      const answer = await post(`/vote/${revoked.link}/${action}`, valid());
      expect(`${answer.status} ${codeOf(answer.text)}`).toBe('404 UNKNOWN_LINK');
    }
  });

  it('draws the order from the link, the same at every reload', async () => {
    const orders = new Set<string>();
    for (const { link } of election.voters.slice(20, 36)) {
      const order = async () =>
        [...(await get(`/vote/${link}`)).text.matchAll(/name="contest-0" value="([0-9a-f-]{36})"/g)]
          .map((match) => match[1])
          .join();
      const first = await order();
      expect(await order()).toBe(first);
      orders.add(first);
    }
    expect(orders.size).toBe(2);
  });

  it('lets no choice be sent from a browser that runs scripts', async () => {
    const { text } = await get(`/vote/${election.voters[39]?.link}`);
    const buttons = [...text.matchAll(/<button[^>]*type="submit"[^>]*>/g)].map(([tag]) => tag);
    const outside = text.replace(/<noscript>.*?<\/noscript>/gs, '');
    const ballotForm = /<form id="ballot-form".*?<\/form>/s.exec(outside)?.[0] ?? '';
    expect(buttons.length).toBeGreaterThan(1);
    expect(ballotForm.match(/<button[^>]*type="submit"[^>]*>/g)).toEqual([
      expect.stringMatching(/ disabled(="")? hidden/),
    ]);
    expect(text).not.toMatch(/ checked/);
  });
});

describe('a vote without JavaScript', () => {
  it('goes through three pages and ends with a receipt that verifies', async () => {
    const voter = nextOf();
    const plain = await get(`/vote/${voter.link}?seal=server`);
    expect(plain.text).toContain('Your choice will be sealed by the server');
    const fields = await reviewed(voter);
    const done = await post(`/vote/${voter.link}/cast`, [
      ...fields,
      ['code', ` ${voter.code.slice(0, 3)} ${voter.code.slice(3)}`],
    ]);
    expect(`${done.status} ${codeOf(done.text)}`).toBe('200 done');
    const file = /href="data:application\/json;charset=utf-8,([^"]+)"/.exec(done.text)?.[1] ?? '';
    const receipt = parseReceipt(decodeURIComponent(file));
    if (!receipt.ok) throw new Error('no receipt');
    expect(await verifyReceipt(nodePrimitives, election.terms, receipt.value)).toBe(true);
    expect(done.text).toContain(trackerText(receipt.value.tracker));
    for (const id of [...idsOf(0), ...idsOf(1)]) expect(done.text).not.toContain(id);

    // a reload of the answer, a double click, a wrong code now: the same receipt
    const again = await post(`/vote/${voter.link}/cast`, [...fields, ['code', '000000']]);
    expect(again.text).toBe(done.text);
    const urn = await test.runtime.store.read
      .selectFrom('urn')
      .select('server_sealed')
      .executeTakeFirstOrThrow();
    expect(urn.server_sealed).toBe(1);
    expect(codeOf((await get(`/vote/${voter.link}`)).text)).toBe('ALREADY_VOTED');
  });

  it('gives one ballot and one receipt for 20 sendings of one form at once', async () => {
    const voter = nextOf();
    const fields = await reviewed(voter);
    const before = await ballots();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => post(`/vote/${voter.link}/cast`, [...fields, ['code', voter.code]])),
    );
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(answers[0]?.status).toBe(200);
    expect(await ballots()).toBe(before + 1);
  });

  it('refuses another choice after voting, from another form or the same one changed', async () => {
    const voter = nextOf();
    const first = await reviewed(voter);
    const second = await reviewed(voter);
    expect((await post(`/vote/${voter.link}/cast`, [...first, ['code', voter.code]])).status).toBe(200);
    const other = await post(`/vote/${voter.link}/cast`, [...second, ['code', voter.code]]);
    expect(`${other.status} ${codeOf(other.text)}`).toBe('409 ALREADY_VOTED');
    const changed = first.map(([name, value]): [string, string] => [
      name,
      name === 'contest-0' ? (idsOf(0)[1] ?? '') : value,
    ]);
    const forged = await post(`/vote/${voter.link}/cast`, [...changed, ['code', voter.code]]);
    expect(codeOf(forged.text)).toBe('ALREADY_VOTED');
  });

  it('tells every fault of a ballot at once and keeps what was ticked', async () => {
    const voter = nextOf();
    const [a = '', b = '', c = '', d = ''] = idsOf(1);
    const cases: [Fields, RegExp][] = [
      [
        [],
        /Chair &amp; &lt;treasurer&gt; – choose an answer, or the blank vote\..*Board – choose an answer\./s,
      ],
      [
        [
          ['contest-0', 'blank'],
          ['contest-1', a],
        ],
        /Board – choose 2 at least/,
      ],
      [
        [['contest-0', 'blank'], ...[a, b, c, d].map((id) => ['contest-1', id] as const)],
        /Board – choose 3 at most/,
      ],
      [
        [
          ['contest-0', idsOf(0)[0] ?? ''],
          ['contest-0', 'blank'],
          ['contest-1', a],
          ['contest-1', b],
        ],
        /a blank vote cannot stand/,
      ],
      [
        [
          ['contest-0', 'blank'],
          ['contest-1', 'blank'],
        ],
        /Board – this choice is not on the ballot/,
      ],
      [
        [
          ['contest-0', a],
          ['contest-1', a],
          ['contest-1', b],
        ],
        /not on the ballot/,
      ],
      [
        [
          ['contest-0', 'blank'],
          ['contest-1', a],
          ['contest-1', a],
        ],
        /not on the ballot/,
      ],
    ];
    for (const [fields, sentence] of cases) {
      const page = await post(`/vote/${voter.link}/review`, fields);
      expect(page.status).toBe(422);
      expect(page.text).toMatch(sentence);
    }
    const kept = await post(`/vote/${voter.link}/review`, [['contest-1', a]]);
    expect(kept.text).toMatch(new RegExp(`value="${a}"[^>]* checked`));
    const change = await post(`/vote/${voter.link}/review`, [...valid(), ['change', '1']]);
    expect(`${change.status} ${codeOf(change.text)}`).toBe('200 ballot');
    expect(change.text.match(/ checked/g)).toHaveLength(3);
  });

  it('keeps the choice over a wrong code, counts it, and counts no error of form', async () => {
    const voter = nextOf();
    const fields = await reviewed(voter);
    const cast = (code: string) => post(`/vote/${voter.link}/cast`, [...fields, ['code', code]]);
    for (const code of ['', 'abc', '12 34 5x', '123', '123456789']) {
      const page = await cast(code);
      expect(`${page.status} ${codeOf(page.text)}`).toBe('400 MALFORMED');
    }
    for (const left of [
      '4 tries are left',
      '3 tries are left',
      '2 tries are left',
      'One try is left',
      '15 minutes',
    ]) {
      const page = await cast(wrong(voter.code));
      expect(`${page.status} ${codeOf(page.text)}`).toBe('403 WRONG_CODE');
      expect(page.text).toContain(left);
      expect(hiddenFields(page.text)).toEqual(fields);
      expect(page.text).not.toContain(voter.code);
    }
    const locked = await cast(voter.code);
    expect(`${locked.status} ${codeOf(locked.text)}`).toBe('423 LOCKED');
    expect(codeOf((await get(`/vote/${voter.link}`)).text)).toBe('LOCKED');
    test.clock.step(15 * MINUTE);
    expect((await cast(voter.code)).status).toBe(200);
  });

  it('sends the mail again to the same address, at most every 15 minutes, and shows no address', async () => {
    const voter = nextOf();
    const fields = await reviewed(voter);
    const sentAt = test.clock.now();
    const mail = {
      id: '11111111-1111-4111-8111-111111111111',
      electionId: election.id,
      voterId: voter.id,
      kind: 'link',
      batch: '1',
      recipient: null,
      messageId: '<first@example.org>',
    } as const;
    await test.runtime.store.inTransaction(async (trx) => {
      await insertMails(trx, [mail], sentAt);
      await trx
        .updateTable('mail')
        .set({ state: 'sent', sent_at: sentAt })
        .where('id', '=', mail.id)
        .execute();
      return accept(true);
    });
    const stateOf = async () =>
      test.runtime.store.read
        .selectFrom('mail')
        .select(['state', 'message_id'])
        .where('id', '=', mail.id)
        .executeTakeFirstOrThrow();
    const early = await post(`/vote/${voter.link}/resend`, fields);
    expect(codeOf(early.text)).toBe('review');
    expect(hiddenFields(early.text)).toEqual(fields);
    expect(early.text).not.toContain(voter.email);
    expect((await stateOf()).state).toBe('sent');
    test.clock.step(15 * MINUTE);
    const later = await post(`/vote/${voter.link}/resend`, fields);
    test.clock.set(sentAt);
    expect(later.text).toBe(early.text);
    const resent = await stateOf();
    expect(resent.state).toBe('queued');
    expect(resent.message_id).not.toBe(mail.messageId);
  });

  it('tells at the close whether the vote was recorded', async () => {
    const now = test.clock.now();
    const late = nextOf();
    const inTime = nextOf();
    const [lateFields, fields] = [await reviewed(late), await reviewed(inTime)];
    const cast = (voter: BuiltVoter, its: Fields) =>
      post(`/vote/${voter.link}/cast`, [...its, ['code', voter.code]]);
    const done = await cast(inTime, fields);
    test.clock.set(Date.parse(election.terms.manifest.closesAt));
    expect(codeOf((await cast(late, lateFields)).text)).toBe('CLOSED');
    expect((await cast(inTime, fields)).text).toBe(done.text);
    test.clock.set(now);
  });

  it('refuses a form from elsewhere', async () => {
    const voter = nextOf();
    const response = await app.request(`/vote/${voter.link}/cast`, {
      method: 'POST',
      headers: { 'Sec-Fetch-Site': 'cross-site', 'Content-Type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams([['code', voter.code]]).toString(),
    });
    expect(response.status).toBe(403);
  });

  const ballots = async (): Promise<number> =>
    (await test.runtime.store.read.selectFrom('ballot').select('pk').execute()).length;
});
