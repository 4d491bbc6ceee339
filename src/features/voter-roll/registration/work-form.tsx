import type { PropsWithChildren } from 'hono/jsx';
import type { Language } from '../../../domain/election.ts';
import { SubmitButton } from '../../../views/form.tsx';
import { Notice } from '../../../views/notice.tsx';
import { registrationTexts } from './texts.ts';

/** A form that costs its sender a second of work, which `register.js` does while it is filled in. */
export const WorkForm = (
  props: PropsWithChildren<{ language: Language; action: string; challenge: string; contact: string }>,
) => {
  const t = registrationTexts[props.language];
  return (
    <form method="post" action={props.action} data-challenge={props.challenge} novalidate>
      {props.children}
      <input type="hidden" name="proof" value="" />
      <noscript>
        <Notice kind="warning">
          <p>{t.noScript(props.contact)}</p>
        </Notice>
      </noscript>
      <p role="status" data-working={t.working} data-failed={t.failed(props.contact)}></p>
      <SubmitButton label={t.send} />
    </form>
  );
};
