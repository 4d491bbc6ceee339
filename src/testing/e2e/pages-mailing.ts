import type { SeenPage } from './page-list.ts';

/** Pages about e-mails and paper. */
export const MAILING_PAGES: readonly SeenPage[] = [
  { name: 'templates', as: 'olive', when: 'server', path: () => '/templates' },
  { name: 'template', as: 'olive', when: 'server', path: () => '/templates/link' },
  {
    name: 'sheets',
    as: 'olive',
    when: 'armed',
    path: ({ id }) => `/elections/${id}/sheets`,
  },
];
