import type { Runtime } from '../../runtime.ts';
import type { Route } from '../../views/route.ts';
import { importRoutes } from './import-routes.tsx';
import { registrationRoutes } from './registration/routes.tsx';
import { rollRoutes } from './roll-routes.tsx';

export {
  type ExistingVoters,
  type ImportMode,
  type ImportProgress,
  type ImportReport,
  importReading,
  importRoll,
} from './import-roll.ts';
export { startUploadSweep } from './kept-uploads.ts';
export { loadRollSettings, readRollFile } from './read-roll-file.ts';

/** The roll's pages below `/elections/:election`, and those by which people reach it themselves. */
export const voterRollRoutes = (runtime: Runtime): Route[] => [
  ...importRoutes(runtime),
  ...rollRoutes(runtime),
  ...registrationRoutes(runtime),
];
