import type { Settings } from '../../domain/settings.ts';
import type { ElectionRow } from '../../store/elections.ts';
import { type FieldError, errorAt, withLabels } from '../../views/field-errors.ts';
import { ErrorSummary, Field, Select, SubmitButton } from '../../views/form.tsx';
import { formatInstant } from '../../views/format.ts';
import { Icon } from '../../views/icon.tsx';
import { Notice } from '../../views/notice.tsx';
import type { PageContext } from '../../views/route.ts';
import { StaffPage } from '../../views/staff-page.tsx';
import type { CodeLock } from '../../domain/code-tries.ts';
import type { LinkMailStanding } from '../../store/link-standing.ts';
import type { VoterInput } from './read-voter.ts';
import type { RollColumn } from './reading/index.ts';
import { rollTexts } from './roll-texts.ts';
import { VoterLinkPanel } from './voter-link-panel.tsx';

/** The form of one voter; without `voterId` it is a new one. */
export const VoterPage = (props: {
  c: PageContext;
  election: ElectionRow;
  voterId: string | undefined;
  input: VoterInput;
  settings: Pick<Settings, 'promotions' | 'buildings'>;
  lock: CodeLock;
  /** How the mail of the present link stands; undefined for a new voter, and while there are no links. */
  link: LinkMailStanding | undefined;
  canSendLink: boolean;
  news: 'saved' | 'unlocked' | 'linkSent' | 'linkReplaced' | undefined;
  /** False once voting has ended. */
  isOpen: boolean;
  isFrozen: boolean;
  errors: readonly FieldError[];
}) => {
  const { c, election, voterId, input, settings, errors } = props;
  const language = c.get('language');
  const t = rollTexts[language];
  const root = `/elections/${election.id}`;
  const action = `${root}/voters/${voterId ?? 'new'}`;
  const of = (name: RollColumn) => ({
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
  const isRisky = voterId !== undefined && election.links_mailed === 1;
  return (
    <StaffPage
      c={c}
      title={voterId === undefined ? t.newTitle : t.editTitle}
      election={election}
      crumbs={[{ href: `${root}/register-voter`, label: t.title }]}
      isNarrow
    >
      {props.news === undefined ? null : (
        <Notice kind="success">
          <p>{t[props.news]}</p>
        </Notice>
      )}
      <ErrorSummary language={language} errors={withLabels(language, errors, labels)} />
      {props.isOpen ? null : <Notice kind="info">{t.ended}</Notice>}
      {props.isOpen && props.isFrozen ? <Notice kind="info">{t.frozen}</Notice> : null}
      {voterId === undefined || props.lock === undefined ? null : <Lock {...props} action={action} />}
      <form method="post" action={action} novalidate>
        <Field {...of('last_name')} label={t.lastName} maxlength={200} />
        <Field {...of('first_name')} label={t.firstName} maxlength={200} />
        <Field
          {...of('email')}
          type="email"
          label={t.email}
          hint={isRisky ? t.emailMailed : t.emailHint}
          maxlength={320}
        />
        <ListedField {...of('promotion')} label={t.promotion} list={settings.promotions} none={t.none} />
        <ListedField {...of('building')} label={t.building} list={settings.buildings} none={t.none} />
        {props.isOpen ? <SubmitButton label={voterId === undefined ? t.addButton : t.save} /> : null}
      </form>
      {props.link === undefined ? null : (
        <VoterLinkPanel language={language} path={action} mail={props.link} canSend={props.canSendLink} />
      )}
      {voterId !== undefined && props.isOpen ? (
        <form class="removal" method="post" action={`${action}/remove`}>
          <p>{t.removeHint}</p>
          <SubmitButton label={t.remove} kind="danger">
            <Icon name="trash" />
          </SubmitButton>
        </form>
      ) : null}
    </StaffPage>
  );
};

/** A choice of what the settings list; free text where they list nothing. What is kept of old settings stays in sight. */
const ListedField = (props: {
  language: 'en' | 'fr';
  name: RollColumn;
  label: string;
  value: string;
  error: string | undefined;
  list: readonly string[];
  none: string;
}) => {
  const { list, none, value, ...field } = props;
  if (list.length === 0) return <Field {...field} value={value} required={false} maxlength={100} />;
  const shown = value === '' || list.includes(value) ? list : [...list, value];
  return (
    <Select
      {...field}
      value={value}
      required={false}
      options={[{ value: '', label: none }, ...shown.map((entry) => ({ value: entry, label: entry }))]}
    />
  );
};

const Lock = (props: { c: PageContext; election: ElectionRow; lock: CodeLock; action: string }) => {
  const language = props.c.get('language');
  const t = rollTexts[language];
  return (
    <Notice
      kind="warning"
      title={
        typeof props.lock === 'number'
          ? t.lockedUntil(formatInstant(language, props.election.time_zone, props.lock))
          : t.lockedStaff
      }
    >
      <p>
        {t.lockedLead} {t.unlockHint}
      </p>
      <form method="post" action={`${props.action}/unlock`}>
        <SubmitButton label={t.unlock} kind="secondary">
          <Icon name="unlock" />
        </SubmitButton>
      </form>
    </Notice>
  );
};
