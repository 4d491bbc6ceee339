import { type Bytes, fromInteger } from '../../protocol/bytes.ts';
import { type ElectionTerms, parseManifest } from '../../protocol/manifest.ts';
import { randomElement } from '../../protocol/rsa.ts';
import { sealBallot } from '../../protocol/sealed-ballot.ts';
import { encodePlaintext } from '../../protocol/selection.ts';
import { webPrimitives } from '../../protocol/web-primitives.ts';

/** Milliseconds of one turn, many times, as a voter's browser sees them. */
export interface SealTimes {
  readonly seals: readonly number[];
  /** The RSA public operation alone, by BigInt. */
  readonly powers: readonly number[];
}

/** A page's clock has steps of a tenth of a millisecond: several turns are timed together. */
const TOGETHER = 5;

async function timed(turns: number, turn: (index: number) => unknown): Promise<number[]> {
  const times: number[] = [];
  for (let index = 0; index < turns; index += TOGETHER) {
    const from = performance.now();
    for (let i = index; i < index + TOGETHER; i++) await turn(i);
    times.push((performance.now() - from) / TOGETHER);
  }
  return times;
}

async function sealTimes(manifest: string, turns: number): Promise<SealTimes> {
  const read = await parseManifest(webPrimitives, manifest);
  if (!read.ok) throw new Error('the manifest cannot be read');
  const terms: ElectionTerms = read.value;
  const choices = terms.manifest.contests.map(({ candidates, min }) =>
    candidates.slice(0, min).map(({ id }) => id),
  );
  const plaintext = encodePlaintext(terms.manifest, choices);
  const pk: Bytes = webPrimitives.random(32);
  const seal = () => sealBallot(webPrimitives, terms, pk, plaintext);
  await timed(turns, seal);
  const seals = await timed(turns, seal);

  const { electionKey } = terms;
  const values = Array.from({ length: turns }, () => randomElement(webPrimitives, electionKey));
  const power = (index: number) =>
    webPrimitives.rsaPublic(electionKey, values[index] ?? fromInteger(2n, electionKey.modulus.length));
  await timed(turns, power);
  return { seals, powers: await timed(turns, power) };
}

/** What the bench calls in Chromium. */
Object.assign(globalThis, { sealTimes });
