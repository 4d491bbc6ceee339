import { approvedActIn } from '../../domain/approvals.ts';
import type { RefusalCode } from '../../domain/refusals.ts';
import { type Outcome, refuse } from '../../protocol/outcome.ts';
import type { Runtime } from '../../runtime.ts';
import { decideApproval, isTwoPerson, listApprovals } from '../../store/approvals.ts';
import { type ElectionRow, findElection } from '../../store/elections.ts';
import { readPosted } from '../../views/posted.ts';
import { refusalPage } from '../../views/refusal-page.tsx';
import { render } from '../../views/render.tsx';
import { type PageContext, type Route, viewerOf } from '../../views/route.ts';
import { ApprovalsPage, NEWS } from './approvals-page.tsx';
import { askForApproval } from './ask-approval.ts';
import { texts } from './texts.ts';

const MOST_SHOWN = 100;

/** Asking for the steps that two people decide, and deciding. */
export function approvalRoutes(runtime: Runtime): Route[] {
  const { store, clock } = runtime;
  const pathOf = (election: ElectionRow): string => `/elections/${election.id}/approvals`;

  const settle = (
    c: PageContext,
    election: ElectionRow,
    done: Outcome<true, RefusalCode>,
    news: (typeof NEWS)[number],
  ): Response | Promise<Response> => {
    if (done.ok) return c.redirect(`${pathOf(election)}?${news}`, 303);
    return refusalPage(c, done, {
      back: { href: pathOf(election), label: texts[c.get('language')].title },
      timeZone: election.time_zone,
    });
  };

  const show = async (c: PageContext, election: ElectionRow): Promise<Response> =>
    render(
      c,
      <ApprovalsPage
        c={c}
        election={election}
        now={clock.now()}
        requests={await listApprovals(store.read, election.id, MOST_SHOWN)}
        isOn={await isTwoPerson(store.read)}
        act={approvedActIn(c.req.query('act'))}
        news={NEWS.find((name) => c.req.query(name) !== undefined)}
      />,
    );

  const ask = async (c: PageContext, election: ElectionRow): Promise<Response> => {
    const act = approvedActIn((await readPosted(c)).text('act'));
    if (act === undefined) return refusalPage(c, refuse('MALFORMED'));
    const { email, role } = viewerOf(c);
    const asked = await askForApproval(runtime, { electionId: election.id, act, actor: email, role });
    return settle(c, election, asked, 'asked');
  };

  const decide = async (c: PageContext, election: ElectionRow): Promise<Response> => {
    const decision = (await readPosted(c)).text('decision');
    if (decision !== 'grant' && decision !== 'refuse') return refusalPage(c, refuse('MALFORMED'));
    const isGranted = decision === 'grant';
    const decided = await store.inTransaction((trx) =>
      decideApproval(trx, {
        electionId: election.id,
        approvalId: c.req.param('approval') ?? '',
        isGranted,
        decider: viewerOf(c).email,
        now: clock.now(),
      }),
    );
    return settle(c, election, decided, isGranted ? 'granted' : 'refused');
  };

  const route = (
    rules: Pick<Route, 'method' | 'access' | 'isFresh'>,
    path: string,
    handle: (c: PageContext, election: ElectionRow) => Promise<Response>,
  ): Route => ({
    ...rules,
    path: `/elections/:election/approvals${path}`,
    surface: 'page',
    mostFields: 10,
    handle: async (c) => {
      const election = await findElection(store.read, c.req.param('election') ?? '');
      return election === undefined ? refusalPage(c, refuse('NOT_FOUND')) : handle(c, election);
    },
  });
  return [
    route({ method: 'GET', access: 'technician' }, '', show),
    route({ method: 'POST', access: 'technician' }, '', ask),
    route({ method: 'POST', access: 'admin', isFresh: true }, '/:approval/decide', decide),
  ];
}
