import { faultsOf } from '../../domain/input-faults.ts';
import { requireAct } from '../../domain/lifecycle.ts';
import { type RefusalCode, refusalSentence } from '../../domain/refusals.ts';
import { LARGEST_PICTURE_BYTES } from '../../logos.ts';
import { type Outcome, type Refusal, refuse } from '../../protocol/outcome.ts';
import type { Runtime } from '../../runtime.ts';
import { factsOf, findElection, listElections } from '../../store/elections.ts';
import { findSealedSmtpPassword, loadSettings } from '../../store/settings.ts';
import type { FieldError } from '../../views/field-errors.ts';
import { type Posted, readPosted } from '../../views/posted.ts';
import { refusalPage } from '../../views/refusal-page.tsx';
import { render } from '../../views/render.tsx';
import { FRESH_MS, type PageContext, type Route, viewerOf } from '../../views/route.ts';
import { changeAssociation } from './change-association.ts';
import { changeSettings } from './change-settings.ts';
import { type TypedWindow, changeWindow, windowOf } from './change-window.ts';
import {
  type ConfigureForm,
  SECTIONS,
  type Section,
  configureFormOf,
  settingsInput,
  typedIn,
} from './configure-form.ts';
import { ConfigurePage } from './configure-page.tsx';

/** Two lists of 500 entries and what is around them. */
const LARGEST_FORM = 512 * 1024;
const NO_WINDOW: TypedWindow = { opensAt: '', closesAt: '' };

/** What was typed into the section that is shown again. */
interface Typed {
  readonly form?: Partial<ConfigureForm>;
  readonly window?: TypedWindow;
  readonly errors: readonly FieldError[];
}

/** A refusal as faults of fields; empty where it is none of the form's. One in a line of a list is told at the list. */
function errorsOf(c: PageContext, refusal: Refusal<RefusalCode>): FieldError[] {
  const language = c.get('language');
  const sentence = refusalSentence(language, refusal.code, refusal.detail);
  if (refusal.code === 'PUBLIC_URL_FROZEN') return [{ name: 'publicUrl', sentence }];
  if (refusal.code === 'TWO_PERSONS_FROZEN') return [{ name: 'twoPersonApproval', sentence }];
  return faultsOf(language, refusal).map((fault) => ({
    name: fault.name.split('.')[0] ?? fault.name,
    sentence: fault.sentence,
  }));
}

/** The configuration of the server for admins. Technicians are led to the current election's own page. */
export function configureRoutes(runtime: Runtime): Route[] {
  const { store, clock, environment } = runtime;

  const page = async (c: PageContext, typed: Typed): Promise<Response> => {
    const language = c.get('language');
    const settings = await loadSettings(store.read, environment);
    const [election] = await listElections(store.read);
    const edit = election === undefined ? undefined : requireAct(factsOf(election, clock.now()), 'edit');
    const status = typed.errors.length > 0 ? 422 : 200;
    return render(
      c,
      <ConfigurePage
        c={c}
        language={language}
        form={{ ...configureFormOf(settings), ...typed.form }}
        window={typed.window ?? (election === undefined ? NO_WINDOW : windowOf(election))}
        errors={typed.errors}
        environment={environment}
        logo={settings.logo}
        hasSmtpPassword={(await findSealedSmtpPassword(store.read)) !== undefined}
        election={election}
        frozen={edit?.ok === false ? refusalSentence(language, edit.code, edit.detail) : undefined}
        saved={SECTIONS.find((section) => section === c.req.query('saved'))}
      />,
      status,
    );
  };

  const show = async (c: PageContext): Promise<Response> => {
    const { role, confirmedAt } = viewerOf(c);
    if (role !== 'admin') {
      const [current] = await listElections(store.read);
      return c.redirect(current === undefined ? '/elections' : `/elections/${current.id}/configure`, 303);
    }
    // asked before anything is typed: a post whose password is too old would lose what it carries
    if (clock.now() - confirmedAt > FRESH_MS / 2) return c.redirect('/confirm?next=%2Fconfigure', 303);
    return page(c, { errors: [] });
  };

  const settled = async (
    c: PageContext,
    section: Section,
    changed: Outcome<unknown, RefusalCode>,
    typed: Omit<Typed, 'errors'>,
  ): Promise<Response> => {
    if (changed.ok) return c.redirect(`/configure?saved=${section}`, 303);
    const errors = errorsOf(c, changed);
    return errors.length === 0 ? refusalPage(c, changed) : page(c, { ...typed, errors });
  };

  const changeSection =
    (
      section: Exclude<Section, 'window'>,
      change: (
        posted: Posted,
        request: { actor: string; input: Readonly<Record<string, unknown>> },
      ) => Promise<Outcome<unknown, RefusalCode>>,
    ): Route['handle'] =>
    async (c) => {
      const posted = await readPosted(c);
      const form = typedIn(section, posted);
      const request = { actor: viewerOf(c).email, input: settingsInput(form) };
      return settled(c, section, await change(posted, request), { form });
    };

  const association = changeSection('association', async ({ file, has }, request) => {
    const chosen = file('logo');
    const picture = chosen === undefined ? undefined : new Uint8Array(await chosen.arrayBuffer());
    return changeAssociation(runtime, { ...request, picture, isLogoRemoved: has('removeLogo') });
  });

  const voters = changeSection('voters', (_, request) => changeSettings(runtime, request));

  const mail = changeSection('mail', ({ text, has }, request) =>
    changeSettings(runtime, {
      ...request,
      smtpPassword: { typed: text('smtpPassword'), isForgotten: has('forgetSmtpPassword') },
    }),
  );

  const window = async (c: PageContext): Promise<Response> => {
    const { text } = await readPosted(c);
    const election = await findElection(store.read, text('election'));
    if (election === undefined) return refusalPage(c, refuse('NOT_FOUND'));
    const typed = { opensAt: text('opensAt'), closesAt: text('closesAt') };
    const changed = await changeWindow(runtime, {
      electionId: election.id,
      actor: viewerOf(c).email,
      typed,
    });
    return settled(c, 'window', changed, { window: typed });
  };

  return [
    { method: 'GET', path: '/configure', access: 'technician', surface: 'page', handle: show },
    {
      method: 'POST',
      path: '/configure/association',
      access: 'admin',
      surface: 'page',
      isFresh: true,
      largestBody: LARGEST_PICTURE_BYTES + 64 * 1024,
      handle: association,
    },
    {
      method: 'POST',
      path: '/configure/mail',
      access: 'admin',
      surface: 'page',
      isFresh: true,
      handle: mail,
    },
    {
      method: 'POST',
      path: '/configure/voters',
      access: 'admin',
      surface: 'page',
      largestBody: LARGEST_FORM,
      handle: voters,
    },
    { method: 'POST', path: '/configure/window', access: 'admin', surface: 'page', handle: window },
    {
      method: 'GET',
      path: '/settings',
      access: 'admin',
      surface: 'page',
      handle: (c) => c.redirect('/configure', 303),
    },
  ];
}
