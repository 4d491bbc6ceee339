import type { SeenPage } from './page-list.ts';

/** The pages of one's own account, and those of what two people decide. */
export const STAFF_PAGES: readonly SeenPage[] = [
  { name: 'second-factor', as: 'olive', when: 'server', path: () => '/account/second-factor' },
  { name: 'approvals', as: 'olive', when: 'open', path: ({ id }) => `/elections/${id}/approvals` },
];
