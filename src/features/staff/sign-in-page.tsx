import type { Language } from '../../domain/election.ts';
import { Field, SubmitButton } from '../../views/form.tsx';
import { PublicPage } from '../../views/public-page.tsx';
import { factorTexts } from './factor-texts.ts';
import { FormErrors } from './form-errors.tsx';
import type { FormFault } from './form-fault.ts';
import { PasskeyButton } from './passkey-button.tsx';
import { texts } from './texts.ts';

export const SignInPage = (props: {
  language: Language;
  next: string;
  email?: string;
  fault?: FormFault | undefined;
}) => {
  const t = texts[props.language].signIn;
  return (
    <PublicPage
      language={props.language}
      title={t.title}
      path={`/sign-in?next=${encodeURIComponent(props.next)}`}
      code={props.fault?.code}
      script="passkey"
      isNarrow
    >
      <p class="lead">{t.lead}</p>
      <FormErrors language={props.language} fault={props.fault} />
      <form class="card form-card" method="post" action="/sign-in">
        <input type="hidden" name="next" value={props.next} />
        <Field
          language={props.language}
          name="email"
          type="email"
          label={t.email}
          value={props.email}
          autocomplete="username"
          maxlength={254}
        />
        <Field
          language={props.language}
          name="password"
          type="password"
          label={t.password}
          autocomplete="current-password"
          maxlength={400}
        />
        <SubmitButton label={t.submit} />
      </form>
      <PasskeyButton
        language={props.language}
        label={factorTexts[props.language].passkey.use}
        ceremony="get"
        path="/sign-in/passkey"
        next={props.next}
      />
      <p class="small-print">{t.forgotten}</p>
    </PublicPage>
  );
};
