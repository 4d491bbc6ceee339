import { requireAct } from '../../domain/lifecycle.ts';
import { CODE_CHANNELS } from '../../domain/mail-template.ts';
import { refuse } from '../../protocol/outcome.ts';
import type { Runtime } from '../../runtime.ts';
import { factsOf, findElection } from '../../store/elections.ts';
import { listMailTroubles, mailTotals } from '../../store/link-mails.ts';
import { readPosted } from '../../views/posted.ts';
import { refusalPage } from '../../views/refusal-page.tsx';
import { render } from '../../views/render.tsx';
import { type PageContext, type Route, viewerOf } from '../../views/route.ts';
import { chooseCodeChannel } from './code-channel.ts';
import { LinksPage, MOST_TROUBLES } from './links-page.tsx';
import type { RunView } from './run-parts.tsx';
import { linkPreview, sendLinks } from './send-links.ts';
import { RUN_KINDS, type RunKind, requireRun, runStandings, sendRun } from './send-run.ts';

const SECONDS_TO_REFRESH = '5';

const wholeNumber = (text: string | undefined): number | undefined =>
  text !== undefined && /^[0-9]{1,9}$/.test(text) ? Number(text) : undefined;

async function runViews(runtime: Runtime, electionId: string): Promise<RunView[]> {
  const views: RunView[] = [];
  for (const kind of RUN_KINDS) {
    const allowed = await requireRun(runtime, electionId, kind);
    const refusal = allowed.ok ? undefined : allowed;
    views.push({ kind, standings: await runStandings(runtime, electionId, kind), refusal });
  }
  return views;
}

/** E-mails of one election: links, invitations, reminders, results, and the way of the codes. */
export function linkRoutes(runtime: Runtime): Route[] {
  const { store, clock, config } = runtime;
  const electionOf = (c: PageContext): string => c.req.param('election') ?? '';

  const show = async (c: PageContext): Promise<Response> => {
    const election = await findElection(store.read, electionOf(c));
    if (election === undefined) return refusalPage(c, refuse('NOT_FOUND'));
    const totals = await mailTotals(store.read, election.id, 'link');
    const runs = await runViews(runtime, election.id);
    const facts = factsOf(election, clock.now());
    const allowed = requireAct(facts, 'send-links');
    const isBusy =
      totals.queued + totals.sending + runs.reduce((sum, { standings }) => sum + standings.queued, 0) > 0;
    const isRefreshing = isBusy && c.req.query('still') === undefined;
    // works without a script, and the page says how to stop it
    if (isRefreshing) c.header('Refresh', `${SECONDS_TO_REFRESH}; url=/elections/${election.id}/links`);
    const view = {
      election,
      preview: await linkPreview(runtime, election),
      totals,
      troubles: await listMailTroubles(store.read, election.id, MOST_TROUBLES),
      refusal: allowed.ok ? undefined : allowed,
      isEmbedded: config.smtp === undefined,
      queued: wholeNumber(c.req.query('queued')),
      isChannelFree: election.links_mailed === 0 && requireAct(facts, 'send-invitations').ok,
      isChannelChosen: c.req.query('chosen') !== undefined,
      runs,
      isRefreshing,
    };
    return render(c, <LinksPage c={c} view={view} />);
  };

  const back = (c: PageContext, query: string): Response =>
    c.redirect(`/elections/${electionOf(c)}/links?${query}`, 303);

  const send = async (c: PageContext): Promise<Response> => {
    const sent = await sendLinks(runtime, { electionId: electionOf(c), actor: viewerOf(c).email });
    return sent.ok ? back(c, `queued=${sent.value.queued}`) : refusalPage(c, sent);
  };

  const run =
    (kind: RunKind) =>
    async (c: PageContext): Promise<Response> => {
      const sent = await sendRun(runtime, { electionId: electionOf(c), kind, actor: viewerOf(c).email });
      return sent.ok ? back(c, `queued=${sent.value.queued}`) : refusalPage(c, sent);
    };

  const choose = async (c: PageContext): Promise<Response> => {
    const posted = (await readPosted(c)).text('channel');
    const channel = CODE_CHANNELS.find((one) => one === posted);
    if (channel === undefined) return refusalPage(c, refuse('MALFORMED'));
    const request = { electionId: electionOf(c), channel, actor: viewerOf(c).email };
    const chosen = await chooseCodeChannel(runtime, request);
    return chosen.ok ? back(c, 'chosen') : refusalPage(c, chosen);
  };

  const path = '/elections/:election/links';
  const post = { method: 'POST', access: 'admin', surface: 'page' } as const;
  return [
    { method: 'GET', path, access: 'admin', surface: 'page', handle: show },
    { ...post, path, handle: send },
    { ...post, path: `${path}/invitations`, handle: run('invitation') },
    { ...post, path: `${path}/reminders`, handle: run('reminder') },
    { ...post, path: `${path}/results`, handle: run('result') },
    { ...post, path: `${path}/code-channel`, handle: choose },
  ];
}
