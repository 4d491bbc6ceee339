import { minutesLeft } from '../../domain/mail-estimate.ts';
import { quietUntil } from '../../domain/quiet-hours.ts';
import type { RefusalCode } from '../../domain/refusals.ts';
import { type Refusal, refuse } from '../../protocol/outcome.ts';
import type { Runtime } from '../../runtime.ts';
import { type ElectionRow, findElection } from '../../store/elections.ts';
import { mailFigures } from '../../store/mail-figures.ts';
import { countMails, countPutOff, listMails, mailTotalsByKind, sentSince } from '../../store/mail-list.ts';
import { findPause } from '../../store/mail-pauses.ts';
import { refusalPage } from '../../views/refusal-page.tsx';
import { render } from '../../views/render.tsx';
import { type PageContext, type Route, viewerOf } from '../../views/route.ts';
import { CockpitPage } from './cockpit-page.tsx';
import type { CockpitNews, CockpitView } from './cockpit-view.ts';
import { type MailFilter, filterIn, isWhole, mailQueryOf, queryOf } from './mail-filter.ts';
import { MAILS_A_PAGE } from './mail-listing.tsx';
import { pauseMail, resumeMail } from './pause-mail.ts';
import { retryMail } from './retry-mail.ts';
import { texts } from './texts.ts';

const SECONDS_TO_REFRESH = '10';
const A_MINUTE = 60_000;

function newsIn(c: PageContext): CockpitNews | undefined {
  const did = c.req.query('did');
  if (did === 'paused' || did === 'resumed') return { did };
  const count = c.req.query('retried') ?? '';
  return /^\d{1,9}$/.test(count) ? { did: 'retried', count: Number(count) } : undefined;
}

/** How the e-mails of an election leave: figures, list, pause, retries. */
export function mailCockpitRoutes(runtime: Runtime): Route[] {
  const { store, clock, config } = runtime;
  const pathOf = (electionId: string): string => `/elections/${electionId}/mails`;

  const viewOf = async (
    election: ElectionRow,
    asked: MailFilter,
  ): Promise<Omit<CockpitView, 'news' | 'isRefreshing'>> => {
    const { read } = store;
    const now = clock.now();
    const { mailPerMinute: perMinute, quietHours } = config;
    const figures = await mailFigures(read, election.id);
    const pause = await findPause(read, election.id);
    const query = mailQueryOf(election.id, asked);
    const found = await countMails(read, query);
    const pages = Math.max(1, Math.ceil(found / MAILS_A_PAGE));
    const filter = { ...asked, page: Math.min(asked.page, pages) };
    const part = { offset: (filter.page - 1) * MAILS_A_PAGE, limit: MAILS_A_PAGE };
    return {
      election,
      figures,
      totals: await mailTotalsByKind(read, election.id),
      putOff: await countPutOff(read, election.id, now),
      pause: pause === undefined ? undefined : { since: pause.paused_at, actor: pause.actor },
      quietUntil: quietHours === undefined ? undefined : quietUntil(quietHours, now),
      perMinute,
      minutesLeft: minutesLeft(
        figures.queued + figures.sending,
        perMinute,
        await sentSince(read, election.id, now - A_MINUTE),
      ),
      filter,
      found,
      mails: await listMails(read, query, part),
    };
  };

  const show = async (c: PageContext): Promise<Response> => {
    const election = await findElection(store.read, c.req.param('election') ?? '');
    if (election === undefined) return refusalPage(c, refuse('NOT_FOUND'));
    const filter = filterIn(c);
    const view = await viewOf(election, filter);
    const { queued, sending } = view.figures;
    // never under somebody who is reading a part of the list; works without a script, and the page says how to stop it
    const isRefreshing = queued + sending > 0 && isWhole(filter) && c.req.query('still') === undefined;
    if (isRefreshing) c.header('Refresh', `${SECONDS_TO_REFRESH}; url=${pathOf(election.id)}`);
    return render(c, <CockpitPage c={c} view={{ ...view, news: newsIn(c), isRefreshing }} />);
  };

  const refused = (c: PageContext, electionId: string, refusal: Refusal<RefusalCode>) =>
    refusalPage(c, refusal, { back: { href: pathOf(electionId), label: texts[c.get('language')].title } });

  const pause = async (c: PageContext): Promise<Response> => {
    const electionId = c.req.param('election') ?? '';
    const done = await pauseMail(runtime, { electionId, actor: viewerOf(c).email });
    return done.ok ? c.redirect(`${pathOf(electionId)}?did=paused`, 303) : refused(c, electionId, done);
  };

  const resume = async (c: PageContext): Promise<Response> => {
    const electionId = c.req.param('election') ?? '';
    const done = await resumeMail(runtime, { electionId, actor: viewerOf(c).email });
    return done.ok ? c.redirect(`${pathOf(electionId)}?did=resumed`, 303) : refused(c, electionId, done);
  };

  const retry = async (c: PageContext): Promise<Response> => {
    const electionId = c.req.param('election') ?? '';
    const mailId = c.req.param('mail');
    const request = { electionId, actor: viewerOf(c).email };
    const done = await retryMail(runtime, mailId === undefined ? request : { ...request, mailId });
    if (!done.ok) return refused(c, electionId, done);
    const query = queryOf(filterIn(c));
    return c.redirect(`${pathOf(electionId)}?retried=${done.value}${query === '' ? '' : `&${query}`}`, 303);
  };

  const path = '/elections/:election/mails';
  const post = { method: 'POST', access: 'admin', surface: 'page' } as const;
  return [
    { method: 'GET', path, access: 'admin', surface: 'page', handle: show },
    { ...post, path: `${path}/pause`, handle: pause },
    { ...post, path: `${path}/resume`, handle: resume },
    { ...post, path: `${path}/retry`, handle: retry },
    { ...post, path: `${path}/:mail/retry`, handle: retry },
  ];
}
