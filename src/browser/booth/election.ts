import { toBase64url } from '../../protocol/bytes.ts';
import { type Json, canonical, parseJson } from '../../protocol/canonical-json.ts';
import { type Reader, bytes, exact } from '../../protocol/fields.ts';
import {
  type ElectionTerms,
  checkManifestKeys,
  parseManifest,
  verifyManifest,
} from '../../protocol/manifest.ts';
import { webPrimitives } from '../../protocol/web-primitives.ts';

const anyJson: Reader<Json> = (json) => json;
const manifestAnswer = exact({ manifest: anyJson, signature: bytes(64) });

/**
 * The election of this page, if it is the one it says it is: M as the link names it, signed by the urn key, both key
 * proofs sound, and the election that the page was made for. Undefined where anything differs.
 */
export async function checkedElection(
  page: HTMLElement,
  digest: string | undefined,
): Promise<ElectionTerms | undefined> {
  const json = parseJson(page.dataset['manifest'] ?? '');
  const answer = json === undefined ? undefined : manifestAnswer(json);
  if (answer === undefined) return undefined;
  const parsed = await parseManifest(webPrimitives, canonical(answer.manifest));
  if (!parsed.ok) return undefined;
  const terms = parsed.value;
  const holds =
    (digest === undefined || digest === toBase64url(terms.digest)) &&
    terms.manifest.election === page.dataset['election'] &&
    (await verifyManifest(webPrimitives, terms, answer.signature)) &&
    (await checkManifestKeys(webPrimitives, terms));
  return holds ? terms : undefined;
}

/** Whether this browser can do what section 4 asks of it. */
export async function canSeal(): Promise<boolean> {
  try {
    const keys = await webPrimitives.generateEd25519();
    const signature = await webPrimitives.signEd25519(keys, new Uint8Array(32));
    return await webPrimitives.verifyEd25519(keys.publicKey, new Uint8Array(32), signature);
  } catch {
    return false;
  }
}
