import type { Language } from '../../domain/election.ts';
import type { CandidateRow, ContestWithCandidates, ElectionRow } from '../../store/elections.ts';
import { logoPath } from '../../views/asset.ts';
import { Icon } from '../../views/icon.tsx';
import { MoveButtons } from '../../views/move-buttons.tsx';
import { Notice } from '../../views/notice.tsx';
import type { PageContext } from '../../views/route.ts';
import { StaffPage } from '../../views/staff-page.tsx';
import { texts } from './texts.ts';

/** The contests of an election with their candidates, in the declared order. */
export const CandidatesPage = (props: {
  c: PageContext;
  election: ElectionRow;
  contests: readonly ContestWithCandidates[];
  isFrozen: boolean;
}) => {
  const { c, election, contests, isFrozen } = props;
  const language = c.get('language');
  const t = texts[language];
  return (
    <StaffPage c={c} title={t.listTitle} election={election} isNarrow>
      {isFrozen ? <Notice kind="info">{t.frozen}</Notice> : <p class="lead">{t.lead}</p>}
      {contests.length === 0 ? <p class="empty">{t.noContest}</p> : null}
      {contests.map((contest) => (
        <section>
          <h2>{contest.title}</h2>
          {contest.candidates.length === 0 ? (
            <p class="empty">{t.noCandidate}</p>
          ) : (
            <ul class="entries">
              {contest.candidates.map((candidate, place) => (
                <Candidate
                  language={language}
                  electionId={election.id}
                  candidate={candidate}
                  isFirst={place === 0}
                  isLast={place === contest.candidates.length - 1}
                  isFrozen={isFrozen}
                />
              ))}
            </ul>
          )}
          {isFrozen ? null : (
            <p class="actions">
              <a
                class="btn btn-secondary"
                href={`/elections/${election.id}/contests/${contest.id}/candidates/new`}
                aria-label={t.addTo(contest.title)}
              >
                <Icon name="plus-lg" /> {t.add}
              </a>
            </p>
          )}
        </section>
      ))}
    </StaffPage>
  );
};

const Candidate = (props: {
  language: Language;
  electionId: string;
  candidate: CandidateRow;
  isFirst: boolean;
  isLast: boolean;
  isFrozen: boolean;
}) => {
  const { candidate } = props;
  const t = texts[props.language];
  const path = `/elections/${props.electionId}/candidates/${candidate.id}`;
  return (
    <li class="entry">
      <span class="entry-media">
        {candidate.logo === null ? (
          <Icon name="person" size={24} />
        ) : (
          <img src={logoPath(candidate.logo)} alt="" width="48" height="48" loading="lazy" />
        )}
      </span>
      <div class="entry-body">
        <p class="entry-title">{candidate.name}</p>
        {candidate.slogan === '' ? null : <p class="entry-note">{candidate.slogan}</p>}
      </div>
      {props.isFrozen ? null : (
        <div class="entry-actions">
          <MoveButtons
            action={`${path}/move`}
            up={props.isFirst ? undefined : t.up(candidate.name)}
            down={props.isLast ? undefined : t.down(candidate.name)}
          />
          <a class="btn btn-secondary btn-sm" href={path}>
            {t.edit}
            <span class="visually-hidden"> {candidate.name}</span>
          </a>
        </div>
      )}
    </li>
  );
};
