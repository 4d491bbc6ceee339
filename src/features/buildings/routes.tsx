import { faultsOf } from '../../domain/input-faults.ts';
import type { RefusalCode } from '../../domain/refusals.ts';
import { type Outcome, refuse } from '../../protocol/outcome.ts';
import type { Runtime } from '../../runtime.ts';
import { buildingLooks } from '../../store/buildings.ts';
import { type ElectionRow, findElection } from '../../store/elections.ts';
import { type RollList, assignedVoters } from '../../store/roll-lists.ts';
import { loadSettings } from '../../store/settings.ts';
import { type Posted, readPosted } from '../../views/posted.ts';
import { refusalPage } from '../../views/refusal-page.tsx';
import { render } from '../../views/render.tsx';
import { type PageContext, type Route, viewerOf } from '../../views/route.ts';
import { BuildingsPage, type ListsShown, type RefusedEntry } from './buildings-page.tsx';
import { type EntryInput, addEntry, changeEntry, moveEntry, removeEntry, settingOf } from './edit-lists.ts';
import { texts } from './texts.ts';

const inputOf = (list: RollList, { text }: Posted): EntryInput => ({
  name: text('name'),
  look: list === 'building' ? { icon: text('icon'), colour: text('colour') } : undefined,
});

/** The lists that a technician keeps while preparing a roll. They hold for the whole server. */
export function buildingRoutes(runtime: Runtime): Route[] {
  const { read } = runtime.store;
  const pathOf = (election: ElectionRow): string => `/elections/${election.id}/buildings`;

  const shownNow = async (): Promise<ListsShown> => {
    const { buildings, promotions } = await loadSettings(read, runtime.config);
    return {
      entries: { building: buildings, promotion: promotions },
      looks: await buildingLooks(read),
      voters: await assignedVoters(read),
    };
  };

  const page = async (c: PageContext, election: ElectionRow, refused?: RefusedEntry): Promise<Response> =>
    render(
      c,
      <BuildingsPage
        c={c}
        election={election}
        shown={await shownNow()}
        isSaved={c.req.query('saved') !== undefined}
        refused={refused}
      />,
      refused === undefined ? 200 : 422,
    );

  /** Back to the lists, or the form again with what is wrong in it. */
  const answer = async (
    c: PageContext,
    election: ElectionRow,
    done: Outcome<true, RefusalCode>,
    form?: Omit<RefusedEntry, 'errors'>,
  ): Promise<Response> => {
    if (done.ok) return c.redirect(`${pathOf(election)}?saved`, 303);
    const errors = faultsOf(c.get('language'), done);
    if (errors.length > 0 && form !== undefined) return page(c, election, { ...form, errors });
    const back = { href: pathOf(election), label: texts[c.get('language')].title };
    return refusalPage(c, done, { back });
  };

  const route = (
    method: Route['method'],
    path: string,
    handle: (c: PageContext, election: ElectionRow) => Promise<Response>,
  ): Route => ({
    method,
    path: `/elections/:election/${path}`,
    access: 'technician',
    surface: 'page',
    handle: async (c) => {
      const election = await findElection(read, c.req.param('election') ?? '');
      return election === undefined ? refusalPage(c, refuse('NOT_FOUND')) : handle(c, election);
    },
  });

  const actsOn = (list: RollList): Route[] => {
    const path = settingOf(list);
    const scopeOf = (c: PageContext) => ({ actor: viewerOf(c).email, list });
    return [
      route('POST', path, async (c, election) => {
        const input = inputOf(list, await readPosted(c));
        const done = await addEntry(runtime, { ...scopeOf(c), input });
        return answer(c, election, done, { list, before: undefined, input });
      }),
      route('POST', `${path}/change`, async (c, election) => {
        const posted = await readPosted(c);
        const input = inputOf(list, posted);
        const before = posted.text('entry');
        const done = await changeEntry(runtime, { ...scopeOf(c), before, input });
        return answer(c, election, done, { list, before, input });
      }),
      route('POST', `${path}/move`, async (c, election) => {
        const { text } = await readPosted(c);
        const direction = text('direction') === 'up' ? 'up' : 'down';
        return answer(
          c,
          election,
          await moveEntry(runtime, { ...scopeOf(c), name: text('entry'), direction }),
        );
      }),
      route('POST', `${path}/remove`, async (c, election) => {
        const { text } = await readPosted(c);
        return answer(c, election, await removeEntry(runtime, { ...scopeOf(c), name: text('entry') }));
      }),
    ];
  };

  return [
    route('GET', 'buildings', (c, election) => page(c, election)),
    ...actsOn('building'),
    ...actsOn('promotion'),
  ];
}
