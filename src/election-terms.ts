import { toBase64url } from './protocol/bytes.ts';
import type { Bytes } from './protocol/bytes.ts';
import { type ElectionTerms, parseManifest } from './protocol/manifest.ts';
import { nodePrimitives } from './protocol/node/primitives.ts';
import type { Runtime } from './runtime.ts';
import { findManifest } from './store/record.ts';

/** Elections whose manifest is kept read; the others are read again when asked for. */
const MOST_KEPT = 64;

const kept = new WeakMap<Runtime, Map<string, ElectionTerms>>();

function cacheOf(runtime: Runtime): Map<string, ElectionTerms> {
  const cache = kept.get(runtime) ?? new Map<string, ElectionTerms>();
  kept.set(runtime, cache);
  return cache;
}

/** The frozen manifest of an election, read and checked; undefined while there is none. */
export async function loadTerms(runtime: Runtime, electionId: string): Promise<ElectionTerms | undefined> {
  const row = await findManifest(runtime.store.read, electionId);
  if (row === undefined) return undefined;
  const cache = cacheOf(runtime);
  const key = toBase64url(row.digest);
  const known = cache.get(key);
  if (known !== undefined) return known;
  const parsed = await parseManifest(nodePrimitives, row.content);
  if (
    !parsed.ok ||
    toBase64url(parsed.value.digest) !== key ||
    parsed.value.manifest.election !== electionId
  ) {
    throw new Error(`the stored manifest of election ${electionId} is not the one that was frozen`);
  }
  const [oldest] = cache.keys();
  if (cache.size >= MOST_KEPT && oldest !== undefined) cache.delete(oldest);
  cache.set(key, parsed.value);
  return parsed.value;
}

/**
 * The same where the caller has just read the digest M from the database: casting asks this twice a voter, and the
 * manifest of an election in use is nearly always at hand.
 */
export async function termsOf(
  runtime: Runtime,
  electionId: string,
  digest: Bytes,
): Promise<ElectionTerms | undefined> {
  return cacheOf(runtime).get(toBase64url(digest)) ?? loadTerms(runtime, electionId);
}
