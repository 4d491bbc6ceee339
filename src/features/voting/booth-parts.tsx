import type { Language } from '../../domain/election.ts';
import type { ElectionRow } from '../../store/elections.ts';
import { Field } from '../../views/form.tsx';
import { Notice } from '../../views/notice.tsx';
import { texts as viewTexts } from '../../views/texts.ts';
import { codeWhere } from './code-where.ts';
import { DonePart } from './receipt-parts.tsx';
import { texts } from './texts.ts';

/** What the script of the voter's pages works on: the election it must be, the signed manifest, and its sentences. */
export const BoothData = (props: { language: Language; election: ElectionRow; manifest: string }) => {
  const { errors } = texts[props.language];
  const sentences = {
    errorsTitle: viewTexts[props.language].errorsTitle,
    code: errors.code(props.election.code_digits),
    wrongCode: errors.wrongCode,
    triesLeftOne: errors.triesLeftOne,
    triesLeftMany: errors.triesLeftMany,
    // Contest and number are put in by the script.
    nothing: errors.nothing('{contest}'),
    nothingOrBlank: errors.nothingOrBlank('{contest}'),
    tooMany: errors.tooMany('{contest}', '{n}'),
    tooFew: errors.tooFew('{contest}', '{n}'),
    blankAndMore: errors.blankAndMore('{contest}'),
  };
  return (
    <div
      id="booth"
      hidden
      data-election={props.election.id}
      data-manifest={props.manifest}
      data-sentences={JSON.stringify(sentences)}
    ></div>
  );
};

/** Check, then vote: filled by the booth; nothing of it is ever sent but the code. */
export const ReviewStep = (props: { language: Language; election: ElectionRow }) => {
  const { language, election } = props;
  const t = texts[language];
  return (
    <section data-step="review" hidden>
      <h1 tabindex={-1}>{t.reviewTitle}</h1>
      <div class="card review">
        <h2>{t.yourChoice}</h2>
        <dl class="facts" data-summary></dl>
        <button class="btn btn-link" type="button" data-change>
          {t.changeChoice}
        </button>
      </div>
      <p class="not-yet">{t.notYetRecorded}</p>
      <form id="code-form" autocomplete="off" novalidate data-digits={election.code_digits}>
        <div class="alert alert-danger error-summary" role="alert" data-code-error hidden>
          <p data-code-sentence></p>
          <p>{codeWhere[language][election.code_channel]}</p>
          <button class="btn btn-secondary btn-sm" type="button" data-resend>
            {t.resend}
          </button>
          <p role="status" data-resent hidden>
            {t.resent}
          </p>
        </div>
        <Field
          language={language}
          label={t.code}
          name="code"
          hint={t.codeHint(election.code_digits)}
          inputmode="numeric"
          autocomplete="one-time-code"
          maxlength={20}
          isSpellchecked={false}
        />
        <button class="btn btn-primary btn-lg" type="submit">
          {t.vote}
        </button>
        <p class="form-text">{t.voteHint}</p>
      </form>
    </section>
  );
};

/** The steps that the booth may reach on any page of a voter whose device holds something. */
export const BoothSteps = (props: { language: Language; election: ElectionRow }) => {
  const { language, election } = props;
  const t = texts[language];
  const retry = (
    <button class="btn btn-primary" type="button" data-retry>
      {t.trouble.retry}
    </button>
  );
  return (
    <>
      <section data-step="working" role="status" hidden>
        <h1 tabindex={-1}>{t.working}</h1>
        <p>{t.workingText}</p>
        <progress aria-label={t.working}></progress>
      </section>
      <section data-step="trouble" hidden>
        <h1 tabindex={-1}>{t.trouble.title}</h1>
        <p>{t.trouble.text}</p>
        <p>{t.trouble.safe}</p>
        {retry}
      </section>
      <section data-step="unconfirmed" hidden>
        <h1 tabindex={-1}>{t.trouble.unconfirmed}</h1>
        <p>{t.trouble.unconfirmedText}</p>
        <p>{t.trouble.safe}</p>
        {retry}
      </section>
      <section data-step="refused" hidden>
        <h1 tabindex={-1}>{t.trouble.title}</h1>
        <p>{t.trouble.refused}</p>
        <button class="btn btn-primary" type="button" data-reload>
          {t.trouble.reload}
        </button>
      </section>
      <section data-step="mismatch" data-code="WRONG_MANIFEST" hidden>
        <h1 tabindex={-1}>{t.mismatch.title}</h1>
        <Notice kind="danger">
          <p>{t.mismatch.text}</p>
        </Notice>
      </section>
      <section data-step="locked" data-code="LOCKED" hidden>
        <h1 tabindex={-1}>{t.locked.title}</h1>
        <p data-until={t.locked.until('{time}')} data-staff={t.locked.staff(election.contact)}>
          {t.locked.soon}
        </p>
        <p>{t.locked.notLost}</p>
        <p>{t.locked.contact(election.contact)}</p>
      </section>
      <section data-step="elsewhere" data-code="ALREADY_VOTED" hidden>
        <h1 tabindex={-1}>{t.alreadyVoted.title}</h1>
        <p>{t.alreadyVoted.text}</p>
        <p>{t.alreadyVoted.otherDevice}</p>
        <p>{t.alreadyVoted.notYou(election.contact)}</p>
      </section>
      <section data-step="too-late" data-code="CLOSED" hidden>
        <h1 tabindex={-1}>{t.trouble.title}</h1>
        <p>{t.closed.unsent}</p>
        <p>{t.closed.text}</p>
      </section>
      <section data-step="done" hidden>
        <DonePart language={language} election={election} />
      </section>
    </>
  );
};
