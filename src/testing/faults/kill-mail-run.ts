import { setTimeout as pause } from 'node:timers/promises';
import type { BuiltElection } from '../election.ts';
import { type Installation, type RunningServer, startServer } from '../server-process.ts';
import type { SunkCopy } from '../smtp-control.ts';
import type { Send } from '../voter-client.ts';
import { type MailScene, queueMails, untilDelivered, withMailServer } from './mail-run.ts';
import { StubbornVoter } from './stubborn-voter.ts';
import { openElectionOn } from './urn-election.ts';

export interface KillMailPlan {
  readonly mails: number;
  /** In all: half of them while links leave, half while reminders do. */
  readonly kills: number;
  /** Voters who vote while reminders leave. */
  readonly votes: number;
}

export interface KillMailReport {
  /** Copies beyond the first one of an e-mail. */
  readonly extra: number;
  /** Voters who voted while reminders left, and got none. */
  readonly spared: number;
}

const DELIVERED_WITHIN = 120_000;

/**
 * R3: `kill -9` of the server while it sends. Everyone gets every e-mail; copies beyond the first are at most one a kill,
 * under the same Message-ID and with the same link; nobody is reminded after having voted.
 */
export async function killDuringMailRun(
  installation: Installation,
  { mails, kills, votes }: KillMailPlan,
): Promise<KillMailReport> {
  const election = await openElectionOn(installation, mails);
  return withMailServer(installation, async (scene) => {
    const half = Math.ceil(kills / 2);
    await queueMails(scene.runtime, election.id, 'link', election.voters);
    await sendWithKills(scene, election, half, async () => undefined);
    const links = await scene.smtp.report();
    const missing = election.voters.filter(({ email }) => !links.some(({ to }) => to === email));
    if (missing.length > 0) throw new Error(`${missing.length} voters have no link`);

    const voters = election.voters.slice(0, votes).map((voter) => new StubbornVoter(election, voter, [[]]));
    const votedAt = new Map<string, number>();
    await queueMails(scene.runtime, election.id, 'reminder', election.voters);
    await sendWithKills(scene, election, kills - half, (isAlive) =>
      voteSome(scene.installation, voters, votedAt, isAlive),
    );
    const reminders = (await scene.smtp.report()).slice(links.length);
    requireReminders(election, reminders, votedAt);
    return {
      extra: requireSameCopies(links, half) + requireSameCopies(reminders, kills - half),
      spared: voters.filter(({ voter }) => !reminders.some(({ to }) => to === voter.email)).length,
    };
  });
}

/** Starts the server, kills it `kills` times at even steps of what is to be sent, and lets the last one finish. */
async function sendWithKills(
  { installation, runtime, smtp }: MailScene,
  election: BuiltElection,
  kills: number,
  beside: (isAlive: () => boolean) => Promise<void>,
): Promise<void> {
  const begun = await smtp.count();
  const step = Math.floor(election.voters.length / (kills + 2));
  for (let life = 1; life <= kills + 1; life++) {
    const server = await startServer(installation);
    let isUp = true;
    const acting = beside(() => isUp);
    if (life > kills) {
      await acting;
      await untilDelivered(runtime, election.id, DELIVERED_WITHIN);
      await server.stop();
      return;
    }
    await killAfter(server, async () => (await smtp.count()) >= begun + life * step);
    isUp = false;
    await acting;
  }
}

async function killAfter(server: RunningServer, hasCome: () => Promise<boolean>): Promise<void> {
  const until = Date.now() + DELIVERED_WITHIN;
  while (!(await hasCome())) {
    if (Date.now() > until) throw new Error('nothing is sent any more');
    await pause(2);
  }
  await server.kill();
}

/** Lets voters vote, one after the other, until the server is gone; who was cut off goes on in its next life. */
async function voteSome(
  installation: Installation,
  voters: readonly StubbornVoter[],
  votedAt: Map<string, number>,
  isAlive: () => boolean,
): Promise<void> {
  const send: Send = (path, init) => fetch(`${installation.url}${path}`, init);
  for (const voter of voters) {
    if (voter.tracker !== undefined) continue;
    if (!isAlive()) return;
    try {
      await voter.vote(send);
      votedAt.set(voter.voter.email, Date.now());
    } catch (error) {
      // the server may be gone before the kill has told so
      await pause(500);
      if (isAlive()) throw error;
      return;
    }
  }
}

function requireReminders(
  election: BuiltElection,
  reminders: readonly SunkCopy[],
  votedAt: ReadonlyMap<string, number>,
): void {
  const late = reminders.filter(({ to, at }) => at > (votedAt.get(to) ?? Infinity));
  if (late.length > 0) throw new Error(`${late.length} voters were reminded after their vote`);
  const reminded = new Set(reminders.map(({ to }) => to));
  const missing = election.voters.filter(({ email }) => !votedAt.has(email) && !reminded.has(email));
  if (missing.length > 0) throw new Error(`${missing.length} voters who have not voted were not reminded`);
}

/** Each address has one Message-ID and one link in all of its copies; answers how many copies there are beyond the first. */
function requireSameCopies(copies: readonly SunkCopy[], most: number): number {
  const first = new Map<string, SunkCopy>();
  for (const copy of copies) {
    const known = first.get(copy.to) ?? copy;
    if (known.messageId !== copy.messageId || known.link !== copy.link || copy.link === '')
      throw new Error(`two copies to ${copy.to} differ`);
    first.set(copy.to, known);
  }
  const extra = copies.length - first.size;
  if (extra > most) throw new Error(`${extra} copies too many for ${most} kills`);
  return extra;
}
