import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { launchChromium } from '../chromium.ts';
import { type Installation, type RunningServer, newInstallation, startServer } from '../server-process.ts';
import { type Device, newDevice } from './electors.ts';
import { Gallery } from './gallery.ts';
import { Traffic } from './traffic.ts';

/** A server of its own, a Chromium, Olive and Theo each at a browser of theirs, and what is noted of it all. */
export interface Scene {
  readonly installation: Installation;
  readonly server: RunningServer;
  readonly browser: Browser;
  readonly gallery: Gallery;
  readonly olive: Page;
  readonly theo: Page;
  readonly staffTraffic: Traffic;
  /** Of voters whose own browser seals. */
  readonly boothTraffic: Traffic;
  /** A path for a file that somebody keeps. */
  file(name: string): string;
  /** A voter's own browser, at work on a page, and gone afterwards. */
  atDevice<T>(device: Device, work: (page: Page) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** `part` names the pictures' folder below `screenshots/`. */
export async function openScene(part: string): Promise<Scene> {
  const folder = mkdtempSync(join(tmpdir(), 'votix-scene-'));
  const installation = await newInstallation(join(folder, 'installation'));
  const [server, browser] = await Promise.all([startServer(installation, 60_000), launchChromium()]);
  const staffTraffic = new Traffic(installation.url);
  const boothTraffic = new Traffic(installation.url);
  const atDesk = async (): Promise<Page> => {
    const context = await newDevice(browser, { language: 'en' });
    staffTraffic.watch(context);
    return context.newPage();
  };
  return {
    installation,
    server,
    browser,
    gallery: new Gallery(part, installation.url),
    olive: await atDesk(),
    theo: await atDesk(),
    staffTraffic,
    boothTraffic,
    file: (name) => join(folder, name),
    atDevice: async (device, work) => {
      const context: BrowserContext = await newDevice(browser, device);
      if (device.hasScript !== false)
        boothTraffic.watch(context, { isDisturbed: device.isDisturbed === true });
      try {
        return await work(await context.newPage());
      } finally {
        await context.close();
      }
    },
    close: async () => {
      await browser.close();
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
