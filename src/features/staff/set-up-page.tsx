import type { Language } from '../../domain/election.ts';
import { Field, SubmitButton } from '../../views/form.tsx';
import { PublicPage } from '../../views/public-page.tsx';
import { FormErrors, errorOf } from './form-errors.tsx';
import type { FormFault } from './form-fault.ts';
import type { SetUp } from './set-up.ts';
import { texts } from './texts.ts';

export const SetUpPage = (props: {
  language: Language;
  path: string;
  setUp: SetUp;
  name?: string;
  email?: string;
  fault?: FormFault | undefined;
}) => {
  const { language, setUp, fault } = props;
  const t = texts[language].setUp;
  const isFirst = setUp.kind === 'first-admin';
  return (
    <PublicPage
      language={language}
      title={isFirst ? t.titleFirst : t.titleMember}
      path={props.path}
      code={fault?.code}
      isNarrow
    >
      <p class="lead">{isFirst ? t.leadFirst : t.leadMember(setUp.email)}</p>
      <FormErrors language={language} fault={fault} />
      <form class="card form-card" method="post" action={props.path}>
        {isFirst ? (
          <>
            <Field
              language={language}
              name="name"
              label={t.name}
              value={props.name}
              autocomplete="name"
              maxlength={120}
              error={errorOf(fault, 'name')}
            />
            <Field
              language={language}
              name="email"
              type="email"
              label={t.email}
              hint={t.emailHint}
              value={props.email}
              autocomplete="username"
              maxlength={254}
              error={errorOf(fault, 'email')}
            />
          </>
        ) : (
          <input
            type="text"
            name="email"
            value={setUp.email}
            autocomplete="username"
            readonly
            hidden
            tabindex={-1}
          />
        )}
        <Field
          language={language}
          name="password"
          type="password"
          label={t.password}
          hint={t.passwordHint}
          autocomplete="new-password"
          maxlength={400}
          error={errorOf(fault, 'password')}
        />
        <SubmitButton label={isFirst ? t.submitFirst : t.submitMember} />
      </form>
    </PublicPage>
  );
};
