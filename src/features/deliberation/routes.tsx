import { streamSSE } from 'hono/streaming';
import type { RefusalCode } from '../../domain/refusals.ts';
import { writeOpeningLine } from '../../protocol/record.ts';
import { type Refusal, refuse } from '../../protocol/outcome.ts';
import type { Runtime } from '../../runtime.ts';
import { type ElectionRow, findElection } from '../../store/elections.ts';
import { formatNumber } from '../../views/format.ts';
import { isKeyFault, keyFaultOf } from '../../views/key-fields.tsx';
import { refusalPage } from '../../views/refusal-page.tsx';
import { render } from '../../views/render.tsx';
import { type PageContext, type Route, viewerOf } from '../../views/route.ts';
import { DeliberationPage, ProgressPage } from './deliberation-page.tsx';
import { checkPreconditions } from './preconditions.ts';
import { RunningDeliberations } from './running-deliberations.ts';
import { texts } from './texts.ts';

const EVENT_EVERY_MS = 300;
/** Where there is no script, the page asks again by itself. */
const RELOAD_SECONDS = '2';

/** The deliberation's pages below `/elections/:election`. */
export function deliberationRoutes(runtime: Runtime): Route[] {
  const running = new RunningDeliberations(runtime);
  const electionOf = (c: PageContext): Promise<ElectionRow | undefined> =>
    findElection(runtime.store.read, c.req.param('election') ?? '');

  const showForm = async (
    c: PageContext,
    election: ElectionRow,
    refusal?: Refusal<RefusalCode>,
  ): Promise<Response> => {
    const preconditions = await checkPreconditions(runtime.store.read, election.id);
    const fault = refusal && keyFaultOf(c.get('language'), refusal, election.time_zone);
    const page = <DeliberationPage c={c} election={election} preconditions={preconditions} fault={fault} />;
    return render(c, page, fault === undefined ? 200 : 422);
  };

  return [
    {
      method: 'GET',
      path: '/elections/:election/deliberate',
      access: 'admin',
      surface: 'page',
      isFresh: true,
      handle: async (c) => {
        const election = await electionOf(c);
        if (election === undefined) return refusalPage(c, refuse('NOT_FOUND'));
        const state = running.stateOf(election.id);
        const isFollowed =
          state !== undefined && !(state.kind === 'failed' && c.req.query('again') !== undefined);
        if (!isFollowed) {
          if (election.state === 'tallied' || election.state === 'published') {
            return c.redirect(`/elections/${election.id}/results`, 303);
          }
          return showForm(c, election);
        }
        if (state.kind === 'running') c.header('Refresh', RELOAD_SECONDS);
        return render(c, <ProgressPage c={c} election={election} state={state} />);
      },
    },
    {
      method: 'POST',
      path: '/elections/:election/deliberate',
      access: 'admin',
      surface: 'page',
      isFresh: true,
      handle: async (c) => {
        const election = await electionOf(c);
        if (election === undefined) return refusalPage(c, refuse('NOT_FOUND'));
        const { keyFile, passphrase } = await c.req.parseBody();
        if (!(keyFile instanceof File) || typeof passphrase !== 'string') {
          return showForm(c, election, refuse('NOT_A_KEY_FILE', { found: 'EMPTY' }));
        }
        const key = { keyFile: new Uint8Array(await keyFile.arrayBuffer()), passphrase };
        const started = await running.start({ electionId: election.id, actor: viewerOf(c).email, key });
        if (!started.ok && isKeyFault(started.code)) {
          return showForm(c, election, started);
        }
        if (!started.ok && started.code !== 'DELIBERATING') {
          return refusalPage(c, started, {
            back: { href: `/elections/${election.id}`, label: election.title },
            timeZone: election.time_zone,
          });
        }
        return c.redirect(`/elections/${election.id}/deliberate`, 303);
      },
    },
    {
      method: 'GET',
      path: '/elections/:election/deliberate/events',
      access: 'admin',
      surface: 'file',
      handle: (c) => {
        const electionId = c.req.param('election') ?? '';
        const language = c.get('language');
        return streamSSE(c, async (stream) => {
          while (!stream.aborted) {
            const state = running.stateOf(electionId);
            if (state?.kind !== 'running') {
              await stream.writeSSE({ event: 'end', data: '{}' });
              return;
            }
            const { opened, total } = state;
            const label = texts[language].progress(
              formatNumber(language, opened),
              formatNumber(language, total),
            );
            await stream.writeSSE({
              event: 'progress',
              data: JSON.stringify({ value: opened, max: total, label }),
            });
            await stream.sleep(EVENT_EVERY_MS);
          }
        });
      },
    },
    {
      method: 'GET',
      path: '/elections/:election/openings',
      access: 'admin',
      surface: 'file',
      handle: async (c) => {
        const state = running.stateOf(c.req.param('election') ?? '');
        if (state?.kind !== 'done') return refusalPage(c, refuse('NOT_FOUND'));
        return c.body(state.openings.map(writeOpeningLine).join(''), 200, {
          'Content-Type': 'application/jsonl',
          'Content-Disposition': 'attachment; filename="openings.jsonl"',
        });
      },
    },
  ];
}
