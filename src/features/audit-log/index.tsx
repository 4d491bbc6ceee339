import { refuse } from '../../protocol/outcome.ts';
import type { Runtime } from '../../runtime.ts';
import { brokenAuditEntry, listAudit } from '../../store/audit.ts';
import { findElection } from '../../store/elections.ts';
import { refusalPage } from '../../views/refusal-page.tsx';
import { render } from '../../views/render.tsx';
import type { Route } from '../../views/route.ts';
import { AuditPage } from './audit-page.tsx';

const PAGE = 100;

/** The log of official acts of an election, its whole chain checked at each look. */
export const auditLogRoutes = (runtime: Runtime): Route[] => [
  {
    method: 'GET',
    path: '/elections/:election/log',
    access: 'admin',
    surface: 'page',
    handle: async (c) => {
      const { read } = runtime.store;
      const election = await findElection(read, c.req.param('election') ?? '');
      if (election === undefined) return refusalPage(c, refuse('NOT_FOUND'));
      const asked = Number(c.req.query('before'));
      const before = Number.isSafeInteger(asked) && asked > 0 ? asked : Number.MAX_SAFE_INTEGER;
      const lines = await listAudit(read, election.id, before, PAGE);
      const broken = await brokenAuditEntry(read);
      const older = lines.length === PAGE ? lines.at(-1)?.seq : undefined;
      return render(c, <AuditPage c={c} election={election} lines={lines} broken={broken} older={older} />);
    },
  },
];
