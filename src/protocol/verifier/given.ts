import { type Bytes, fromBase64url, toBase64url } from '../bytes.ts';
import { voterLine } from '../close.ts';
import type { ElectionTerms } from '../manifest.ts';
import type { Primitives } from '../primitives.ts';
import { type Receipt, parseReceipt, verifyReceipt } from '../receipt.ts';
import type { BallotsCheck } from './ballots-check.ts';
import type { Findings } from './verdict.ts';
import type { VotersCheck } from './voters-check.ts';

const LINK = /^(?:https?:\/\/[^#?]*\/)?([A-Za-z0-9_-]{32})\/?(?:\?[^#]*)?(?:#([A-Za-z0-9_-]{43})?)?$/;

/** A voting link as a voter has it: the secret part, `secret#M`, or the whole URL. */
export interface GivenLink {
  /** 32 characters of base64url. */
  readonly secret: string;
  /** M, 32 bytes, where the link carried it. */
  readonly manifestDigest?: Bytes;
}

/** Reads a voting link; undefined where it is none. */
export function parseLink(text: string): GivenLink | undefined {
  const [, secret, digest] = LINK.exec(text.trim()) ?? [];
  if (secret === undefined || fromBase64url(secret, 24) === undefined) return undefined;
  if (digest === undefined) return { secret };
  const manifestDigest = fromBase64url(digest, 32);
  return manifestDigest && { secret, manifestDigest };
}

/** What an observer brings along. All of it is text from outside: what is malformed fails its check. */
export interface Given {
  /** A voting link, see `parseLink`. */
  readonly link?: string;
  /** The text of a receipt file. */
  readonly receipt?: string;
  /** M in base64url, from a mailed link. */
  readonly manifestDigest?: string;
}

/** V1: M against every digest given. */
export function checkGivenDigest(findings: Findings, { link, manifestDigest }: Given, digest: Bytes): void {
  const given = [manifestDigest?.trim(), fromLink(link)].filter((text) => text !== undefined);
  if (given.length === 0) findings.leave('COMPARE_MANIFEST', 'V1');
  for (const text of given) {
    if (fromBase64url(text, 32) === undefined) findings.fail('V1', 'DIGEST_MALFORMED');
    else if (text !== toBase64url(digest)) findings.fail('V1', 'OTHER_MANIFEST', { line: 1 });
  }
}

function fromLink(link: string | undefined): string | undefined {
  const digest = link === undefined ? undefined : parseLink(link)?.manifestDigest;
  return digest && toBase64url(digest);
}

/** V10, first half: what to look for among the lines of the record. */
export async function wantedLines(
  primitives: Primitives,
  findings: Findings,
  terms: ElectionTerms,
  given: Given,
): Promise<{ readonly voter: Bytes | undefined; readonly tracker: Bytes | undefined }> {
  if (given.link === undefined && given.receipt === undefined) findings.notRequired('NOTHING_GIVEN', 'V10');
  return {
    voter: await wantedVoter(primitives, findings, terms, given.link),
    tracker: (await wantedReceipt(primitives, findings, terms, given.receipt))?.tracker,
  };
}

async function wantedVoter(
  primitives: Primitives,
  findings: Findings,
  terms: ElectionTerms,
  text: string | undefined,
): Promise<Bytes | undefined> {
  if (text === undefined) return undefined;
  const link = parseLink(text);
  if (link === undefined) findings.fail('V10', 'LINK_MALFORMED');
  return link && voterLine(primitives, terms.digest, link.secret);
}

async function wantedReceipt(
  primitives: Primitives,
  findings: Findings,
  terms: ElectionTerms,
  text: string | undefined,
): Promise<Receipt | undefined> {
  if (text === undefined) return undefined;
  const receipt = parseReceipt(text);
  if (!receipt.ok) {
    findings.fail('V10', 'RECEIPT_MALFORMED');
    return undefined;
  }
  if (!(await verifyReceipt(primitives, terms, receipt.value))) findings.fail('V10', 'RECEIPT_SIGNATURE');
  return receipt.value;
}

/** V10, second half: whether it was found. */
export function checkWanted(
  findings: Findings,
  wanted: { readonly voter: Bytes | undefined; readonly tracker: Bytes | undefined },
  voters: VotersCheck,
  ballots: BallotsCheck,
): void {
  if (wanted.voter !== undefined) {
    if (voters.wantedMark === undefined) findings.fail('V10', 'LINK_NOT_IN_RECORD');
    else findings.note('V10', { marked: voters.wantedMark });
  }
  if (wanted.tracker !== undefined) {
    if (ballots.includesWanted) findings.note('V10', { included: true });
    else findings.fail('V10', 'RECEIPT_NOT_IN_RECORD');
  }
}
