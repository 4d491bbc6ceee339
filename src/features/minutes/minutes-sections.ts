import type { Language } from '../../domain/election.ts';
import type { ContestSummary, SpoiledCount } from '../../result-summary.ts';
import { formatInstant, formatNumber, formatPercent } from '../../views/format.ts';
import { outcomeSentence, spoilWords, tieNote } from '../../views/result-words.ts';
import type { Minutes } from './draw-up-minutes.ts';
import { texts } from './texts.ts';

interface Fact {
  readonly term: string;
  readonly detail: string;
}

/** One part of the minutes, the same for the page and for the PDF. */
export interface MinutesSection {
  readonly heading: string;
  readonly paragraphs: readonly string[];
  readonly facts: readonly Fact[];
  readonly table?: {
    readonly caption: string;
    readonly columns: readonly { readonly label: string; readonly kind?: 'text' | 'number' }[];
    readonly rows: readonly (readonly string[])[];
  };
}

/** What the minutes say, in order. `origin`: where the public record is downloaded. */
export function minutesSections(
  language: Language,
  minutes: Minutes,
  origin: string,
): readonly MinutesSection[] {
  const { summary } = minutes;
  return [
    ...periodSections(language, minutes),
    participationSection(language, minutes),
    ...(summary?.contests ?? []).map((contest) => contestSection(language, contest)),
    incidentSection(language, minutes),
    proofSection(language, minutes, origin),
  ];
}

function periodSections(language: Language, minutes: Minutes): MinutesSection[] {
  const t = texts[language];
  const { manifest } = minutes.terms;
  const instant = (at: number): string => formatInstant(language, manifest.timeZone, at);
  const known = (term: string, at: number | undefined): Fact[] =>
    at === undefined ? [] : [{ term, detail: instant(at) }];
  const period: MinutesSection = {
    heading: t.period,
    paragraphs: [],
    facts: [
      { term: t.organiser, detail: manifest.organiser },
      ...known(t.plannedOpening, Date.parse(manifest.opensAt)),
      ...known(t.plannedClosing, Date.parse(manifest.closesAt)),
      ...known(t.opened, minutes.openedAt),
      ...known(t.closed, minutes.closedAt),
      ...known(t.counted, minutes.countedAt),
      ...known(t.published, minutes.publishedAt),
    ],
  };
  if (minutes.moves.length === 0) return [period];
  const table = {
    caption: t.movesTable,
    columns: [{ label: t.movedAt }, { label: t.movedTo }, { label: t.reason }],
    rows: minutes.moves.map(({ at, closesAt, reason }) => [instant(at), instant(closesAt), reason]),
  };
  return [period, { heading: t.moves, paragraphs: [], facts: [], table }];
}

function participationSection(language: Language, { close, summary }: Minutes): MinutesSection {
  const t = texts[language];
  const number = (value: number): string => formatNumber(language, value);
  return {
    heading: t.participation,
    paragraphs: [],
    facts: [
      { term: t.registered, detail: number(close.voters) },
      { term: t.voted, detail: number(close.issued) },
      {
        term: t.turnout,
        detail: formatPercent(language, close.voters === 0 ? 0 : close.issued / close.voters),
      },
      { term: t.ballots, detail: number(close.count) },
      { term: t.undelivered, detail: number(close.issued - close.count) },
      { term: t.serverSealed, detail: number(close.serverSealed) },
      ...spoiledFacts(language, summary?.spoiled ?? [], t.spoiledBallots),
    ],
  };
}

const spoiledFacts = (
  language: Language,
  spoiled: readonly SpoiledCount[],
  term: (why: string) => string,
): Fact[] =>
  spoiled.map(({ reason, count }) => ({
    term: term(spoilWords(language, reason)),
    detail: formatNumber(language, count),
  }));

function contestSection(language: Language, contest: ContestSummary): MinutesSection {
  const t = texts[language];
  const number = (value: number): string => formatNumber(language, value);
  const { outcome, spoiled } = contest;
  return {
    heading: contest.title,
    paragraphs: [outcomeSentence(language, outcome), ...(outcome.kind === 'tie' ? [tieNote(language)] : [])],
    facts: [
      { term: t.valid, detail: number(contest.valid) },
      { term: t.blank, detail: number(contest.blank) },
      ...(spoiled.length === 0
        ? [{ term: t.spoiled, detail: number(0) }]
        : spoiledFacts(language, spoiled, t.spoiledWhy)),
    ],
    table: {
      caption: t.votesOf(contest.title),
      columns: [
        { label: t.candidate },
        { label: t.votes, kind: 'number' },
        { label: t.share, kind: 'number' },
      ],
      rows: contest.ranking.map(({ name, votes, share }) => [
        name,
        number(votes),
        formatPercent(language, share),
      ]),
    },
  };
}

function incidentSection(language: Language, { incidents, terms }: Minutes): MinutesSection {
  const t = texts[language];
  const section = { heading: t.incidents, facts: [] };
  if (incidents.length === 0) return { ...section, paragraphs: [t.noIncidents] };
  const rows = incidents.map(({ at, text }) => [formatInstant(language, terms.manifest.timeZone, at), text]);
  const columns = [{ label: t.when }, { label: t.what }];
  return { ...section, paragraphs: [], table: { caption: t.incidentsTable, columns, rows } };
}

function proofSection(language: Language, minutes: Minutes, origin: string): MinutesSection {
  const t = texts[language];
  const { digests, fingerprint, summary, election } = minutes;
  return {
    heading: t.proofs,
    paragraphs: [t.verify(`${origin}/results/${election.id}`)],
    facts: [
      { term: t.fingerprint, detail: fingerprint },
      { term: t.manifestDigest, detail: digests.manifest },
      { term: t.root, detail: digests.root },
      ...(summary === undefined ? [] : [{ term: t.openings, detail: summary.digests.openings }]),
    ],
  };
}
