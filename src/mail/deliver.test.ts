import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, readdirSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import PostalMime from 'postal-mime';
import { afterEach, describe, expect, test } from 'vitest';
import { PROJECT_ROOT } from '../config.ts';
import { sendLinks } from '../features/mailing/send-links.ts';
import { toBase64url } from '../protocol/bytes.ts';
import { keyFingerprint } from '../protocol/manifest.ts';
import { nodePrimitives } from '../protocol/node/primitives.ts';
import { accept } from '../protocol/outcome.ts';
import type { Runtime } from '../runtime.ts';
import { mailTotals } from '../store/link-mails.ts';
import { type BuiltElection, type ElectionPlan, armedElection } from '../testing/election.ts';
import { type TestRuntime, temporaryRuntime } from '../testing/runtime.ts';
import { type SinkPlan, type SmtpSink, openSmtpSink } from '../testing/smtp-sink.ts';
import { deliverQueued } from './deliver.ts';
import { startMailWorker } from './worker.ts';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

interface Scene {
  readonly sink: SmtpSink;
  readonly test: TestRuntime;
  readonly runtime: Runtime;
  readonly election: BuiltElection;
  readonly environment: Readonly<Record<string, string>>;
}

/** An armed election whose links are queued, and a real server to take them. */
async function queuedLinks(plan: ElectionPlan = {}, sinkPlan: SinkPlan = {}): Promise<Scene> {
  const sink = await openSmtpSink(sinkPlan);
  closers.push(() => sink.close());
  const environment = {
    PUBLIC_URL: 'https://vote.example.org',
    SMTP_HOST: '127.0.0.1',
    SMTP_PORT: String(sink.port),
    SMTP_TLS: 'none',
    MAIL_FROM: 'votix@example.org',
  };
  const temporary = await temporaryRuntime(environment);
  closers.push(() => temporary.dispose());
  const { runtime } = temporary;
  const election = await armedElection(runtime, { state: 'armed', ...plan });
  const sent = await sendLinks(runtime, { electionId: election.id, actor: 'cli' });
  expect(sent).toMatchObject({ ok: true, value: { queued: election.voters.length } });
  return { sink, test: temporary, runtime, election, environment };
}

const recipientsOf = (sink: SmtpSink): string[] => sink.mails.flatMap(({ to }) => to).sort();
const addressesOf = (election: BuiltElection): string[] => election.voters.map(({ email }) => email).sort();
const totalsOf = (scene: Scene) => mailTotals(scene.runtime.store.read, scene.election.id, 'link');

describe('delivery', () => {
  test('everyone gets the own link, code and the key’s fingerprint, in text and in HTML', async () => {
    const scene = await queuedLinks({ voters: 12 });
    const { election, runtime, sink } = scene;
    expect(await deliverQueued(runtime)).toEqual({
      sent: 12,
      refused: 0,
      skipped: 0,
      delayed: 0,
      outage: undefined,
    });
    expect(recipientsOf(sink)).toEqual(addressesOf(election));
    const M = toBase64url(election.terms.digest);
    const fingerprint = await keyFingerprint(nodePrimitives, election.terms.electionKey);
    for (const mail of sink.mails) {
      const read = await PostalMime.parse(mail.raw);
      const voter = election.voters.find(({ email }) => email === mail.to[0]);
      const url = `https://vote.example.org/vote/${voter?.link}#${M}`;
      const code = `${voter?.code.slice(0, 3)} ${voter?.code.slice(3)}`;
      for (const part of [read.text, read.html]) {
        expect(part).toContain(url);
        expect(part).toContain(code);
        expect(part).toContain(fingerprint);
      }
      expect(read.to).toEqual([{ name: expect.stringMatching(/^First\d+ Last\d+$/), address: voter?.email }]);
      expect(read.from).toEqual({ name: 'The Reading Society', address: 'votix@example.org' });
      expect(read.replyTo).toEqual([{ name: '', address: 'vote@example.org' }]);
      expect(read.subject).toBe('Your voting link: General assembly');
    }
    expect(await totalsOf(scene)).toEqual({ queued: 0, sending: 0, sent: 12, refused: 0, skipped: 0 });
    const left = readdirSync(scene.test.folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
      .join('\n');
    expect(left).toContain('"msg":"mail"');
    for (const { link, code } of election.voters) {
      expect(left).not.toContain(link);
      expect(left).not.toContain(`${code.slice(0, 3)} ${code.slice(3)}`);
    }
  });

  test('one bad address never stops the rest; what is put off comes back after 1 and 5 minutes', async () => {
    const scene = await queuedLinks(
      { voters: 40 },
      {
        refuse: (to, attempt) => {
          if (to === 'voter7@example.org') return { code: 550, words: 'no such person' };
          return to === 'voter9@example.org' && attempt < 3 ? { code: 450, words: 'busy' } : undefined;
        },
      },
    );
    const { runtime, sink } = scene;
    expect(await deliverQueued(runtime)).toMatchObject({
      sent: 38,
      refused: 1,
      delayed: 1,
      outage: undefined,
    });
    scene.test.clock.step(59_000);
    expect(await deliverQueued(runtime)).toMatchObject({ sent: 0, delayed: 0 });
    scene.test.clock.step(1_000);
    expect(await deliverQueued(runtime)).toMatchObject({ sent: 0, delayed: 1 });
    scene.test.clock.step(4 * 60_000);
    expect(await deliverQueued(runtime)).toMatchObject({ sent: 0, delayed: 0 });
    scene.test.clock.step(60_000);
    expect(await deliverQueued(runtime)).toMatchObject({ sent: 1 });
    expect(recipientsOf(sink)).not.toContain('voter7@example.org');
    const refused = await runtime.store.read
      .selectFrom('mail')
      .select('answer')
      .where('state', '=', 'refused')
      .execute();
    expect(refused).toEqual([{ answer: expect.stringContaining('no such person') }]);
  });

  test('an address that always answers "later" is given up in the end', async () => {
    const scene = await queuedLinks(
      { voters: 1, closesAt: Date.parse('2026-03-09T09:00:00Z') },
      { refuse: () => ({ code: 450, words: 'busy' }) },
    );
    for (let hour = 0; hour < 12; hour++) {
      await deliverQueued(scene.runtime);
      scene.test.clock.step(3_600_000);
    }
    expect(await totalsOf(scene)).toMatchObject({ queued: 0, refused: 1 });
    // sending again is the remedy, once the address has been seen to
    const again = await sendLinks(scene.runtime, { electionId: scene.election.id, actor: 'cli' });
    expect(again).toMatchObject({ value: { queued: 1 } });
  });

  test('a server in trouble ends the run after three failures, and costs nobody the mail', async () => {
    const scene = await queuedLinks({ voters: 60 });
    await scene.sink.close();
    const report = await deliverQueued(scene.runtime);
    expect(report.outage).toContain('ECONNREFUSED');
    expect(report.delayed).toBeLessThan(10);
    expect(await totalsOf(scene)).toMatchObject({ queued: 60, sent: 0, refused: 0 });
  });

  test('whoever has voted, or has a newer link, gets no mail any more', async () => {
    const scene = await queuedLinks({ voters: 5 });
    const [first, second] = scene.election.voters;
    await scene.runtime.store.inTransaction(async (trx) => {
      await trx
        .updateTable('voter')
        .set({ is_marked: 1, blinded_digest: new Uint8Array(32) })
        .where('id', '=', first?.id ?? '')
        .execute();
      await trx
        .updateTable('voter')
        .set({ link_version: 2 })
        .where('id', '=', second?.id ?? '')
        .execute();
      return accept(undefined);
    });
    expect(await deliverQueued(scene.runtime)).toMatchObject({ sent: 3, skipped: 2 });
    expect(recipientsOf(scene.sink)).toEqual([
      'voter3@example.org',
      'voter4@example.org',
      'voter5@example.org',
    ]);
  });

  test('no link leaves after the close', async () => {
    const scene = await queuedLinks({ voters: 3 });
    scene.test.clock.step(2 * 3_600_000);
    expect(await deliverQueued(scene.runtime)).toMatchObject({ sent: 0, skipped: 3 });
  });

  test('two workers on 500 mails: no duplicate, none left out', async () => {
    const scene = await queuedLinks({ voters: 500 });
    const reports = await Promise.all([deliverQueued(scene.runtime), deliverQueued(scene.runtime)]);
    expect(recipientsOf(scene.sink)).toEqual(addressesOf(scene.election));
    expect(reports.reduce((sum, { sent }) => sum + sent, 0)).toBe(500);
    expect(Math.min(...reports.map(({ sent }) => sent))).toBeGreaterThan(0);
  }, 120_000);

  test('a late mail does not wait behind a long queue', async () => {
    const scene = await queuedLinks({ voters: 200 });
    scene.test.clock.step(1);
    const late = await armedElection(scene.runtime, { voters: 1, state: 'armed', title: 'Late' });
    await sendLinks(scene.runtime, { electionId: late.id, actor: 'cli' });
    await deliverQueued(scene.runtime);
    const place = scene.sink.mails.findIndex(({ raw }) => raw.includes('Late'));
    expect(place).toBeGreaterThanOrEqual(0);
    expect(place).toBeLessThan(15);
  });

  test('stops at a signal and goes on where it was', async () => {
    const scene = await queuedLinks({ voters: 80 });
    const stop = new AbortController();
    const report = await deliverQueued(scene.runtime, {
      signal: stop.signal,
      onProgress: ({ sent }) => {
        if (sent === 20) stop.abort();
      },
    });
    expect(report.sent).toBeGreaterThanOrEqual(20);
    expect(report.sent).toBeLessThan(30);
    expect(await totalsOf(scene)).toMatchObject({ sending: 0 });
    await deliverQueued(scene.runtime);
    expect(recipientsOf(scene.sink)).toEqual(addressesOf(scene.election));
  });

  test('claims of a dead worker of this host come back at once, of another host after their time', async () => {
    const scene = await queuedLinks({ voters: 2 });
    const { runtime } = scene;
    const dead = spawn(process.execPath, ['-e', '']);
    await once(dead, 'exit');
    const claim = (email: string, claimant: string) =>
      runtime.store.inTransaction(async (trx) => {
        await trx
          .updateTable('mail')
          .set({ state: 'sending', claimed_by: claimant, claimed_at: runtime.clock.now() })
          .where('voter_id', 'in', trx.selectFrom('voter').select('id').where('email', '=', email))
          .execute();
        return accept(undefined);
      });
    await claim('voter1@example.org', `${hostname()} ${dead.pid} x`);
    await claim('voter2@example.org', 'another-host 1 y');
    expect(await deliverQueued(runtime)).toMatchObject({ sent: 1 });
    scene.test.clock.step(11 * 60_000);
    expect(await deliverQueued(runtime)).toMatchObject({ sent: 1 });
    expect(recipientsOf(scene.sink)).toEqual(['voter1@example.org', 'voter2@example.org']);
  });

  test('the background worker sends what is queued later, and stops', async () => {
    const scene = await queuedLinks({ voters: 3 });
    const stop = startMailWorker(scene.runtime);
    await expect.poll(() => scene.sink.mails.length, { timeout: 20_000 }).toBe(3);
    const late = await armedElection(scene.runtime, { voters: 2, state: 'armed' });
    await sendLinks(scene.runtime, { electionId: late.id, actor: 'cli' });
    await expect.poll(() => scene.sink.mails.length, { timeout: 20_000 }).toBe(5);
    await stop();
  });

  test('killed on the way: everyone at least one mail, at most one copy more a kill, the same Message-ID', async () => {
    const KILLS = 3;
    const scene = await queuedLinks({ voters: 400 }, { beforeAnswer: () => pause(1).then(() => undefined) });
    const { sink, election } = scene;
    for (let kill = 1; kill <= KILLS; kill++) {
      const before = sink.mails.length;
      const runner = spawn(
        process.execPath,
        [
          '--import',
          'tsx',
          join(PROJECT_ROOT, 'src/testing/deliver-mail.ts'),
          String(scene.test.clock.now()),
        ],
        {
          cwd: PROJECT_ROOT,
          env: {
            ...process.env,
            ...scene.environment,
            VAR_DIR: scene.test.folder,
            LOG_DIR: join(scene.test.folder, 'logs'),
            LOGO_DIR: join(scene.test.folder, 'logos'),
          },
          stdio: 'ignore',
        },
      );
      await expect
        .poll(() => sink.mails.length, { timeout: 20_000, interval: 3 })
        .toBeGreaterThan(before + 40);
      runner.kill('SIGKILL');
      await once(runner, 'exit');
    }
    await deliverQueued(scene.runtime);
    expect([...new Set(recipientsOf(sink))]).toEqual(addressesOf(election));
    expect(sink.mails.length - election.voters.length).toBeLessThanOrEqual(KILLS);
    const names = new Map<string, string>();
    for (const { to, raw } of sink.mails) {
      const name = /^Message-ID: (.*)$/im.exec(raw.toString())?.[1] ?? '';
      const link = /vote\/([\w-]{32})/.exec((await PostalMime.parse(raw)).text ?? '')?.[1] ?? '';
      expect(names.get(to[0] ?? '') ?? `${name} ${link}`).toBe(`${name} ${link}`);
      names.set(to[0] ?? '', `${name} ${link}`);
    }
    expect(await totalsOf(scene)).toMatchObject({ sent: 400, sending: 0, queued: 0 });
  }, 120_000);
});
