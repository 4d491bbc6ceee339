import type { ElectionState, Language } from '../../domain/election.ts';
import { type RefusalCode, refusalSentence } from '../../domain/refusals.ts';
import type { Refusal } from '../../protocol/outcome.ts';
import type { ElectionRow } from '../../store/elections.ts';
import { formatInstant } from '../../views/format.ts';
import type { Task, TaskStatus } from '../../views/task-list.tsx';
import { texts } from './texts.ts';

export interface TaskFacts {
  readonly election: ElectionRow;
  readonly contests: number;
  readonly candidates: number;
  readonly registered: number;
  /** What is still missing before arming. */
  readonly missing: readonly Refusal<RefusalCode>[];
  readonly isAdmin: boolean;
}

const CANDIDATE_GAPS: readonly RefusalCode[] = ['NO_CANDIDATE', 'TOO_FEW_CANDIDATES'];
const CONFIGURE_GAPS: readonly RefusalCode[] = ['NO_CONTEST', 'WRONG_CHOICES', 'WINDOW_PAST', 'WRONG_WINDOW'];

const AFTER: Readonly<Record<ElectionState, number>> = {
  draft: 0,
  arming: 1,
  armed: 2,
  open: 3,
  closed: 4,
  tallied: 5,
  published: 6,
  archived: 7,
};

/** The steps of an election with their statuses, as this viewer may take them. */
export function electionTasks(language: Language, facts: TaskFacts): Task[] {
  const t = texts[language];
  const { election, missing, isAdmin } = facts;
  const at = AFTER[election.state];
  const root = `/elections/${election.id}`;
  const gaps = (codes: readonly RefusalCode[]): string | undefined => {
    const found = missing.find(({ code }) => codes.includes(code));
    return at < AFTER.armed && found !== undefined
      ? refusalSentence(language, found.code, found.detail)
      : undefined;
  };
  const task = (
    label: string,
    page: string,
    status: TaskStatus,
    options: { note?: string | undefined; isAdminOnly?: boolean } = {},
  ): Task => {
    const isOurs = isAdmin || options.isAdminOnly !== true;
    const note = options.note ?? (isOurs || status !== 'todo' ? undefined : t.adminOnly);
    return {
      label,
      status,
      ...(status === 'blocked' || !isOurs ? {} : { href: `${root}/${page}` }),
      ...(note === undefined ? {} : { note }),
    };
  };
  const admin = { isAdminOnly: true };
  const configureGap = gaps(CONFIGURE_GAPS);
  const candidateGap = gaps(CANDIDATE_GAPS);
  const [firstGap] = missing;
  const armGap =
    at < AFTER.armed && firstGap !== undefined
      ? refusalSentence(language, firstGap.code, firstGap.detail)
      : undefined;
  const noContest = facts.contests === 0 ? gaps(['NO_CONTEST']) : undefined;

  return [
    task(t.taskConfigure, 'configure', configureGap === undefined ? 'done' : 'todo', {
      ...admin,
      note: configureGap ?? t.contestCount(facts.contests),
    }),
    task(
      t.taskCandidates,
      'register-candidate',
      noContest !== undefined ? 'blocked' : candidateGap === undefined ? 'done' : 'todo',
      { note: noContest ?? candidateGap ?? t.candidateCount(facts.candidates) },
    ),
    task(t.taskVoters, 'import-voters', facts.registered > 0 ? 'done' : 'todo', {
      note: facts.registered > 0 ? t.voterCount(facts.registered) : undefined,
    }),
    task(t.taskArm, 'arm', at > AFTER.draft ? 'done' : armGap === undefined ? 'todo' : 'blocked', {
      ...admin,
      note: at > AFTER.draft ? undefined : armGap,
    }),
    task(t.taskProve, 'prove-key', at > AFTER.arming ? 'done' : at === AFTER.arming ? 'todo' : 'blocked', {
      ...admin,
      note: at < AFTER.arming ? t.firstArm : undefined,
    }),
    linksTask(task, facts, at, t),
    votingTask(task, language, facts, at),
    task(
      t.taskDeliberate,
      'deliberate',
      at > AFTER.closed ? 'done' : at === AFTER.closed ? 'todo' : 'blocked',
      { ...admin, note: at < AFTER.closed ? t.firstClose : undefined },
    ),
    task(t.taskResults, 'results', at > AFTER.tallied ? 'done' : at === AFTER.tallied ? 'todo' : 'blocked', {
      ...admin,
      note: at < AFTER.tallied ? t.firstCount : undefined,
    }),
  ];
}

type MakeTask = (
  label: string,
  page: string,
  status: TaskStatus,
  options?: { note?: string | undefined; isAdminOnly?: boolean },
) => Task;

function linksTask(task: MakeTask, { election }: TaskFacts, at: number, t: (typeof texts)['en']): Task {
  const admin = { isAdminOnly: true };
  if (at < AFTER.armed) return task(t.taskLinks, 'links', 'blocked', { ...admin, note: t.firstProve });
  return task(t.taskLinks, 'links', election.links_mailed === 1 || at > AFTER.open ? 'done' : 'todo', admin);
}

function votingTask(task: MakeTask, language: Language, { election }: TaskFacts, at: number): Task {
  const t = texts[language];
  if (at < AFTER.armed) return task(t.taskVoting, 'dashboard', 'blocked', { note: t.firstProve });
  const closing = formatInstant(language, election.time_zone, election.closes_at);
  if (at > AFTER.open) return task(t.taskVoting, 'dashboard', 'done', { note: t.closedOn(closing) });
  const note =
    at === AFTER.open || election.opens_at === null
      ? t.closesOn(closing)
      : t.opensOn(formatInstant(language, election.time_zone, election.opens_at));
  return task(t.taskVoting, 'dashboard', 'todo', { note });
}
