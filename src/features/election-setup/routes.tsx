import type { Runtime } from '../../runtime.ts';
import type { Route } from '../../views/route.ts';
import { contestRoutes } from './contest-routes.tsx';
import { dashboardRoutes } from './dashboard-routes.tsx';
import { electionRoutes } from './election-routes.tsx';

/** Elections from their creation to the urn's close: list, steps, settings, contests, dashboard. */
export const electionSetupRoutes = (runtime: Runtime): Route[] => [
  ...electionRoutes(runtime),
  ...contestRoutes(runtime),
  ...dashboardRoutes(runtime),
];
