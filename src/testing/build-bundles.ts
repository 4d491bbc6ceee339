import { buildAssets } from '../build-assets.ts';

/** Before any test: the browser bundles and the style sheet, as `npm run build` makes them. */
export const setup = (): Promise<void> => buildAssets();
