import { LARGEST_THROTTLE, TLS_MODES } from '../../domain/settings.ts';
import { errorAt } from '../../views/field-errors.ts';
import { Checkbox, Field, Select, SubmitButton } from '../../views/form.tsx';
import type { SectionProps } from './section-props.ts';
import { texts } from './texts.ts';

/** The mail server, the sender, and how fast and when e-mails leave. The password is never shown. */
export const MailSettingsForm = (props: SectionProps) => {
  const { language, form, errors, environment, hasSmtpPassword } = props;
  const t = texts[language];
  const of = (
    name:
      | 'smtpHost'
      | 'smtpPort'
      | 'smtpUser'
      | 'mailFrom'
      | 'mailReplyTo'
      | 'mailPerMinute'
      | 'quietFrom'
      | 'quietUntil',
  ) => ({
    language,
    name,
    value: form[name],
    error: errorAt(errors, name),
    required: false,
    isSpellchecked: false,
  });
  const usual = environment.quietHours;
  return (
    <form method="post" action="/configure/mail" novalidate>
      <h3>{t.serverHeading}</h3>
      <Field {...of('smtpHost')} label={t.smtpHost} hint={t.smtpHostHint(environment.smtp?.host)} />
      <Field {...of('smtpPort')} label={t.smtpPort} type="number" min={1} max={65535} inputmode="numeric" />
      <Select
        language={language}
        name="smtpTls"
        label={t.smtpTls}
        value={form.smtpTls}
        error={errorAt(errors, 'smtpTls')}
        options={TLS_MODES.map((value) => ({ value, label: t.tlsModes[value] }))}
      />
      <div class="field">
        <Checkbox
          name="smtpVerifyCertificate"
          label={t.smtpVerifyCertificate}
          hint={t.smtpVerifyCertificateHint}
          checked={form.smtpVerifyCertificate}
        />
      </div>
      <Field {...of('smtpUser')} label={t.smtpUser} hint={t.smtpUserHint} />
      <Field
        language={language}
        name="smtpPassword"
        label={t.smtpPassword}
        hint={hasSmtpPassword ? t.smtpPasswordSet : t.smtpPasswordUnset}
        error={errorAt(errors, 'smtpPassword')}
        type="password"
        autocomplete="new-password"
        required={false}
      />
      {hasSmtpPassword ? (
        <div class="field">
          <Checkbox name="forgetSmtpPassword" label={t.forgetSmtpPassword} />
        </div>
      ) : null}
      <h3>{t.senderHeading}</h3>
      <Field
        {...of('mailFrom')}
        label={t.mailFrom}
        hint={t.emptyMeans(environment.mailFrom)}
        type="email"
        inputmode="email"
      />
      <Field
        {...of('mailReplyTo')}
        label={t.mailReplyTo}
        hint={t.mailReplyToHint(environment.mailReplyTo)}
        type="email"
        inputmode="email"
      />
      <h3>{t.paceHeading}</h3>
      <Field
        {...of('mailPerMinute')}
        label={t.mailPerMinute}
        hint={t.mailPerMinuteHint(environment.mailPerMinute)}
        type="number"
        min={1}
        max={LARGEST_THROTTLE}
        inputmode="numeric"
      />
      <Field
        {...of('quietFrom')}
        label={t.quietFrom}
        hint={t.quietHint(usual === undefined ? undefined : `${usual.from}–${usual.until}`)}
      />
      <Field {...of('quietUntil')} label={t.quietUntil} />
      <SubmitButton label={t.saveMail} />
    </form>
  );
};
