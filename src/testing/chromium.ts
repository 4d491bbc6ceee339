import type { Browser } from 'playwright-core';
import { chromium } from 'playwright-core';

/**
 * A headless Chromium: the one at CHROMIUM_PATH, or else the build that came with the packages. Close it when done.
 */
export async function launchChromium(): Promise<Browser> {
  const own = process.env['CHROMIUM_PATH'];
  if (own !== undefined && own !== '') return launch(own);
  // Read at import: without it the package does not unpack the shared libraries that a bare Debian lacks.
  process.env['AWS_LAMBDA_JS_RUNTIME'] ??= 'nodejs20.x';
  const packaged = await import('@sparticuz/chromium');
  return launch(await packaged.default.executablePath());
}

/** The package's own arguments switch web security off; these do not. */
const launch = (executablePath: string): Promise<Browser> =>
  chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'] });
