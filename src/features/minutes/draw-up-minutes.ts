import { loadTerms } from '../../election-terms.ts';
import { toBase64url } from '../../protocol/bytes.ts';
import { parseCanonical } from '../../protocol/canonical-json.ts';
import { type Close, parseClose } from '../../protocol/close.ts';
import { type ElectionTerms, keyFingerprint } from '../../protocol/manifest.ts';
import { nodePrimitives } from '../../protocol/node/primitives.ts';
import { type ResultSummary, summariseResult } from '../../result-summary.ts';
import type { Runtime } from '../../runtime.ts';
import type { AuditLine } from '../../store/audit.ts';
import type { ElectionRow } from '../../store/elections.ts';
import { listIncidents } from '../../store/incidents.ts';
import { listActs } from '../../store/official-acts.ts';
import { findCloseLine } from '../../store/record.ts';

/** A closing time that was moved, with the reason that was given. Instants in milliseconds. */
export interface MovedClosing {
  readonly kind: 'extended' | 'closed-early';
  readonly at: number;
  readonly closesAt: number;
  readonly reason: string;
}

/** All that the minutes say, from the signed lines, the audit log and what officials noted. Instants in milliseconds. */
export interface Minutes {
  readonly election: ElectionRow;
  readonly terms: ElectionTerms;
  readonly close: Close;
  /** Undefined until the ballots have been counted. */
  readonly summary: ResultSummary | undefined;
  readonly moves: readonly MovedClosing[];
  readonly openedAt: number | undefined;
  readonly closedAt: number;
  readonly countedAt: number | undefined;
  readonly publishedAt: number | undefined;
  readonly incidents: readonly { readonly at: number; readonly text: string }[];
  /** Of the election key, as it was read aloud when the key was made. */
  readonly fingerprint: string;
  /** In base64url. */
  readonly digests: { readonly manifest: string; readonly root: string };
}

/** Undefined before the close line exists; a close line that no longer reads is damage and throws. */
export async function drawUpMinutes(runtime: Runtime, election: ElectionRow): Promise<Minutes | undefined> {
  const { read } = runtime.store;
  const terms = await loadTerms(runtime, election.id);
  const line = await findCloseLine(read, election.id);
  if (terms === undefined || line === undefined) return undefined;
  const close = parseClose(parseCanonical(line.content) ?? false);
  if (close === undefined) throw new Error('the stored close line is damaged');
  const summary = await summariseResult(runtime, election.id);
  const acts = await listActs(read, election.id, ['opened', 'extended', 'closed-early', 'published']);
  const lastOf = (kind: AuditLine['kind']) => acts.findLast((act) => act.kind === kind)?.at;
  return {
    election,
    terms,
    close,
    summary,
    moves: acts.flatMap(movedClosing),
    openedAt: lastOf('opened'),
    closedAt: Date.parse(close.closedAt),
    countedAt: summary && Date.parse(summary.result.countedAt),
    publishedAt: lastOf('published'),
    incidents: (await listIncidents(read, election.id)).map(({ at, text }) => ({ at, text })),
    fingerprint: await keyFingerprint(nodePrimitives, terms.electionKey),
    digests: { manifest: toBase64url(terms.digest), root: toBase64url(close.root) },
  };
}

function movedClosing({ kind, at, fields }: AuditLine): MovedClosing[] {
  if (kind !== 'extended' && kind !== 'closed-early') return [];
  const { closesAt, reason } = fields;
  return [{ kind, at, closesAt: Date.parse(String(closesAt)), reason: String(reason) }];
}
