import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import type { Browser, Page } from 'playwright-core';
import { createStaff } from '../../features/staff/index.ts';
import { createApp } from '../../http/app.tsx';
import { launchChromium } from '../chromium.ts';
import { type TestRuntime, temporaryRuntime } from '../runtime.ts';
import { CAST } from '../staff.ts';
import { newDevice } from './electors.ts';
import { Gallery } from './gallery.ts';
import type { SeenPage } from './page-list.ts';
import { LISTED_PAGES } from './pages.ts';
import { fill, submit } from './preparing.ts';
import { Traffic, weigh } from './traffic.ts';

const LARGEST_PAGE = 50 * 1024;

/** One browser that comes by every page of one server: an admin's desk, and a voter's phone that knows no session. */
export class PageTour {
  readonly test: TestRuntime;
  readonly origin: string;
  readonly browser: Browser;
  readonly gallery: Gallery;
  readonly traffic: Traffic;
  readonly olive: Page;
  readonly visitor: Page;
  /** Pathnames that were asked for. */
  readonly seen = new Set<string>();
  readonly tooHeavy: string[] = [];
  readonly #stop: () => void;

  private constructor(
    parts: Pick<PageTour, 'test' | 'origin' | 'browser' | 'gallery' | 'traffic' | 'olive' | 'visitor'>,
    stop: () => void,
  ) {
    this.test = parts.test;
    this.origin = parts.origin;
    this.browser = parts.browser;
    this.gallery = parts.gallery;
    this.traffic = parts.traffic;
    this.olive = parts.olive;
    this.visitor = parts.visitor;
    this.#stop = stop;
  }

  static async begin(): Promise<PageTour> {
    const test = await temporaryRuntime();
    const { fetch: answer } = createApp(test.runtime);
    let stop = (): void => undefined;
    const address = await new Promise<AddressInfo>((resolve) => {
      const server = serve({ fetch: answer, port: 0, hostname: '127.0.0.1' }, resolve);
      stop = () => void server.close();
    });
    const origin = `http://localhost:${address.port}`;
    const browser = await launchChromium();
    const traffic = new Traffic(origin);
    const pages = [];
    for (const isPhone of [false, true]) {
      const context = await newDevice(browser, { language: 'en', isPhone });
      traffic.watch(context);
      pages.push(await context.newPage());
    }
    const [olive, visitor] = pages as [Page, Page];
    const { name, email, password } = CAST.admin;
    await createStaff(test.runtime, { name, email, password, role: 'admin', actor: 'test' });
    const gallery = new Gallery('pages', origin);
    return new PageTour({ test, origin, browser, gallery, traffic, olive, visitor }, stop);
  }

  async end(): Promise<void> {
    await this.browser.close();
    this.#stop();
    await this.test.dispose();
  }

  async signIn(): Promise<void> {
    const { olive, origin } = this;
    await olive.goto(`${origin}/sign-in`);
    await fill(olive, { email: CAST.admin.email, password: CAST.admin.password });
    await submit(olive, '/sign-in');
    await olive.waitForURL('**/elections');
  }

  /** Shows a page in both languages. `ready` is what must be there before it is looked at. */
  async see(page: Page, name: string, path: string, ready = 'main'): Promise<void> {
    const address = this.origin + path;
    await this.gallery.shootBoth(page, name, async () => {
      // where only the fragment differs a browser would stay on the page that it shows
      await page.goto('about:blank');
      await page.goto(address);
      await page.locator(ready).first().waitFor();
      this.seen.add(new URL(address).pathname);
    });
  }

  /** The pages that the areas of the product list for this state. */
  async seeListed(when: SeenPage['when'], election: { readonly id: string }): Promise<void> {
    for (const { name, as, path, ready } of LISTED_PAGES.filter((page) => page.when === when)) {
      await this.see(as === 'olive' ? this.olive : this.visitor, name, path(election), ready);
    }
  }

  /** The pages of the election that differ from state to state, by the end of their path. */
  async seeElection(id: string, state: string, ...pages: readonly string[]): Promise<void> {
    for (const page of pages) {
      const name = page === '' ? 'overview' : page.replaceAll('/', '-');
      await this.see(this.olive, `${name}-${state}`, `/elections/${id}${page === '' ? '' : `/${page}`}`);
    }
  }

  /** A voter's page, and what it weighs for somebody who comes for the first time. */
  async seeVoterPage(name: string, path: string, ready?: string): Promise<void> {
    await this.see(this.visitor, name, path, ready);
    const context = await newDevice(this.browser, { language: 'fr', isPhone: true });
    const bytes = await weigh(context, this.origin + path);
    if (bytes > LARGEST_PAGE) this.tooHeavy.push(`${name}: ${bytes} bytes`);
    await context.close();
  }
}
