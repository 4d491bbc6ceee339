import type { SeenPage } from './page-list.ts';
import { CONFIGURATION_PAGES } from './pages-configuration.ts';
import { LIVE_PAGES } from './pages-live.ts';
import { MAIL_COCKPIT_PAGES } from './pages-mail-cockpit.ts';
import { MAILING_PAGES } from './pages-mailing.ts';
import { OPERATION_PAGES } from './pages-operation.ts';
import { STAFF_PAGES } from './pages-staff.ts';

/** What every area of the product lists. */
export const LISTED_PAGES: readonly SeenPage[] = [
  ...CONFIGURATION_PAGES,
  ...LIVE_PAGES,
  ...MAIL_COCKPIT_PAGES,
  ...MAILING_PAGES,
  ...OPERATION_PAGES,
  ...STAFF_PAGES,
];
