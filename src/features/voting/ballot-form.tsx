import type { Language } from '../../domain/election.ts';
import type { ManifestContest } from '../../protocol/manifest.ts';
import { logoPath } from '../../views/asset.ts';
import { Checkbox, ErrorSummary, Radio, SubmitButton } from '../../views/form.tsx';
import { BLANK, type ReadBallot, type Ticked, fieldOf } from './selections.ts';
import { type VotingTexts, texts } from './texts.ts';
import type { ShownContest } from './voter-visit.ts';

/** The most that may be chosen, in words. */
function limitsOf({ min, max }: ManifestContest, t: VotingTexts): string {
  if (max === 1) return t.chooseOne;
  if (min === max) return t.chooseExactly(max);
  return min === 1 ? t.chooseUpTo(max) : t.chooseBetween(min, max);
}

const Candidate = (props: {
  t: VotingTexts;
  name: string;
  kind: 'radio' | 'checkbox';
  candidate: ShownContest['candidates'][number];
  checked: boolean;
}) => {
  const { t, candidate } = props;
  const { id, name, slogan, details, logo } = candidate;
  const Choice = props.kind === 'radio' ? Radio : Checkbox;
  return (
    <div class="candidate">
      <Choice
        name={props.name}
        value={id}
        label={name}
        hint={slogan === '' ? undefined : slogan}
        checked={props.checked}
        media={
          logo === null ? undefined : (
            <img src={logoPath(logo)} alt={t.logoOf(name)} width={64} height={64} loading="lazy" />
          )
        }
      />
      {details === '' ? null : (
        <details>
          <summary>
            {t.details}
            <span class="visually-hidden">: {name}</span>
          </summary>
          <p class="prose">{details}</p>
        </details>
      )}
    </div>
  );
};

const Contest = (props: {
  t: VotingTexts;
  shown: ShownContest;
  index: number;
  /** The contest's title is the page's heading. */
  isAlone: boolean;
  ticked: readonly string[];
}) => {
  const { t, index, ticked } = props;
  const { contest, candidates, isShuffled } = props.shown;
  const name = fieldOf(index);
  const kind = contest.max === 1 ? 'radio' : 'checkbox';
  const Blank = kind === 'radio' ? Radio : Checkbox;
  return (
    <fieldset
      class="contest"
      id={name}
      tabindex={-1}
      data-contest={contest.id}
      data-min={contest.min}
      data-max={contest.max}
    >
      <legend>{props.isAlone ? <h1>{contest.title}</h1> : <h2>{contest.title}</h2>}</legend>
      <p class="limits">
        {limitsOf(contest, t)} {isShuffled ? t.shuffled : t.declared}
      </p>
      {candidates.map((candidate) => (
        <Candidate
          t={t}
          name={name}
          kind={kind}
          candidate={candidate}
          checked={ticked.includes(candidate.id)}
        />
      ))}
      {contest.blank ? (
        <div class="blank-choice">
          <Blank
            name={name}
            value={BLANK}
            label={t.blank}
            hint={t.blankHint}
            checked={ticked.includes(BLANK)}
          />
        </div>
      ) : null}
      {kind === 'checkbox' ? (
        <p class="live-count" role="status" data-count={t.chosen(contest.max)} hidden></p>
      ) : null}
    </fieldset>
  );
};

/**
 * The ballot, for every browser. With the booth at work (`isSealedHere`) the only button that posts stands in
 * `noscript`, and a disabled one of its own blocks sending by Enter: a choice never leaves a browser with JavaScript.
 */
export const BallotForm = (props: {
  language: Language;
  link: string;
  contests: readonly ShownContest[];
  isSealedHere: boolean;
  ticked?: Ticked | undefined;
  errors?: ReadBallot['errors'] | undefined;
}) => {
  const { language, link, contests } = props;
  const t = texts[language];
  const isAlone = contests.length === 1;
  const button = <SubmitButton label={t.continue} />;
  return (
    <form id="ballot-form" method="post" action={`/vote/${link}/review`} autocomplete="off" novalidate>
      {isAlone ? null : <h1>{t.severalContests}</h1>}
      <ErrorSummary language={language} errors={props.errors ?? []} />
      {contests.map((shown, index) => (
        <Contest t={t} shown={shown} index={index} isAlone={isAlone} ticked={props.ticked?.[index] ?? []} />
      ))}
      <p class="form-text">{t.continueHint}</p>
      {props.isSealedHere ? (
        <>
          <noscript>{button}</noscript>
          <button class="btn btn-primary" type="submit" id="continue" disabled hidden>
            {t.continue}
          </button>
        </>
      ) : (
        button
      )}
    </form>
  );
};
