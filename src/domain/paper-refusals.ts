import { form } from './refusal-form.ts';

/** Texts of e-mails, the way of the codes, reminders and printed sheets. */
export const PAPER_REFUSALS = {
  NOT_PUBLISHED: form(
    409,
    4,
    'The results are not published yet: publish them first.',
    'Les résultats ne sont pas encore publiés : publiez-les d’abord.',
  ),
  CODE_CHANNEL_FIXED: form(
    409,
    4,
    'Links have been handed out: the way of the codes can no longer change.',
    'Des liens ont été remis : la voie des codes ne peut plus changer.',
  ),
  REMINDED_LATELY: form(
    409,
    4,
    'A reminder was sent less than 15 minutes ago. The next one can be sent from {until} on.',
    'Un rappel a été envoyé il y a moins de 15 minutes. Le suivant pourra partir à partir de {until}.',
  ),
} as const;
