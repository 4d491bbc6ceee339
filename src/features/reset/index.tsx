import { refuse } from '../../protocol/outcome.ts';
import { resetElection } from '../../reset-election.ts';
import type { Runtime } from '../../runtime.ts';
import { type ElectionRow, findElection } from '../../store/elections.ts';
import { electionContent } from '../../store/reset.ts';
import { readPosted } from '../../views/posted.ts';
import { describeRefusal, refusalPage } from '../../views/refusal-page.tsx';
import { render } from '../../views/render.tsx';
import { type PageContext, type Route, viewerOf } from '../../views/route.ts';
import { ResetDonePage, ResetPage } from './reset-page.tsx';

/** Deleting an election from the browser: an admin who has just confirmed the password, and the title typed. */
export function resetRoutes(runtime: Runtime): Route[] {
  const { read } = runtime.store;

  const show = async (
    c: PageContext,
    election: ElectionRow,
    typed = '',
    error?: string,
  ): Promise<Response> => {
    const content = await electionContent(read, election.id);
    const page = <ResetPage c={c} election={election} content={content} typed={typed} error={error} />;
    return render(c, page, error === undefined ? 200 : 422);
  };

  const ask = async (c: PageContext): Promise<Response> => {
    const election = await findElection(read, c.req.param('election') ?? '');
    return election === undefined ? refusalPage(c, refuse('NOT_FOUND')) : show(c, election);
  };

  const act = async (c: PageContext): Promise<Response> => {
    const election = await findElection(read, c.req.param('election') ?? '');
    if (election === undefined) return refusalPage(c, refuse('NOT_FOUND'));
    const typedTitle = (await readPosted(c)).text('title');
    const actor = viewerOf(c).email;
    const reset = await resetElection(runtime, { electionId: election.id, actor, typedTitle });
    if (reset.ok) return render(c, <ResetDonePage c={c} report={reset.value} />);
    if (reset.code === 'TITLE_DIFFERS') {
      return show(c, election, typedTitle, describeRefusal(c.get('language'), reset));
    }
    const back = { href: `/elections/${election.id}`, label: election.title };
    return refusalPage(c, reset, { back });
  };

  const path = '/elections/:election/reset';
  const rule = { path, access: 'admin', isFresh: true, surface: 'page' } as const;
  return [
    { method: 'GET', ...rule, handle: ask },
    { method: 'POST', ...rule, handle: act },
  ];
}
