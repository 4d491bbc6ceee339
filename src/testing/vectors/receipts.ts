import { type Bytes, toBase64url } from '../../protocol/bytes.ts';
import type { Json } from '../../protocol/canonical-json.ts';
import type { ElectionTerms } from '../../protocol/manifest.ts';
import { nodePrimitives } from '../../protocol/node/primitives.ts';
import { type Receipt, receiptText, signReceipt } from '../../protocol/receipt.ts';
import { ed25519Pair } from '../seeded-primitives.ts';
import { urnKeys } from './elections.ts';
import { type VectorFile, flipped, strayBits } from './vector-file.ts';

const BASE = 'a receipt';

const jsonOf = ({ election, tracker, signature }: Receipt) => ({
  election,
  tracker: toBase64url(tracker),
  signature: toBase64url(signature),
});

/** Receipts of two ballots of an election. */
export async function addReceipts(
  file: VectorFile,
  terms: ElectionTerms,
  tracker: Bytes,
  otherTracker: Bytes,
): Promise<void> {
  const mine = await signReceipt(nodePrimitives, terms, urnKeys, tracker);
  const other = await signReceipt(nodePrimitives, terms, urnKeys, otherTracker);
  const foreign = await signReceipt(nodePrimitives, terms, ed25519Pair(new Uint8Array(32)), tracker);
  // A signature by the right key over the tracker itself: the message of a receipt is another one.
  const bare = nodePrimitives.signEd25519(urnKeys, tracker);
  const receipt = jsonOf(mine);
  file.accept('receipt', BASE, { manifest: terms.manifest, receipt });
  file.vary(BASE, 'a receipt file, indented', { set: { '/receipt': JSON.stringify(receipt, undefined, 2) } });

  const invalid: Readonly<Record<string, Readonly<Record<string, Json>>>> = {
    'tracker flipped': { '/receipt/tracker': flipped(receipt.tracker, 0) },
    'signature, R flipped': { '/receipt/signature': flipped(receipt.signature, 0) },
    'signature, S flipped': { '/receipt/signature': flipped(receipt.signature, 40) },
    'signature of another receipt': { '/receipt/signature': toBase64url(other.signature) },
    'tracker of another receipt': { '/receipt/tracker': toBase64url(otherTracker) },
    'signed by another key': { '/receipt': jsonOf(foreign) },
    'tracker signed bare': { '/receipt/signature': toBase64url(bare) },
    'names another election': { '/receipt/election': '3f2b8c1e-5d47-4a90-b6c3-0e9d7a1f2b65' },
    'of another manifest': { '/manifest/title': 'Another' },
  };
  for (const [name, set] of Object.entries(invalid)) file.spoil(BASE, `receipt: ${name}`, 'INVALID', { set });

  const malformed: Readonly<Record<string, Readonly<Record<string, Json>>>> = {
    'tracker too short': { '/receipt/tracker': toBase64url(tracker.slice(1)) },
    'tracker with stray bits': { '/receipt/tracker': strayBits(receipt.tracker) },
    'signature too long': { '/receipt/signature': `${receipt.signature}AA` },
    'signature padded': { '/receipt/signature': `${receipt.signature}==` },
    'election in upper case': { '/receipt/election': receipt.election.toUpperCase() },
    'unknown member': { '/receipt/time': '2026-03-02T08:00:00Z' },
    'not JSON': { '/receipt': 'receipt' },
    'tracker twice': { '/receipt': receiptText(mine).replace('"tracker"', '"tracker":"","tracker"') },
    'text after it': { '/receipt': `${receiptText(mine)}{}` },
  };
  for (const [name, set] of Object.entries(malformed))
    file.spoil(BASE, `receipt: ${name}`, 'MALFORMED', { set });
  for (const member of ['election', 'tracker', 'signature']) {
    file.spoil(BASE, `receipt: no ${member}`, 'MALFORMED', { drop: [`/receipt/${member}`] });
  }
}
