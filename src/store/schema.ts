import type { Generated } from 'kysely';
import type { ApprovedAct } from '../domain/approvals.ts';
import type { Bytes } from '../protocol/bytes.ts';
import type { ModulusBits } from '../protocol/node/credential-key.ts';
import type { ElectionState, Language, Method, Publication, StaffRole } from '../domain/election.ts';
import type { MailKind, MailState } from '../domain/mail.ts';
import type { CodeChannel, TemplateKind } from '../domain/mail-template.ts';

export type Flag = 0 | 1;

/** What a pending sign-in waits for. */
export type PendingPurpose = 'second-step' | 'passkey-sign-in' | 'passkey-confirm' | 'passkey-register';

/** Instants are integer milliseconds UTC, digests and keys raw bytes, ids lower-case uuids. */
export interface Schema {
  setting: { name: string; value: string };
  staff: {
    id: string;
    email: string;
    name: string;
    role: StaffRole;
    /** Argon2id in PHC form; null until its set-up link has been used. */
    password_hash: string | null;
    is_disabled: Generated<Flag>;
    created_at: number;
  };
  staff_session: {
    secret_digest: Bytes;
    staff_id: string;
    created_at: number;
    seen_at: number;
    confirmed_at: number;
  };
  /** A link that lets one person choose a password; `staff_id` is null for the first admin's. */
  setup_link: { secret_digest: Bytes; staff_id: string | null; created_at: number };
  /** Sign-ins tried from an address or for an account, counted before they are evaluated. */
  sign_in_tries: { subject_digest: Bytes; window_started_at: number; tries: number };
  election: {
    id: string;
    title: string;
    organiser: string;
    contact: string;
    description: string;
    language: Language;
    time_zone: string;
    /** null: voting opens as soon as the key is proven. Set then. */
    opens_at: number | null;
    closes_at: number;
    grace_seconds: number;
    code_digits: number;
    election_key_bits: ModulusBits;
    credential_key_bits: ModulusBits;
    publication: Publication;
    state: ElectionState;
    links_mailed: Generated<Flag>;
    /** Whether people may ask to be put on the roll. */
    self_registration: Generated<Flag>;
    /** How codes reach their voters; fixed by the first link that leaves. */
    code_channel: Generated<CodeChannel>;
    created_at: number;
  };
  contest: {
    id: string;
    election_id: string;
    position: number;
    title: string;
    method: Method;
    min_choices: number;
    max_choices: number;
    has_blank: Flag;
    is_shuffled: Flag;
  };
  candidate: {
    id: string;
    contest_id: string;
    position: number;
    name: string;
    slogan: string;
    details: string;
    /** File name below static/logos, `<digest>.webp`. */
    logo: string | null;
  };
  voter: {
    id: string;
    election_id: string;
    last_name: string;
    first_name: string;
    /** Last and first name without capitals and accents: the roll is ordered and searched by it. */
    name_key: string;
    email: string;
    promotion: string;
    building: string;
    link_version: Generated<number>;
    /** SHA-256 of the link's 32 characters. */
    link_digest: Bytes;
    is_marked: Generated<Flag>;
    /** SHA-256 of the blinded value signed for this voter; set with the mark. */
    blinded_digest: Bytes | null;
  };
  code_tries: {
    voter_id: string;
    /** JSON array of the instants of wrong codes since the last lock, at most 15 minutes old when written. */
    recent_wrong_at: string;
    total_wrong: number;
    locked_until: number | null;
  };
  mail: {
    id: string;
    election_id: string | null;
    voter_id: string | null;
    kind: MailKind;
    batch: string;
    recipient: string | null;
    state: MailState;
    attempts: Generated<number>;
    due_at: number;
    claimed_by: string | null;
    claimed_at: number | null;
    message_id: string;
    answer: string | null;
    created_at: number;
    sent_at: number | null;
    /** Somebody waits for it at a screen: sent first, and at any hour. */
    is_urgent: Generated<Flag>;
    /** When it was claimed last; what the throttle counts. */
    tried_at: Generated<number | null>;
  };
  audit_entry: {
    seq: number;
    at: number;
    election_id: string | null;
    actor: string;
    kind: string;
    fields: string;
    previous_digest: Bytes;
    digest: Bytes;
  };
  election_key: {
    election_id: string;
    modulus: Bytes;
    /** JSON array of nine base64url strings. */
    proof: string;
    created_at: number;
    /** When a copy of the key file was last proven readable; null until the first time. */
    proven_at: number | null;
  };
  /** Copies of the key file ("USB A" is 1), each with the instant it was last proven. */
  key_copy: { election_id: string; copy: number; proven_at: number };
  key_challenge: { nonce: Bytes; election_id: string; secret_digest: Bytes; expires_at: number };
  server_key: {
    election_id: string;
    credential_modulus: Bytes;
    credential_proof: string;
    /** PKCS#8 sealed under the server secret; null once destroyed at close. */
    sealed_credential_key: Bytes | null;
    urn_public: Bytes;
    sealed_urn_key: Bytes;
  };
  manifest: { election_id: string; digest: Bytes; content: string; signature: Bytes };
  ballot: {
    election_id: string;
    tracker: Bytes;
    pk: Bytes;
    c: Bytes;
    kc: Bytes;
    sealed: Bytes;
    prefix: Bytes;
    credential: Bytes;
    proof: Bytes;
  };
  urn: { election_id: string; server_sealed: Generated<number> };
  public_event: { election_id: string; seq: number; content: string; signature: Bytes };
  close_line: { election_id: string; content: string; signature: Bytes };
  /** The published voter lines, written with the close line: they outlive the personal data they were made from. */
  voter_line: { election_id: string; voter: Bytes; is_marked: Flag };
  result: { election_id: string; content: string; signature: Bytes };
  opening: { election_id: string; tracker: Bytes; r: Bytes };
  // roll
  building_look: { name: string; icon: string; colour: string };
  /** Who asked to be put on a roll; kept for two days. */
  registration: {
    id: string;
    election_id: string;
    email: string;
    last_name: string;
    first_name: string;
    promotion: string;
    building: string;
    created_at: number;
    confirmed_at: number | null;
  };
  // mail engine
  /** Elections whose e-mails wait until an admin lets them go on. */
  mail_pause: { election_id: string; paused_at: number; actor: string };
  /** Members of staff who typed the word of a test mail: e-mails of `server` arrive. */
  mail_proof: { address: string; server: string; proven_at: number };
  // staff
  /** An authenticator app: its secret sealed under the server's, and the last 30-second step whose code was taken. */
  second_factor: {
    staff_id: string;
    sealed_secret: Bytes;
    last_counter: number;
    is_active: Flag;
    created_at: number;
  };
  recovery_code: { code_digest: Bytes; staff_id: string };
  passkey: {
    id: string;
    staff_id: string;
    credential_id: Bytes;
    public_key: Bytes;
    counter: number;
    name: string;
    created_at: number;
    used_at: number | null;
  };
  /** A sign-in half way, or a passkey's challenge; looked up by digest, used once. */
  pending_sign_in: {
    secret_digest: Bytes;
    staff_id: string | null;
    challenge: Bytes | null;
    purpose: PendingPurpose;
    expires_at: number;
  };
  /** What one person asked to do and another granted or refused. */
  approval: {
    id: string;
    election_id: string;
    act: ApprovedAct;
    asked_by: string;
    asked_at: number;
    decided_by: Generated<string | null>;
    decided_at: Generated<number | null>;
    is_granted: Generated<Flag>;
  };
  // live
  /** How many were marked when an hour had passed, or so far: totals only, marks have no time. */
  turnout_hour: { election_id: string; hour_at: number; marked: number };
  /** What officials write down for the minutes. */
  incident: { id: string; election_id: string; at: number; text: string; actor: string };
  // mail content
  /** A text that an admin wrote in place of the built-in one. */
  mail_template: { kind: TemplateKind; language: Language; subject: string; body: string };
  /** Reminders of one election; `queued_at` is null while its e-mails are being queued. */
  reminder_run: { election_id: string; number: number; started_at: number; queued_at: number | null };
}
