import { type Installation, startServer } from '../server-process.ts';
import type { BuiltElection } from '../election.ts';
import type { Send } from '../voter-client.ts';
import { type KillMailPlan, killDuringMailRun } from './kill-mail-run.ts';
import { backUpUnderLoad } from './backup-under-load.ts';
import { type KillPlan, killDuringCasts } from './kill-server.ts';
import { type MailFailuresPlan, deliverThroughFailures } from './mail-failures.ts';
import { type ManyPosts, spendManyTimes, voteManyTimes, voteTwiceEach } from './races.ts';
import { castAroundTheClose } from './straddle-close.ts';
import { ballotsOf, openElectionOn } from './urn-election.ts';

/** A case of robustness.md on an installation of its own: answers what it found, and throws where it fails. */
export type Case = (installation: Installation) => Promise<string>;

const count = (value: number): string => value.toLocaleString('en');

/** Runs `work` against an open election of `voters` on a server process; then the urn must hold `ballots`. */
async function onServer(
  installation: Installation,
  voters: number,
  work: (send: Send, election: BuiltElection) => Promise<{ readonly ballots: number }>,
): Promise<void> {
  const election = await openElectionOn(installation, voters);
  const server = await startServer(installation);
  let expected: number;
  try {
    ({ ballots: expected } = await work((path, init) => fetch(`${installation.url}${path}`, init), election));
  } finally {
    await server.stop();
  }
  const ballots = await ballotsOf(installation, election.id);
  if (ballots !== expected) throw new Error(`${ballots} ballots in the urn, not ${expected}`);
}

export const killed =
  (plan: KillPlan): Case =>
  async (installation) => {
    const { lost, stuck, slowestStart } = await killDuringCasts(installation, plan);
    if (lost > 0) throw new Error(`${lost} acknowledged ballots lost`);
    return `0 lost, 0 double, ${stuck} cut off between credential and ballot, ready within ${slowestStart.toFixed(0)} ms, tally equals the oracle`;
  };

export const killedWhileMailing =
  (plan: KillMailPlan): Case =>
  async (installation) => {
    const { extra, spared } = await killDuringMailRun(installation, plan);
    if (spared === 0) throw new Error('every reminder had left before the votes: the case shows nothing');
    return `every mail came, ${extra} copies too many in ${plan.kills} kills, none differs, ${spared} spared a reminder by their vote, 0 reminded after it`;
  };

export const mailServerFails =
  (plan: MailFailuresPlan): Case =>
  async (installation) => {
    const { unanswered, p95 } = await deliverThroughFailures(installation, plan);
    return `0 sent without a 250, everyone one mail, ${unanswered} unanswered copies sent again, voter pages p95 ${p95.toFixed(0)} ms`;
  };

export const postedTwice =
  (voters: number): Case =>
  async (installation) => {
    await onServer(installation, voters, async (send, election) => {
      const { unequal } = await voteTwiceEach(send, election);
      if (unequal > 0) throw new Error(`${unequal} voters got two different answers`);
      return { ballots: voters };
    });
    return `${count(voters)} ballots, the same receipt twice`;
  };

/** One of many posts is taken, and none of them brings the server down. */
const onlyOne =
  (posts: number, post: (send: Send, election: BuiltElection, posts: number) => Promise<ManyPosts>): Case =>
  async (installation) => {
    await onServer(installation, 1, async (send, election) => {
      const { taken, serverErrors } = await post(send, election, posts);
      if (taken !== 1 || serverErrors > 0) throw new Error(`${taken} taken, ${serverErrors} answers of 5xx`);
      return { ballots: 1 };
    });
    return '1 ballot, no 5xx';
  };

export const manyCredentials = (posts: number): Case => onlyOne(posts, voteManyTimes);
export const manyBallots = (posts: number): Case => onlyOne(posts, spendManyTimes);

export const aroundTheClose =
  (voters: number): Case =>
  async (installation) => {
    let told = '';
    await onServer(installation, voters, async (send, election) => {
      const { taken, refused, counted } = await castAroundTheClose(installation, send, election);
      if (refused === 0) throw new Error('nobody came after the close: the case shows nothing');
      if (counted !== taken) throw new Error(`${counted} counted, ${taken} were told that they are in`);
      told = `${count(taken)} taken and counted, ${count(refused)} told that it is closed`;
      return { ballots: taken };
    });
    return told;
  };

/** C8: a second server on the same folders. */
export const secondServer: Case = async (installation) => {
  const server = await startServer(installation);
  try {
    const { code, stdout, stderr } = await installation.cli('serve');
    const said = stdout + stderr;
    if (code === 0 || !said.includes('another server works on'))
      throw new Error(`ended with ${code}: ${said}`);
    if (!(await fetch(`${installation.url}/readyz`)).ok)
      throw new Error('the first server is no longer ready');
  } finally {
    await server.stop();
  }
  return 'refused with one line, the first one serves on';
};

/** R11: a backup amid the votes, restored. */
export const backedUp =
  (votes: number): Case =>
  async (installation) => {
    const { before, kept, acknowledged, told } = await backUpUnderLoad(installation, votes);
    return `${before} acknowledged before the backup, ${kept} of ${acknowledged} ballots in it, ${told} told as lost, tally equals the oracle`;
  };
