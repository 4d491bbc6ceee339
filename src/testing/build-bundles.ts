import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Before any test: the browser bundles and the style sheet, as `npm run build` makes them. */
export const setup = async (): Promise<void> => {
  const build = new URL('../browser/build.ts', import.meta.url);
  if (!existsSync(fileURLToPath(build))) return;
  const { buildAssets } = (await import(build.href)) as { buildAssets: () => Promise<void> };
  await buildAssets();
};
