import { DefinitionList } from '../../views/definition-list.tsx';
import { errorAt } from '../../views/field-errors.ts';
import { Field, SubmitButton } from '../../views/form.tsx';
import { formatInstant } from '../../views/format.ts';
import { Notice } from '../../views/notice.tsx';
import type { SectionProps } from './section-props.ts';
import { texts } from './texts.ts';

/** The voting window of the current election: fields while it can change, facts and the reason once it is frozen. */
export const WindowForm = ({ language, errors, election, window, frozen }: SectionProps) => {
  const t = texts[language];
  if (election === undefined) {
    return (
      <p class="empty">
        {t.noElection} <a href="/elections/new">{t.toNewElection}</a>
      </p>
    );
  }
  const root = `/elections/${election.id}`;
  const { time_zone: zone, opens_at: opensAt } = election;
  const name = (
    <p>
      <a href={root}>{election.title}</a>
    </p>
  );
  if (frozen !== undefined) {
    return (
      <>
        {name}
        <Notice kind="info">
          <p>{frozen}</p>
          <p>
            <a href={`${root}/dashboard`}>{t.toExtend}</a>
          </p>
        </Notice>
        <DefinitionList
          items={[
            { term: t.opensAt, detail: opensAt === null ? t.unset : formatInstant(language, zone, opensAt) },
            { term: t.closesAt, detail: formatInstant(language, zone, election.closes_at) },
          ]}
        />
      </>
    );
  }
  return (
    <form method="post" action="/configure/window" novalidate>
      {name}
      <input type="hidden" name="election" value={election.id} />
      <Field
        language={language}
        name="opensAt"
        label={t.opensAt}
        hint={t.opensAtHint(zone)}
        value={window.opensAt}
        error={errorAt(errors, 'opensAt')}
        type="datetime-local"
        required={false}
      />
      <Field
        language={language}
        name="closesAt"
        label={t.closesAt}
        value={window.closesAt}
        error={errorAt(errors, 'closesAt')}
        type="datetime-local"
      />
      <div class="actions">
        <SubmitButton label={t.saveWindow} />
        <a href={`${root}/configure`}>{t.toElection}</a>
      </div>
    </form>
  );
};
