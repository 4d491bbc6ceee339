import type { Runtime } from '../../runtime.ts';
import type { Route } from '../../views/route.ts';
import { votingApiRoutes } from './api-routes.ts';
import { voterRoutes } from './voter-routes.tsx';

/** How voters vote: the public protocol, and the pages over it. */
export const votingRoutes = (runtime: Runtime): Route[] => [
  ...votingApiRoutes(runtime),
  ...voterRoutes(runtime),
];
