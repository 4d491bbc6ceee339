import type { PasskeyRow } from '../../store/passkeys.ts';
import { Field, SubmitButton } from '../../views/form.tsx';
import { formatInstant } from '../../views/format.ts';
import { Notice } from '../../views/notice.tsx';
import { QrCode } from '../../views/qr-code.tsx';
import type { PageContext } from '../../views/route.ts';
import { StaffPage } from '../../views/staff-page.tsx';
import { factorTexts } from './factor-texts.ts';
import { FormErrors, errorOf } from './form-errors.tsx';
import type { FormFault } from './form-fault.ts';
import { PasskeyButton } from './passkey-button.tsx';
import type { FactorStanding } from './second-factor.ts';

export const FACTOR_NEWS = ['removed', 'passkey-added', 'passkey-removed'] as const;

interface Shown {
  readonly c: PageContext;
  readonly fault?: FormFault | undefined;
}

const PATH = '/account/second-factor';

const AppPart = ({
  c,
  fault,
  standing,
  timeZone,
}: Shown & { standing: FactorStanding; timeZone: string }) => {
  const language = c.get('language');
  const t = factorTexts[language].factor;
  const propose = (label: string) => (
    <form method="post" action={`${PATH}/start`}>
      <SubmitButton label={label} kind={standing.kind === 'off' ? 'primary' : 'secondary'} />
    </form>
  );
  switch (standing.kind) {
    case 'off':
      return (
        <>
          <p>{t.off}</p>
          {propose(t.propose)}
        </>
      );
    case 'proposed':
      return (
        <>
          <p>{t.scan}</p>
          <QrCode text={standing.address} label={t.qr} />
          <p class="form-label">{t.secret}</p>
          <p class="copyable">{standing.secret}</p>
          <form method="post" action={PATH}>
            <Field
              language={language}
              name="code"
              label={t.code}
              autocomplete="one-time-code"
              inputmode="numeric"
              maxlength={10}
              error={errorOf(fault, 'code')}
            />
            <SubmitButton label={t.confirm} />
          </form>
          {propose(t.again)}
        </>
      );
    case 'on':
      return (
        <>
          <p>
            {t.on(formatInstant(language, timeZone, standing.since))} {t.left(standing.recoveryCodes)}
          </p>
          <form method="post" action={`${PATH}/remove`}>
            <p class="form-text">{t.removeLead}</p>
            <Field
              language={language}
              name="code"
              label={t.removeCode}
              autocomplete="one-time-code"
              maxlength={40}
              isSpellchecked={false}
              error={errorOf(fault, 'code')}
            />
            <SubmitButton label={t.remove} kind="danger" />
          </form>
        </>
      );
    default:
      return standing satisfies never;
  }
};

const PasskeyPart = ({
  c,
  passkeys,
  timeZone,
}: Shown & { passkeys: readonly PasskeyRow[]; timeZone: string }) => {
  const language = c.get('language');
  const t = factorTexts[language].passkey;
  const instant = (at: number): string => formatInstant(language, timeZone, at);
  return (
    <>
      <p>{t.lead}</p>
      <p class="form-text">{t.note}</p>
      {passkeys.length === 0 ? (
        <p class="empty">{t.none}</p>
      ) : (
        <ul class="entries" aria-label={t.title}>
          {passkeys.map((passkey) => (
            <li class="entry">
              <div class="entry-body">
                <p class="entry-title">{passkey.name}</p>
                <p class="entry-note">
                  {t.addedOn(instant(passkey.created_at))}
                  {passkey.used_at === null ? null : ` · ${t.usedOn(instant(passkey.used_at))}`}
                </p>
              </div>
              <form method="post" action={`/account/passkeys/${passkey.id}/remove`} aria-label={passkey.name}>
                <SubmitButton label={t.remove} kind="secondary" isSmall />
              </form>
            </li>
          ))}
        </ul>
      )}
      <div class="needs-script">
        <Field
          language={language}
          name="passkey-name"
          label={t.name}
          hint={t.nameHint}
          maxlength={60}
          required={false}
        />
        <PasskeyButton
          language={language}
          label={t.add}
          ceremony="create"
          path="/account/passkeys"
          next={`${PATH}?passkey-added`}
        />
      </div>
    </>
  );
};

/** One's own authenticator app and passkeys. */
export const SecondFactorPage = (
  props: Shown & {
    standing: FactorStanding;
    passkeys: readonly PasskeyRow[];
    timeZone: string;
    news?: (typeof FACTOR_NEWS)[number] | undefined;
  },
) => {
  const { c, fault, standing, passkeys, timeZone } = props;
  const language = c.get('language');
  const t = factorTexts[language];
  const news = {
    removed: t.factor.removed,
    'passkey-added': t.passkey.added,
    'passkey-removed': t.passkey.removed,
  } as const;
  return (
    <StaffPage
      c={c}
      title={t.factor.title}
      code={fault?.code}
      crumbs={[{ href: '/password', label: t.factor.back }]}
      script="passkey"
      isNarrow
    >
      <p class="lead">{t.factor.lead}</p>
      {props.news === undefined ? null : <Notice kind="success">{news[props.news]}</Notice>}
      <FormErrors language={language} fault={fault} />
      <section class="card form-card">
        <h2>{t.factor.app}</h2>
        <AppPart c={c} fault={fault} standing={standing} timeZone={timeZone} />
      </section>
      <section class="card form-card">
        <h2>{t.passkey.title}</h2>
        <PasskeyPart c={c} passkeys={passkeys} timeZone={timeZone} />
      </section>
    </StaffPage>
  );
};

/** The answer to the first right code: the recovery codes are in this page and nowhere else. */
export const RecoveryCodesPage = ({ c, codes }: { c: PageContext; codes: readonly string[] }) => {
  const t = factorTexts[c.get('language')].factor;
  return (
    <StaffPage c={c} title={t.codesTitle} isNarrow>
      <Notice kind="warning">
        <p>{t.codesText}</p>
      </Notice>
      <ol class="card copyable recovery-codes" aria-label={t.codes} id="recovery-codes">
        {codes.map((code) => (
          <li>{code}</li>
        ))}
      </ol>
      <p>
        <a class="btn btn-primary" href={PATH}>
          {t.done}
        </a>
      </p>
    </StaffPage>
  );
};
