import type { MailKind, MailReason } from '../domain/mail.ts';
import { loadTerms } from '../election-terms.ts';
import { toBase64url } from '../protocol/bytes.ts';
import { keyFingerprint } from '../protocol/manifest.ts';
import { nodePrimitives } from '../protocol/node/primitives.ts';
import { type Outcome, accept, refuse } from '../protocol/outcome.ts';
import type { Runtime } from '../runtime.ts';
import { findElection } from '../store/elections.ts';
import { findMailedVoter } from '../store/link-mails.ts';
import type { MailRow } from '../store/mail.ts';
import { loadSettings } from '../store/settings.ts';
import { codeOf, linkOf } from '../voter-secrets.ts';
import { isPlainAddress } from './address.ts';
import type { MailMessage } from './message.ts';
import { renderLinkMail } from './templates/link-mail.tsx';
import { renderTestMail } from './templates/test-mail.tsx';

/** `REFUSED`: can never be sent. `SKIPPED`: not wanted any more. The detail's `reason` is a MailReason. */
export type RenderOutcome = Outcome<MailMessage, 'REFUSED' | 'SKIPPED'>;

const because = <Code extends 'REFUSED' | 'SKIPPED'>(code: Code, reason: MailReason) =>
  refuse(code, { reason });

async function renderLink(runtime: Runtime, row: MailRow): Promise<RenderOutcome> {
  const { config, store, secret } = runtime;
  if (row.election_id === null || row.voter_id === null) throw new Error('a link mail belongs to a voter');
  const voter = await findMailedVoter(store.read, row.voter_id);
  const election = await findElection(store.read, row.election_id);
  if (voter === undefined || election === undefined) return because('SKIPPED', 'LINK_REPLACED');
  if (voter.is_marked === 1) return because('SKIPPED', 'HAS_VOTED');
  if (String(voter.link_version) !== row.batch) return because('SKIPPED', 'LINK_REPLACED');
  const isVoting = election.state === 'armed' || election.state === 'open';
  if (!isVoting || runtime.clock.now() >= election.closes_at) return because('SKIPPED', 'VOTING_ENDED');
  if (!isPlainAddress(voter.email)) return because('REFUSED', 'ADDRESS_UNUSABLE');

  const terms = await loadTerms(runtime, election.id);
  if (terms === undefined) throw new Error('an election is armed without a manifest');
  const voterName = `${voter.first_name} ${voter.last_name}`.trim();
  const rendered = await renderLinkMail({
    language: election.language,
    voterName,
    title: election.title,
    organiser: election.organiser,
    contact: election.contact,
    timeZone: election.time_zone,
    opensAt: election.opens_at,
    closesAt: election.closes_at,
    url: `${config.publicUrl}/vote/${linkOf(secret, voter)}#${toBase64url(terms.digest)}`,
    code: codeOf(secret, voter, election.code_digits),
    fingerprint: await keyFingerprint(nodePrimitives, terms.electionKey),
  });
  return accept({
    messageId: row.message_id,
    from: { name: election.organiser, address: config.mailFrom },
    to: { name: voterName, address: voter.email },
    replyTo: election.contact,
    language: election.language,
    ...rendered,
  });
}

async function renderTest(runtime: Runtime, row: MailRow): Promise<RenderOutcome> {
  const { config, store } = runtime;
  if (row.recipient === null) throw new Error('a test mail names its recipient');
  if (!isPlainAddress(row.recipient)) return because('REFUSED', 'ADDRESS_UNUSABLE');
  const { organisation } = await loadSettings(store.read, config.organisation);
  const rendered = await renderTestMail(organisation, config.publicUrl);
  return accept({
    messageId: row.message_id,
    from: { name: organisation, address: config.mailFrom },
    to: { name: '', address: row.recipient },
    replyTo: undefined,
    language: 'en',
    ...rendered,
  });
}

const RENDERERS: Readonly<Record<MailKind, (runtime: Runtime, row: MailRow) => Promise<RenderOutcome>>> = {
  link: renderLink,
  test: renderTest,
};

/** Writes an e-mail at the moment of sending, from the roll and the election as they are now. Nothing of it is stored. */
export const renderMail = (runtime: Runtime, row: MailRow): Promise<RenderOutcome> =>
  RENDERERS[row.kind](runtime, row);
