import type { Language } from '../../domain/election.ts';
import { type ContestWithCandidates, type ElectionRow } from '../../store/elections.ts';
import { DefinitionList } from '../../views/definition-list.tsx';
import { type FieldError, withLabels } from '../../views/field-errors.ts';
import { ErrorSummary, SubmitButton } from '../../views/form.tsx';
import { formatDuration, formatInstant } from '../../views/format.ts';
import { Icon } from '../../views/icon.tsx';
import { MoveButtons } from '../../views/move-buttons.tsx';
import { Notice } from '../../views/notice.tsx';
import { type PageContext, viewerOf } from '../../views/route.ts';
import { StaffPage } from '../../views/staff-page.tsx';
import { ElectionFields, electionLabels } from './election-fields.tsx';
import type { ElectionForm } from './election-form.ts';
import { texts } from './texts.ts';

/** Settings and contests of one election: a form while they can change, facts once they are frozen. */
export const ConfigurePage = (props: {
  c: PageContext;
  election: ElectionRow;
  contests: readonly ContestWithCandidates[];
  form: ElectionForm;
  errors: readonly FieldError[];
  notices: readonly ('saved' | 'repeatedOpening' | 'repeatedClosing')[];
  isFrozen: boolean;
  /** Whether this viewer may change anything now. */
  isEditable: boolean;
}) => {
  const { c, election, isFrozen, isEditable } = props;
  const language = c.get('language');
  const t = texts[language];
  return (
    <StaffPage c={c} title={t.configureTitle} election={election} isNarrow>
      {props.notices.map((name) => (
        <Notice kind={name === 'saved' ? 'success' : 'info'}>{t[name]}</Notice>
      ))}
      {isFrozen ? (
        <Notice kind="info">
          <p>{t.frozen}</p>
          <p>{t.frozenClosing}</p>
        </Notice>
      ) : null}
      <ErrorSummary
        language={language}
        errors={withLabels(language, props.errors, electionLabels(language))}
      />
      <section>
        <h2>{t.contestsHeading}</h2>
        <Contests language={language} election={election} contests={props.contests} isEditable={isEditable} />
      </section>
      <section>
        <h2>{t.generalHeading}</h2>
        {isEditable ? (
          <form method="post" action={`/elections/${election.id}/configure`} novalidate>
            <ElectionFields language={language} form={props.form} errors={props.errors} />
            <SubmitButton label={t.save} />
          </form>
        ) : (
          <Facts language={language} election={election} />
        )}
      </section>
      {viewerOf(c).role !== 'admin' ? null : (
        <p>
          <a href={`/elections/${election.id}/reset`}>{t.toReset}</a>
        </p>
      )}
    </StaffPage>
  );
};

const Contests = (props: {
  language: Language;
  election: ElectionRow;
  contests: readonly ContestWithCandidates[];
  isEditable: boolean;
}) => {
  const t = texts[props.language];
  const root = `/elections/${props.election.id}`;
  return (
    <>
      {props.contests.length === 0 ? (
        <p class="empty">{t.contestsEmpty}</p>
      ) : (
        <ul class="entries">
          {props.contests.map((contest, place) => (
            <li class="entry">
              <div class="entry-body">
                <p class="entry-title">{contest.title}</p>
                <p class="entry-note">{contestFacts(props.language, contest)}</p>
              </div>
              {!props.isEditable ? null : (
                <div class="entry-actions">
                  <MoveButtons
                    action={`${root}/contests/${contest.id}/move`}
                    up={place === 0 ? undefined : t.up(contest.title)}
                    down={place === props.contests.length - 1 ? undefined : t.down(contest.title)}
                  />
                  <a class="btn btn-secondary btn-sm" href={`${root}/contests/${contest.id}`}>
                    {t.edit}
                    <span class="visually-hidden"> {contest.title}</span>
                  </a>
                </div>
              )}
            </li>
          ))}
        </ul>
      )}
      <p class="actions">
        {!props.isEditable ? null : (
          <a class="btn btn-secondary" href={`${root}/contests/new`}>
            <Icon name="plus-lg" /> {t.addContest}
          </a>
        )}
        {props.contests.length === 0 ? null : <a href={`${root}/register-candidate`}>{t.toCandidates}</a>}
      </p>
    </>
  );
};

/** One line that says how a contest is voted on. */
function contestFacts(language: Language, contest: ContestWithCandidates): string {
  const t = texts[language];
  const { method, min_choices: min, max_choices: max } = contest;
  return [
    method === 'plurality' ? t.methods.plurality : `${t.methods.approval} (${t.choiceRange(min, max)})`,
    t.candidateCount(contest.candidates.length),
    contest.has_blank === 1 ? t.withBlank : t.withoutBlank,
    t.orders[contest.is_shuffled === 1 ? 'shuffled' : 'declared'],
  ].join(' · ');
}

const Facts = ({ language, election }: { language: Language; election: ElectionRow }) => {
  const t = texts[language];
  const { time_zone: zone, opens_at: opensAt } = election;
  return (
    <DefinitionList
      items={[
        { term: t.title, detail: election.title },
        { term: t.organiser, detail: election.organiser },
        { term: t.contact, detail: election.contact },
        {
          term: t.opening,
          detail: opensAt === null ? t.openingProven : formatInstant(language, zone, opensAt),
        },
        { term: t.closesAt, detail: formatInstant(language, zone, election.closes_at) },
        { term: t.graceLabel, detail: formatDuration(language, election.grace_seconds * 1000) },
        {
          term: t.publication,
          detail: election.publication === 'totals' ? t.publicationTotals : t.publicationOpenings,
        },
        { term: t.electionKeyBits, detail: `RSA ${election.election_key_bits}` },
        { term: t.credentialKeyBits, detail: `RSA ${election.credential_key_bits}` },
      ]}
    />
  );
};
