import type { SeenPage } from './page-list.ts';
import { LIVE_PAGES } from './pages-live.ts';
import { STAFF_PAGES } from './pages-staff.ts';

/** What every area of the product lists. */
export const LISTED_PAGES: readonly SeenPage[] = [...LIVE_PAGES, ...STAFF_PAGES];
