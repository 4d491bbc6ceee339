import type { Language } from '../../domain/election.ts';
import type { SecondSteps } from '../../store/second-factors.ts';
import { Field, SubmitButton } from '../../views/form.tsx';
import { Notice } from '../../views/notice.tsx';
import { PublicPage } from '../../views/public-page.tsx';
import { factorTexts } from './factor-texts.ts';
import { FormErrors, errorOf } from './form-errors.tsx';
import type { FormFault } from './form-fault.ts';
import { PasskeyButton } from './passkey-button.tsx';

/** Between a right password and the session: code, recovery code or passkey. */
export const SecondStepPage = (props: {
  language: Language;
  /** The secret of the step, good for five minutes and for one sign-in. */
  step: string;
  steps: SecondSteps;
  next: string;
  fault?: FormFault | undefined;
}) => {
  const { language, steps, next } = props;
  const t = factorTexts[language];
  return (
    <PublicPage
      language={language}
      title={t.step.title}
      path={`/sign-in?next=${encodeURIComponent(next)}`}
      code={props.fault?.code}
      script={steps.hasPasskey ? 'passkey' : undefined}
      isNarrow
    >
      <p class="lead">{t.step.lead}</p>
      <FormErrors language={language} fault={props.fault} />
      {steps.hasPasskey ? (
        <PasskeyButton
          language={language}
          label={t.passkey.use}
          ceremony="get"
          path="/sign-in/passkey"
          next={next}
        />
      ) : null}
      {steps.hasCode ? (
        <form class="card form-card" method="post" action="/sign-in/second-step">
          <input type="hidden" name="step" value={props.step} />
          <input type="hidden" name="next" value={next} />
          <Field
            language={language}
            name="code"
            label={t.step.code}
            hint={t.step.codeHint}
            autocomplete="one-time-code"
            maxlength={40}
            error={errorOf(props.fault, 'code')}
            isSpellchecked={false}
            autofocus
          />
          <SubmitButton label={t.step.submit} />
        </form>
      ) : (
        <Notice kind="info">
          <p>{t.step.onlyPasskey}</p>
        </Notice>
      )}
      <p class="small-print">{t.step.lost}</p>
    </PublicPage>
  );
};
