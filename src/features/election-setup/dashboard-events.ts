import { setTimeout as sleep } from 'node:timers/promises';
import { streamSSE } from 'hono/streaming';
import type { Language } from '../../domain/election.ts';
import { type LiveFigures, liveFigures } from '../../live-figures.ts';
import { refuse } from '../../protocol/outcome.ts';
import type { Runtime } from '../../runtime.ts';
import { type ElectionRow, findElection } from '../../store/elections.ts';
import { refusalPage } from '../../views/refusal-page.tsx';
import type { PageContext, Route } from '../../views/route.ts';
import { figuresHtml } from './dashboard-figures.tsx';

const EVERY_MS = 5_000;
const PING_MS = 20_000;
/** Whoever was signed out or disabled meanwhile sees nothing more after this. */
const SESSION_MS = 20_000;
const MOST_STREAMS = 200;

/**
 * The dashboard's moving parts as server-sent events: `figures` with HTML by part, at most every five seconds and only
 * when something changed; `end` when the election is no longer in the state of the page that listens (`?state=`).
 */
export function dashboardEvents(runtime: Runtime): Route {
  let streams = 0;
  const drawn = new WeakMap<LiveFigures, Map<string, string>>();

  /** Drawn once for all who listen in a language. */
  const draw = async (language: Language, election: ElectionRow, figures: LiveFigures): Promise<string> => {
    const known = drawn.get(figures) ?? new Map<string, string>();
    drawn.set(figures, known);
    const key = `${language} ${election.state} ${election.opens_at ?? ''} ${election.closes_at}`;
    const html = known.get(key) ?? JSON.stringify(await figuresHtml({ language, election, figures }));
    known.set(key, html);
    return html;
  };

  const handle = (c: PageContext): Response | Promise<Response> => {
    if (streams >= MOST_STREAMS) return refusalPage(c, refuse('BUSY'));
    const electionId = c.req.param('election') ?? '';
    const language = c.get('language');
    const state = c.req.query('state');
    streams += 1;
    // proxies that collect an answer before they hand it on would hold the events back
    c.header('X-Accel-Buffering', 'no');
    return streamSSE(c, async (stream) => {
      const gone = new AbortController();
      stream.onAbort(() => gone.abort());
      let sent = '';
      let pingAt = performance.now() + PING_MS;
      let sessionAt = performance.now() + SESSION_MS;
      try {
        while (!stream.aborted) {
          const now = performance.now();
          if (now >= sessionAt) {
            if ((await c.get('viewerNow')()) === undefined) return;
            sessionAt = now + SESSION_MS;
          }
          const election = await findElection(runtime.store.read, electionId);
          const figures = election?.state === state ? await liveFigures(runtime, electionId) : undefined;
          if (election === undefined || figures === undefined) {
            await stream.writeSSE({ event: 'end', data: '{}' });
            return;
          }
          const data = await draw(language, election, figures);
          if (data !== sent) {
            await stream.writeSSE({ event: 'figures', data });
            sent = data;
          } else if (now >= pingAt) {
            await stream.write(': ping\n\n');
            pingAt = now + PING_MS;
          }
          await sleep(EVERY_MS, undefined, { ref: false, signal: gone.signal });
        }
      } catch (error) {
        if (!stream.aborted) runtime.log.app.error({ err: error }, 'the dashboard stream broke');
      } finally {
        streams -= 1;
      }
    });
  };

  return {
    method: 'GET',
    path: '/elections/:election/dashboard/events',
    access: 'technician',
    surface: 'file',
    handle,
  };
}
