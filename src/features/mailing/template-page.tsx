import { LANGUAGES, type Language } from '../../domain/election.ts';
import {
  TEMPLATE_KINDS,
  type TemplateKey,
  type TemplateText,
  placeholdersOf,
  requiredPlaceholders,
} from '../../domain/mail-template.ts';
import { DataTable } from '../../views/data-table.tsx';
import { type FieldError, errorAt, withLabels } from '../../views/field-errors.ts';
import { ErrorSummary, Field, SubmitButton, TextArea } from '../../views/form.tsx';
import { Notice } from '../../views/notice.tsx';
import type { PageContext } from '../../views/route.ts';
import { StaffPage } from '../../views/staff-page.tsx';
import { MailPicture } from './mail-picture.tsx';
import type { MailLine } from '../../mail/templates/mail-lines.ts';
import { templateTexts } from './template-texts.ts';

const pathOf = ({ kind, language }: TemplateKey): string => `/templates/${kind}?in=${language}`;

/** Every text, with the way to it. */
export const TemplatesPage = (props: { c: PageContext; written: readonly TemplateKey[] }) => {
  const t = templateTexts[props.c.get('language')];
  const isWritten = (key: TemplateKey): boolean =>
    props.written.some(({ kind, language }) => kind === key.kind && language === key.language);
  return (
    <StaffPage c={props.c} title={t.title} isNarrow>
      <p class="lead">{t.lead}</p>
      <p>{t.fixed}</p>
      <DataTable
        caption={t.title}
        isCaptionHidden
        columns={[{ label: t.kind }, ...LANGUAGES.map((language) => ({ label: t.languages[language] }))]}
        rows={TEMPLATE_KINDS.map((kind) => [
          t.kinds[kind],
          ...LANGUAGES.map((language) => {
            const shown = isWritten({ kind, language }) ? t.ownText : t.builtIn;
            // begins with what is shown, so that people who speak to their device can say it
            const name = `${shown}, ${t.kinds[kind]}, ${t.languages[language]}`;
            return (
              <a href={pathOf({ kind, language })} aria-label={name}>
                {shown}
              </a>
            );
          }),
        ])}
      />
    </StaffPage>
  );
};

export interface TemplateView {
  readonly key: TemplateKey;
  /** As stored, or as it was typed. */
  readonly template: TemplateText;
  readonly isWritten: boolean;
  readonly errors: readonly FieldError[];
  /** What led here, if anything did. */
  readonly done: 'saved' | 'restored' | 'tested' | undefined;
  /** The e-mail as a made-up voter gets it; undefined where the text has faults. */
  readonly sample:
    { readonly subject: string; readonly text: string; readonly lines: readonly MailLine[] } | undefined;
  readonly isUnsaved: boolean;
  readonly address: string;
}

/** One text: the form, what it may hold, and how it will look. */
export const TemplatePage = (props: { c: PageContext; view: TemplateView }) => {
  const { c, view } = props;
  const { key, errors } = view;
  const language = c.get('language');
  const t = templateTexts[language];
  const title = `${t.kinds[key.kind]} · ${t.languages[key.language]}`;
  return (
    <StaffPage c={c} title={title} crumbs={[{ href: '/templates', label: t.title }]} isNarrow>
      {view.done === undefined ? null : (
        <Notice kind="success">
          <p>{view.done === 'tested' ? t.tested(view.address) : t[view.done]}</p>
        </Notice>
      )}
      <ErrorSummary
        language={language}
        errors={withLabels(language, errors, { subject: t.subject, body: t.body })}
      />
      <form method="post" action={`/templates/${key.kind}`} novalidate>
        <input type="hidden" name="language" value={key.language} />
        <Field
          language={language}
          name="subject"
          label={t.subject}
          hint={t.subjectHint}
          value={view.template.subject}
          error={errorAt(errors, 'subject')}
          maxlength={120}
        />
        <TextArea
          language={language}
          name="body"
          label={t.body}
          hint={t.bodyHint}
          value={view.template.body}
          error={errorAt(errors, 'body')}
          rows={18}
          maxlength={4_000}
        />
        <PlaceholderList language={language} view={view} />
        <div class="actions">
          <SubmitButton label={t.save} name="act" value="save" />
          <SubmitButton kind="secondary" label={t.preview} name="act" value="preview" />
          {view.isWritten ? <SubmitButton kind="link" label={t.restore} name="act" value="restore" /> : null}
        </div>
      </form>
      {view.sample === undefined ? null : (
        <section>
          <h2>{t.previewTitle}</h2>
          <p>{view.isUnsaved ? t.unsaved : t.previewNote}</p>
          <MailPicture language={key.language} subject={view.sample.subject} lines={view.sample.lines} />
          <details class="field">
            <summary>{t.asText}</summary>
            <pre class="mail-text" lang={key.language}>
              {view.sample.text}
            </pre>
          </details>
        </section>
      )}
      <form method="post" action={`/templates/${key.kind}/test`}>
        <input type="hidden" name="language" value={key.language} />
        <SubmitButton kind="secondary" label={t.test} />
      </form>
    </StaffPage>
  );
};

const PlaceholderList = (props: { language: Language; view: TemplateView }) => {
  const { kind } = props.view.key;
  const t = templateTexts[props.language];
  const required = requiredPlaceholders(kind);
  return (
    <details class="field">
      <summary>
        {t.mayHold}{' '}
        {placeholdersOf(kind)
          .map((name) => `{${name}}`)
          .join(' ')}
        {required.length === 0 ? null : ` ${t.mustHold} ${required.map((name) => `{${name}}`).join(' ')}`}
      </summary>
      <dl class="facts">
        {placeholdersOf(kind).map((name) => (
          <div>
            <dt>
              <code>{`{${name}}`}</code>
            </dt>
            <dd>{t.placeholders[name]}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
};
