import type { Language } from '../../domain/election.ts';
import type { Settings } from '../../domain/settings.ts';
import { lockOf } from '../../domain/code-tries.ts';
import type { LockedVoter } from '../../store/code-tries.ts';
import type { ElectionRow } from '../../store/elections.ts';
import type { RollFigures } from '../../store/roll-figures.ts';
import { DefinitionList } from '../../views/definition-list.tsx';
import { formatInstant, formatNumber } from '../../views/format.ts';
import { Icon } from '../../views/icon.tsx';
import { Notice } from '../../views/notice.tsx';
import type { PageContext } from '../../views/route.ts';
import { StaffPage } from '../../views/staff-page.tsx';
import type { ImportReport } from './import-roll.ts';
import { RegistrationSwitch } from './registration/registration-switch.tsx';
import { Listing, type RollPart } from './roll-listing.tsx';
import { rollTexts } from './roll-texts.ts';

/** What has just been done, said once at the top. */
export type RollNews =
  { readonly kind: 'imported'; readonly report: ImportReport } | { readonly kind: 'added' | 'removed' };

/**
 * The roll by name. Who has voted is not shown here: the roll is marked, but a list of who has not voted yet is what
 * pressure on them needs. Staff see totals.
 */
export const RollPage = (props: {
  c: PageContext;
  election: ElectionRow;
  figures: RollFigures;
  part: RollPart;
  settings: Pick<Settings, 'promotions' | 'buildings'>;
  locked: readonly LockedVoter[];
  now: number;
  /** False once voting has ended. */
  isOpen: boolean;
  /** The manifest is signed: turnout has a meaning, and new voters need links. */
  isFrozen: boolean;
  news: RollNews | undefined;
  publicUrl: string;
}) => {
  const { c, election, figures, part, locked } = props;
  const language = c.get('language');
  const t = rollTexts[language];
  const number = (value: number): string => formatNumber(language, value);
  const root = `/elections/${election.id}`;
  return (
    <StaffPage c={c} title={t.title} election={election}>
      {props.news === undefined ? null : (
        <News language={language} news={props.news} isFrozen={props.isFrozen} />
      )}
      <p class="lead">{t.lead}</p>
      <DefinitionList
        items={[
          { term: t.registered, detail: number(figures.registered) },
          ...(props.isFrozen ? [{ term: t.voted, detail: number(figures.marked) }] : []),
        ]}
      />
      {props.isOpen ? (
        <p class="actions">
          <a class="btn btn-primary" href={`${root}/import-voters`}>
            <Icon name="upload" /> {t.import}
          </a>
          <a class="btn btn-secondary" href={`${root}/voters/new`}>
            <Icon name="person-plus" /> {t.add}
          </a>
        </p>
      ) : null}
      {locked.length === 0 ? null : <LockedLinks {...props} />}
      {figures.registered === 0 ? (
        <p class="empty">{t.empty}</p>
      ) : (
        <Listing
          language={language}
          path={`${root}/register-voter`}
          part={part}
          settings={props.settings}
          isFrozen={props.isFrozen}
        />
      )}
      {props.isOpen ? (
        <RegistrationSwitch
          language={language}
          election={election}
          publicUrl={props.publicUrl}
          maySwitch={c.get('viewer')?.role === 'admin'}
        />
      ) : null}
    </StaffPage>
  );
};

const News = (props: { language: Language; news: RollNews; isFrozen: boolean }) => {
  const { language, news } = props;
  const t = rollTexts[language];
  if (news.kind !== 'imported') {
    return (
      <Notice kind="success">
        <p>{t[news.kind]}</p>
      </Notice>
    );
  }
  const { added, updated, kept, refused } = news.report;
  const number = (value: number): string => formatNumber(language, value);
  return (
    <Notice kind={refused > 0 ? 'warning' : 'success'} title={t.imported}>
      <p>
        {t.report(number(added), number(updated), number(kept))}
        {refused > 0 ? ` ${t.refused(number(refused))}` : ''}
        {props.isFrozen && added > 0 ? ` ${t.sendAgain}` : ''}
      </p>
    </Notice>
  );
};

const LockedLinks = (props: {
  c: PageContext;
  election: ElectionRow;
  locked: readonly LockedVoter[];
  now: number;
}) => {
  const { c, election, now } = props;
  const language = c.get('language');
  const t = rollTexts[language];
  return (
    <section>
      <h2>{t.lockedTitle}</h2>
      <p>
        {t.lockedLead} {t.unlockHint}
      </p>
      <ul class="entries">
        {props.locked.map((voter) => (
          <li class="entry">
            <div class="entry-body">
              <p class="entry-title">{`${voter.lastName} ${voter.firstName}`}</p>
              <p class="entry-note">{voter.email}</p>
              <p class="entry-note">{lockSentence(language, election.time_zone, voter, now)}</p>
            </div>
            <form
              class="entry-actions"
              method="post"
              action={`/elections/${election.id}/voters/${voter.id}/unlock`}
            >
              <button type="submit" class="btn btn-secondary btn-sm">
                <Icon name="unlock" /> {t.unlock}
                <span class="visually-hidden">{` ${voter.firstName} ${voter.lastName}`}</span>
              </button>
            </form>
          </li>
        ))}
      </ul>
    </section>
  );
};

function lockSentence(
  language: Language,
  timeZone: string,
  { tries }: Pick<LockedVoter, 'tries'>,
  now: number,
): string {
  const t = rollTexts[language];
  const lock = lockOf(tries, now);
  return typeof lock === 'number' ? t.lockedUntil(formatInstant(language, timeZone, lock)) : t.lockedStaff;
}
