import type { Language } from '../../../domain/election.ts';
import type { ElectionRow } from '../../../store/elections.ts';
import { SubmitButton } from '../../../views/form.tsx';
import { registrationTexts } from './texts.ts';

/** Where people reach the roll by themselves, and the switch of self-registration for those who may turn it. */
export const RegistrationSwitch = (props: {
  language: Language;
  election: ElectionRow;
  publicUrl: string;
  maySwitch: boolean;
}) => {
  const { election, publicUrl } = props;
  const t = registrationTexts[props.language];
  const isOn = election.self_registration === 1;
  const addressOf = (path: string) => {
    const address = `${publicUrl}/${path}/${election.id}`;
    return (
      <p class="address">
        <a href={address}>{address}</a>
      </p>
    );
  };
  return (
    <section>
      <h2>{t.switchTitle}</h2>
      <p>{isOn ? t.switchOn : t.switchOff}</p>
      {isOn ? addressOf('register') : null}
      {props.maySwitch ? (
        <form method="post" action={`/elections/${election.id}/self-registration`}>
          <SubmitButton
            label={isOn ? t.close : t.open}
            kind="secondary"
            name="open"
            value={isOn ? 'no' : 'yes'}
          />
        </form>
      ) : null}
      <p>{t.question}</p>
      {addressOf('roll')}
    </section>
  );
};
