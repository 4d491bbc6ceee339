import type { Runtime } from '../../runtime.ts';
import type { Route } from '../../views/route.ts';
import { accountRoutes } from './account-routes.tsx';
import { factorRoutes } from './factor-routes.tsx';
import { passkeyRoutes } from './passkey-routes.tsx';
import { staffListRoutes } from './staff-routes.tsx';

export const staffRoutes = (runtime: Runtime): Route[] => [
  ...accountRoutes(runtime),
  ...factorRoutes(runtime),
  ...passkeyRoutes(runtime),
  ...staffListRoutes(runtime),
];

export { createStaff } from './create-staff.ts';
export { viewerOfRequest } from './sessions.ts';
export { offerSetUp } from './set-up.ts';
