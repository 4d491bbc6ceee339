import PostalMime from 'postal-mime';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CodeChannel } from '../../domain/mail-template.ts';
import { deliverQueued } from '../../mail/deliver.ts';
import { accept } from '../../protocol/outcome.ts';
import { resendLink } from '../voting/resend-link.ts';
import { type BuiltElection, armedElection } from '../../testing/election.ts';
import { type OpenedRuntime, openTestRuntime } from '../../testing/runtime.ts';
import { type SmtpSink, openSmtpSink } from '../../testing/smtp-sink.ts';
import { chooseCodeChannel } from './code-channel.ts';
import { sendLinks } from './send-links.ts';
import { type RunKind, requireRun, runStandings, sendRun } from './send-run.ts';

let sink: SmtpSink;
let runtime: OpenedRuntime;
beforeEach(async () => {
  sink = await openSmtpSink();
  runtime = await openTestRuntime({
    environment: {
      PUBLIC_URL: 'https://vote.example.org',
      SMTP_HOST: '127.0.0.1',
      SMTP_PORT: String(sink.port),
      SMTP_TLS: 'none',
      MAIL_FROM: 'votix@example.org',
    },
  });
});
afterEach(async () => {
  await runtime.cleanup();
  await sink.close();
});

const run = (election: BuiltElection, kind: RunKind) =>
  sendRun(runtime, { electionId: election.id, kind, actor: 'olive@school.example' });

const setState = (election: BuiltElection, state: 'open' | 'published') =>
  runtime.store.inTransaction(async (trx) => {
    await trx.updateTable('election').set({ state }).where('id', '=', election.id).execute();
    return accept(undefined);
  });

const mark = (...voters: readonly ({ readonly id: string } | undefined)[]) =>
  runtime.store.inTransaction(async (trx) => {
    const ids = voters.map((voter) => voter?.id ?? '');
    const blinded_digest = new Uint8Array(32);
    await trx.updateTable('voter').set({ is_marked: 1, blinded_digest }).where('id', 'in', ids).execute();
    return accept(undefined);
  });

/** What the server took, as a mail program reads it. */
const taken = () =>
  Promise.all(
    sink.mails.map(async ({ to, raw }) => {
      const { subject = '', text = '', html = '' } = await PostalMime.parse(raw);
      return { to: to[0] ?? '', subject, text, html, both: `${text}\n${html}` };
    }),
  );

const spaced = (code: string): string => `${code.slice(0, 3)} ${code.slice(3)}`;

describe('invitations', () => {
  test('go once to who has not voted, hold no link and no code, and pick up who came later', async () => {
    const election = await armedElection(runtime, { voters: 5, state: 'armed' });
    await mark(election.voters[0]);
    expect(await run(election, 'invitation')).toMatchObject({ value: { queued: 4 } });
    expect(await run(election, 'invitation')).toMatchObject({ value: { queued: 0 } });
    expect(await deliverQueued(runtime)).toMatchObject({ sent: 4 });
    const mails = await taken();
    expect(new Set(mails.map(({ to }) => to)).size).toBe(4);
    for (const { subject, both } of mails) {
      expect(subject).toBe('You will be asked to vote: General assembly');
      expect(both).not.toContain('/vote/');
      for (const { link, code } of election.voters) {
        expect(both).not.toContain(link);
        expect(both).not.toContain(spaced(code));
      }
    }
    expect(await runStandings(runtime, election.id, 'invitation')).toMatchObject({ toSend: 0, sent: 4 });
  });
});

describe('reminders', () => {
  test('go to who got a link and has not voted, asked again as each leaves', async () => {
    const election = await armedElection(runtime, { voters: 6, state: 'open' });
    await sendLinks(runtime, { electionId: election.id, actor: 'cli' });
    // the link of the last one never leaves
    await runtime.store.inTransaction(async (trx) => {
      await trx
        .updateTable('mail')
        .set({ state: 'refused', answer: '550' })
        .where('voter_id', '=', election.voters[5]?.id ?? '')
        .execute();
      return accept(undefined);
    });
    await deliverQueued(runtime);
    sink.mails.length = 0;
    await mark(election.voters[0]);
    expect(await runStandings(runtime, election.id, 'reminder')).toMatchObject({ toSend: 4 });
    expect(await run(election, 'reminder')).toMatchObject({ value: { queued: 4 } });
    await mark(election.voters[1]);
    expect(await deliverQueued(runtime)).toMatchObject({ sent: 3, skipped: 1 });
    const mails = await taken();
    expect(mails.map(({ to }) => to).sort()).toEqual(election.voters.slice(2, 5).map(({ email }) => email));
    for (const { to, text } of mails) {
      const voter = election.voters.find(({ email }) => email === to);
      expect(text).toContain(`https://vote.example.org${voter === undefined ? '' : election.path(voter)}`);
      expect(text).not.toContain(spaced(voter?.code ?? ''));
      expect(text).toContain('Your code stands in the e-mail that first brought your link');
    }
  });

  test('two clicks are one reminder; the next ones need a quarter of an hour', async () => {
    const election = await armedElection(runtime, { voters: 3, state: 'open' });
    await sendLinks(runtime, { electionId: election.id, actor: 'cli' });
    await deliverQueued(runtime);
    const both = await Promise.all([run(election, 'reminder'), run(election, 'reminder')]);
    const queued = both.map((one) => (one.ok ? one.value.queued : 0));
    expect(queued.sort((a, b) => a - b)).toEqual([0, 3]);
    const until = runtime.clock.now() + 15 * 60_000;
    expect(await run(election, 'reminder')).toMatchObject({ code: 'REMINDED_LATELY', detail: { until } });
    expect(await requireRun(runtime, election.id, 'reminder')).toMatchObject({ code: 'REMINDED_LATELY' });
    runtime.clock.step(15 * 60_000);
    expect(await run(election, 'reminder')).toMatchObject({ value: { queued: 3 } });
    expect(await deliverQueued(runtime)).toMatchObject({ sent: 6 });
  });

  test('a run that broke off between two thousands goes on where it stopped', async () => {
    const election = await armedElection(runtime, { voters: 1_200, state: 'open' });
    await sendLinks(runtime, { electionId: election.id, actor: 'cli' });
    await runtime.store.inTransaction(async (trx) => {
      await trx.updateTable('mail').set({ state: 'sent', sent_at: 0 }).execute();
      return accept(undefined);
    });
    const breaking = sendRun(runtime, {
      electionId: election.id,
      kind: 'reminder',
      actor: 'cli',
      onProgress: () => {
        throw new Error('the process is gone');
      },
    });
    await expect(breaking).rejects.toThrow('the process is gone');
    expect(await runStandings(runtime, election.id, 'reminder')).toMatchObject({
      queued: 1_000,
      toSend: 200,
    });
    expect(await run(election, 'reminder')).toMatchObject({ value: { queued: 200 } });
    const rows = await runtime.store.read
      .selectFrom('mail')
      .select(['voter_id', 'batch'])
      .where('kind', '=', 'reminder')
      .execute();
    expect(new Set(rows.map(({ batch }) => batch))).toEqual(new Set(['1']));
    expect(new Set(rows.map(({ voter_id }) => voter_id)).size).toBe(1_200);
    const entries = await runtime.store.read
      .selectFrom('audit_entry')
      .select('fields')
      .where('kind', '=', 'reminders-queued')
      .orderBy('seq')
      .execute();
    expect(entries.map(({ fields }) => fields)).toEqual(['{"count":1000}', '{"count":200}']);
  });

  test('wait for the opening, and end with the vote', async () => {
    const election = await armedElection(runtime, { voters: 1, state: 'armed' });
    expect(await run(election, 'reminder')).toMatchObject({ code: 'NOT_OPEN' });
    await setState(election, 'open');
    runtime.clock.step(3 * 3_600_000);
    expect(await run(election, 'reminder')).toMatchObject({ code: 'CLOSED' });
  });
});

describe('mails about the results', () => {
  test('go to everybody in the same words, voted or not, once published', async () => {
    const election = await armedElection(runtime, { voters: 4, state: 'open' });
    await mark(election.voters[0], election.voters[1]);
    expect(await run(election, 'result')).toMatchObject({ code: 'NOT_PUBLISHED' });
    await setState(election, 'published');
    expect(await run(election, 'result')).toMatchObject({ value: { queued: 4 } });
    expect(await deliverQueued(runtime)).toMatchObject({ sent: 4 });
    const texts = (await taken()).map(({ text }) => text.replace(/^Hello .*,$/m, ''));
    expect(new Set(texts).size).toBe(1);
    expect(texts[0]).toContain(`https://vote.example.org/results/${election.id}`);
  });
});

describe('the way of the codes', () => {
  const choose = (election: BuiltElection, channel: CodeChannel) =>
    chooseCodeChannel(runtime, { electionId: election.id, channel, actor: 'olive@school.example' });

  test('apart: two mails for each voter, never link and code in one, also when asked for again', async () => {
    const election = await armedElection(runtime, { voters: 3, state: 'open' });
    expect(await choose(election, 'separate')).toMatchObject({ ok: true });
    await sendLinks(runtime, { electionId: election.id, actor: 'cli' });
    await sendLinks(runtime, { electionId: election.id, actor: 'cli' });
    expect(await deliverQueued(runtime)).toMatchObject({ sent: 6 });
    runtime.clock.step(16 * 60_000);
    await resendLink(runtime, election.voters[0]?.link ?? '');
    expect(await deliverQueued(runtime)).toMatchObject({ sent: 2 });
    const mails = await taken();
    for (const voter of election.voters) {
      const own = mails.filter(({ to }) => to === voter.email);
      const withLink = own.filter(({ both }) => both.includes(voter.link));
      const withCode = own.filter(({ both }) => both.includes(spaced(voter.code)));
      const times = voter === election.voters[0] ? 2 : 1;
      expect([withLink.length, withCode.length]).toEqual([times, times]);
      expect(own.filter(({ both }) => both.includes('/vote/') && both.includes(spaced(voter.code)))).toEqual(
        [],
      );
      expect(withLink[0]?.text).toContain('Your code comes in an e-mail of its own.');
    }
    expect(await choose(election, 'mail')).toMatchObject({ code: 'CODE_CHANNEL_FIXED' });
    expect(await choose(election, 'separate')).toMatchObject({ ok: true });
  });

  test('on paper: no e-mail holds a code', async () => {
    const election = await armedElection(runtime, { voters: 2, state: 'open' });
    await choose(election, 'sheet');
    await sendLinks(runtime, { electionId: election.id, actor: 'cli' });
    expect(await deliverQueued(runtime)).toMatchObject({ sent: 2 });
    for (const { both, text } of await taken()) {
      for (const { code } of election.voters) {
        expect(both).not.toContain(code);
        expect(both).not.toContain(spaced(code));
      }
      expect(text).toContain('on the sheet of paper');
    }
  });

  test('is on the record once', async () => {
    const election = await armedElection(runtime, { voters: 1, state: 'armed' });
    await choose(election, 'sheet');
    await choose(election, 'sheet');
    const entries = await runtime.store.read
      .selectFrom('audit_entry')
      .select('fields')
      .where('kind', '=', 'code-channel-chosen')
      .execute();
    expect(entries).toEqual([{ fields: '{"channel":"sheet"}' }]);
  });
});
