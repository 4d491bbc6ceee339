import { type Bytes, fromBase64url, toBase64url, utf8 } from '../../protocol/bytes.ts';
import { type Json, canonical, parseJson } from '../../protocol/canonical-json.ts';
import { isObject } from '../../protocol/fields.ts';
import { hash } from '../../protocol/hash.ts';
import type { PendingCredential } from '../../protocol/credential.ts';
import type { ElectionTerms } from '../../protocol/manifest.ts';
import { type Receipt, readReceiptJson, receiptJson } from '../../protocol/receipt.ts';
import type { Sealed } from '../../protocol/sealed-ballot.ts';
import { webPrimitives } from '../../protocol/web-primitives.ts';

/** A vote under way: never the choice, the code, or `r` (section 4, step 2). */
export interface Pending {
  readonly credential: PendingCredential;
  readonly sealed: Sealed;
  /** The finished credential; from then on the ballot may have been cast. */
  readonly issued: Bytes | undefined;
}

export type Held =
  | { readonly kind: 'pending'; readonly pending: Pending }
  | { readonly kind: 'receipt'; readonly receipt: Receipt };

/** Whether this browser keeps what it is told to keep, until the tab is closed and beyond. */
export function canKeep(): boolean {
  const probe = 'votix/probe';
  try {
    for (const storage of [localStorage, sessionStorage]) {
      storage.setItem(probe, probe);
      if (storage.getItem(probe) !== probe) return false;
      storage.removeItem(probe);
    }
    return true;
  } catch {
    return false;
  }
}

/** What this device holds for one link in one election: people who share a computer do not see each other's receipt. */
export class Device {
  readonly #key: string;
  readonly #digest: string;

  private constructor(key: string, digest: string) {
    this.#key = key;
    this.#digest = digest;
  }

  static async of(terms: ElectionTerms, link: string): Promise<Device> {
    const name = await hash(webPrimitives, 'votix/booth', terms.digest, utf8(link));
    return new Device(`votix/${toBase64url(name)}`, toBase64url(terms.digest));
  }

  /** Names the lock that keeps two tabs of one voter apart. */
  get name(): string {
    return this.#key;
  }

  read(): Held | undefined {
    const json = parseJson(localStorage.getItem(this.#key) ?? '');
    if (json === undefined || !isObject(json)) return undefined;
    if (json['receipt'] !== undefined) {
      const receipt = readReceiptJson(json['receipt']);
      return receipt.ok ? { kind: 'receipt', receipt: receipt.value } : undefined;
    }
    const pending = readPending(json);
    return pending && { kind: 'pending', pending };
  }

  /** Before anything is sent. Throws where the storage is full or gone. */
  keepPending({ credential, sealed, issued }: Pending): void {
    const fields = {
      sk: credential.keys.secretKey,
      pk: credential.keys.publicKey,
      prefix: credential.prefix,
      inv: credential.inv,
      blinded: credential.blinded,
      ...sealed,
      ...(issued === undefined ? {} : { credential: issued }),
    };
    const texts = Object.entries(fields).map(([name, value]) => [name, toBase64url(value)]);
    this.#write({ M: this.#digest, ...(Object.fromEntries(texts) as Record<string, string>) });
  }

  /** In the place of everything else: the key that could prove the ballot to somebody is gone. */
  keepReceipt(receipt: Receipt): void {
    this.#write({
      M: this.#digest,
      tracker: toBase64url(receipt.tracker),
      receipt: receiptJson(receipt),
    });
  }

  #write(json: Json): void {
    localStorage.setItem(this.#key, canonical(json));
  }
}

function readPending(json: Readonly<Record<string, Json>>): Pending | undefined {
  const read = (name: string): Bytes | undefined => {
    const value = json[name];
    return typeof value === 'string' ? fromBase64url(value) : undefined;
  };
  const [sk, pk, prefix, inv, blinded] = ['sk', 'pk', 'prefix', 'inv', 'blinded'].map(read);
  const [c, kc, sealed] = ['c', 'kc', 'sealed'].map(read);
  if (!sk || !pk || !prefix || !inv || !blinded || !c || !kc || !sealed) return undefined;
  return {
    credential: { keys: { secretKey: sk, publicKey: pk }, prefix, inv, blinded },
    sealed: { c, kc, sealed },
    issued: read('credential'),
  };
}
