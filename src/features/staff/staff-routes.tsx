import type { StaffRole } from '../../domain/election.ts';
import { REFUSALS, type RefusalCode } from '../../domain/refusals.ts';
import { type Refusal, refuse } from '../../protocol/outcome.ts';
import type { Runtime } from '../../runtime.ts';
import { staffWithFactor } from '../../store/second-factors.ts';
import { listStaff } from '../../store/staff.ts';
import { textOf } from '../../views/form-text.ts';
import { refusalPage } from '../../views/refusal-page.tsx';
import { render } from '../../views/render.tsx';
import { type PageContext, type Route, viewerOf } from '../../views/route.ts';
import { changeStaff, renewSetupLink } from './change-staff.ts';
import { createStaff } from './create-staff.ts';
import { endSessions } from './end-sessions.ts';
import { formFault } from './form-fault.ts';
import { removeFactorsOf } from './second-factor.ts';
import { StaffListPage } from './staff-list-page.tsx';
import { texts } from './texts.ts';

const roleOf = (value: unknown): StaffRole | undefined =>
  value === 'admin' || value === 'technician' ? value : undefined;

const everybody = async ({ store }: Runtime) => ({
  people: await listStaff(store.read),
  withFactor: await staffWithFactor(store.read),
});

async function showStaff(runtime: Runtime, c: PageContext): Promise<Response> {
  return render(c, <StaffListPage c={c} {...await everybody(runtime)} />);
}

async function addStaff(runtime: Runtime, c: PageContext): Promise<Response> {
  const form = await c.req.parseBody();
  const role = roleOf(form['role']);
  if (role === undefined) return refusalPage(c, refuse('MALFORMED'));
  const entered = { email: textOf(form['email'], 254), name: textOf(form['name'], 200), role };
  const outcome = await createStaff(runtime, { ...entered, actor: viewerOf(c).email });
  const all = await everybody(runtime);
  if (!outcome.ok) {
    const fault = formFault(c.get('language'), outcome);
    const page = <StaffListPage c={c} {...all} entered={entered} fault={fault} />;
    return render(c, page, REFUSALS[outcome.code].status);
  }
  // shown in the answer itself: behind a redirect the link would have to be kept somewhere
  const { setupLink = '' } = outcome.value;
  return render(c, <StaffListPage c={c} {...all} made={{ email: entered.email, setupLink }} />);
}

const refusedToList = (c: PageContext, refusal: Refusal<RefusalCode>): Promise<Response> =>
  refusalPage(c, refusal, { back: { href: '/staff', label: texts[c.get('language')].staff.title } });

async function postChange(runtime: Runtime, c: PageContext): Promise<Response> {
  const form = await c.req.parseBody();
  const role = roleOf(form['role']);
  const disabled = form['disabled'];
  if (role === undefined || (disabled !== 'yes' && disabled !== 'no'))
    return refusedToList(c, refuse('MALFORMED'));
  const outcome = await changeStaff(runtime, {
    staffId: c.req.param('staff') ?? '',
    role,
    isDisabled: disabled === 'yes',
    actor: viewerOf(c).email,
  });
  return outcome.ok ? c.redirect('/staff', 303) : refusedToList(c, outcome);
}

async function postLink(runtime: Runtime, c: PageContext): Promise<Response> {
  const outcome = await renewSetupLink(runtime, {
    staffId: c.req.param('staff') ?? '',
    actor: viewerOf(c).email,
  });
  if (!outcome.ok) return refusedToList(c, outcome);
  const all = await everybody(runtime);
  return render(c, <StaffListPage c={c} {...all} made={outcome.value} />);
}

/** What an admin does about one person's sessions or factors. */
async function postAct(
  runtime: Runtime,
  c: PageContext,
  act: typeof endSessions | typeof removeFactorsOf,
): Promise<Response> {
  const done = await act(runtime, { staffId: c.req.param('staff') ?? '', actor: viewerOf(c).email });
  return done.ok ? c.redirect('/staff', 303) : refusedToList(c, done);
}

/** Who has an account, and as what: for admins. Every change is confirmed by a password typed lately. */
export const staffListRoutes = (runtime: Runtime): Route[] => {
  const admin = { access: 'admin', surface: 'page', isFresh: true, mostFields: 10 } as const;
  return [
    { ...admin, method: 'GET', path: '/staff', handle: (c) => showStaff(runtime, c) },
    { ...admin, method: 'POST', path: '/staff', handle: (c) => addStaff(runtime, c) },
    { ...admin, method: 'POST', path: '/staff/:staff/change', handle: (c) => postChange(runtime, c) },
    { ...admin, method: 'POST', path: '/staff/:staff/link', handle: (c) => postLink(runtime, c) },
    {
      ...admin,
      method: 'POST',
      path: '/staff/:staff/remove-factor',
      handle: (c) => postAct(runtime, c, removeFactorsOf),
    },
    {
      ...admin,
      method: 'POST',
      path: '/staff/:staff/sign-out',
      handle: (c) => postAct(runtime, c, endSessions),
    },
  ];
};
