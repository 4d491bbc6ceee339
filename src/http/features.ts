import { approvalRoutes } from '../features/approvals/index.ts';
import { auditLogRoutes } from '../features/audit-log/index.ts';
import { buildingRoutes } from '../features/buildings/index.ts';
import { candidateRoutes } from '../features/candidates/index.ts';
import { deliberationRoutes } from '../features/deliberation/index.ts';
import { electionSetupRoutes } from '../features/election-setup/index.ts';
import { keyCeremonyRoutes } from '../features/key-ceremony/index.ts';
import { liveRoutes } from '../features/live/index.ts';
import { mailCockpitRoutes } from '../features/mail-cockpit/index.ts';
import { mailingRoutes } from '../features/mailing/index.ts';
import { minutesRoutes } from '../features/minutes/index.ts';
import { resetRoutes } from '../features/reset/index.tsx';
import { resultRoutes } from '../features/results/index.ts';
import { configureRoutes } from '../features/settings/index.ts';
import { staffRoutes } from '../features/staff/index.ts';
import { voterRollRoutes } from '../features/voter-roll/index.ts';
import { votingRoutes } from '../features/voting/index.ts';
import type { Runtime } from '../runtime.ts';
import type { Route } from '../views/route.ts';

/** Every feature's routes; a feature that is not listed here answers nothing. */
export const featureRoutes = (runtime: Runtime): Route[] => [
  ...electionSetupRoutes(runtime),
  ...candidateRoutes(runtime),
  ...buildingRoutes(runtime),
  ...voterRollRoutes(runtime),
  ...keyCeremonyRoutes(runtime),
  ...votingRoutes(runtime),
  ...mailingRoutes(runtime),
  ...mailCockpitRoutes(runtime),
  ...deliberationRoutes(runtime),
  ...liveRoutes(runtime),
  ...resultRoutes(runtime),
  ...resetRoutes(runtime),
  ...minutesRoutes(runtime),
  ...approvalRoutes(runtime),
  ...auditLogRoutes(runtime),
  ...configureRoutes(runtime),
  ...staffRoutes(runtime),
];
