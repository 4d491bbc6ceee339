import { faultsOf, refuseFields } from '../../domain/input-faults.ts';
import { refuse } from '../../protocol/outcome.ts';
import type { Runtime } from '../../runtime.ts';
import { brokenAuditEntry } from '../../store/audit.ts';
import { listAudit, listAuditActors } from '../../store/audit-search.ts';
import { type ElectionRow, findElection, listElections } from '../../store/elections.ts';
import { loadSettings } from '../../store/settings.ts';
import { refusalPage } from '../../views/refusal-page.tsx';
import { render } from '../../views/render.tsx';
import type { PageContext, Route } from '../../views/route.ts';
import { readFilter, typedFilter } from './audit-filter.ts';
import { AuditPage } from './audit-page.tsx';
import { EXPORT_FORMATS, exportAudit } from './export-audit.ts';

const PAGE = 100;
const TYPES = { csv: 'text/csv; charset=utf-8', json: 'application/jsonl; charset=utf-8' } as const;
const ENDINGS = { csv: 'csv', json: 'jsonl' } as const;

function streamOf(chunks: AsyncGenerator<string, number>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      const { done, value } = await chunks.next();
      if (done === true) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    cancel: async () => void (await chunks.return(0)),
  });
}

/** The log of official acts, of an election and of the whole server, its whole chain checked at each look. */
export function auditLogRoutes(runtime: Runtime): Route[] {
  const { read } = runtime.store;

  const serverZone = async (): Promise<string> => (await loadSettings(read, runtime.environment)).timeZone;

  const show = async (c: PageContext, election: ElectionRow | undefined): Promise<Response> => {
    const typed = typedFilter((name) => c.req.query(name));
    const timeZone = election?.time_zone ?? (await serverZone());
    const { filter, faults } = readFilter(typed, timeZone);
    const errors = faultsOf(c.get('language'), refuseFields(faults));
    const asked = Number(c.req.query('before'));
    const before = Number.isSafeInteger(asked) && asked > 0 ? asked : Number.MAX_SAFE_INTEGER;
    const own = election === undefined ? filter : { ...filter, electionId: election.id };
    const lines = await listAudit(read, own, before, PAGE);
    return render(
      c,
      <AuditPage
        c={c}
        election={election}
        elections={await listElections(read)}
        actors={await listAuditActors(read)}
        timeZone={timeZone}
        typed={typed}
        filter={filter}
        errors={errors}
        lines={lines}
        broken={await brokenAuditEntry(read)}
        older={lines.length === PAGE ? lines.at(-1)?.seq : undefined}
      />,
      errors.length > 0 ? 422 : 200,
    );
  };

  const showElection = async (c: PageContext): Promise<Response> => {
    const election = await findElection(read, c.req.param('election') ?? '');
    return election === undefined ? refusalPage(c, refuse('NOT_FOUND')) : show(c, election);
  };

  const download = async (c: PageContext): Promise<Response> => {
    const format = EXPORT_FORMATS.find((known) => known === c.req.query('format'));
    const { filter, faults } = readFilter(
      typedFilter((name) => c.req.query(name)),
      await serverZone(),
    );
    if (format === undefined || Object.keys(faults).length > 0) return refusalPage(c, refuse('MALFORMED'));
    c.header('Content-Type', TYPES[format]);
    c.header('Content-Disposition', `attachment; filename="audit-log.${ENDINGS[format]}"`);
    return c.body(streamOf(exportAudit(runtime, filter, format)));
  };

  return [
    {
      method: 'GET',
      path: '/elections/:election/log',
      access: 'admin',
      surface: 'page',
      handle: showElection,
    },
    {
      method: 'GET',
      path: '/log',
      access: 'admin',
      surface: 'page',
      handle: (c) => show(c, undefined),
    },
    { method: 'GET', path: '/log/export', access: 'admin', surface: 'file', handle: download },
  ];
}
