import { bytesSource } from '../../protocol/record-reader.ts';
import type * as CheckerPool from '../../protocol/node/checker-pool.ts';
import { nodePrimitives } from '../../protocol/node/primitives.ts';
import { type VerifyOptions, verifyRecord } from '../../protocol/verifier/index.ts';
import { type BuiltRecord, buildRecord } from '../record/build.ts';
import { type CastBallot, HONEST, cast, testElection } from '../record/election.ts';
import type { Program } from '../server-process.ts';
import type { Effort, Figure } from './figure.ts';
import { type Speed, cryptoSpeed } from './openssl-speed.ts';
import { moduleOf } from '../program.ts';

const rate = (value: number): string => Math.round(value).toLocaleString('en');

/** The verifier on a whole record of the default key sizes, every ballot valid. */
export async function measureVerify({ isQuick }: Effort, program: Program): Promise<Figure> {
  const ballots = isQuick ? 2_000 : 20_000;
  const record = await recordOf(ballots);
  const { poolChecker } = await moduleOf<typeof CheckerPool>(program, 'protocol/node/checker-pool');
  const bytes = linesOf(record.lines);
  const timed = async (options: VerifyOptions): Promise<number> => {
    const from = performance.now();
    const verdict = await verifyRecord(nodePrimitives, bytesSource(bytes), {
      startChecker: poolChecker,
      ...options,
    });
    const failed = verdict.checks.filter(({ status }) => status === 'failed');
    if (failed.length > 0) throw new Error(`a sound record fails ${failed.map(({ id }) => id).join(' ')}`);
    return (1000 * ballots) / (performance.now() - from);
  };
  const withoutOpenings = await timed({});
  const withOpenings = await timed({ openings: bytesSource(linesOf(record.openings)) });
  const seconds = isQuick ? 1 : 3;
  return figureOf(
    { ballots, withoutOpenings, withOpenings },
    await cryptoSpeed('ed25519', seconds),
    await cryptoSpeed('rsa2048', seconds),
  );
}

const linesOf = (lines: readonly string[]): Uint8Array => Buffer.from(`${lines.join('\n')}\n`);

async function recordOf(count: number): Promise<BuiltRecord> {
  const election = await testElection({
    publication: 'totals',
    rollSize: count,
    seed: 'bench',
    electionBits: 3072,
  });
  const ballots: CastBallot[] = [];
  for (let i = 0; i < count; i++) ballots.push(await cast(election, { plaintext: HONEST }));
  return buildRecord(election, ballots, {
    lost: 0,
    away: 0,
    serverSealed: 0,
    events: [],
    closedAt: '2026-03-06T17:05:00Z',
    countedAt: '2026-03-06T18:00:00Z',
  });
}

function figureOf(
  rates: { readonly ballots: number; readonly withoutOpenings: number; readonly withOpenings: number },
  ed25519: Speed,
  rsa: Speed,
): Figure {
  return {
    name: 'verify.ballotsPerSecond',
    value: rates.withoutOpenings,
    limit: 1 / (1 / ed25519.verify + 1 / rsa.verify),
    limitWhat:
      `ballots/s if each took one Ed25519 verification (${rate(ed25519.verify)}/s by ${ed25519.how}) and one RSA ` +
      `public operation (${rate(rsa.verify)}/s by ${rsa.how}), and nothing else`,
    target: { atLeast: 10_000 },
    notes: [
      `${rate(rates.ballots)} ballots; with the openings file, opened and recounted: ${rate(rates.withOpenings)}/s`,
    ],
  };
}
