import { passphraseBytes } from '../../protocol/key-holder/passphrase.ts';
import { protectKey } from '../../protocol/key-holder/node/key-file.ts';
import type { ClosedBallot } from '../../protocol/node/flat-ballots.ts';
import type * as KeyHolderProcess from '../../protocol/node/key-holder-process.ts';
import { nodePrimitives } from '../../protocol/node/primitives.ts';
import { sealBallot } from '../../protocol/sealed-ballot.ts';
import { type TestElection, HONEST, testElection } from '../record/election.ts';
import type { Program } from '../server-process.ts';
import { vectorKey } from '../vectors/keys.ts';
import type { Effort, Figure } from './figure.ts';
import { cryptoSpeed } from './openssl-speed.ts';
import { moduleOf } from '../program.ts';

const BITS = [2048, 3072, 4096] as const;
type Bits = (typeof BITS)[number];

/** Ballots that keep two cores busy for some seconds at each size. */
const BALLOTS: Readonly<Record<Bits, number>> = { 2048: 24_576, 3072: 12_288, 4096: 6_144 };
const BATCH = 4_096;
const WORDS = 'legal winner thank year wave sausage worth useful able';
const rate = (value: number): string => Math.round(value).toLocaleString('en');

/** DELIBERATE's child process over a whole urn, against the private operations that this machine can do at all. */
export async function measureOpen({ isQuick }: Effort, program: Program): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const bits of BITS) {
    const election = await testElection({
      publication: 'totals',
      rollSize: 1,
      seed: 'bench',
      electionBits: bits,
    });
    const urn = await sealedUrn(election, Math.ceil(BALLOTS[bits] / (isQuick ? 12 : 1)));
    const seconds = isQuick ? 1 : 4;
    const before = await cryptoSpeed(`rsa${bits}`, seconds);
    const opened = await openedPerSecond(program, election, bits, urn);
    const after = await cryptoSpeed(`rsa${bits}`, seconds);
    const limit = (before.sign + after.sign) / 2;
    figures.push({
      name: `open.ratio${bits}`,
      value: opened / limit,
      limit: 1,
      limitWhat: `${rate(limit)} private operations/s by ${before.how}, the mean of just before (${rate(before.sign)}) and just after (${rate(after.sign)})`,
      target: { atLeast: 0.9 },
      notes: [`${rate(opened)} ballots opened and counted twice a second, ${rate(urn.length)} in the urn`],
    });
  }
  return figures;
}

async function sealedUrn({ terms }: TestElection, count: number): Promise<readonly ClosedBallot[]> {
  const urn: ClosedBallot[] = [];
  for (let i = 0; i < count; i++) {
    const pk = nodePrimitives.random(32);
    urn.push({ pk, ...(await sealBallot(nodePrimitives, terms, pk, Uint8Array.from(HONEST))) });
  }
  return urn;
}

/** From the key's being open to the tally: deriving the key from the passphrase is slow on purpose. */
async function openedPerSecond(
  program: Program,
  { terms }: TestElection,
  bits: Bits,
  urn: readonly ClosedBallot[],
): Promise<number> {
  const { privateKey, key } = vectorKey(`election-${bits}`);
  const passphrase = passphraseBytes(WORDS.split(' '));
  const keyFile = Buffer.from(await protectKey(nodePrimitives, privateKey, key, passphrase, ['Bench']));
  const { startKeyHolder } = await moduleOf<typeof KeyHolderProcess>(
    program,
    'protocol/node/key-holder-process',
  );
  const holder = startKeyHolder();
  try {
    const run = await holder.open({ keyFile, passphrase: WORDS, terms });
    if (!run.ok) throw new Error(`the key does not open: ${run.code}`);
    const from = performance.now();
    let openings = 0;
    for await (const batch of run.value.openings(batchesOf(urn))) openings += batch.length;
    const seconds = (performance.now() - from) / 1000;
    const [chair] = run.value.tally().contests;
    if (openings !== urn.length || chair?.valid !== urn.length) throw new Error('the tally is not the urn');
    return openings / seconds;
  } finally {
    holder.close();
  }
}

async function* batchesOf(urn: readonly ClosedBallot[]): AsyncGenerator<readonly ClosedBallot[]> {
  for (let at = 0; at < urn.length; at += BATCH) yield await Promise.resolve(urn.slice(at, at + BATCH));
}
