import type { SeenPage } from './page-list.ts';

/** The hall screen, minutes and the projector view. */
export const LIVE_PAGES: readonly SeenPage[] = [
  { name: 'hall-none', as: 'visitor', when: 'server', path: () => '/live' },
  { name: 'hall-armed', as: 'visitor', when: 'armed', path: () => '/live' },
  {
    name: 'hall',
    as: 'visitor',
    when: 'open',
    path: ({ id }) => `/live?election=${id}`,
    ready: '.hall-value',
  },
  { name: 'front-open', as: 'visitor', when: 'open', path: () => '/' },
  { name: 'minutes-open', as: 'olive', when: 'open', path: ({ id }) => `/elections/${id}/minutes` },
  { name: 'minutes-closed', as: 'olive', when: 'closed', path: ({ id }) => `/elections/${id}/minutes` },
  {
    name: 'screen-staff',
    as: 'olive',
    when: 'published',
    path: ({ id }) => `/elections/${id}/results/screen`,
  },
  { name: 'minutes', as: 'visitor', when: 'published', path: ({ id }) => `/results/${id}/minutes` },
  { name: 'screen', as: 'visitor', when: 'published', path: ({ id }) => `/results/${id}/screen` },
  {
    name: 'screen-next',
    as: 'visitor',
    when: 'published',
    path: ({ id }) => `/results/${id}/screen?contest=2`,
  },
];
