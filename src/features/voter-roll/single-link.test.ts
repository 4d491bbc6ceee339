import { afterAll, beforeAll, expect, it } from 'vitest';
import { createApp } from '../../http/app.tsx';
import { accept } from '../../protocol/outcome.ts';
import { updateElection } from '../../store/elections.ts';
import { eventOfRow } from '../../store/public-events.ts';
import type { Transaction } from '../../store/store.ts';
import { draftElection } from '../../testing/draft-election.ts';
import { armedElection } from '../../testing/election.ts';
import { type OpenedRuntime, openTestRuntime } from '../../testing/runtime.ts';
import { CAST, formPost, signInAs } from '../../testing/staff.ts';
import { linkOf } from '../../voter-secrets.ts';

let runtime: OpenedRuntime;
let app: ReturnType<typeof createApp>;
let theo: Record<string, string>;
beforeAll(async () => {
  runtime = await openTestRuntime();
  app = createApp(runtime);
  theo = await signInAs(app, runtime, 'technician');
});
afterAll(() => runtime.cleanup());

const write = (work: (trx: Transaction) => Promise<void>) =>
  runtime.store.inTransaction(async (trx) => {
    await work(trx);
    return accept(true);
  });
const mark = (voterId: string) =>
  write(async (trx) => {
    const marked = { is_marked: 1 as const, blinded_digest: new Uint8Array(32) };
    await trx.updateTable('voter').set(marked).where('id', '=', voterId).execute();
  });
const mailsOf = (voterId: string) =>
  runtime.store.read
    .selectFrom('mail')
    .select(['kind', 'batch', 'state', 'message_id'])
    .where('voter_id', '=', voterId)
    .orderBy('batch')
    .execute();
const settle = (voterId: string, state: 'sent' | 'skipped' | 'refused', answer: string | null = null) =>
  write(async (trx) => {
    const sent_at = state === 'sent' ? runtime.clock.now() : null;
    await trx.updateTable('mail').set({ state, sent_at, answer }).where('voter_id', '=', voterId).execute();
  });

async function scene(state: 'armed' | 'open' = 'open') {
  const { id, voters } = await armedElection(runtime, { voters: 2, state });
  const [one, two] = voters;
  if (one === undefined || two === undefined) throw new Error('two voters');
  const path = `/elections/${id}/voters/${one.id}`;
  const post = (act: string, headers = theo) => app.request(`${path}/${act}`, formPost({}, headers));
  const page = async () => (await app.request(path, { headers: theo })).text();
  const audited = async () => {
    const rows = await runtime.store.read
      .selectFrom('audit_entry')
      .select(['kind', 'actor', 'fields'])
      .where('election_id', '=', id)
      .where('kind', 'like', 'voter-%')
      .orderBy('seq')
      .execute();
    return rows.map(({ kind, actor, fields }) => [kind, actor, fields]);
  };
  return { id, one, two, path, post, page, audited };
}

it('is queued once however often it is asked for, and again once it was sent', async () => {
  const { id, one, two, path, post, page, audited } = await scene('armed');
  expect(await page()).toContain('Not sent yet');
  expect((await post('send-link')).headers.get('location')).toBe(`${path}?did=linkSent`);
  await post('send-link');
  expect(await mailsOf(one.id)).toMatchObject([{ kind: 'link', batch: '1', state: 'queued' }]);
  expect(await mailsOf(two.id)).toEqual([]);
  expect(await page()).toContain('On its way');
  expect(await page()).not.toContain('/send-link');
  expect(await audited()).toEqual([['voter-link-queued', CAST.technician.email, '{}']]);
  const election = await runtime.store.read
    .selectFrom('election')
    .select('links_mailed')
    .where('id', '=', id)
    .executeTakeFirst();
  expect(election?.links_mailed).toBe(1);

  await settle(one.id, 'sent');
  expect(await page()).toContain('Send the link again');
  const [before] = await mailsOf(one.id);
  await post('send-link');
  const [after] = await mailsOf(one.id);
  expect(after?.state).toBe('queued');
  expect(after?.message_id).not.toBe(before?.message_id);

  await settle(one.id, 'refused', '550 no such user <b>');
  expect(await page()).toContain('550 no such user &lt;b&gt;');
});

it('says the same of a mail that was sent and of one that was no longer needed', async () => {
  const { one, page } = await scene();
  await write(async (trx) => {
    const mail = { id: '11111111-1111-4111-8111-111111111111', voter_id: one.id, kind: 'link' as const };
    const rest = { batch: '1', state: 'sent' as const, due_at: 0, message_id: '<1@x>', created_at: 0 };
    await trx
      .insertInto('mail')
      .values({
        ...mail,
        ...rest,
        election_id: null,
        recipient: null,
        claimed_by: null,
        claimed_at: null,
        answer: '250 ok',
        sent_at: 1,
      })
      .execute();
  });
  const sent = await page();
  await settle(one.id, 'skipped', 'HAS_VOTED');
  expect(await page()).toBe(sent);
});

it('is sent to a voter who has voted without a word about it', async () => {
  const { one, two, post, path, id } = await scene();
  const other = `/elections/${id}/voters/${two.id}`;
  await mark(one.id);
  expect((await post('send-link')).headers.get('location')).toBe(`${path}?did=linkSent`);
  const answer = await app.request(`${other}/send-link`, formPost({}, theo));
  expect(answer.headers.get('location')).toBe(`${other}?did=linkSent`);
});

it('is replaced: the old one answers like an unknown one, the new one is mailed, the record counts it', async () => {
  const { id, one, two, path, post, audited } = await scene();
  await post('send-link');
  expect((await app.request(`/vote/${one.link}`)).status).toBe(200);
  expect((await post('new-link')).headers.get('location')).toBe(`${path}?did=linkReplaced`);
  const old = await app.request(`/vote/${one.link}`);
  const unknown = await app.request(`/vote/${'A'.repeat(32)}`);
  expect(old.status).toBe(404);
  const plain = (html: string) => html.replaceAll(one.link, '').replaceAll('A'.repeat(32), '');
  expect(plain(await old.text())).toBe(plain(await unknown.text()));
  const link = linkOf(runtime.secret, { id: one.id, link_version: 2 });
  expect((await app.request(`/vote/${link}`)).status).toBe(200);
  expect((await app.request(`/vote/${two.link}`)).status).toBe(200);
  expect(await mailsOf(one.id)).toMatchObject([{ batch: '1' }, { batch: '2', state: 'queued' }]);
  const events = await runtime.store.read
    .selectFrom('public_event')
    .select('content')
    .where('election_id', '=', id)
    .execute();
  expect(events.map(({ content }) => eventOfRow(content).kind)).toEqual(['linksReplaced']);
  expect((await audited()).map(([kind]) => kind)).toEqual(['voter-link-queued', 'voter-link-replaced']);
});

it('is not replaced once a credential was issued, nor sent before the key is proven or after the end', async () => {
  const { id, one, post } = await scene();
  await mark(one.id);
  const marked = await post('new-link');
  expect(marked.status).toBe(409);
  expect(await marked.text()).toContain('data-code="VOTER_MARKED"');
  expect((await app.request(`/vote/${one.link}`)).status).toBe(200);

  await write((trx) => updateElection(trx, id, { closes_at: runtime.clock.now() }));
  for (const act of ['send-link', 'new-link']) {
    expect(await (await post(act)).text()).toContain('data-code="CLOSED"');
  }
  const draft = await draftElection(runtime);
  const strange = await app.request(`/elections/${draft}/voters/${one.id}/send-link`, formPost({}, theo));
  expect(await strange.text()).toContain('data-code="NOT_ARMED"');
  const { id: other } = await armedElection(runtime, { voters: 1 });
  for (const act of ['send-link', 'new-link']) {
    expect(
      (await app.request(`/elections/${other}/voters/${one.id}/${act}`, formPost({}, theo))).status,
    ).toBe(404);
  }
});

it('is for staff', async () => {
  const { one, post } = await scene();
  for (const act of ['send-link', 'new-link']) {
    expect((await post(act, {})).status).toBe(401);
  }
  expect(await mailsOf(one.id)).toEqual([]);
});

it('is found in the list by how its mail stands, and by building, promotion and lock', async () => {
  const { id, one, two, post } = await scene();
  await write(async (trx) => {
    await trx
      .updateTable('voter')
      .set({ building: 'Perrault', promotion: 'E1' })
      .where('id', '=', one.id)
      .execute();
    const tries = { recent_wrong_at: '[]', total_wrong: 20, locked_until: null };
    await trx
      .insertInto('code_tries')
      .values({ voter_id: two.id, ...tries })
      .execute();
  });
  await post('send-link');
  const found = async (query: string) => {
    const html = await (
      await app.request(`/elections/${id}/register-voter?${query}`, { headers: theo })
    ).text();
    const listing = html.slice(html.indexOf('<table'));
    return [one, two].map(({ id: voter }) => listing.includes(voter));
  };
  expect(await found('')).toEqual([true, true]);
  expect(await found('link=waiting')).toEqual([true, false]);
  expect(await found('link=none')).toEqual([false, true]);
  expect(await found('link=locked')).toEqual([false, true]);
  await settle(one.id, 'refused');
  expect(await found('link=refused')).toEqual([true, false]);
  expect(await found('building=%3DPerrault')).toEqual([true, false]);
  expect(await found('building=%3D')).toEqual([false, true]);
  expect(await found('promotion=%3DE1&building=%3D')).toEqual([false, false]);
  expect(await found('building=Perrault&link=nothing')).toEqual([true, true]);
});
