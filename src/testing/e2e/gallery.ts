import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { PROJECT_ROOT } from '../../config.ts';
import { LANGUAGE_COOKIE } from '../../http/language.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** WCAG 2.0 to 2.2, levels A and AA. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa'];

/** A phone and a desk. Each is examined in one of the two colour schemes, so that both are. */
const VIEWS = [
  { width: 360, height: 740, colorScheme: 'light' },
  { width: 1280, height: 800, colorScheme: 'dark' },
] as const;

interface Violation {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly { readonly target: readonly string[]; readonly failureSummary: string }[];
}

/** What axe says against the page as it stands. Its source is evaluated from outside: the policy lets no script in. */
async function violationsOf(page: Page): Promise<readonly Violation[]> {
  await page.evaluate(`${AXE};undefined`);
  const options = { runOnly: { type: 'tag', values: TAGS }, resultTypes: ['violations'] };
  const { violations } = await page.evaluate<{ violations: readonly Violation[] }>(
    `axe.run(document, ${JSON.stringify(options)})`,
  );
  return violations;
}

const describeViolation = ({ id, help, nodes }: Violation): string =>
  [
    `${id}: ${help}`,
    ...nodes.slice(0, 3).map(({ target, failureSummary }) => `    ${target.join(' ')}: ${failureSummary}`),
  ].join('\n');

/**
 * Every page that a test came by: its pictures at two widths in `screenshots/` (ignored by git), and what is wrong with
 * it: accessibility faults, and content wider than a phone.
 */
export class Gallery {
  readonly #folder: string;
  readonly #origin: string;
  readonly #languages = new Map<string, Set<string>>();
  /** One entry a fault, readable as it is. */
  readonly faults: string[] = [];

  /** `part` is the folder below `screenshots/`. */
  constructor(part: string, origin: string) {
    this.#origin = origin;
    this.#folder = join(PROJECT_ROOT, 'screenshots', part);
    mkdirSync(this.#folder, { recursive: true });
  }

  /** `name.language.width.png`, for both widths, by the language that the page itself declares. */
  async shoot(page: Page, name: string): Promise<void> {
    const before = page.viewportSize();
    const language = await page.evaluate(() => document.documentElement.lang);
    this.#languages.set(name, (this.#languages.get(name) ?? new Set()).add(language));
    for (const { width, height, colorScheme } of VIEWS) {
      await page.setViewportSize({ width, height });
      const path = join(this.#folder, `${name}.${language}.${width}.png`);
      await page.screenshot({ path, fullPage: true, animations: 'disabled' });
      const where = `${name} (${language}, ${width} px)`;
      const excess = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      if (excess > 0) this.faults.push(`${where} is ${excess} px too wide`);
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      for (const violation of await violationsOf(page)) {
        this.faults.push(`${where} ${colorScheme}: ${describeViolation(violation)}`);
      }
      await page.emulateMedia({ colorScheme: null, reducedMotion: null });
    }
    if (before !== null) await page.setViewportSize(before);
  }

  /** Shows a page in French and in English (`show` is called for each), and leaves the browser speaking English. */
  async shootBoth(page: Page, name: string, show: () => Promise<unknown>): Promise<void> {
    for (const language of ['fr', 'en']) {
      await page.context().addCookies([{ name: LANGUAGE_COOKIE, value: language, url: this.#origin }]);
      await show();
      await this.shoot(page, name);
    }
  }

  /** Pages that were seen in one language only. */
  get untranslated(): string[] {
    return [...this.#languages].filter(([, seen]) => seen.size < 2).map(([name]) => name);
  }

  get size(): number {
    return this.#languages.size;
  }
}
