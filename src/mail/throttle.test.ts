import { afterEach, describe, expect, test } from 'vitest';
import { pauseMail, resumeMail } from '../features/mail-cockpit/pause-mail.ts';
import { sendAdminTest } from '../features/mailing/send-admin-test.ts';
import { sendLinks } from '../features/mailing/send-links.ts';
import { resendLink } from '../features/voting/resend-link.ts';
import type { Config } from '../config.ts';
import { accept } from '../protocol/outcome.ts';
import type { Runtime } from '../runtime.ts';
import { mailFigures } from '../store/mail-figures.ts';
import { type BuiltElection, type ElectionPlan, armedElection } from '../testing/election.ts';
import { type TestRuntime, temporaryRuntime } from '../testing/runtime.ts';
import { type SinkPlan, type SmtpSink, openSmtpSink } from '../testing/smtp-sink.ts';
import { deliverAll } from './deliver-all.ts';
import { deliverQueued } from './deliver.ts';
import { enqueueVoterLink } from './outbox.ts';
import { startMailWorker } from './worker.ts';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

const HOUR = 3_600_000;
const NIGHT = { from: '22:00', until: '07:30', timeZone: 'Europe/Paris' };

interface Scene {
  readonly sink: SmtpSink;
  readonly test: TestRuntime;
  readonly runtime: Runtime;
  readonly election: BuiltElection;
  readonly figures: () => ReturnType<typeof mailFigures>;
}

/** Opens a sink and a runtime whose configuration is laid over by `change`. */
async function scene(
  change: Partial<Pick<Config, 'mailPerMinute' | 'quietHours'>>,
  plan: ElectionPlan = {},
  sinkPlan: SinkPlan = {},
): Promise<Scene> {
  const sink = await openSmtpSink(sinkPlan);
  closers.push(() => sink.close());
  const opened = await temporaryRuntime({
    SMTP_HOST: '127.0.0.1',
    SMTP_PORT: String(sink.port),
    SMTP_TLS: 'none',
    MAIL_FROM: 'votix@example.org',
  });
  closers.push(() => opened.dispose());
  Object.assign(opened.runtime.config, change);
  const { runtime } = opened;
  const closesAt = runtime.clock.now() + 48 * HOUR;
  const election = await armedElection(runtime, { closesAt, ...plan });
  await sendLinks(runtime, { electionId: election.id, actor: 'cli' });
  return {
    sink,
    test: opened,
    runtime,
    election,
    figures: () => mailFigures(runtime.store.read, election.id),
  };
}

describe('the throttle', () => {
  test('lets 10 a minute leave, of two workers together, and says what the rest waits for', async () => {
    const { sink, test: at, runtime, figures } = await scene({ mailPerMinute: 10 }, { voters: 35 });
    const both = await Promise.all([deliverQueued(runtime), deliverQueued(runtime)]);
    expect(both.map(({ waitingFor }) => waitingFor)).toEqual(['throttle', 'throttle']);
    expect(sink.mails).toHaveLength(10);
    at.clock.step(59_999);
    expect(await deliverQueued(runtime)).toMatchObject({ sent: 0, waitingFor: 'throttle' });
    at.clock.step(1);
    expect(await deliverQueued(runtime)).toMatchObject({ sent: 10, waitingFor: 'throttle' });
    at.clock.step(60_000);
    await deliverQueued(runtime);
    at.clock.step(60_000);
    const last = await deliverQueued(runtime);
    expect(last).toMatchObject({ sent: 5, waitingFor: undefined });
    expect(await figures()).toMatchObject({ queued: 0, sent: 35, retried: 0, isPaused: false });
  });

  test('counts tries, not only what was taken; a clock set back stops nothing', async () => {
    const { test: at, runtime } = await scene(
      { mailPerMinute: 4 },
      { voters: 12 },
      { refuse: () => ({ code: 550, words: 'no such person' }) },
    );
    expect(await deliverQueued(runtime)).toMatchObject({ refused: 4, waitingFor: 'throttle' });
    expect(await deliverQueued(runtime)).toMatchObject({ refused: 0, waitingFor: 'throttle' });
    at.clock.step(60_000);
    expect(await deliverQueued(runtime)).toMatchObject({ refused: 4 });
    await runtime.store.inTransaction(async (trx) => {
      await trx
        .updateTable('mail')
        .set({ due_at: runtime.clock.now() - HOUR })
        .where('state', '=', 'queued')
        .execute();
      return accept(null);
    });
    at.clock.step(-HOUR);
    expect(await deliverQueued(runtime)).toMatchObject({ refused: 4 });
  });

  test('is waited for by who sends by hand, until all has left or a person must act', async () => {
    const { test: at, runtime, election } = await scene({ mailPerMinute: 10 }, { voters: 25 });
    const waits: string[] = [];
    const sums: number[] = [];
    const report = await deliverAll(runtime, {
      onWait: (reason) => {
        waits.push(reason);
        at.clock.step(60_000);
      },
      onProgress: ({ sent }) => sums.push(sent),
    });
    expect(report).toMatchObject({ sent: 25, waitingFor: undefined });
    expect(waits).toEqual(['throttle', 'throttle']);
    expect(sums).toEqual(Array.from({ length: 25 }, (_, i) => i + 1));

    const more = await armedElection(runtime, { voters: 25, closesAt: runtime.clock.now() + 2 * HOUR });
    await sendLinks(runtime, { electionId: more.id, actor: 'cli' });
    at.clock.step(60_000);
    const held = await deliverAll(runtime, {
      electionId: more.id,
      onWait: (reason) => {
        waits.push(reason);
        if (reason === 'throttle') void pauseMail(runtime, { electionId: more.id, actor: 'cli' });
      },
    });
    expect(held).toMatchObject({ sent: 10, waitingFor: 'pause' });
    expect(waits.slice(2)).toEqual(['throttle', 'pause']);
    expect(await mailFigures(runtime.store.read, election.id)).toMatchObject({ sent: 25 });
  });

  test('what somebody waits for at a screen leaves first', async () => {
    const { sink, runtime } = await scene({ mailPerMinute: 10 }, { voters: 30 });
    await sendAdminTest(runtime, { to: 'olive@school.example' });
    await deliverQueued(runtime);
    expect(sink.mails).toHaveLength(10);
    expect(sink.mails.slice(0, 5).flatMap(({ to }) => to)).toContain('olive@school.example');
  });
});

describe('quiet hours', () => {
  test('hold links back over the night, but not tests, nor a link its voter or staff asks for', async () => {
    const { sink, test: at, runtime, election } = await scene({ quietHours: NIGHT }, { voters: 3 });
    at.clock.set(Date.parse('2026-03-02T21:59:00+01:00'));
    const [vera, victor, third] = election.voters;
    if (vera === undefined || victor === undefined || third === undefined) throw new Error('three voters');
    expect(await deliverQueued(runtime)).toMatchObject({ sent: 3, waitingFor: undefined });

    const late = await armedElection(runtime, { voters: 4, closesAt: runtime.clock.now() + 24 * HOUR });
    await sendLinks(runtime, { electionId: late.id, actor: 'cli' });
    at.clock.set(Date.parse('2026-03-02T22:30:00+01:00'));
    expect(await deliverQueued(runtime)).toMatchObject({ sent: 0, waitingFor: 'quiet' });
    await resendLink(runtime, vera.link);
    await sendAdminTest(runtime, { to: 'olive@school.example' });
    const asked = await runtime.store.inTransaction(async (trx) =>
      accept(
        await enqueueVoterLink(
          trx,
          runtime.config,
          { id: victor.id, electionId: election.id, linkVersion: 1 },
          runtime.clock.now(),
        ),
      ),
    );
    expect(asked).toEqual(accept('requeued'));
    expect(await deliverQueued(runtime)).toMatchObject({ sent: 3, waitingFor: 'quiet' });
    expect(
      sink.mails
        .slice(3)
        .flatMap(({ to }) => to)
        .sort(),
    ).toEqual([vera.email, victor.email, 'olive@school.example'].sort());
    at.clock.set(Date.parse('2026-03-03T07:29:59+01:00'));
    expect(await deliverQueued(runtime)).toMatchObject({ sent: 0, waitingFor: 'quiet' });
    at.clock.set(Date.parse('2026-03-03T07:30:00+01:00'));
    expect(await deliverQueued(runtime)).toMatchObject({ sent: 4, waitingFor: undefined });
  });

  test('may be ignored by who sends by hand', async () => {
    const { test: at, runtime } = await scene({ quietHours: NIGHT }, { voters: 2 });
    at.clock.set(Date.parse('2026-03-02T23:00:00+01:00'));
    expect(await deliverQueued(runtime, { ignoresQuietHours: true })).toMatchObject({ sent: 2 });
  });
});

describe('a single link', () => {
  test('is queued once, hurried where it was put off, sent again under a new Message-ID', async () => {
    const {
      sink,
      test: at,
      runtime,
      election,
    } = await scene(
      {},
      { voters: 1 },
      { refuse: (_to, attempt) => (attempt === 1 ? { code: 450, words: 'busy' } : undefined) },
    );
    const voter = { id: election.voters[0]?.id ?? '', electionId: election.id, linkVersion: 1 };
    const ask = (linkVersion = 1) =>
      runtime.store.inTransaction(async (trx) =>
        accept(await enqueueVoterLink(trx, runtime.config, { ...voter, linkVersion }, runtime.clock.now())),
      );
    expect(await ask()).toEqual(accept('waiting'));
    expect(await deliverQueued(runtime)).toMatchObject({ delayed: 1 });
    expect(await ask()).toEqual(accept('requeued'));
    expect(await deliverQueued(runtime)).toMatchObject({ sent: 1 });
    at.clock.step(1);
    expect(await ask()).toEqual(accept('requeued'));
    expect(await ask()).toEqual(accept('waiting'));
    expect(await deliverQueued(runtime)).toMatchObject({ sent: 1 });
    const names = sink.mails.map(({ raw }) => /^Message-ID: (.*)$/im.exec(raw.toString())?.[1]);
    expect(new Set(names).size).toBe(2);
    expect(await ask(2)).toEqual(accept('queued'));
  });
});

describe('a pause', () => {
  test('in the middle of a run stops after those under way, outlives a restart, and ends', async () => {
    const { sink, test: at, runtime, election } = await scene({}, { voters: 60 });
    const act = { electionId: election.id, actor: 'olive@school.example' };
    let paused: Promise<unknown> | undefined;
    const report = await deliverQueued(runtime, {
      onProgress: ({ sent }) => {
        if (sent === 20) paused = pauseMail(runtime, act);
      },
    });
    expect(await paused).toEqual(accept(true));
    expect(report.waitingFor).toBe('pause');
    expect(report.sent).toBeLessThan(40);
    expect(sink.mails).toHaveLength(report.sent);
    expect(await pauseMail(runtime, act)).toMatchObject({ code: 'MAIL_PAUSED' });

    const restarted = await at.restart();
    expect(await deliverQueued(restarted)).toMatchObject({ sent: 0, waitingFor: 'pause' });
    expect(await mailFigures(restarted.store.read, election.id)).toMatchObject({
      queued: 60 - report.sent,
      isPaused: true,
    });
    // another election goes on meanwhile
    const other = await armedElection(restarted, { voters: 3, title: 'Other' });
    await sendLinks(restarted, { electionId: other.id, actor: 'cli' });
    expect(await deliverQueued(restarted)).toMatchObject({ sent: 3, waitingFor: 'pause' });

    expect(await resumeMail(restarted, act)).toEqual(accept(true));
    expect(await resumeMail(restarted, act)).toMatchObject({ code: 'NOT_PAUSED' });
    expect(await deliverQueued(restarted)).toMatchObject({ sent: 60 - report.sent, waitingFor: undefined });
    expect(await mailFigures(restarted.store.read, election.id)).toMatchObject({ sent: 60, queued: 0 });
  });
});

describe('the last look', () => {
  test('whoever votes while a connection waits for its turn gets nothing, and the rest goes on', async () => {
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const { sink, runtime, election } = await scene(
      {},
      { voters: 5 },
      { beforeAnswer: () => held.then(() => undefined) },
    );
    const delivery = deliverQueued(runtime);
    await expect.poll(() => sink.mails.length, { timeout: 10_000 }).toBe(1);
    const first = sink.mails[0]?.to[0];
    // one has ended its message, four hold theirs back
    await expect.poll(async () => (await mailFigures(runtime.store.read, election.id)).sending).toBe(5);
    await runtime.store.inTransaction(async (trx) => {
      await trx
        .updateTable('voter')
        .set({ is_marked: 1, blinded_digest: new Uint8Array(32) })
        .where('email', 'not in', [first ?? '', 'voter5@example.org'])
        .execute();
      return accept(null);
    });
    release();
    const wanted = [...new Set([first ?? '', 'voter5@example.org'])];
    const report = await delivery;
    expect(report).toMatchObject({ sent: wanted.length, skipped: 5 - wanted.length, outage: undefined });
    expect(sink.mails.flatMap(({ to }) => to).sort()).toEqual(wanted.sort());
  });
});

describe('the worker', () => {
  test('uses a changed mail server with the next e-mail', async () => {
    const { sink, runtime, election, figures } = await scene({ mailPerMinute: 2 }, { voters: 4 });
    const stop = startMailWorker(runtime);
    closers.push(stop);
    await expect.poll(() => sink.mails.length, { timeout: 10_000 }).toBe(2);
    const other = await openSmtpSink();
    closers.push(() => other.close());
    const { smtp } = runtime.config;
    Object.assign(runtime.config, { smtp: { ...smtp, port: other.port }, mailPerMinute: undefined });
    await expect.poll(() => other.mails.length, { timeout: 10_000 }).toBe(2);
    expect(sink.mails).toHaveLength(2);
    await expect.poll(async () => (await figures()).sent).toBe(election.voters.length);
    await stop();
  });
});
