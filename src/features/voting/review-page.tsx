import type { Child } from 'hono/jsx';
import type { Language } from '../../domain/election.ts';
import type { ManifestContest } from '../../protocol/manifest.ts';
import type { ElectionRow } from '../../store/elections.ts';
import { DefinitionList } from '../../views/definition-list.tsx';
import { ErrorSummary, Field, SubmitButton } from '../../views/form.tsx';
import { Notice } from '../../views/notice.tsx';
import { VoterPage } from '../../views/voter-page.tsx';
import { BLANK, type Ticked, fieldOf } from './selections.ts';
import { texts } from './texts.ts';

/** A choice that was checked, with the nonce that makes sending it twice harmless. */
export interface CheckedChoice {
  readonly contests: readonly ManifestContest[];
  readonly ticked: Ticked;
  /** 32 bytes in base64url. */
  readonly nonce: string;
}

const Hidden = (props: { choice: CheckedChoice }) => (
  <>
    <input type="hidden" name="nonce" value={props.choice.nonce} />
    {props.choice.ticked.flatMap((values, index) =>
      values.map((value) => <input type="hidden" name={fieldOf(index)} value={value} />),
    )}
  </>
);

const Summary = (props: { language: Language; choice: CheckedChoice }) => {
  const t = texts[props.language];
  const { contests, ticked } = props.choice;
  const namesOf = (contest: ManifestContest, values: readonly string[]): Child => (
    <ul class="plain-list">
      {values.includes(BLANK) ? (
        <li>{t.blank}</li>
      ) : (
        contest.candidates.filter(({ id }) => values.includes(id)).map(({ name }) => <li>{name}</li>)
      )}
    </ul>
  );
  return (
    <DefinitionList
      items={contests.map((contest, index) => ({
        term: contest.title,
        detail: namesOf(contest, ticked[index] ?? []),
      }))}
    />
  );
};

/** Check, then vote, for a voter without JavaScript: one final button, and nothing to do after it. */
export const ReviewPage = (props: {
  language: Language;
  link: string;
  election: ElectionRow;
  choice: CheckedChoice;
  /** Of the code, or of the server: `trouble` says that nothing was recorded and that sending again is safe. */
  fault?: { readonly code: string; readonly sentences: readonly string[] } | undefined;
  /** The mail with the code was asked for again. */
  isResent?: boolean;
}) => {
  const { language, link, election, choice, fault } = props;
  const t = texts[language];
  const isTrouble = fault?.code === 'BUSY';
  const title = isTrouble ? t.trouble.title : t.reviewTitle;
  const codeFault = fault === undefined || isTrouble ? undefined : fault.sentences[0];
  return (
    <VoterPage
      language={language}
      title={title}
      election={election}
      code={fault?.code ?? 'review'}
      hasLanguageLink={false}
    >
      <h1>{title}</h1>
      {isTrouble ? (
        <Notice kind="danger">
          {fault.sentences.map((sentence) => (
            <p>{sentence}</p>
          ))}
        </Notice>
      ) : (
        <ErrorSummary
          language={language}
          errors={(fault?.sentences ?? []).map((sentence) => ({ name: 'code', sentence }))}
        />
      )}
      <div class="card review">
        <h2>{t.yourChoice}</h2>
        <Summary language={language} choice={choice} />
        <form method="post" action={`/vote/${link}/review`}>
          <Hidden choice={choice} />
          <input type="hidden" name="change" value="1" />
          <SubmitButton kind="link" label={t.changeChoice} />
        </form>
      </div>
      <p class="not-yet">{t.notYetRecorded}</p>
      {props.isResent === true ? (
        <Notice kind="info">
          <p>{t.resent}</p>
        </Notice>
      ) : null}
      <form method="post" action={`/vote/${link}/cast`} autocomplete="off" novalidate>
        <Hidden choice={choice} />
        <Field
          language={language}
          label={t.code}
          name="code"
          hint={t.codeHint(election.code_digits)}
          error={codeFault}
          inputmode="numeric"
          autocomplete="one-time-code"
          maxlength={20}
          isSpellchecked={false}
        />
        <SubmitButton label={isTrouble ? t.trouble.retry : t.vote} />
        <p class="form-text">{t.voteHint}</p>
      </form>
      {fault?.code === 'WRONG_CODE' ? (
        <form method="post" action={`/vote/${link}/resend`}>
          <Hidden choice={choice} />
          <SubmitButton kind="secondary" label={t.resend} isSmall />
        </form>
      ) : null}
    </VoterPage>
  );
};
