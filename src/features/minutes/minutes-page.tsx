import type { Language } from '../../domain/election.ts';
import type { ElectionRow } from '../../store/elections.ts';
import type { IncidentRow } from '../../store/incidents.ts';
import { DataTable } from '../../views/data-table.tsx';
import { DefinitionList } from '../../views/definition-list.tsx';
import { formatInstant } from '../../views/format.ts';
import { Icon } from '../../views/icon.tsx';
import { Notice } from '../../views/notice.tsx';
import { PublicPage } from '../../views/public-page.tsx';
import type { PageContext } from '../../views/route.ts';
import { StaffPage } from '../../views/staff-page.tsx';
import type { MinutesSection } from './minutes-sections.ts';
import { texts } from './texts.ts';

const Section = ({ section }: { section: MinutesSection }) => (
  <section class="minutes-section">
    <h2>{section.heading}</h2>
    {section.paragraphs.map((paragraph) => (
      <p class="wrap">{paragraph}</p>
    ))}
    {section.facts.length === 0 ? null : <DefinitionList items={section.facts} />}
    {section.table === undefined ? null : <DataTable {...section.table} isCaptionHidden />}
  </section>
);

const Sheet = (props: { language: Language; sections: readonly MinutesSection[]; pdf: string }) => {
  const t = texts[props.language];
  return (
    <article class="minutes">
      <p class="minutes-acts">
        <a class="btn btn-secondary" href={props.pdf}>
          <Icon name="download" /> {t.pdf}
        </a>
      </p>
      {props.sections.map((section) => (
        <Section section={section} />
      ))}
      <section class="minutes-section">
        <h2>{t.signatures}</h2>
        <ul class="signatures">
          {t.signers.map((signer) => (
            <li>{signer}</li>
          ))}
        </ul>
      </section>
    </article>
  );
};

/** What everyone reads once the results are published. */
export const PublicMinutesPage = (props: {
  c: PageContext;
  election: ElectionRow;
  sections: readonly MinutesSection[];
}) => {
  const { c, election, sections } = props;
  const language = c.get('language');
  return (
    <PublicPage
      language={language}
      title={texts[language].of(election.title)}
      organiser={election.organiser}
      path={c.req.path}
      isNarrow
    >
      <Sheet language={language} sections={sections} pdf={`/results/${election.id}/minutes.pdf`} />
    </PublicPage>
  );
};

/** What admins read from the close on, provisional until the ballots are counted. */
export const StaffMinutesPage = (props: {
  c: PageContext;
  election: ElectionRow;
  sections: readonly MinutesSection[];
  isProvisional: boolean;
}) => {
  const { c, election, sections } = props;
  const language = c.get('language');
  const t = texts[language];
  const isPublic = election.state === 'published' || election.state === 'archived';
  return (
    <StaffPage c={c} title={t.title} election={election} isNarrow>
      {isPublic ? null : (
        <Notice kind="info">
          <p>{props.isProvisional ? t.provisional : t.unpublished}</p>
        </Notice>
      )}
      <Sheet language={language} sections={sections} pdf={`/elections/${election.id}/minutes.pdf`} />
    </StaffPage>
  );
};

/** Before the close: what has been noted for the minutes so far. */
export const FutureMinutesPage = (props: {
  c: PageContext;
  election: ElectionRow;
  incidents: readonly IncidentRow[];
}) => {
  const { c, election, incidents } = props;
  const language = c.get('language');
  const t = texts[language];
  return (
    <StaffPage c={c} title={t.title} election={election} isNarrow>
      <p class="lead">{t.notYet}</p>
      <p>
        {t.notYetIncidents} <a href={`/elections/${election.id}/dashboard#incident`}>{t.toDashboard}</a>
      </p>
      <h2>{t.incidents}</h2>
      <DataTable
        caption={t.incidents}
        isCaptionHidden
        columns={[{ label: t.when }, { label: t.what }]}
        rows={incidents.map(({ at, text }) => [formatInstant(language, election.time_zone, at), text])}
        empty={t.noIncidents}
      />
    </StaffPage>
  );
};
