import { Field, SubmitButton } from '../../views/form.tsx';
import { Notice } from '../../views/notice.tsx';
import { type PageContext, viewerOf } from '../../views/route.ts';
import { StaffPage } from '../../views/staff-page.tsx';
import { texts as viewTexts } from '../../views/texts.ts';
import { factorTexts } from './factor-texts.ts';
import { FormErrors, errorOf } from './form-errors.tsx';
import type { FormFault } from './form-fault.ts';
import { texts } from './texts.ts';

export const PasswordPage = (props: { c: PageContext; isDone?: boolean; fault?: FormFault | undefined }) => {
  const language = props.c.get('language');
  const viewer = viewerOf(props.c);
  const t = texts[language];
  const more = factorTexts[language];
  return (
    <StaffPage c={props.c} title={t.password.title} code={props.fault?.code} isNarrow>
      <p class="lead">{t.password.lead(viewer.email, viewTexts[language].roles[viewer.role])}</p>
      {props.isDone === true ? (
        <Notice kind="success">
          <p>{t.password.done}</p>
        </Notice>
      ) : null}
      <FormErrors language={language} fault={props.fault} />
      <form class="card form-card" method="post" action="/password">
        <h2>{t.password.change}</h2>
        <p class="form-text">{t.password.hint}</p>
        <Field
          language={language}
          name="current"
          type="password"
          label={t.password.current}
          autocomplete="current-password"
          maxlength={400}
          error={errorOf(props.fault, 'current')}
        />
        <Field
          language={language}
          name="password"
          type="password"
          label={t.password.next}
          hint={t.setUp.passwordHint}
          autocomplete="new-password"
          maxlength={400}
          error={errorOf(props.fault, 'password')}
        />
        <SubmitButton label={t.password.submit} />
      </form>
      <section class="card form-card">
        <h2>{more.factor.title}</h2>
        <p>{more.factor.lead}</p>
        <p>
          <a class="btn btn-secondary" href="/account/second-factor">
            {more.factor.title}
          </a>
        </p>
      </section>
      <form class="card form-card" method="post" action="/password/sign-out-everywhere">
        <h2>{more.sessions.title}</h2>
        <p>{more.sessions.lead}</p>
        <SubmitButton label={more.sessions.end} kind="secondary" />
      </form>
    </StaffPage>
  );
};
