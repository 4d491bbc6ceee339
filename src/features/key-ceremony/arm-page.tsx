import type { ElectionRow } from '../../store/elections.ts';
import { SubmitButton } from '../../views/form.tsx';
import { Icon } from '../../views/icon.tsx';
import { Notice } from '../../views/notice.tsx';
import type { PageContext } from '../../views/route.ts';
import { StaffPage } from '../../views/staff-page.tsx';
import { texts as viewTexts } from '../../views/texts.ts';
import type { HandedKey } from './arm.ts';
import { texts } from './texts.ts';

/** Before the key: what will happen, in three steps, and the one button. */
export const ArmPage = (props: {
  c: PageContext;
  election: ElectionRow;
  fingerprint: string | undefined;
}) => {
  const t = texts[props.c.get('language')];
  return (
    <StaffPage c={props.c} title={t.armTitle} election={props.election} isNarrow>
      <p class="lead">{t.armLead}</p>
      <ol class="steps">
        {t.armSteps.map((step) => (
          <li>{step}</li>
        ))}
      </ol>
      {props.fingerprint === undefined ? null : (
        <Notice kind="warning">
          <p>{t.armAgainNote}</p>
          <p>
            {t.fingerprint + viewTexts[props.c.get('language')].colon} <code>{props.fingerprint}</code>
          </p>
        </Notice>
      )}
      <form method="post" action={`/elections/${props.election.id}/arm`}>
        <SubmitButton label={props.fingerprint === undefined ? t.armButton : t.armAgain}>
          <Icon name="key" />
        </SubmitButton>
      </form>
    </StaffPage>
  );
};

/** The answer to ARM: file and words are in this page and nowhere else. */
export const HandedKeyPage = (props: { c: PageContext; election: ElectionRow; handed: HandedKey }) => {
  const t = texts[props.c.get('language')];
  const { keyFile, fileName, passphrase, fingerprint } = props.handed;
  const file = `data:application/x-pem-file;base64,${Buffer.from(keyFile).toString('base64')}`;
  return (
    <StaffPage c={props.c} title={t.handedTitle} election={props.election} isNarrow>
      <Notice kind="warning">
        <p>{t.handedWarning}</p>
      </Notice>
      <section class="card">
        <h2>1. {t.saveFile}</h2>
        <p>{t.saveFileNote}</p>
        <p>
          <a class="btn btn-primary" href={file} download={fileName} id="key-file">
            <Icon name="download" /> {t.saveFile}
          </a>
        </p>
      </section>
      <section class="card">
        <h2>2. {t.words}</h2>
        <p>{t.wordsNote}</p>
        <ol class="passphrase" id="passphrase">
          {passphrase.split('-').map((word) => (
            <li>{word}</li>
          ))}
        </ol>
      </section>
      <section class="card">
        <h2>{t.fingerprint}</h2>
        <p class="fingerprint">
          <code>{fingerprint}</code>
        </p>
        <p>{t.fingerprintNote}</p>
      </section>
      <p>
        <a class="btn btn-secondary" href={`/elections/${props.election.id}/prove-key`} id="prove">
          {t.next}
        </a>
      </p>
    </StaffPage>
  );
};
