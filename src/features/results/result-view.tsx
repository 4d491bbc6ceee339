import type { Language } from '../../domain/election.ts';
import type { RankedCandidate } from '../../domain/results.ts';
import { DataTable } from '../../views/data-table.tsx';
import { DefinitionList } from '../../views/definition-list.tsx';
import { formatInstant, formatNumber, formatPercent } from '../../views/format.ts';
import { Notice } from '../../views/notice.tsx';
import { outcomeSentence, spoilWords, tieNote, votesText } from '../../views/result-words.ts';
import type { ContestSummary, ResultSummary, SpoiledCount } from '../../result-summary.ts';
import { texts } from './texts.ts';

/** One row a candidate: name, figures in words, and a bar as long as the votes compared with the first. */
const Chart = (props: { language: Language; title: string; ranking: readonly RankedCandidate[] }) => {
  const { language, ranking } = props;
  const t = texts[language];
  const most = Math.max(1, ...ranking.map(({ votes }) => votes));
  return (
    <ol class="bars" aria-label={t.chartLabel(props.title)}>
      {ranking.map(({ name, votes, share, rank }) => (
        <li class={rank === 1 && votes > 0 ? 'bar bar-first' : 'bar'}>
          <span class="bar-name">{name}</span>
          <span class="bar-figures">
            {votesText(language, votes)} · {formatPercent(language, share)}
          </span>
          <svg class="bar-line" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
            <rect class="bar-track" width="100" height="4" />
            <rect class="bar-fill" width={((votes / most) * 100).toFixed(2)} height="4" />
          </svg>
        </li>
      ))}
    </ol>
  );
};

const Outcome = ({ language, contest: { outcome } }: { language: Language; contest: ContestSummary }) => {
  const sentence = outcomeSentence(language, outcome);
  if (outcome.kind !== 'tie') return <p class="outcome">{sentence}</p>;
  return (
    <Notice kind="info" title={sentence}>
      <p>{tieNote(language)}</p>
    </Notice>
  );
};

const Contest = ({ language, contest }: { language: Language; contest: ContestSummary }) => {
  const t = texts[language];
  return (
    <section class="card result-contest">
      <h2>{contest.title}</h2>
      <Outcome language={language} contest={contest} />
      <Chart language={language} title={contest.title} ranking={contest.ranking} />
      <details class="table-details">
        <summary>{t.table}</summary>
        <DataTable
          caption={t.tableCaption(contest.title)}
          isCaptionHidden
          columns={[
            { label: t.candidate },
            { label: t.votesColumn, kind: 'number' },
            { label: t.share, kind: 'number' },
          ]}
          rows={contest.ranking.map(({ name, votes, share }) => [
            name,
            formatNumber(language, votes),
            formatPercent(language, share),
          ])}
        />
      </details>
      <DefinitionList
        items={[
          { term: t.valid, detail: formatNumber(language, contest.valid) },
          { term: t.blank, detail: formatNumber(language, contest.blank) },
          ...spoiledItems(language, contest.spoiled),
        ]}
      />
    </section>
  );
};

const spoiledItems = (language: Language, spoiled: readonly SpoiledCount[]) => {
  const t = texts[language];
  return spoiled.length === 0
    ? [{ term: t.spoiledAll, detail: formatNumber(language, 0) }]
    : spoiled.map(({ reason, count }) => ({
        term: `${t.spoiledAll}, ${spoilWords(language, reason)}`,
        detail: formatNumber(language, count),
      }));
};

/** Winner sentences, tables and charts, participation, and where to check it all. */
export const ResultView = (props: {
  language: Language;
  summary: ResultSummary;
  electionId: string;
  /** Where minutes and projector view are read: other pages for admins than for everyone. */
  links: { readonly minutes: string; readonly screen: string };
}) => {
  const { language, summary, electionId, links } = props;
  const t = texts[language];
  const { close, terms, digests, spoiled, contests } = summary;
  const number = (value: number): string => formatNumber(language, value);
  const undelivered = close.issued - close.count;
  return (
    <>
      <p class="lead">
        {t.endedOn(formatInstant(language, terms.manifest.timeZone, Date.parse(close.closedAt)))}
      </p>
      <p class="actions">
        <a class="btn btn-secondary" href={links.minutes}>
          {t.minutes}
        </a>
        <a class="btn btn-secondary" href={links.screen}>
          {t.screen}
        </a>
      </p>
      {contests.map((contest) => (
        <Contest language={language} contest={contest} />
      ))}
      <section class="card">
        <h2>{t.participation}</h2>
        <DefinitionList
          items={[
            { term: t.registered, detail: number(close.voters) },
            { term: t.voted, detail: number(close.issued) },
            {
              term: t.turnout,
              detail: formatPercent(language, close.voters === 0 ? 0 : close.issued / close.voters),
            },
            { term: t.ballots, detail: number(close.count) },
            ...(close.serverSealed === 0
              ? []
              : [{ term: t.serverSealed, detail: number(close.serverSealed) }]),
            ...(spoiled.length === 0 ? [] : spoiledItems(language, spoiled)),
          ]}
        />
        {undelivered === 0 ? null : <p>{t.undelivered(number(undelivered))}</p>}
      </section>
      <section class="card">
        <h2>{t.proofs}</h2>
        <p>{t.proofsLead}</p>
        <p class="actions">
          <a class="btn btn-primary" href={`/elections/${electionId}/record`} download="record.jsonl">
            {t.download}
          </a>
          <a class="btn btn-secondary" href={`/results/${electionId}/receipt`}>
            {t.checkReceipt}
          </a>
        </p>
        <p>
          {t.command} <code>npm run -s cli -- verify record.jsonl</code>
        </p>
        <DefinitionList
          items={[
            { term: t.manifestDigest, detail: <code class="wrap">{digests.manifest}</code> },
            { term: t.root, detail: <code class="wrap">{digests.root}</code> },
            { term: t.openings, detail: <code class="wrap">{digests.openings}</code> },
          ]}
        />
      </section>
    </>
  );
};
