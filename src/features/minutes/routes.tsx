import { refuse } from '../../protocol/outcome.ts';
import type { Runtime } from '../../runtime.ts';
import { type ElectionRow, findElection } from '../../store/elections.ts';
import { listIncidents } from '../../store/incidents.ts';
import { refusalPage } from '../../views/refusal-page.tsx';
import { render } from '../../views/render.tsx';
import type { PageContext, Route } from '../../views/route.ts';
import { type Minutes, drawUpMinutes } from './draw-up-minutes.ts';
import { FutureMinutesPage, PublicMinutesPage, StaffMinutesPage } from './minutes-page.tsx';
import { minutesPdf } from './minutes-pdf.ts';
import { minutesSections } from './minutes-sections.ts';

/** The minutes for admins from the close on, for everyone once the results are published; each as page and as PDF. */
export function minutesRoutes(runtime: Runtime): Route[] {
  const { store, config } = runtime;
  const electionOf = (c: PageContext): Promise<ElectionRow | undefined> =>
    findElection(store.read, c.req.param('election') ?? '');
  const publicElection = async (c: PageContext): Promise<ElectionRow | undefined> => {
    const election = await electionOf(c);
    return election?.state === 'published' || election?.state === 'archived' ? election : undefined;
  };

  const staffPage = async (c: PageContext): Promise<Response> => {
    const election = await electionOf(c);
    if (election === undefined) return refusalPage(c, refuse('NOT_FOUND'));
    const minutes = await drawUpMinutes(runtime, election);
    if (minutes === undefined) {
      const incidents = await listIncidents(store.read, election.id);
      return render(c, <FutureMinutesPage c={c} election={election} incidents={incidents} />);
    }
    const sections = minutesSections(c.get('language'), minutes, config.publicUrl);
    const isProvisional = minutes.summary === undefined;
    return render(
      c,
      <StaffMinutesPage c={c} election={election} sections={sections} isProvisional={isProvisional} />,
    );
  };

  const publicPage = async (c: PageContext): Promise<Response> => {
    const election = await publicElection(c);
    const minutes = election && (await drawUpMinutes(runtime, election));
    if (election === undefined || minutes === undefined) return refusalPage(c, refuse('NOT_FOUND'));
    const sections = minutesSections(c.get('language'), minutes, config.publicUrl);
    return render(c, <PublicMinutesPage c={c} election={election} sections={sections} />);
  };

  const pdf = async (c: PageContext, minutes: Minutes): Promise<Response> => {
    const file = await minutesPdf(c.get('language'), minutes, config.publicUrl);
    return c.body(new Uint8Array(file), 200, {
      'Content-Type': 'application/pdf',
      'Content-Disposition': 'attachment; filename="minutes.pdf"',
    });
  };

  const staffPdf = async (c: PageContext): Promise<Response> => {
    const election = await electionOf(c);
    if (election === undefined) return refusalPage(c, refuse('NOT_FOUND'));
    const minutes = await drawUpMinutes(runtime, election);
    return minutes === undefined ? refusalPage(c, refuse('NOT_CLOSED')) : pdf(c, minutes);
  };

  const publicPdf = async (c: PageContext): Promise<Response> => {
    const election = await publicElection(c);
    const minutes = election && (await drawUpMinutes(runtime, election));
    return minutes === undefined ? refusalPage(c, refuse('NOT_FOUND')) : pdf(c, minutes);
  };

  const route = (
    path: string,
    access: Route['access'],
    surface: Route['surface'],
    handle: Route['handle'],
  ): Route => ({ method: 'GET', path, access, surface, handle });
  return [
    route('/elections/:election/minutes', 'admin', 'page', staffPage),
    route('/elections/:election/minutes.pdf', 'admin', 'file', staffPdf),
    route('/results/:election/minutes', 'anyone', 'page', publicPage),
    route('/results/:election/minutes.pdf', 'anyone', 'file', publicPdf),
  ];
}
