import type { Runtime } from '../../runtime.ts';
import type { Route } from '../../views/route.ts';
import { accountRoutes } from './account-routes.tsx';
import { staffListRoutes } from './staff-routes.tsx';

export const staffRoutes = (runtime: Runtime): Route[] => [
  ...accountRoutes(runtime),
  ...staffListRoutes(runtime),
];

export { createStaff } from './create-staff.ts';
export { viewerOfRequest } from './sessions.ts';
export { offerSetUp } from './set-up.ts';
