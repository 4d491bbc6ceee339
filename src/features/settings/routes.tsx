import { LANGUAGES } from '../../domain/election.ts';
import { faultsOf } from '../../domain/input-faults.ts';
import type { RefusalCode } from '../../domain/refusals.ts';
import type { Settings } from '../../domain/settings.ts';
import { type Refusal, refuse } from '../../protocol/outcome.ts';
import type { Runtime } from '../../runtime.ts';
import { type ElectionRow, findElection } from '../../store/elections.ts';
import { loadSettings } from '../../store/settings.ts';
import type { FieldError } from '../../views/field-errors.ts';
import { type Posted, readPosted } from '../../views/posted.ts';
import { refusalPage } from '../../views/refusal-page.tsx';
import { render } from '../../views/render.tsx';
import { type PageContext, type Route, viewerOf } from '../../views/route.ts';
import { changeSettings } from './change-settings.ts';
import { ListsPage } from './lists-page.tsx';
import { SettingsPage } from './settings-page.tsx';

/** Three lists of 500 entries and what is around them. */
const LARGEST_FORM = 512 * 1024;

/** Faults of the form; one in a line of a list is told at the list. */
const listFaults = (c: PageContext, refusal: Refusal<RefusalCode>): FieldError[] =>
  faultsOf(c.get('language'), refusal).map(({ name, sentence }) => ({
    name: name.split('.')[0] ?? name,
    sentence,
  }));

/** The server's settings: what rolls may hold, and what new elections start from. */
export function settingsRoutes(runtime: Runtime): Route[] {
  const show = async (c: PageContext): Promise<Response> => {
    const settings = await loadSettings(runtime.store.read, runtime.config.organisation);
    const isSaved = c.req.query('saved') !== undefined;
    return render(c, <SettingsPage c={c} settings={settings} isSaved={isSaved} errors={[]} />);
  };

  const change = async (c: PageContext): Promise<Response> => {
    const settings = settingsOf(await readPosted(c));
    const changed = await changeSettings(runtime, { actor: viewerOf(c).email, input: settings });
    if (changed.ok) return c.redirect('/settings?saved', 303);
    const errors = listFaults(c, changed);
    if (errors.length === 0) return refusalPage(c, changed);
    return render(c, <SettingsPage c={c} settings={settings} isSaved={false} errors={errors} />, 422);
  };

  const electionOf = (c: PageContext): Promise<ElectionRow | undefined> =>
    findElection(runtime.store.read, c.req.param('election') ?? '');

  const showLists = async (c: PageContext): Promise<Response> => {
    const election = await electionOf(c);
    if (election === undefined) return refusalPage(c, refuse('NOT_FOUND'));
    const lists = await loadSettings(runtime.store.read, runtime.config.organisation);
    const isSaved = c.req.query('saved') !== undefined;
    return render(c, <ListsPage c={c} election={election} lists={lists} isSaved={isSaved} errors={[]} />);
  };

  const changeLists = async (c: PageContext): Promise<Response> => {
    const election = await electionOf(c);
    if (election === undefined) return refusalPage(c, refuse('NOT_FOUND'));
    const { lines } = await readPosted(c);
    const lists = { buildings: lines('buildings'), promotions: lines('promotions') };
    const changed = await changeSettings(runtime, { actor: viewerOf(c).email, input: lists });
    if (changed.ok) return c.redirect(`/elections/${election.id}/buildings?saved`, 303);
    const errors = listFaults(c, changed);
    if (errors.length === 0) return refusalPage(c, changed);
    return render(
      c,
      <ListsPage c={c} election={election} lists={lists} isSaved={false} errors={errors} />,
      422,
    );
  };

  return [
    {
      method: 'GET',
      path: '/elections/:election/buildings',
      access: 'technician',
      surface: 'page',
      handle: showLists,
    },
    {
      method: 'POST',
      path: '/elections/:election/buildings',
      access: 'technician',
      surface: 'page',
      largestBody: LARGEST_FORM,
      handle: changeLists,
    },
    { method: 'GET', path: '/settings', access: 'admin', surface: 'page', handle: show },
    {
      method: 'POST',
      path: '/settings',
      access: 'admin',
      surface: 'page',
      largestBody: LARGEST_FORM,
      handle: change,
    },
  ];
}

/** The form as it was typed; the use case judges it. */
const settingsOf = (posted: Posted): Settings => ({
  organisation: posted.text('organisation'),
  domains: posted.lines('domains'),
  promotions: posted.lines('promotions'),
  buildings: posted.lines('buildings'),
  language: LANGUAGES.find((language) => language === posted.text('language')) ?? 'en',
  timeZone: posted.text('timeZone'),
});
