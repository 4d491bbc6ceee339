import type { FC } from 'hono/jsx';
import type { Language } from '../../domain/election.ts';
import { withLabels } from '../../views/field-errors.ts';
import { ErrorSummary } from '../../views/form.tsx';
import { Notice } from '../../views/notice.tsx';
import type { PageContext } from '../../views/route.ts';
import { StaffPage } from '../../views/staff-page.tsx';
import { AssociationForm } from './association-form.tsx';
import { SECTIONS, type Section } from './configure-form.ts';
import { MailSettingsForm } from './mail-settings-form.tsx';
import type { SectionProps } from './section-props.ts';
import { texts } from './texts.ts';
import { VotersForm } from './voters-form.tsx';
import { WindowForm } from './window-form.tsx';

const FORMS: Readonly<Record<Section, FC<SectionProps>>> = {
  association: AssociationForm,
  voters: VotersForm,
  mail: MailSettingsForm,
  window: WindowForm,
};

/** What the fields are called, by their names. */
const labelsOf = (language: Language): Readonly<Record<string, string>> => {
  const t = texts[language];
  const own = Object.entries(t).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return { ...Object.fromEntries(own), languages: t.offered };
};

/** The server's configuration: what holds for all elections, and when the current one votes. */
export const ConfigurePage = (props: SectionProps & { c: PageContext; saved: Section | undefined }) => {
  const { c, saved, ...shown } = props;
  const { language } = shown;
  const t = texts[language];
  return (
    <StaffPage c={c} title={t.title} isNarrow>
      <p class="lead">{t.lead}</p>
      {saved === undefined ? null : <Notice kind="success">{t.saved(t.sections[saved])}</Notice>}
      <ErrorSummary language={language} errors={withLabels(language, shown.errors, labelsOf(language))} />
      {SECTIONS.map((section) => {
        const Form = FORMS[section];
        return (
          <section id={`section-${section}`}>
            <h2>{t.sections[section]}</h2>
            <Form {...shown} />
          </section>
        );
      })}
    </StaffPage>
  );
};
