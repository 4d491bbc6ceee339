import { faultsOf } from '../../domain/input-faults.ts';
import { requireAct } from '../../domain/lifecycle.ts';
import { refuse } from '../../protocol/outcome.ts';
import { readLastBackup } from '../../last-backup.ts';
import type { Runtime } from '../../runtime.ts';
import { waitingApprovals } from '../../store/approvals.ts';
import {
  type ElectionRow,
  factsOf,
  findElection,
  listContests,
  listElections,
} from '../../store/elections.ts';
import { listKeyCopies } from '../../store/keys.ts';
import { mailFigures } from '../../store/mail-figures.ts';
import { participationOf } from '../../store/participation.ts';
import { missingForArming } from '../../store/readiness.ts';
import { rollFigures } from '../../store/roll-figures.ts';
import { loadSettings } from '../../store/settings.ts';
import type { FieldError } from '../../views/field-errors.ts';
import { readPosted } from '../../views/posted.ts';
import { refusalPage } from '../../views/refusal-page.tsx';
import { render } from '../../views/render.tsx';
import { type PageContext, type Route, viewerOf } from '../../views/route.ts';
import { ConfigurePage } from './configure-page.tsx';
import { createElection } from './create-election.ts';
import { editElection } from './edit-election.ts';
import {
  type ElectionForm,
  electionFormOf,
  electionInput,
  newElectionForm,
  postedElectionForm,
} from './election-form.ts';
import { ElectionsPage, NewElectionPage } from './elections-page.tsx';
import { HomePage } from './home-page.tsx';

const NOTICES = ['saved', 'repeatedOpening', 'repeatedClosing'] as const;

/** Where a saved form leads: the configure page, told which times come twice that night. */
function savedPath(
  id: string,
  saved: { readonly isOpeningRepeated: boolean; readonly isClosingRepeated: boolean },
): string {
  const opening = saved.isOpeningRepeated ? '&repeatedOpening' : '';
  const closing = saved.isClosingRepeated ? '&repeatedClosing' : '';
  return `/elections/${id}/configure?saved${opening}${closing}`;
}

/** List, creation, steps and settings of elections. */
export function electionRoutes(runtime: Runtime): Route[] {
  const { store, config, clock } = runtime;
  const electionOf = (c: PageContext): Promise<ElectionRow | undefined> =>
    findElection(store.read, c.req.param('election') ?? '');

  /** How many of the roll belong to no building, where the server has any. */
  const withoutBuilding = async (electionId: string): Promise<number> => {
    const settings = await loadSettings(store.read, config);
    if (settings.buildings.length === 0) return 0;
    const cells = await participationOf(store.read, electionId, 'building');
    return cells.find(({ name }) => name === '')?.registered ?? 0;
  };

  const list = async (c: PageContext): Promise<Response> =>
    render(c, <ElectionsPage c={c} elections={await listElections(store.read)} />);

  const showNew = async (c: PageContext): Promise<Response> => {
    const settings = await loadSettings(store.read, config);
    const form = newElectionForm(settings, viewerOf(c).email);
    return render(c, <NewElectionPage c={c} form={form} errors={[]} />);
  };

  const create = async (c: PageContext): Promise<Response> => {
    const form = postedElectionForm(await readPosted(c));
    const created = await createElection(runtime, { actor: viewerOf(c).email, input: electionInput(form) });
    if (created.ok) return c.redirect(savedPath(created.value.electionId, created.value), 303);
    const errors = faultsOf(c.get('language'), created);
    if (errors.length === 0) return refusalPage(c, created);
    return render(c, <NewElectionPage c={c} form={form} errors={errors} />, 422);
  };

  const home = async (c: PageContext): Promise<Response> => {
    const election = await electionOf(c);
    if (election === undefined) return refusalPage(c, refuse('NOT_FOUND'));
    const contests = await listContests(store.read, election.id);
    const facts = {
      election,
      contests: contests.length,
      candidates: contests.reduce((sum, contest) => sum + contest.candidates.length, 0),
      registered: (await rollFigures(store.read, election.id)).registered,
      withoutBuilding: await withoutBuilding(election.id),
      copies: (await listKeyCopies(store.read, election.id)).length,
      mail: await mailFigures(store.read, election.id),
      lastBackupAt: readLastBackup(config)?.at,
      now: clock.now(),
      missing: await missingForArming(store.read, election, clock.now()),
      isAdmin: viewerOf(c).role === 'admin',
    };
    const waiting = await waitingApprovals(store.read, election.id, clock.now());
    return render(c, <HomePage c={c} facts={facts} waitingApprovals={waiting} />);
  };

  const showConfigure = async (
    c: PageContext,
    election: ElectionRow,
    form: ElectionForm = electionFormOf(election),
    errors: readonly FieldError[] = [],
  ): Promise<Response> => {
    const isFrozen = !requireAct(factsOf(election, clock.now()), 'edit').ok;
    return render(
      c,
      <ConfigurePage
        c={c}
        election={election}
        contests={await listContests(store.read, election.id)}
        form={form}
        errors={errors}
        notices={errors.length > 0 ? [] : NOTICES.filter((name) => c.req.query(name) !== undefined)}
        isFrozen={isFrozen}
        isEditable={!isFrozen && viewerOf(c).role === 'admin'}
      />,
      errors.length > 0 ? 422 : 200,
    );
  };

  const configure = async (c: PageContext): Promise<Response> => {
    const election = await electionOf(c);
    return election === undefined ? refusalPage(c, refuse('NOT_FOUND')) : showConfigure(c, election);
  };

  const change = async (c: PageContext): Promise<Response> => {
    const election = await electionOf(c);
    if (election === undefined) return refusalPage(c, refuse('NOT_FOUND'));
    const form = postedElectionForm(await readPosted(c));
    const edited = await editElection(runtime, {
      electionId: election.id,
      actor: viewerOf(c).email,
      input: electionInput(form, election),
    });
    if (edited.ok) return c.redirect(savedPath(election.id, edited.value), 303);
    const errors = faultsOf(c.get('language'), edited);
    if (errors.length > 0) return showConfigure(c, election, form, errors);
    return refusalPage(c, edited, { back: { href: `/elections/${election.id}`, label: election.title } });
  };

  const route = (
    method: Route['method'],
    path: string,
    access: Route['access'],
    handle: Route['handle'],
  ): Route => ({ method, path, access, surface: 'page', handle });
  return [
    route('GET', '/elections', 'technician', list),
    route('GET', '/elections/new', 'admin', showNew),
    route('POST', '/elections/new', 'admin', create),
    route('GET', '/elections/:election', 'technician', home),
    route('GET', '/elections/:election/configure', 'technician', configure),
    route('POST', '/elections/:election/configure', 'admin', change),
  ];
}
