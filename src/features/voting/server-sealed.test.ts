import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { trackerText } from '../../protocol/ballot.ts';
import { nodePrimitives } from '../../protocol/node/primitives.ts';
import { accept } from '../../protocol/outcome.ts';
import { parseReceipt, verifyReceipt } from '../../protocol/receipt.ts';
import { insertMails } from '../../store/mail.ts';
import type { BuiltVoter } from '../../testing/election.ts';
import {
  type Fields,
  MINUTE,
  type VoterForms,
  codeOf,
  hiddenFields,
  voterForms,
} from '../../testing/voter-forms.ts';
import { votingRoutes } from './index.ts';

let forms: VoterForms;
beforeAll(async () => {
  forms = await voterForms(votingRoutes);
});
afterAll(() => forms.test.dispose());

const wrong = (code: string): string => (code.startsWith('1') ? '2' : '1') + code.slice(1);

describe('a vote without JavaScript', () => {
  it('goes through three pages and ends with a receipt that verifies', async () => {
    const voter = forms.nextVoter();
    const plain = await forms.get(`/vote/${voter.link}?seal=server`);
    expect(plain.text).toContain('Your choice will be sealed by the server');
    const fields = await forms.reviewed(voter);
    const done = await forms.post(`/vote/${voter.link}/cast`, [
      ...fields,
      ['code', ` ${voter.code.slice(0, 3)} ${voter.code.slice(3)}`],
    ]);
    expect(`${done.status} ${codeOf(done.text)}`).toBe('200 done');
    const file = /href="data:application\/json;charset=utf-8,([^"]+)"/.exec(done.text)?.[1] ?? '';
    const receipt = parseReceipt(decodeURIComponent(file));
    if (!receipt.ok) throw new Error('no receipt');
    expect(await verifyReceipt(nodePrimitives, forms.election.terms, receipt.value)).toBe(true);
    expect(done.text).toContain(trackerText(receipt.value.tracker));
    for (const id of [...forms.idsOf(0), ...forms.idsOf(1)]) expect(done.text).not.toContain(id);

    // a reload of the answer, a double click, a wrong code now: the same receipt
    const again = await forms.post(`/vote/${voter.link}/cast`, [...fields, ['code', '000000']]);
    expect(again.text).toBe(done.text);
    const urn = await forms.test.runtime.store.read
      .selectFrom('urn')
      .select('server_sealed')
      .executeTakeFirstOrThrow();
    expect(urn.server_sealed).toBe(1);
    expect(codeOf((await forms.get(`/vote/${voter.link}`)).text)).toBe('ALREADY_VOTED');
  });

  it('gives one ballot and one receipt for 20 sendings of one form at once', async () => {
    const voter = forms.nextVoter();
    const fields = await forms.reviewed(voter);
    const before = await ballots();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        forms.post(`/vote/${voter.link}/cast`, [...fields, ['code', voter.code]]),
      ),
    );
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(answers[0]?.status).toBe(200);
    expect(await ballots()).toBe(before + 1);
  });

  it('refuses another choice after voting, from another form or the same one changed', async () => {
    const voter = forms.nextVoter();
    const first = await forms.reviewed(voter);
    const second = await forms.reviewed(voter);
    expect((await forms.post(`/vote/${voter.link}/cast`, [...first, ['code', voter.code]])).status).toBe(200);
    const other = await forms.post(`/vote/${voter.link}/cast`, [...second, ['code', voter.code]]);
    expect(`${other.status} ${codeOf(other.text)}`).toBe('409 ALREADY_VOTED');
    const changed = first.map(([name, value]): [string, string] => [
      name,
      name === 'contest-0' ? (forms.idsOf(0)[1] ?? '') : value,
    ]);
    const forged = await forms.post(`/vote/${voter.link}/cast`, [...changed, ['code', voter.code]]);
    expect(codeOf(forged.text)).toBe('ALREADY_VOTED');
  });

  it('tells every fault of a ballot at once and keeps what was ticked', async () => {
    const voter = forms.nextVoter();
    const [a = '', b = '', c = '', d = ''] = forms.idsOf(1);
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
          ['contest-0', forms.idsOf(0)[0] ?? ''],
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
      const page = await forms.post(`/vote/${voter.link}/review`, fields);
      expect(page.status).toBe(422);
      expect(page.text).toMatch(sentence);
    }
    const kept = await forms.post(`/vote/${voter.link}/review`, [['contest-1', a]]);
    expect(kept.text).toMatch(new RegExp(`value="${a}"[^>]* checked`));
    const change = await forms.post(`/vote/${voter.link}/review`, [...forms.validChoice(), ['change', '1']]);
    expect(`${change.status} ${codeOf(change.text)}`).toBe('200 ballot');
    expect(change.text.match(/ checked/g)).toHaveLength(3);
  });

  it('keeps the choice over a wrong code, counts it, and counts no error of form', async () => {
    const voter = forms.nextVoter();
    const fields = await forms.reviewed(voter);
    const cast = (code: string) => forms.post(`/vote/${voter.link}/cast`, [...fields, ['code', code]]);
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
    expect(codeOf((await forms.get(`/vote/${voter.link}`)).text)).toBe('LOCKED');
    forms.test.clock.step(15 * MINUTE);
    expect((await cast(voter.code)).status).toBe(200);
  });

  it('sends the mail again to the same address, at most every 15 minutes, and shows no address', async () => {
    const voter = forms.nextVoter();
    const fields = await forms.reviewed(voter);
    const sentAt = forms.test.clock.now();
    const mail = {
      id: '11111111-1111-4111-8111-111111111111',
      electionId: forms.election.id,
      voterId: voter.id,
      kind: 'link',
      batch: '1',
      recipient: null,
      messageId: '<first@example.org>',
    } as const;
    await forms.test.runtime.store.inTransaction(async (trx) => {
      await insertMails(trx, [mail], sentAt);
      await trx
        .updateTable('mail')
        .set({ state: 'sent', sent_at: sentAt })
        .where('id', '=', mail.id)
        .execute();
      return accept(true);
    });
    const stateOf = async () =>
      forms.test.runtime.store.read
        .selectFrom('mail')
        .select(['state', 'message_id'])
        .where('id', '=', mail.id)
        .executeTakeFirstOrThrow();
    const early = await forms.post(`/vote/${voter.link}/resend`, fields);
    expect(codeOf(early.text)).toBe('review');
    expect(hiddenFields(early.text)).toEqual(fields);
    expect(early.text).not.toContain(voter.email);
    expect((await stateOf()).state).toBe('sent');
    forms.test.clock.step(15 * MINUTE);
    const later = await forms.post(`/vote/${voter.link}/resend`, fields);
    forms.test.clock.set(sentAt);
    expect(later.text).toBe(early.text);
    const resent = await stateOf();
    expect(resent.state).toBe('queued');
    expect(resent.message_id).not.toBe(mail.messageId);
  });

  it('tells at the close whether the vote was recorded', async () => {
    const now = forms.test.clock.now();
    const late = forms.nextVoter();
    const inTime = forms.nextVoter();
    const [lateFields, fields] = [await forms.reviewed(late), await forms.reviewed(inTime)];
    const cast = (voter: BuiltVoter, its: Fields) =>
      forms.post(`/vote/${voter.link}/cast`, [...its, ['code', voter.code]]);
    const done = await cast(inTime, fields);
    forms.test.clock.set(Date.parse(forms.election.terms.manifest.closesAt));
    expect(codeOf((await cast(late, lateFields)).text)).toBe('CLOSED');
    expect((await cast(inTime, fields)).text).toBe(done.text);
    forms.test.clock.set(now);
  });

  it('refuses a form from elsewhere', async () => {
    const voter = forms.nextVoter();
    const foreign = { 'Sec-Fetch-Site': 'cross-site' };
    expect((await forms.post(`/vote/${voter.link}/cast`, [['code', voter.code]], foreign)).status).toBe(403);
  });

  const ballots = async (): Promise<number> =>
    (await forms.test.runtime.store.read.selectFrom('ballot').select('pk').execute()).length;
});
