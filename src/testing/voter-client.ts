import { type Ballot, castJson, completeBallot } from '../protocol/ballot.ts';
import { type Bytes, fromBase64url, toBase64url } from '../protocol/bytes.ts';
import type { Json } from '../protocol/canonical-json.ts';
import { type PendingCredential, beginCredential, finalizeCredential } from '../protocol/credential.ts';
import type { ElectionTerms } from '../protocol/manifest.ts';
import { nodePrimitives } from '../protocol/node/primitives.ts';
import { type Receipt, parseReceipt, verifyReceipt } from '../protocol/receipt.ts';
import { type Sealed, sealBallot } from '../protocol/sealed-ballot.ts';
import { encodePlaintext } from '../protocol/selection.ts';

/** Sends one request: `app.request` of the server in this process, or `fetch` to a running one. */
export type Send = (path: string, init?: RequestInit) => Response | Promise<Response>;

export interface Prepared {
  readonly pending: PendingCredential;
  readonly sealed: Sealed;
}

/** Steps 1 and 2 of section 4: what a voter's device computes before anything is sent. */
export async function prepareVote(
  terms: ElectionTerms,
  selections: readonly (readonly string[])[],
): Promise<Prepared> {
  const pending = await beginCredential(nodePrimitives, terms);
  const plaintext = encodePlaintext(terms.manifest, selections);
  const sealed = await sealBallot(nodePrimitives, terms, pending.keys.publicKey, plaintext);
  return { pending, sealed };
}

/** Step 4: the ballot, from the server's blind signature. */
export async function finishBallot(
  terms: ElectionTerms,
  { pending, sealed }: Prepared,
  blindSignature: Bytes,
): Promise<{ ballot: Ballot; tracker: Bytes }> {
  const credential = await finalizeCredential(nodePrimitives, terms, pending, blindSignature);
  if (!credential.ok) throw new Error(`the blind signature does not verify: ${credential.code}`);
  return completeBallot(nodePrimitives, terms, pending, sealed, credential.value);
}

const post = (send: Send, path: string, body: Json): Response | Promise<Response> =>
  send(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });

/** The code of a refusal, with its status: `409 NOT_OPEN`. */
async function refusalOf(response: Response): Promise<Error> {
  return new Error(`${response.status} ${await response.text()}`);
}

/** Asks for the credential of a prepared vote; throws the refusal. */
export async function requestCredential(
  send: Send,
  link: string,
  { pending }: Prepared,
  code?: string,
): Promise<Bytes> {
  const blinded = toBase64url(pending.blinded);
  const response = await post(
    send,
    `/vote/${link}/credential`,
    code === undefined ? { blinded } : { code, blinded },
  );
  if (response.status !== 200) throw await refusalOf(response);
  const answer = (await response.json()) as { blindSignature: string };
  const signature = fromBase64url(answer.blindSignature, pending.blinded.length);
  if (signature === undefined) throw new Error('the blind signature has another length');
  return signature;
}

/** Casts a ballot; throws the refusal, and where the receipt does not verify. */
export async function sendBallot(send: Send, terms: ElectionTerms, ballot: Ballot): Promise<Receipt> {
  const response = await post(send, `/elections/${terms.manifest.election}/ballots`, castJson(terms, ballot));
  if (response.status !== 200 && response.status !== 201) throw await refusalOf(response);
  const receipt = parseReceipt(await response.text());
  if (!receipt.ok || !(await verifyReceipt(nodePrimitives, terms, receipt.value))) {
    throw new Error('the receipt does not verify');
  }
  return receipt.value;
}

/** A whole vote over HTTP, as the booth casts it. */
export async function voteOverHttp(
  send: Send,
  terms: ElectionTerms,
  voter: { readonly link: string; readonly code: string },
  selections: readonly (readonly string[])[],
): Promise<Receipt> {
  const prepared = await prepareVote(terms, selections);
  const signature = await requestCredential(send, voter.link, prepared, voter.code);
  const { ballot } = await finishBallot(terms, prepared, signature);
  return sendBallot(send, terms, ballot);
}
