import type { ElectionState } from '../../domain/election.ts';
import { faultsOf } from '../../domain/input-faults.ts';
import { type Act, requireAct } from '../../domain/lifecycle.ts';
import type { RefusalCode } from '../../domain/refusals.ts';
import { wallText } from '../../domain/wall-time.ts';
import { type Outcome, refuse } from '../../protocol/outcome.ts';
import { liveFigures } from '../../live-figures.ts';
import type { Runtime } from '../../runtime.ts';
import { waitingApprovals } from '../../store/approvals.ts';
import { type ElectionRow, factsOf, findElection } from '../../store/elections.ts';
import { readPosted } from '../../views/posted.ts';
import { refusalPage } from '../../views/refusal-page.tsx';
import { render } from '../../views/render.tsx';
import { type PageContext, type Route, viewerOf } from '../../views/route.ts';
import { closeEarly } from './close-early.ts';
import { dashboardEvents } from './dashboard-events.ts';
import type { DashboardForm } from './dashboard-forms.tsx';
import { DASHBOARD_NOTICES, DashboardPage } from './dashboard-page.tsx';
import { extendElection } from './extend-election.ts';
import { noteIncident } from './note-incident.ts';
import { openVoting } from './open-voting.ts';

/** From the frozen manifest to the count: what happens then belongs into the minutes. */
const NOTABLE: readonly ElectionState[] = ['armed', 'open', 'closed', 'tallied'];

/** The dashboard, and what an admin can do from it while people vote. */
export function dashboardRoutes(runtime: Runtime): Route[] {
  const { store, clock } = runtime;
  const electionOf = (c: PageContext): Promise<ElectionRow | undefined> =>
    findElection(store.read, c.req.param('election') ?? '');

  const show = async (
    c: PageContext,
    election: ElectionRow,
    typed: Partial<DashboardForm> = {},
  ): Promise<Response> => {
    const figures = await liveFigures(runtime, election.id);
    if (figures === undefined) return refusalPage(c, refuse('NOT_FOUND'));
    const isAdmin = viewerOf(c).role === 'admin';
    const may = (act: Act): boolean => isAdmin && requireAct(factsOf(election, clock.now()), act).ok;
    const acts = {
      open: election.state === 'armed' && may('open'),
      extend: may('extend'),
      closeEarly: may('close-early'),
      noteIncident: isAdmin && NOTABLE.includes(election.state),
    };
    const closesAt = wallText(election.closes_at, election.time_zone);
    const form: DashboardForm = { closesAt, reason: '', incident: '', errors: [], ...typed };
    const isRefused = form.errors.length > 0;
    const notice = isRefused ? undefined : DASHBOARD_NOTICES.find((name) => c.req.query(name) !== undefined);
    return render(
      c,
      <DashboardPage
        c={c}
        election={election}
        figures={figures}
        acts={acts}
        form={form}
        waitingApprovals={await waitingApprovals(store.read, election.id, clock.now())}
        notice={notice}
      />,
      isRefused ? 422 : 200,
    );
  };

  const dashboard = async (c: PageContext): Promise<Response> => {
    const election = await electionOf(c);
    return election === undefined ? refusalPage(c, refuse('NOT_FOUND')) : show(c, election);
  };

  const settle = async (
    c: PageContext,
    election: ElectionRow,
    done: Outcome<unknown, RefusalCode>,
    notice: (typeof DASHBOARD_NOTICES)[number],
    form?: Partial<DashboardForm>,
  ): Promise<Response> => {
    if (done.ok) return c.redirect(`/elections/${election.id}/dashboard?${notice}`, 303);
    if (form?.errors !== undefined && form.errors.length > 0) return show(c, election, form);
    const back = { href: `/elections/${election.id}/dashboard`, label: election.title };
    return refusalPage(c, done, { back, timeZone: election.time_zone });
  };

  const open = async (c: PageContext): Promise<Response> => {
    const election = await electionOf(c);
    if (election === undefined) return refusalPage(c, refuse('NOT_FOUND'));
    const opened = await openVoting(runtime, { electionId: election.id, actor: viewerOf(c).email });
    return settle(c, election, opened, 'opened');
  };

  const extend = async (c: PageContext): Promise<Response> => {
    const election = await electionOf(c);
    if (election === undefined) return refusalPage(c, refuse('NOT_FOUND'));
    const posted = await readPosted(c);
    const typed = { closesAt: posted.text('closesAt'), reason: posted.text('reason') };
    const request = { electionId: election.id, actor: viewerOf(c).email, ...typed };
    const extended = await extendElection(runtime, request);
    const errors = extended.ok ? [] : faultsOf(c.get('language'), extended);
    return settle(c, election, extended, 'extended', { ...typed, errors });
  };

  const close = async (c: PageContext): Promise<Response> => {
    const election = await electionOf(c);
    if (election === undefined) return refusalPage(c, refuse('NOT_FOUND'));
    const reason = (await readPosted(c)).text('closeReason');
    const closed = await closeEarly(runtime, { electionId: election.id, actor: viewerOf(c).email, reason });
    const errors = closed.ok
      ? []
      : faultsOf(c.get('language'), closed).map(({ sentence }) => ({ name: 'closeReason', sentence }));
    return settle(c, election, closed, 'closing', { errors });
  };

  const note = async (c: PageContext): Promise<Response> => {
    const election = await electionOf(c);
    if (election === undefined) return refusalPage(c, refuse('NOT_FOUND'));
    const incident = (await readPosted(c)).text('incident');
    const request = { electionId: election.id, actor: viewerOf(c).email, text: incident };
    const noted = await noteIncident(runtime, request);
    const errors = noted.ok ? [] : faultsOf(c.get('language'), noted);
    return settle(c, election, noted, 'noted', { incident, errors });
  };

  const route = (method: Route['method'], page: string, access: Route['access'], handle: Route['handle']) =>
    ({ method, path: `/elections/:election/${page}`, access, surface: 'page', handle }) as const;
  return [
    route('GET', 'dashboard', 'technician', dashboard),
    route('POST', 'open', 'admin', open),
    route('POST', 'extend', 'admin', extend),
    route('POST', 'close-early', 'admin', close),
    route('POST', 'incidents', 'admin', note),
    dashboardEvents(runtime),
  ];
}
