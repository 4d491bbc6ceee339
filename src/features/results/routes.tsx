import { refuse } from '../../protocol/outcome.ts';
import type { Runtime } from '../../runtime.ts';
import { type ElectionRow, findElection } from '../../store/elections.ts';
import { findCloseLine } from '../../store/record.ts';
import { refusalJson, refusalPage } from '../../views/refusal-page.tsx';
import { render } from '../../views/render.tsx';
import { type PageContext, type Route, viewerOf } from '../../views/route.ts';
import { PublicResultPage, ReceiptPage, StaffResultPage } from './result-pages.tsx';
import { publishResult } from './publish-result.ts';
import { summariseResult } from '../../result-summary.ts';
import { ScreenPage } from './screen-page.tsx';
import { closeLineText, writeRecord } from './write-record.ts';

/** A stream of an asynchronous generator, pulled as the client reads: memory stays bounded. */
function streamOf(chunks: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      const next = await chunks.next();
      if (next.done === true) controller.close();
      else controller.enqueue(next.value);
    },
    cancel: async () => {
      await chunks.return(undefined);
    },
  });
}

/** Results for staff and for everyone, the public record, and the receipt check. */
export function resultRoutes(runtime: Runtime): Route[] {
  const electionOf = (c: PageContext): Promise<ElectionRow | undefined> =>
    findElection(runtime.store.read, c.req.param('election') ?? '');
  const notFound = (c: PageContext): Promise<Response> => refusalPage(c, refuse('NOT_FOUND'));
  const isPublic = (election: ElectionRow): boolean =>
    election.state === 'published' || election.state === 'archived';

  /** The contest of `?contest=`, counted from 1; the first one where there is no such. */
  const screen = async (c: PageContext, election: ElectionRow, back: string): Promise<Response> => {
    const summary = await summariseResult(runtime, election.id);
    if (summary === undefined) return refusalPage(c, refuse('NOT_TALLIED'));
    const asked = Number(c.req.query('contest'));
    const at = summary.contests[asked - 1] === undefined ? 1 : asked;
    const language = c.get('language');
    return render(
      c,
      <ScreenPage language={language} summary={summary} at={at} path={`${back}/screen`} back={back} />,
    );
  };

  return [
    {
      method: 'GET',
      path: '/results/:election',
      access: 'anyone',
      surface: 'page',
      handle: async (c) => {
        const election = await electionOf(c);
        if (election === undefined || election.state === 'draft') return notFound(c);
        const summary = isPublic(election) ? await summariseResult(runtime, election.id) : undefined;
        return render(c, <PublicResultPage c={c} election={election} summary={summary} />);
      },
    },
    {
      method: 'GET',
      path: '/results/:election/receipt',
      access: 'anyone',
      surface: 'page',
      handle: async (c) => {
        const election = await electionOf(c);
        if (election === undefined || election.state === 'draft') return notFound(c);
        return render(c, <ReceiptPage c={c} election={election} />);
      },
    },
    {
      method: 'GET',
      path: '/elections/:election/results',
      access: 'admin',
      surface: 'page',
      handle: async (c) => {
        const election = await electionOf(c);
        if (election === undefined) return notFound(c);
        const summary = await summariseResult(runtime, election.id);
        return render(c, <StaffResultPage c={c} election={election} summary={summary} />);
      },
    },
    {
      method: 'GET',
      path: '/results/:election/screen',
      access: 'anyone',
      surface: 'page',
      handle: async (c) => {
        const election = await electionOf(c);
        if (election === undefined || !isPublic(election)) return notFound(c);
        return screen(c, election, `/results/${election.id}`);
      },
    },
    {
      method: 'GET',
      path: '/elections/:election/results/screen',
      access: 'admin',
      surface: 'page',
      handle: async (c) => {
        const election = await electionOf(c);
        return election === undefined
          ? notFound(c)
          : screen(c, election, `/elections/${election.id}/results`);
      },
    },
    {
      method: 'POST',
      path: '/elections/:election/publish',
      access: 'admin',
      surface: 'page',
      isFresh: true,
      handle: async (c) => {
        const electionId = c.req.param('election') ?? '';
        const published = await publishResult(runtime, { electionId, actor: viewerOf(c).email });
        if (!published.ok) return refusalPage(c, published);
        return c.redirect(`/elections/${electionId}/results`, 303);
      },
    },
    {
      method: 'GET',
      path: '/elections/:election/close',
      access: 'anyone',
      surface: 'api',
      handle: async (c) => {
        const electionId = c.req.param('election') ?? '';
        if ((await findCloseLine(runtime.store.read, electionId)) === undefined) {
          return refusalJson(c, refuse('NOT_FOUND'));
        }
        return c.body(await closeLineText(runtime, electionId), 200, { 'Content-Type': 'application/json' });
      },
    },
    {
      method: 'GET',
      path: '/elections/:election/record',
      access: 'anyone',
      surface: 'api',
      handle: async (c) => {
        const record = await writeRecord(runtime, c.req.param('election') ?? '', false);
        if (!record.ok) return refusalJson(c, refuse('NOT_FOUND'));
        return c.body(streamOf(record.value), 200, {
          'Content-Type': 'application/jsonl',
          'Content-Disposition': 'attachment; filename="record.jsonl"',
        });
      },
    },
  ];
}
