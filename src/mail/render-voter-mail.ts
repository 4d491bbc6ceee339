import type { MailReason } from '../domain/mail.ts';
import { type TemplateKind, type WrittenKind, templateOf } from '../domain/mail-template.ts';
import { loadTerms } from '../election-terms.ts';
import { toBase64url } from '../protocol/bytes.ts';
import { keyFingerprint } from '../protocol/manifest.ts';
import { nodePrimitives } from '../protocol/node/primitives.ts';
import { accept, refuse } from '../protocol/outcome.ts';
import type { Runtime } from '../runtime.ts';
import { type ElectionRow, findElection } from '../store/elections.ts';
import { type MailedVoter, findMailedVoter } from '../store/link-mails.ts';
import type { MailRow } from '../store/mail.ts';
import { findTemplate } from '../store/mail-templates.ts';
import { formatInstant } from '../views/format.ts';
import { codeOf, linkOf } from '../voter-secrets.ts';
import { isPlainAddress } from './address.ts';
import type { RenderOutcome } from './message.ts';
import { stillWanted } from './still-wanted.ts';
import { defaultTexts } from './templates/default-texts.ts';
import { fixedLines } from './templates/fixed-lines.ts';
import { type MailValues, blank, fillBody, fillSubject, tellsTimes } from './templates/mail-lines.ts';
import { writeMail } from './templates/written-mail.tsx';

const because = <Code extends 'REFUSED' | 'SKIPPED'>(code: Code, reason: MailReason) =>
  refuse(code, { reason });

const HAS_LINK: readonly TemplateKind[] = ['link', 'link-alone', 'reminder'];
const HAS_CODE: readonly TemplateKind[] = ['link', 'code'];

/** Of the kinds that hold a link: the link, and the fingerprint of the key that it tells of. */
async function linkValues(runtime: Runtime, election: ElectionRow, voter: MailedVoter): Promise<MailValues> {
  const terms = await loadTerms(runtime, election.id);
  if (terms === undefined) throw new Error('an election is armed without a manifest');
  const { config, secret } = runtime;
  return {
    link: `${config.publicUrl}/vote/${linkOf(secret, voter)}#${toBase64url(terms.digest)}`,
    fingerprint: await keyFingerprint(nodePrimitives, terms.electionKey),
  };
}

async function valuesFor(
  runtime: Runtime,
  kind: TemplateKind,
  election: ElectionRow,
  voter: MailedVoter,
): Promise<MailValues & { readonly name: string }> {
  const at = (instant: number): string => formatInstant(election.language, election.time_zone, instant);
  return {
    name: `${voter.first_name} ${voter.last_name}`.trim(),
    title: election.title,
    organiser: election.organiser,
    contact: election.contact,
    ...(election.opens_at === null ? {} : { opens: at(election.opens_at) }),
    closes: at(election.closes_at),
    ...(HAS_LINK.includes(kind) ? await linkValues(runtime, election, voter) : {}),
    ...(HAS_CODE.includes(kind) ? { code: codeOf(runtime.secret, voter, election.code_digits) } : {}),
    ...(kind === 'result' ? { result: `${runtime.config.publicUrl}/results/${election.id}` } : {}),
  };
}

/** An e-mail to one voter, from the text that stands for its kind now, the roll and the election. */
export async function renderVoterMail(
  runtime: Runtime,
  row: MailRow,
  written: WrittenKind,
): Promise<RenderOutcome> {
  const { config, store } = runtime;
  if (row.election_id === null || row.voter_id === null) throw new Error('this e-mail belongs to a voter');
  const unwanted = await stillWanted(runtime, row);
  if (unwanted !== undefined) return because('SKIPPED', unwanted);
  const voter = await findMailedVoter(store.read, row.voter_id);
  const election = await findElection(store.read, row.election_id);
  if (voter === undefined || election === undefined) return because('SKIPPED', 'LINK_REPLACED');
  if (!isPlainAddress(voter.email)) return because('REFUSED', 'ADDRESS_UNUSABLE');

  const { language, time_zone: timeZone, code_channel: channel, contact } = election;
  const kind = templateOf(written, channel);
  const template = (await findTemplate(store.read, { kind, language })) ?? defaultTexts[language][kind];
  const values = await valuesFor(runtime, kind, election, voter);
  const facts = {
    kind,
    language,
    channel,
    contact,
    fingerprint: values.fingerprint,
    timeZone: tellsTimes(template) ? timeZone : undefined,
  };
  const lines = [...fillBody(template, values), blank, ...fixedLines(facts)];
  return accept({
    messageId: row.message_id,
    from: { name: election.organiser, address: config.mailFrom },
    to: { name: values.name, address: voter.email },
    replyTo: config.mailReplyTo ?? contact,
    language,
    ...(await writeMail(language, fillSubject(template, values), lines)),
  });
}
