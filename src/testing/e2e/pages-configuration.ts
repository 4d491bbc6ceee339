import type { SeenPage } from './page-list.ts';

/** The configuration of the server, and the log of all its official acts. */
export const CONFIGURATION_PAGES: readonly SeenPage[] = [
  { name: 'configure-server', as: 'olive', when: 'server', path: () => '/configure' },
  { name: 'log-server', as: 'olive', when: 'server', path: () => '/log' },
];
