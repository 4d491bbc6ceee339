import { LANGUAGES } from '../../domain/election.ts';
import { faultsOf } from '../../domain/input-faults.ts';
import type { RefusalCode } from '../../domain/refusals.ts';
import type { Settings } from '../../domain/settings.ts';
import type { Refusal } from '../../protocol/outcome.ts';
import type { Runtime } from '../../runtime.ts';
import { loadSettings } from '../../store/settings.ts';
import type { FieldError } from '../../views/field-errors.ts';
import { type Posted, readPosted } from '../../views/posted.ts';
import { refusalPage } from '../../views/refusal-page.tsx';
import { render } from '../../views/render.tsx';
import { type PageContext, type Route, viewerOf } from '../../views/route.ts';
import { changeSettings } from './change-settings.ts';
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
    const input = settingsOf(await readPosted(c));
    const changed = await changeSettings(runtime, { actor: viewerOf(c).email, input });
    if (changed.ok) return c.redirect('/settings?saved', 303);
    const errors = listFaults(c, changed);
    if (errors.length === 0) return refusalPage(c, changed);
    const settings = { ...(await loadSettings(runtime.store.read, runtime.config.organisation)), ...input };
    return render(c, <SettingsPage c={c} settings={settings} isSaved={false} errors={errors} />, 422);
  };

  return [
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
const settingsOf = (posted: Posted): Partial<Settings> => ({
  organisation: posted.text('organisation'),
  domains: posted.lines('domains'),
  promotions: posted.lines('promotions'),
  buildings: posted.lines('buildings'),
  language: LANGUAGES.find((language) => language === posted.text('language')) ?? 'en',
  timeZone: posted.text('timeZone'),
});
