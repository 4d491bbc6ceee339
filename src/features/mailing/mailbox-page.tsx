import type { Language } from '../../domain/election.ts';
import { DataTable } from '../../views/data-table.tsx';
import { DefinitionList } from '../../views/definition-list.tsx';
import { SubmitButton } from '../../views/form.tsx';
import { formatInstant, formatShortInstant } from '../../views/format.ts';
import { Icon } from '../../views/icon.tsx';
import { Notice } from '../../views/notice.tsx';
import type { PageContext } from '../../views/route.ts';
import { StaffPage } from '../../views/staff-page.tsx';
import { MailProof, type MailProofView } from './mail-proof.tsx';
import { type KeptMail, MAILS_A_PAGE } from './read-kept-mails.ts';
import { texts } from './texts.ts';

const subjectOf = (language: Language, mail: KeptMail): string =>
  mail.subject === '' ? texts[language].noSubject : mail.subject;

/** The e-mails that this server kept instead of sending them. */
export const MailboxPage = (props: {
  c: PageContext;
  mails: readonly KeptMail[];
  total: number;
  page: number;
  timeZone: string;
  /** Where e-mails leave, if a mail server is set up. */
  smtpHost: string | undefined;
  testedAddress: string | undefined;
  proof: MailProofView | undefined;
}) => {
  const { c, mails, total, page, timeZone } = props;
  const language = c.get('language');
  const t = texts[language];
  return (
    <StaffPage c={c} title={t.mailboxTitle}>
      <p class="lead">{props.smtpHost === undefined ? t.mailboxLead : t.smtpLead(props.smtpHost)}</p>
      {props.testedAddress === undefined ? null : (
        <Notice kind="success">
          <p>{t.tested(props.testedAddress)}</p>
        </Notice>
      )}
      <Notice kind="info">
        <p>{t.mailboxSecret}</p>
      </Notice>
      <form method="post" action="/mailbox/test">
        <SubmitButton label={t.test} kind="secondary" />
      </form>
      {props.smtpHost === undefined ? null : (
        <MailProof language={language} timeZone={timeZone} proof={props.proof} />
      )}
      <DataTable
        caption={t.kept}
        columns={[{ label: t.subject }, { label: t.to }, { label: t.date }]}
        rows={mails.map((mail) => [
          <a href={`/mailbox/${mail.name}`}>{subjectOf(language, mail)}</a>,
          mail.to,
          mail.date === undefined ? '' : formatShortInstant(language, timeZone, mail.date),
        ])}
        empty={t.empty}
      />
      {total <= MAILS_A_PAGE ? null : (
        <nav class="actions" aria-label={t.pages}>
          {page > 1 ? (
            <a class="btn btn-secondary" href={`/mailbox?page=${page - 1}`}>
              <Icon name="arrow-left" /> {t.newer}
            </a>
          ) : null}
          {page * MAILS_A_PAGE < total ? (
            <a class="btn btn-secondary" href={`/mailbox?page=${page + 1}`}>
              {t.older} <Icon name="arrow-right" />
            </a>
          ) : null}
        </nav>
      )}
    </StaffPage>
  );
};

/** The voting link that stands in a text as a line of its own, if any; only ever an address of this server. */
function linkIn(publicUrl: string, text: string): string | undefined {
  const start = `${publicUrl}/vote/`;
  return text
    .split(/\r?\n/)
    .find((line) => line.startsWith(start) && /^[\w#-]+$/.test(line.slice(start.length)));
}

/** One kept e-mail. Its HTML is shown as source: text of others is never rendered on a page of ours. */
export const KeptMailPage = (props: {
  c: PageContext;
  mail: KeptMail;
  timeZone: string;
  publicUrl: string;
}) => {
  const { c, mail, timeZone } = props;
  const language = c.get('language');
  const t = texts[language];
  const link = linkIn(props.publicUrl, mail.text);
  return (
    <StaffPage
      c={c}
      title={subjectOf(language, mail)}
      crumbs={[{ href: '/mailbox', label: t.mailboxTitle }]}
      isNarrow
    >
      <DefinitionList
        items={[
          { term: t.from, detail: mail.from },
          { term: t.to, detail: mail.to },
          {
            term: t.date,
            detail: mail.date === undefined ? '' : formatInstant(language, timeZone, mail.date),
          },
        ]}
      />
      <h2>{t.plainText}</h2>
      <pre class="mail-text">{mail.text}</pre>
      <p class="actions">
        {link === undefined ? null : (
          <a class="btn btn-primary" href={link}>
            <Icon name="box-arrow-up-right" /> {t.openLink}
          </a>
        )}
        <a class="btn btn-secondary" href={`/mailbox/${mail.name}/file`}>
          <Icon name="download" /> {t.download}
        </a>
      </p>
      {mail.html === '' ? null : (
        <details>
          <summary>{t.htmlSource}</summary>
          <pre class="mail-text">{mail.html}</pre>
        </details>
      )}
    </StaffPage>
  );
};
