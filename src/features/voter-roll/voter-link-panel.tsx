import type { Language } from '../../domain/election.ts';
import type { LinkMailStanding } from '../../store/link-standing.ts';
import { DefinitionList } from '../../views/definition-list.tsx';
import { SubmitButton } from '../../views/form.tsx';
import { Icon } from '../../views/icon.tsx';
import { linkTexts } from './link-texts.ts';

/** The link of one voter: how its mail stands, and what staff can do. Where links cannot be sent only the standing. */
export const VoterLinkPanel = (props: {
  language: Language;
  /** Path of the voter's page. */
  path: string;
  mail: LinkMailStanding;
  canSend: boolean;
}) => {
  const { mail, path } = props;
  const t = linkTexts[props.language];
  return (
    <section class="card">
      <h2>{t.title}</h2>
      <DefinitionList
        items={[
          { term: t.mail, detail: t.standings[mail.standing] },
          ...(mail.answer === undefined ? [] : [{ term: t.answer, detail: mail.answer }]),
        ]}
      />
      {props.canSend ? (
        <>
          {mail.standing === 'waiting' ? null : (
            <form method="post" action={`${path}/send-link`}>
              <SubmitButton label={mail.standing === 'none' ? t.send : t.sendAgain} kind="secondary">
                <Icon name="send" />
              </SubmitButton>
            </form>
          )}
          <details class="fold">
            <summary>{t.replace}</summary>
            <p>{t.replaceHint}</p>
            <form method="post" action={`${path}/new-link`}>
              <SubmitButton label={t.replaceNow} kind="danger">
                <Icon name="arrow-repeat" />
              </SubmitButton>
            </form>
          </details>
        </>
      ) : (
        <p>{t.notNow}</p>
      )}
    </section>
  );
};
