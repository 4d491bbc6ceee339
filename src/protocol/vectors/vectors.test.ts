import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fileURLToPath } from 'node:url';
import { launchChromium } from '../../testing/chromium.ts';
import { servePage } from '../../testing/page-server.ts';
import { nodePrimitives } from '../node/primitives.ts';
import { webPrimitives } from '../web-primitives.ts';
import { type VectorReport, allCases, runVectors } from './run.ts';

const cases = allCases();
const all = {
  accepted: cases.filter(({ accept }) => accept).length,
  rejected: cases.filter(({ accept }) => !accept).length,
  failures: [],
};

test('reject cases outnumber accept cases, and no name stands twice', () => {
  expect(all.rejected).toBeGreaterThan(all.accepted);
  expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
});

// The key files alone take a million rounds of PBKDF2 each.
describe('every vector holds', { timeout: 180_000 }, () => {
  test('in Node, natively', async () => {
    expect(await runVectors(nodePrimitives)).toEqual(all);
  });

  test('in Node, with WebCrypto and BigInt', async () => {
    expect(await runVectors(webPrimitives)).toEqual(all);
  });

  describe('in Chromium', () => {
    let page: Awaited<ReturnType<typeof servePage>>;
    let browser: Awaited<ReturnType<typeof launchChromium>>;

    beforeAll(async () => {
      const entry = fileURLToPath(new URL('../../testing/vectors/vectors-page.ts', import.meta.url));
      const bundle = await build({ entryPoints: [entry], bundle: true, format: 'esm', write: false });
      page = await servePage(bundle.outputFiles[0]?.text ?? '');
      browser = await launchChromium();
    });

    afterAll(async () => {
      await browser.close();
      await page.close();
    });

    test('with WebCrypto and BigInt', async () => {
      const tab = await browser.newPage();
      await tab.goto(page.origin);
      const report = await tab.evaluate('runVectors()');
      expect(report as VectorReport).toEqual(all);
    });
  });
});
