import type { Runtime } from '../runtime.ts';
import { staffRoutes } from '../features/staff/index.ts';
import type { Route } from '../views/route.ts';

/** Every feature's routes; a feature that is not listed here answers nothing. */
export const featureRoutes = (runtime: Runtime): Route[] => [...staffRoutes(runtime)];
