import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ElectionState } from '../../domain/election.ts';
import { accept } from '../../protocol/outcome.ts';
import { updateElection } from '../../store/elections.ts';
import { MINUTE, type VoterForms, codeOf, voterForms } from '../../testing/voter-forms.ts';
import { votingRoutes } from './index.ts';

let forms: VoterForms;
beforeAll(async () => {
  forms = await voterForms(votingRoutes);
});
afterAll(() => forms.test.dispose());

const setState = (state: ElectionState) =>
  forms.test.runtime.store.inTransaction(async (trx) => {
    await updateElection(trx, forms.election.id, { state });
    return accept(true);
  });

describe('each state has its page', () => {
  it.each<[string, ElectionState, number, string, RegExp]>([
    ['not ready', 'arming', 0, 'NOT_OPEN', /Election being prepared/],
    ['not open', 'armed', -10 * MINUTE, 'NOT_OPEN', /Voting opens on Monday,? 2 March 2026/],
    ['the ballot', 'armed', 0, 'ballot', /Chair &amp; &lt;treasurer&gt;/],
    ['closed', 'open', 601 * MINUTE, 'CLOSED', /Voting ended on/],
    ['counted', 'tallied', 0, 'CLOSED', /Voting ended on/],
    ['published', 'published', 0, 'results', /\/results\//],
  ])('%s', async (_, state, offset, code, sentence) => {
    const now = forms.test.clock.now();
    const voter = forms.election.voters[39];
    await setState(state);
    forms.test.clock.step(offset);
    const english = await forms.get(`/vote/${voter?.link}`);
    const french = await forms.get(`/vote/${voter?.link}`, { 'Accept-Language': 'fr' });
    forms.test.clock.set(now);
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
    const now = forms.test.clock.now();
    forms.test.clock.step(-90_000);
    const page = await forms.get(`/vote/${forms.election.voters[39]?.link}`);
    const calendar = await forms.get(`/elections/${forms.election.id}/calendar.ics`);
    forms.test.clock.set(now);
    const refresh = Number(page.headers.get('refresh'));
    expect(refresh).toBeGreaterThanOrEqual(90);
    expect(refresh).toBeLessThan(100);
    expect(calendar.headers.get('content-type')).toContain('text/calendar');
    expect(calendar.text).toContain('DTSTART:20260302T100000Z\r\n');
    expect(calendar.text).not.toContain('/vote/');
  });

  it('S3: unknown, malformed and revoked links get one page', async () => {
    const revoked = forms.nextVoter();
    await forms.test.runtime.store.inTransaction(async (trx) => {
      await trx
        .updateTable('voter')
        .set({ link_digest: new Uint8Array(32).fill(3), link_version: 2 })
        .where('id', '=', revoked.id)
        .execute();
      return accept(true);
    });
    const pages = await Promise.all(
      ['A'.repeat(32), 'short', '%00', '%E0%A4', 'x'.repeat(3000), revoked.link].map((link) =>
        forms.get(`/vote/${link}`),
      ),
    );
    expect(new Set(pages.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(pages[0]?.status).toBe(404);
    expect(codeOf(pages[0]?.text ?? '')).toBe('UNKNOWN_LINK');
    for (const action of ['review', 'cast']) {
      const answer = await forms.post(`/vote/${revoked.link}/${action}`, forms.validChoice());
      expect(`${answer.status} ${codeOf(answer.text)}`).toBe('404 UNKNOWN_LINK');
    }
  });

  it('draws the order from the link, the same at every reload', async () => {
    const orders = new Set<string>();
    for (const { link } of forms.election.voters.slice(20, 36)) {
      const order = async () =>
        [...(await forms.get(`/vote/${link}`)).text.matchAll(/name="contest-0" value="([0-9a-f-]{36})"/g)]
          .map((match) => match[1])
          .join();
      const first = await order();
      expect(await order()).toBe(first);
      orders.add(first);
    }
    expect(orders.size).toBe(2);
  });

  it('lets no choice be sent from a browser that runs scripts', async () => {
    const { text } = await forms.get(`/vote/${forms.election.voters[39]?.link}`);
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
