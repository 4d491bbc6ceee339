import type { Runtime } from '../../runtime.ts';
import type { Route } from '../../views/route.ts';
import { votingApiRoutes } from './api-routes.ts';

export const votingRoutes = (runtime: Runtime): Route[] => votingApiRoutes(runtime);
