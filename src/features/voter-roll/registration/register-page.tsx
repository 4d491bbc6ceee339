import type { Language } from '../../../domain/election.ts';
import type { Settings } from '../../../domain/settings.ts';
import type { ElectionRow } from '../../../store/elections.ts';
import type { RegistrationRow } from '../../../store/registrations.ts';
import { DefinitionList } from '../../../views/definition-list.tsx';
import { type FieldError, errorAt, withLabels } from '../../../views/field-errors.ts';
import { ErrorSummary, Field, Select, SubmitButton } from '../../../views/form.tsx';
import { Notice } from '../../../views/notice.tsx';
import { PublicPage } from '../../../views/public-page.tsx';
import type { PageContext } from '../../../views/route.ts';
import type { VoterInput } from '../read-voter.ts';
import { registrationTexts } from './texts.ts';
import { WorkForm } from './work-form.tsx';

interface PageProps {
  readonly c: PageContext;
  readonly election: ElectionRow;
}

const scene = ({ c, election }: PageProps) => {
  const language: Language = c.get('language');
  return { language, t: registrationTexts[language], organiser: election.organiser, path: c.req.path };
};

/** The form by which people ask to be put on the roll; only what the roll may say is asked for. */
export const RegisterPage = (
  props: PageProps & {
    readonly settings: Pick<Settings, 'domains' | 'promotions' | 'buildings'>;
    readonly input: VoterInput;
    readonly challenge: string;
    readonly errors: readonly FieldError[];
  },
) => {
  const { election, settings, input, errors } = props;
  const { language, t, organiser, path } = scene(props);
  const of = (name: keyof VoterInput) => ({
    language,
    name,
    value: input[name],
    error: errorAt(errors, name),
  });
  const labels = {
    last_name: t.lastName,
    first_name: t.firstName,
    email: t.email,
    promotion: t.promotion,
    building: t.building,
  };
  const choice = (name: 'promotion' | 'building', list: readonly string[]) =>
    list.length === 0 ? null : (
      <Select
        {...of(name)}
        label={labels[name]}
        required={false}
        options={[{ value: '', label: t.none }, ...list.map((value) => ({ value, label: value }))]}
      />
    );
  return (
    <PublicPage
      language={language}
      title={t.registerTitle}
      path={path}
      organiser={organiser}
      script="register"
      isNarrow
    >
      <ErrorSummary language={language} errors={withLabels(language, errors, labels)} />
      <p class="lead">{t.registerLead(election.title)}</p>
      <p>{t.domains(settings.domains.join(', '))}</p>
      <WorkForm language={language} action={path} challenge={props.challenge} contact={election.contact}>
        <Field {...of('last_name')} label={t.lastName} autocomplete="family-name" maxlength={200} />
        <Field {...of('first_name')} label={t.firstName} autocomplete="given-name" maxlength={200} />
        <Field
          {...of('email')}
          type="email"
          label={t.email}
          hint={t.emailHint}
          autocomplete="email"
          maxlength={320}
        />
        {choice('promotion', settings.promotions)}
        {choice('building', settings.buildings)}
      </WorkForm>
    </PublicPage>
  );
};

/** "Am I on the roll?" */
export const RollQuestionPage = (
  props: PageProps & {
    readonly email: string;
    readonly challenge: string;
    readonly errors: readonly FieldError[];
  },
) => {
  const { election, errors } = props;
  const { language, t, organiser, path } = scene(props);
  return (
    <PublicPage
      language={language}
      title={t.askTitle}
      path={path}
      organiser={organiser}
      script="register"
      isNarrow
    >
      <ErrorSummary language={language} errors={withLabels(language, errors, { email: t.askEmail })} />
      <p class="lead">{t.askLead(election.title)}</p>
      <WorkForm language={language} action={path} challenge={props.challenge} contact={election.contact}>
        <Field
          language={language}
          name="email"
          type="email"
          label={t.askEmail}
          value={props.email}
          error={errorAt(errors, 'email')}
          autocomplete="email"
          maxlength={320}
        />
      </WorkForm>
    </PublicPage>
  );
};

/** A page that says one thing: a form was sent, or is not open. */
export const SaidPage = (props: PageProps & { readonly title: string; readonly sentence: string }) => {
  const { language, organiser, path } = scene(props);
  return (
    <PublicPage language={language} title={props.title} path={path} organiser={organiser} isNarrow>
      <Notice kind="info">
        <p>{props.sentence}</p>
      </Notice>
    </PublicPage>
  );
};

/** What a confirmation link opens: what would be on the roll, and a button, since mail scanners follow links too. */
export const ConfirmRegistrationPage = (props: PageProps & { readonly registration: RegistrationRow }) => {
  const { election, registration } = props;
  const { language, t, organiser, path } = scene(props);
  if (registration.confirmed_at !== null) {
    return <SaidPage {...props} title={t.confirmedTitle} sentence={t.confirmed} />;
  }
  const { first_name, last_name, email, promotion, building } = registration;
  return (
    <PublicPage language={language} title={t.confirmTitle} path={path} organiser={organiser} isNarrow>
      <p class="lead">{t.confirmLead(election.title)}</p>
      <DefinitionList
        items={[
          { term: t.lastName, detail: last_name },
          { term: t.firstName, detail: first_name },
          { term: t.email, detail: email },
          ...(promotion === '' ? [] : [{ term: t.promotion, detail: promotion }]),
          ...(building === '' ? [] : [{ term: t.building, detail: building }]),
        ]}
      />
      <form method="post" action={path}>
        <SubmitButton label={t.confirm} />
      </form>
    </PublicPage>
  );
};
