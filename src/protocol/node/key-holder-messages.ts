/** What a server process and its key holder, a child process, say to each other over their private channel. */
import type { Bytes } from '../bytes.ts';
import type { Challenge } from '../challenge.ts';
import type { Tally } from '../count.ts';
import type { Outcome } from '../outcome.ts';
import type { ModulusBits } from './credential-key.ts';

/** Why a key file, its passphrase or its shares do not open the key (details in `protocol/key-holder`). */
export type KeyRefusal =
  | 'NOT_A_KEY_FILE'
  | 'TRUNCATED'
  | 'DAMAGED'
  | 'UNSUPPORTED_KEY_FILE'
  | 'WRONG_PASSPHRASE'
  | 'OTHER_ELECTION'
  | 'UNKNOWN_WORD'
  | 'WORD_COUNT'
  | 'NOT_A_SHARE'
  | 'SHARE_TYPO'
  | 'FOREIGN_SHARE'
  | 'DUPLICATE_SHARE'
  | 'TOO_FEW_SHARES'
  | 'WRONG_SHARES';

/** A key file with what opens it: the words as typed (UTF-8), or shares as typed. */
export type LockedKey = { readonly keyFile: Uint8Array } & (
  { readonly typed: Uint8Array } | { readonly shares: readonly string[] }
);

export interface GenerateJob {
  readonly kind: 'generate';
  readonly bits: ModulusBits;
  /** Lines for people above the armour of the key file; `{fingerprint}` stands for the fingerprint. */
  readonly note: readonly string[];
  /** Absent: one passphrase of nine words. Present: shares, any `threshold` (at least 2) of which open the file. */
  readonly custody?: { readonly holders: number; readonly threshold: number };
}

export interface AnswerJob {
  readonly kind: 'answer';
  readonly locked: LockedKey;
  readonly modulus: Bytes;
  readonly challenge: Challenge;
}

export interface OpenJob {
  readonly kind: 'open';
  readonly locked: LockedKey;
  /** Canonical text. */
  readonly manifest: string;
}

export type KeyHolderJob = GenerateJob | AnswerJob | OpenJob;

/** A fresh key: public parts as the manifest has them, and the only copies of what opens it. */
export interface GeneratedKey {
  /** base64url of the modulus. */
  readonly modulus: string;
  /** Nine values in base64url. */
  readonly keyProof: readonly string[];
  readonly fingerprint: string;
  /** PEM text. */
  readonly keyFile: string;
  /** Nine words joined by hyphens; empty where there are shares. */
  readonly passphrase: string;
  /** One text per holder; empty where there is a passphrase. */
  readonly shares: readonly string[];
}

/** After an open job: batches of flat ballots (see `flatten`), sent as they are asked for, then the end. */
export type FeedMessage = { readonly kind: 'batch'; readonly flat: Bytes } | { readonly kind: 'end' };

/** Answers of the child. `failed` is a bug or a broken machine, never something a person can put right. */
export type KeyHolderAnswer =
  | { readonly kind: 'generated'; readonly key: GeneratedKey }
  | { readonly kind: 'answered'; readonly outcome: Outcome<Bytes, KeyRefusal | 'WRONG_PROOF'> }
  | { readonly kind: 'opened-key'; readonly outcome: Outcome<{ readonly isWeak: boolean }, KeyRefusal> }
  | { readonly kind: 'more' }
  | { readonly kind: 'openings'; readonly openings: Bytes }
  | { readonly kind: 'progress'; readonly opened: number }
  | { readonly kind: 'counted'; readonly tally: Tally }
  | { readonly kind: 'failed'; readonly reason: string };
