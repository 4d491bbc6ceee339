import type { SeenPage } from './page-list.ts';

/** The deliveries, before a link has left and while they do. */
export const MAIL_COCKPIT_PAGES: readonly SeenPage[] = [
  {
    name: 'deliveries-none',
    as: 'olive',
    when: 'draft',
    path: ({ id }) => `/elections/${id}/mails`,
  },
  {
    name: 'deliveries',
    as: 'olive',
    when: 'open',
    path: ({ id }) => `/elections/${id}/mails?still`,
  },
  {
    name: 'deliveries-found-none',
    as: 'olive',
    when: 'open',
    path: ({ id }) => `/elections/${id}/mails?state=refused&search=nobody`,
  },
];
