import type { Language } from '../../domain/election.ts';
import type { RankedCandidate } from '../../domain/results.ts';
import { DataTable } from '../../views/data-table.tsx';
import { DefinitionList } from '../../views/definition-list.tsx';
import { formatInstant, formatNumber, formatPercent } from '../../views/format.ts';
import { Notice } from '../../views/notice.tsx';
import type { ContestSummary, ResultSummary, SpoiledCount } from './summarise-result.ts';
import { texts } from './texts.ts';

const ROW_HEIGHT = 10;
const BAR_HEIGHT = 6;

/** One bar a candidate, as long as its share; names and figures stand in the table beside it. */
const Chart = (props: { language: Language; title: string; ranking: readonly RankedCandidate[] }) => {
  const { ranking } = props;
  const most = Math.max(1, ...ranking.map(({ votes }) => votes));
  return (
    <svg
      class="chart"
      viewBox={`0 0 100 ${ranking.length * ROW_HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={texts[props.language].chartLabel(props.title)}
    >
      {ranking.map(({ votes, rank }, i) => (
        <>
          <rect class="chart-track" x="0" y={i * ROW_HEIGHT + 2} width="100" height={BAR_HEIGHT} rx="1" />
          <rect
            class={rank === 1 ? 'chart-bar chart-first' : 'chart-bar'}
            x="0"
            y={i * ROW_HEIGHT + 2}
            width={((votes / most) * 100).toFixed(2)}
            height={BAR_HEIGHT}
            rx="1"
          />
        </>
      ))}
    </svg>
  );
};

const Outcome = ({ language, contest }: { language: Language; contest: ContestSummary }) => {
  const t = texts[language];
  const { outcome } = contest;
  const votes = (count: number): string => t.votes(count, formatNumber(language, count));
  switch (outcome.kind) {
    case 'no-votes':
      return <p class="outcome">{t.noVotes}</p>;
    case 'tie': {
      const names = new Intl.ListFormat(language).format(outcome.tied.map(({ name }) => name));
      return (
        <Notice kind="info" title={t.tie(names, votes(outcome.tied[0]?.votes ?? 0))}>
          <p>{t.tieNote}</p>
        </Notice>
      );
    }
    case 'winner':
      return (
        <p class="outcome">
          {t.winner(
            outcome.winner.name,
            votes(outcome.winner.votes),
            formatPercent(language, outcome.winner.share),
          )}
        </p>
      );
    default:
      return outcome satisfies never;
  }
};

const Contest = ({ language, contest }: { language: Language; contest: ContestSummary }) => {
  const t = texts[language];
  return (
    <section class="card result-contest">
      <h2>{contest.title}</h2>
      <Outcome language={language} contest={contest} />
      <Chart language={language} title={contest.title} ranking={contest.ranking} />
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
        term: `${t.spoiledAll}, ${t.reasons[reason]}`,
        detail: formatNumber(language, count),
      }));
};

/** Winner sentences, tables and charts, participation, and where to check it all. */
export const ResultView = (props: { language: Language; summary: ResultSummary; electionId: string }) => {
  const { language, summary, electionId } = props;
  const t = texts[language];
  const { close, terms, digests, spoiled, contests } = summary;
  const number = (value: number): string => formatNumber(language, value);
  const undelivered = close.issued - close.count;
  return (
    <>
      <p class="lead">
        {t.endedOn(formatInstant(language, terms.manifest.timeZone, Date.parse(close.closedAt)))}
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
