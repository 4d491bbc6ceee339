import type { MailKind, MailReason } from '../domain/mail.ts';
import { accept, refuse } from '../protocol/outcome.ts';
import type { Runtime } from '../runtime.ts';
import type { MailRow } from '../store/mail.ts';
import { loadSettings } from '../store/settings.ts';
import { isPlainAddress } from './address.ts';
import type { RenderOutcome } from './message.ts';
import { renderRegistration, renderRollAnswer } from './render-registration.ts';
import { renderVoterMail } from './render-voter-mail.ts';
import { renderSample } from './sample-mail.ts';
import { renderTestMail } from './templates/test-mail.tsx';
import { serverName, wordOf } from './word.ts';

const because = <Code extends 'REFUSED' | 'SKIPPED'>(code: Code, reason: MailReason) =>
  refuse(code, { reason });

async function renderTest(runtime: Runtime, row: MailRow): Promise<RenderOutcome> {
  const { config, secret, store } = runtime;
  if (row.recipient === null) throw new Error('a test mail names its recipient');
  if (!isPlainAddress(row.recipient)) return because('REFUSED', 'ADDRESS_UNUSABLE');
  const { organisation } = await loadSettings(store.read, config);
  const word = serverName(config) === undefined ? undefined : wordOf(secret, config, row.id);
  const rendered = await renderTestMail(organisation, config.publicUrl, word);
  return accept({
    messageId: row.message_id,
    from: { name: organisation, address: config.mailFrom },
    to: { name: '', address: row.recipient },
    replyTo: config.mailReplyTo,
    language: 'en',
    ...rendered,
  });
}

const RENDERERS: Readonly<Record<MailKind, (runtime: Runtime, row: MailRow) => Promise<RenderOutcome>>> = {
  code: (runtime, row) => renderVoterMail(runtime, row, 'code'),
  invitation: (runtime, row) => renderVoterMail(runtime, row, 'invitation'),
  link: (runtime, row) => renderVoterMail(runtime, row, 'link'),
  registration: renderRegistration,
  reminder: (runtime, row) => renderVoterMail(runtime, row, 'reminder'),
  result: (runtime, row) => renderVoterMail(runtime, row, 'result'),
  'roll-answer': renderRollAnswer,
  sample: renderSample,
  test: renderTest,
};

/** Writes an e-mail at the moment of sending, from the roll and the election as they are now. Nothing of it is stored. */
export const renderMail = (runtime: Runtime, row: MailRow): Promise<RenderOutcome> =>
  RENDERERS[row.kind](runtime, row);
