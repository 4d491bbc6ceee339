import type { ElectionState, Language } from '../../domain/election.ts';
import { type RefusalCode, refusalSentence } from '../../domain/refusals.ts';
import type { Refusal } from '../../protocol/outcome.ts';
import type { ElectionRow } from '../../store/elections.ts';
import type { MailFigures } from '../../store/mail-figures.ts';
import { formatInstant, formatNumber } from '../../views/format.ts';
import type { Task, TaskStatus } from '../../views/task-list.tsx';
import { texts } from './texts.ts';

export interface TaskFacts {
  readonly election: ElectionRow;
  readonly contests: number;
  readonly candidates: number;
  readonly registered: number;
  /** Voters without a building; 0 where the server has no buildings. */
  readonly withoutBuilding: number;
  /** Copies of the key file that were proven. */
  readonly copies: number;
  readonly mail: MailFigures;
  readonly lastBackupAt: number | undefined;
  readonly now: number;
  /** What is still missing before arming. */
  readonly missing: readonly Refusal<RefusalCode>[];
  readonly isAdmin: boolean;
}

const CANDIDATE_GAPS: readonly RefusalCode[] = ['NO_CANDIDATE', 'TOO_FEW_CANDIDATES'];
const CONFIGURE_GAPS: readonly RefusalCode[] = ['NO_CONTEST', 'WRONG_CHOICES', 'WINDOW_PAST', 'WRONG_WINDOW'];

const DAY_MS = 86_400_000;

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
      note: facts.registered > 0 ? votersNote(facts, t) : undefined,
    }),
    task(t.taskArm, 'arm', at > AFTER.draft ? 'done' : armGap === undefined ? 'todo' : 'blocked', {
      ...admin,
      note: at > AFTER.draft ? undefined : armGap,
    }),
    task(t.taskProve, 'prove-key', at > AFTER.arming ? 'done' : at === AFTER.arming ? 'todo' : 'blocked', {
      ...admin,
      note: at < AFTER.arming ? t.firstArm : copiesNote(facts, at, t),
    }),
    linksTask(task, language, facts, at),
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
    task(t.taskMinutes, 'minutes', at > AFTER.tallied ? 'done' : at < AFTER.closed ? 'blocked' : 'todo', {
      ...admin,
      note: at < AFTER.closed ? t.firstClose : t.minutesNote,
    }),
  ];
}

type MakeTask = (
  label: string,
  page: string,
  status: TaskStatus,
  options?: { note?: string | undefined; isAdminOnly?: boolean },
) => Task;

type Texts = (typeof texts)['en'];

const votersNote = ({ registered, withoutBuilding }: TaskFacts, t: Texts): string =>
  withoutBuilding === 0
    ? t.voterCount(registered)
    : `${t.voterCount(registered)}, ${t.withoutBuilding(withoutBuilding)}`;

/** One copy is one lost stick away from none: the second is worth a word until the ballots are counted. */
function copiesNote({ copies }: TaskFacts, at: number, t: Texts): string | undefined {
  if (at <= AFTER.arming || copies === 0) return undefined;
  return copies === 1 && at <= AFTER.closed ? t.oneCopy : t.copies(copies);
}

function linksTask(task: MakeTask, language: Language, facts: TaskFacts, at: number): Task {
  const t = texts[language];
  const admin = { isAdminOnly: true };
  if (at < AFTER.armed) return task(t.taskLinks, 'links', 'blocked', { ...admin, note: t.firstProve });
  const { election, mail } = facts;
  const said = [
    ...(mail.sent === 0 ? [] : [t.mailsSent(formatNumber(language, mail.sent))]),
    ...(mail.queued === 0 ? [] : [t.mailsWaiting(formatNumber(language, mail.queued))]),
    ...(mail.refused === 0 ? [] : [t.mailsRefused(formatNumber(language, mail.refused))]),
  ];
  const note = said.length === 0 ? undefined : said.join(', ');
  const status = election.links_mailed === 1 || at > AFTER.open ? 'done' : 'todo';
  return task(t.taskLinks, 'links', status, { ...admin, note });
}

function votingTask(task: MakeTask, language: Language, facts: TaskFacts, at: number): Task {
  const t = texts[language];
  const { election, lastBackupAt, now } = facts;
  if (at < AFTER.armed) return task(t.taskVoting, 'dashboard', 'blocked', { note: t.firstProve });
  const closing = formatInstant(language, election.time_zone, election.closes_at);
  if (at > AFTER.open) return task(t.taskVoting, 'dashboard', 'done', { note: t.closedOn(closing) });
  const note =
    at === AFTER.open || election.opens_at === null
      ? t.closesOn(closing)
      : t.opensOn(formatInstant(language, election.time_zone, election.opens_at));
  const isOld = at === AFTER.open && now - (lastBackupAt ?? 0) > DAY_MS;
  return task(t.taskVoting, 'dashboard', 'todo', { note: isOld ? `${note}. ${t.oldBackup}` : note });
}
