import { REFUSALS, type RefusalCode } from '../../domain/refusals.ts';
import { type Refusal, refuse } from '../../protocol/outcome.ts';
import type { Runtime } from '../../runtime.ts';
import { listPasskeys } from '../../store/passkeys.ts';
import { loadSettings } from '../../store/settings.ts';
import { textOf } from '../../views/form-text.ts';
import { localPath } from '../../views/local-path.ts';
import { refusalPage } from '../../views/refusal-page.tsx';
import { render } from '../../views/render.tsx';
import { type PageContext, type Route, viewerOf } from '../../views/route.ts';
import { endSessions } from './end-sessions.ts';
import { formFault } from './form-fault.ts';
import { FACTOR_NEWS, RecoveryCodesPage, SecondFactorPage } from './second-factor-page.tsx';
import { confirmFactor, factorStanding, proposeFactor, removeOwnFactor } from './second-factor.ts';
import { SecondStepPage } from './second-step-page.tsx';
import { findStep, signInWithCode } from './second-step.ts';
import { clearSessionCookie, sessionDigestOf, setSessionCookie } from './session-cookie.ts';
import { texts } from './texts.ts';

const PATH = '/account/second-factor';

/** The second step of signing in, one's own second factor, and the end of one's sessions. */
export function factorRoutes(runtime: Runtime): Route[] {
  const { read } = runtime.store;

  const postSecondStep = async (c: PageContext): Promise<Response> => {
    const form = await c.req.parseBody();
    const step = textOf(form['step'], 100);
    const next = localPath(form['next'], '/');
    const outcome = await signInWithCode(runtime, {
      secret: step,
      code: textOf(form['code'], 40),
      address: c.get('address'),
      previous: sessionDigestOf(runtime.config, c),
    });
    if (outcome.ok) {
      setSessionCookie(runtime.config, c, outcome.value);
      return c.redirect(next, 303);
    }
    const language = c.get('language');
    const found = await findStep(runtime, step);
    const back = { href: `/sign-in?next=${encodeURIComponent(next)}`, label: texts[language].signIn.title };
    if (!found.ok) return refusalPage(c, found, { back });
    const fault = formFault(language, outcome);
    const { steps } = found.value;
    const page = <SecondStepPage language={language} step={step} steps={steps} next={next} fault={fault} />;
    return render(c, page, REFUSALS[outcome.code].status);
  };

  const show = async (c: PageContext, refusal?: Refusal<RefusalCode>): Promise<Response> => {
    const viewer = viewerOf(c);
    const fault = refusal && formFault(c.get('language'), refusal);
    const page = (
      <SecondFactorPage
        c={c}
        standing={await factorStanding(runtime, viewer)}
        passkeys={await listPasskeys(read, viewer.staffId)}
        timeZone={(await loadSettings(read, runtime.config)).timeZone}
        news={fault === undefined ? FACTOR_NEWS.find((name) => c.req.query(name) !== undefined) : undefined}
        fault={fault}
      />
    );
    return render(c, page, refusal === undefined ? 200 : REFUSALS[refusal.code].status);
  };

  const postStart = async (c: PageContext): Promise<Response> => {
    const proposed = await proposeFactor(runtime, viewerOf(c).staffId);
    return proposed.ok ? c.redirect(PATH, 303) : show(c, proposed);
  };

  const postConfirm = async (c: PageContext): Promise<Response> => {
    const form = await c.req.parseBody();
    const request = { staffId: viewerOf(c).staffId, code: textOf(form['code'], 40) };
    const confirmed = await confirmFactor(runtime, request);
    if (!confirmed.ok) return show(c, confirmed);
    setSessionCookie(runtime.config, c, confirmed.value.session);
    // in the answer itself: behind a redirect the codes would have to be kept somewhere
    return render(c, <RecoveryCodesPage c={c} codes={confirmed.value.recoveryCodes} />);
  };

  const postRemove = async (c: PageContext): Promise<Response> => {
    const form = await c.req.parseBody();
    const removed = await removeOwnFactor(runtime, {
      staffId: viewerOf(c).staffId,
      code: textOf(form['code'], 40),
      address: c.get('address'),
    });
    return removed.ok ? c.redirect(`${PATH}?removed`, 303) : show(c, removed);
  };

  const postSignOutEverywhere = async (c: PageContext): Promise<Response> => {
    const { staffId, email } = viewerOf(c);
    const ended = await endSessions(runtime, { staffId, actor: email });
    if (!ended.ok) return refusalPage(c, refuse('NOT_SIGNED_IN'));
    clearSessionCookie(runtime.config, c);
    return c.redirect('/sign-in', 303);
  };

  const page = { surface: 'page', mostFields: 10 } as const;
  const fresh = { ...page, access: 'technician', isFresh: true } as const;
  return [
    { ...page, access: 'anyone', method: 'POST', path: '/sign-in/second-step', handle: postSecondStep },
    { ...fresh, method: 'GET', path: PATH, handle: (c) => show(c) },
    { ...fresh, method: 'POST', path: PATH, handle: postConfirm },
    { ...fresh, method: 'POST', path: `${PATH}/start`, handle: postStart },
    { ...fresh, method: 'POST', path: `${PATH}/remove`, handle: postRemove },
    {
      ...page,
      access: 'technician',
      method: 'POST',
      path: '/password/sign-out-everywhere',
      handle: postSignOutEverywhere,
    },
  ];
}
