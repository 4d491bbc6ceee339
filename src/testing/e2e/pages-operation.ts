import type { SeenPage } from './page-list.ts';

/** The page on which an election is deleted. */
export const OPERATION_PAGES: readonly SeenPage[] = [
  { name: 'reset', as: 'olive', when: 'draft', path: ({ id }) => `/elections/${id}/reset` },
];
