import { castJson, completeBallot } from '../../protocol/ballot.ts';
import { equalBytes, fromBase64url, toBase64url } from '../../protocol/bytes.ts';
import type { Json } from '../../protocol/canonical-json.ts';
import { beginCredential, finalizeCredential } from '../../protocol/credential.ts';
import { isObject } from '../../protocol/fields.ts';
import type { ElectionTerms } from '../../protocol/manifest.ts';
import { type Receipt, readReceiptJson, verifyReceipt } from '../../protocol/receipt.ts';
import { sealBallot } from '../../protocol/sealed-ballot.ts';
import { encodePlaintext } from '../../protocol/selection.ts';
import { webPrimitives } from '../../protocol/web-primitives.ts';
import type { Device, Pending } from './device.ts';
import { type Answer, post } from './server.ts';

/** How a try ended. `unreachable`: no answer; where `sent`, the ballot may be in the urn all the same. */
export type Ending =
  | { readonly kind: 'recorded'; readonly receipt: Receipt }
  | Exclude<Answer, { kind: 'accepted' | 'unreachable' }>
  | { readonly kind: 'unreachable'; readonly sent: boolean };

/** One voter's vote in one election, on this device. */
export class Vote {
  readonly #terms: ElectionTerms;
  readonly #link: string;
  readonly #device: Device;

  constructor(terms: ElectionTerms, link: string, device: Device) {
    this.#terms = terms;
    this.#link = link;
    this.#device = device;
  }

  /** Seals the selections, asks for the credential with the code, and casts, back to back. */
  cast(selections: readonly (readonly string[])[], code: string): Promise<Ending> {
    return this.#alone(async () => {
      const held = this.#device.read();
      if (held?.kind === 'receipt') return { kind: 'recorded', receipt: held.receipt };
      // With a finished credential the ballot it was made for may be in the urn: that one is brought to its end.
      if (held?.pending.issued !== undefined) return this.#finish(held.pending);
      const pending = await this.#seal(selections, held?.pending);
      this.#device.keepPending(pending);
      return this.#finish(pending, code);
    });
  }

  /** Goes on with what this device was doing when the page was left; undefined where it was doing nothing. */
  resume(): Promise<Ending | undefined> {
    return this.#alone(async () => {
      const held = this.#device.read();
      if (held === undefined) return undefined;
      if (held.kind === 'receipt') return { kind: 'recorded', receipt: held.receipt };
      return this.#finish(held.pending);
    });
  }

  /** Two tabs of one voter take turns; the second finds the receipt of the first. */
  #alone<T>(work: () => Promise<T>): Promise<T> {
    // Older browsers have no locks: there the server decides which ballot counts.
    const locks = (navigator as { readonly locks?: LockManager }).locks;
    return locks === undefined ? work() : locks.request(this.#device.name, work);
  }

  /**
   * Steps 1 and 2. An earlier request whose fate is unknown may still mark the roll: its keys and blinded value are used
   * again, so that whichever request arrives, its answer serves. No ballot was cast under them yet.
   */
  async #seal(selections: readonly (readonly string[])[], earlier: Pending | undefined): Promise<Pending> {
    const terms = this.#terms;
    const credential = earlier?.credential ?? (await beginCredential(webPrimitives, terms));
    const plaintext = encodePlaintext(terms.manifest, selections);
    const sealed = await sealBallot(webPrimitives, terms, credential.keys.publicKey, plaintext);
    return { credential, sealed, issued: undefined };
  }

  async #finish(pending: Pending, code?: string): Promise<Ending> {
    const issued = pending.issued === undefined ? await this.#issue(pending, code) : pending;
    return 'kind' in issued ? issued : this.#send(issued);
  }

  /** Steps 3 and 4: without a code, the answer that the server gave before. */
  async #issue(pending: Pending, code: string | undefined): Promise<Pending | Ending> {
    const blinded = toBase64url(pending.credential.blinded);
    const body: Json = code === undefined ? { blinded } : { code, blinded };
    const answer = await post(`/vote/${this.#link}/credential`, body);
    if (answer.kind === 'refused') return answer;
    if (answer.kind === 'unreachable') return { kind: 'unreachable', sent: false };
    const signature = memberOf(answer.json, 'blindSignature');
    const blindSignature = fromBase64url(signature, this.#terms.credentialKey.modulus.length);
    const credential =
      blindSignature &&
      (await finalizeCredential(webPrimitives, this.#terms, pending.credential, blindSignature));
    if (credential?.ok !== true) return { kind: 'refused', code: 'CREDENTIAL_INVALID', detail: {} };
    const issued = { ...pending, issued: credential.value };
    this.#device.keepPending(issued);
    return issued;
  }

  async #send({ credential, sealed, issued }: Pending): Promise<Ending> {
    if (issued === undefined) throw new Error('a ballot is cast with its credential');
    const terms = this.#terms;
    const { ballot, tracker } = await completeBallot(webPrimitives, terms, credential, sealed, issued);
    const answer = await post(`/elections/${terms.manifest.election}/ballots`, castJson(terms, ballot));
    if (answer.kind === 'unreachable') return { kind: 'unreachable', sent: true };
    if (answer.kind === 'refused') {
      // A tab that could not be locked out was first: its receipt is this voter's.
      const held = this.#device.read();
      return held?.kind === 'receipt' ? { kind: 'recorded', receipt: held.receipt } : answer;
    }
    const receipt = readReceiptJson(answer.json);
    const isOurs =
      receipt.ok &&
      equalBytes(receipt.value.tracker, tracker) &&
      (await verifyReceipt(webPrimitives, terms, receipt.value));
    // An answer without a sound receipt confirms nothing.
    if (!isOurs) return { kind: 'unreachable', sent: true };
    this.#device.keepReceipt(receipt.value);
    return { kind: 'recorded', receipt: receipt.value };
  }
}

const memberOf = (json: Json, name: string): string => {
  const value = isObject(json) ? json[name] : undefined;
  return typeof value === 'string' ? value : '';
};
