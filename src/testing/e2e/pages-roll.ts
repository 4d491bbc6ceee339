import type { SeenPage } from './page-list.ts';

/** The pages by which people reach a roll themselves. A confirmation page needs a registration, so it is not here. */
export const ROLL_PAGES: readonly SeenPage[] = [
  {
    name: 'register',
    as: 'visitor',
    when: 'armed',
    path: ({ id }) => `/register/${id}`,
  },
  { name: 'roll-question', as: 'visitor', when: 'armed', path: ({ id }) => `/roll/${id}` },
];
