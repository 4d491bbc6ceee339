import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { launchChromium } from '../chromium.ts';
import { servePage } from '../page-server.ts';
import { testElection } from '../record/election.ts';
import { type Effort, type Figure, quantile } from './figure.ts';
import type { SealTimes } from './seal-page.ts';

const TARGET_MS = 3;

/** `sealBallot` at 3072 bits in a real Chromium, by WebCrypto and BigInt, as the booth seals. */
export async function measureSeal({ isQuick }: Effort): Promise<Figure> {
  const { terms } = await testElection({
    publication: 'totals',
    rollSize: 1,
    seed: 'bench',
    electionBits: 3072,
  });
  const { seals, powers } = await inChromium(terms.text, isQuick ? 100 : 1_000);
  const power = quantile(powers, 0.5);
  return {
    name: 'seal.medianMs',
    value: quantile(seals, 0.5),
    limit: TARGET_MS,
    limitWhat: `the target; the RSA public operation alone takes ${power.toFixed(2)} ms there by BigInt`,
    target: { atMost: TARGET_MS },
    notes: [
      `p99 ${quantile(seals, 0.99).toFixed(2)} ms over ${seals.length} times five seals, after as many to warm up`,
    ],
  };
}

async function inChromium(manifest: string, turns: number): Promise<SealTimes> {
  const entry = fileURLToPath(new URL('./seal-page.ts', import.meta.url));
  const bundle = await build({ entryPoints: [entry], bundle: true, format: 'esm', write: false });
  const page = await servePage(bundle.outputFiles[0]?.text ?? '');
  const browser = await launchChromium();
  try {
    const tab = await browser.newPage();
    await tab.goto(page.origin);
    return await tab.evaluate<SealTimes>(`sealTimes(${JSON.stringify(manifest)}, ${turns})`);
  } finally {
    await browser.close();
    await page.close();
  }
}
