import { Field, SubmitButton } from '../../views/form.tsx';
import { type PageContext, viewerOf } from '../../views/route.ts';
import { StaffPage } from '../../views/staff-page.tsx';
import { factorTexts } from './factor-texts.ts';
import { FormErrors, errorOf } from './form-errors.tsx';
import type { FormFault } from './form-fault.ts';
import { PasskeyButton } from './passkey-button.tsx';
import { texts } from './texts.ts';

export const ConfirmPage = (props: {
  c: PageContext;
  next: string;
  hasPasskey: boolean;
  fault?: FormFault | undefined;
}) => {
  const language = props.c.get('language');
  const t = texts[language];
  return (
    <StaffPage
      c={props.c}
      title={t.confirm.title}
      code={props.fault?.code}
      script={props.hasPasskey ? 'passkey' : undefined}
      isNarrow
    >
      <p class="lead">{t.confirm.lead}</p>
      <FormErrors language={language} fault={props.fault} />
      <form class="card form-card" method="post" action="/confirm">
        <input type="hidden" name="next" value={props.next} />
        <input
          type="text"
          name="account"
          value={viewerOf(props.c).email}
          autocomplete="username"
          readonly
          hidden
          aria-hidden="true"
          tabindex={-1}
        />
        <Field
          language={language}
          name="password"
          type="password"
          label={t.signIn.password}
          autocomplete="current-password"
          maxlength={400}
          error={errorOf(props.fault, 'password')}
          autofocus
        />
        <SubmitButton label={t.confirm.submit} />
      </form>
      {props.hasPasskey ? (
        <PasskeyButton
          language={language}
          label={factorTexts[language].passkey.confirm}
          ceremony="get"
          path="/confirm/passkey"
          next={props.next}
        />
      ) : null}
    </StaffPage>
  );
};
