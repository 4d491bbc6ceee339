import type { Language } from '../../domain/election.ts';
import type { RankedCandidate } from '../../domain/results.ts';
import type { ResultSummary } from '../../result-summary.ts';
import { Document } from '../../views/document.tsx';
import { formatNumber, formatPercent } from '../../views/format.ts';
import { Icon } from '../../views/icon.tsx';
import { outcomeSentence, votesText } from '../../views/result-words.ts';
import { texts } from './texts.ts';

/** Large enough to be read from the back of a room. */
const Bars = ({ language, ranking }: { language: Language; ranking: readonly RankedCandidate[] }) => {
  const most = Math.max(1, ...ranking.map(({ votes }) => votes));
  return (
    <ol class="screen-bars">
      {ranking.map(({ name, votes, share, rank }) => (
        <li class={rank === 1 && votes > 0 ? 'screen-bar screen-bar-first' : 'screen-bar'}>
          <span class="screen-name">{name}</span>
          <span class="screen-votes">
            {votesText(language, votes)} · {formatPercent(language, share)}
          </span>
          <svg class="screen-line" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true">
            <rect class="hall-track" width="1000" height="10" />
            <rect class="screen-fill" width={Math.round((votes / most) * 1000)} height="10" />
          </svg>
        </li>
      ))}
    </ol>
  );
};

/** One contest at a time for the projector; `at` counts contests from 1. Links and arrow keys lead to the next one. */
export const ScreenPage = (props: {
  language: Language;
  summary: ResultSummary;
  at: number;
  path: string;
  back: string;
}) => {
  const { language, summary, at, path } = props;
  const t = texts[language];
  const { close, contests, terms } = summary;
  const contest = contests[at - 1];
  if (contest === undefined) throw new RangeError(`no contest ${at}`);
  const number = (value: number): string => formatNumber(language, value);
  const turnout = formatPercent(language, close.voters === 0 ? 0 : close.issued / close.voters);
  const isLast = at === contests.length;
  return (
    <Document
      language={language}
      title={`${contest.title} · ${terms.manifest.title} · Votix`}
      script="projector"
      bodyClass="screen"
    >
      <main id="content">
        <p class="eyebrow">
          {terms.manifest.organiser} · {terms.manifest.title}
        </p>
        <h1>{contest.title}</h1>
        <p class="screen-outcome">{outcomeSentence(language, contest.outcome)}</p>
        <Bars language={language} ranking={contest.ranking} />
        <p class="screen-counts">
          {t.valid} {number(contest.valid)} · {t.blank} {number(contest.blank)} · {t.turnout} {turnout} (
          {number(close.issued)} / {number(close.voters)})
        </p>
      </main>
      <nav class="screen-nav" aria-label={t.contests}>
        <a href={props.back}>{t.title}</a>
        {at === 1 ? null : (
          <a rel="prev" href={`${path}?contest=${at - 1}`}>
            <Icon name="arrow-left" /> {t.previous}
          </a>
        )}
        <span>{t.contestOf(number(at), number(contests.length))}</span>
        {isLast ? null : (
          <a rel="next" href={`${path}?contest=${at + 1}`}>
            {t.next} <Icon name="arrow-right" />
          </a>
        )}
      </nav>
    </Document>
  );
};
