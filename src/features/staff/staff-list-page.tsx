import type { Language, StaffRole } from '../../domain/election.ts';
import type { StaffRow } from '../../store/staff.ts';
import { Field, Select, SubmitButton } from '../../views/form.tsx';
import { Notice } from '../../views/notice.tsx';
import { type PageContext, viewerOf } from '../../views/route.ts';
import { StaffPage } from '../../views/staff-page.tsx';
import { texts as viewTexts } from '../../views/texts.ts';
import { factorTexts } from './factor-texts.ts';
import { FormErrors, errorOf } from './form-errors.tsx';
import type { FormFault } from './form-fault.ts';
import { texts } from './texts.ts';

type Texts = (typeof texts)['en']['staff'];

const stateOf = (t: Texts, person: StaffRow): string => {
  if (person.is_disabled === 1) return t.disabled;
  return person.password_hash === null ? t.waiting : t.active;
};

const ChangeButton = (props: { person: StaffRow; role: StaffRole; isDisabled: boolean; label: string }) => (
  <form method="post" action={`/staff/${props.person.id}/change`}>
    <input type="hidden" name="role" value={props.role} />
    <input type="hidden" name="disabled" value={props.isDisabled ? 'yes' : 'no'} />
    <SubmitButton kind="secondary" label={props.label} isSmall />
  </form>
);

const Actions = (props: { language: Language; person: StaffRow; canLoseFactor: boolean }) => {
  const { language, person } = props;
  const t = texts[language].staff;
  const more = factorTexts[language].sessions;
  const isDisabled = person.is_disabled === 1;
  const other: StaffRole = person.role === 'admin' ? 'technician' : 'admin';
  return (
    <div class="actions">
      {isDisabled ? null : (
        <>
          <ChangeButton
            person={person}
            role={other}
            isDisabled={false}
            label={other === 'admin' ? t.toAdmin : t.toTechnician}
          />
          <form method="post" action={`/staff/${person.id}/link`}>
            <SubmitButton kind="secondary" label={t.renew} isSmall />
          </form>
          <form method="post" action={`/staff/${person.id}/sign-out`}>
            <SubmitButton kind="secondary" label={more.endOf} isSmall />
          </form>
        </>
      )}
      {props.canLoseFactor ? (
        <form method="post" action={`/staff/${person.id}/remove-factor`}>
          <SubmitButton kind="secondary" label={more.removeFactor} isSmall />
        </form>
      ) : null}
      <ChangeButton
        person={person}
        role={person.role}
        isDisabled={!isDisabled}
        label={isDisabled ? t.enable : t.disable}
      />
    </div>
  );
};

export const StaffListPage = (props: {
  c: PageContext;
  people: readonly StaffRow[];
  /** The ids of those who have a second factor. */
  withFactor: ReadonlySet<string>;
  /** Shown once, right after it was made. */
  made?: { readonly email: string; readonly setupLink: string } | undefined;
  entered?: { readonly email: string; readonly name: string; readonly role: string };
  fault?: FormFault | undefined;
}) => {
  const language = props.c.get('language');
  const t = texts[language].staff;
  const { roles } = viewTexts[language];
  const self = viewerOf(props.c).staffId;
  return (
    <StaffPage c={props.c} title={t.title} code={props.fault?.code}>
      <p class="lead">{t.lead}</p>
      {props.made === undefined ? null : (
        <Notice kind="success" title={t.linkTitle}>
          <p>{t.linkText(props.made.email)}</p>
          <p class="copyable">{props.made.setupLink}</p>
        </Notice>
      )}
      <ul class="entries" aria-label={t.list}>
        {props.people.map((person) => (
          <li class="entry">
            <div class="entry-body">
              <p class="entry-title">{person.id === self ? `${person.name} (${t.you})` : person.name}</p>
              <p class="entry-note">
                {person.email} · {roles[person.role]} · {stateOf(t, person)}
                {props.withFactor.has(person.id) ? ` · ${factorTexts[language].sessions.hasFactor}` : null}
              </p>
            </div>
            <Actions
              language={language}
              person={person}
              canLoseFactor={person.id !== self && props.withFactor.has(person.id)}
            />
          </li>
        ))}
      </ul>
      <FormErrors language={language} fault={props.fault} />
      <form class="card form-card" method="post" action="/staff">
        <h2>{t.add}</h2>
        <p class="form-text">{t.addHint}</p>
        <Field
          language={language}
          name="name"
          label={t.name}
          value={props.entered?.name}
          maxlength={120}
          error={errorOf(props.fault, 'name')}
        />
        <Field
          language={language}
          name="email"
          type="email"
          label={t.email}
          value={props.entered?.email}
          maxlength={254}
          error={errorOf(props.fault, 'email')}
        />
        <Select
          language={language}
          name="role"
          label={t.role}
          value={props.entered?.role ?? 'technician'}
          options={[
            { value: 'technician', label: roles.technician },
            { value: 'admin', label: roles.admin },
          ]}
        />
        <SubmitButton label={t.submit} />
      </form>
    </StaffPage>
  );
};
