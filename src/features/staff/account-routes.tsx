import { REFUSALS } from '../../domain/refusals.ts';
import { refuse } from '../../protocol/outcome.ts';
import type { Runtime } from '../../runtime.ts';
import { secondStepsOf } from '../../store/second-factors.ts';
import { textOf } from '../../views/form-text.ts';
import { localPath } from '../../views/local-path.ts';
import { refusalPage } from '../../views/refusal-page.tsx';
import { render } from '../../views/render.tsx';
import { type PageContext, type Route, viewerOf } from '../../views/route.ts';
import { changePassword } from './change-password.ts';
import { ConfirmPage } from './confirm-page.tsx';
import { formFault } from './form-fault.ts';
import { PasswordPage } from './password-page.tsx';
import { SecondStepPage } from './second-step-page.tsx';
import type { PasswordStep } from './second-step.ts';
import { clearSessionCookie, sessionDigestOf, setSessionCookie } from './session-cookie.ts';
import { findSetUp, setUp } from './set-up.ts';
import { SetUpPage } from './set-up-page.tsx';
import { confirmPassword, signIn, signOut } from './sign-in.ts';
import { SignInPage } from './sign-in-page.tsx';

type Handler = (runtime: Runtime, c: PageContext) => Promise<Response>;

const showSignIn: Handler = (_runtime, c) =>
  render(c, <SignInPage language={c.get('language')} next={localPath(c.req.query('next'), '/')} />);

/** After a right password: in, or on to the second step, whose page is the answer itself. */
function passed(
  runtime: Runtime,
  c: PageContext,
  step: PasswordStep,
  next: string,
): Response | Promise<Response> {
  if (step.kind === 'second-step') {
    const language = c.get('language');
    return render(c, <SecondStepPage language={language} step={step.secret} steps={step} next={next} />);
  }
  setSessionCookie(runtime.config, c, step.secret);
  return c.redirect(next, 303);
}

const postSignIn: Handler = async (runtime, c) => {
  const form = await c.req.parseBody();
  const email = textOf(form['email'], 254);
  const next = localPath(form['next'], '/');
  const outcome = await signIn(runtime, {
    email,
    password: textOf(form['password'], 400),
    address: c.get('address'),
    previous: sessionDigestOf(runtime.config, c),
  });
  if (outcome.ok) return passed(runtime, c, outcome.value, next);
  const language = c.get('language');
  const fault = formFault(language, outcome);
  const page = <SignInPage language={language} next={next} email={email} fault={fault} />;
  return render(c, page, REFUSALS[outcome.code].status);
};

const postSignOut: Handler = async (runtime, c) => {
  const session = sessionDigestOf(runtime.config, c);
  if (session !== undefined) await signOut(runtime, session);
  clearSessionCookie(runtime.config, c);
  return c.redirect('/sign-in', 303);
};

const mayUsePasskey = async (runtime: Runtime, c: PageContext): Promise<boolean> =>
  (await secondStepsOf(runtime.store.read, viewerOf(c).staffId)).hasPasskey;

const showConfirm: Handler = async (runtime, c) => {
  const hasPasskey = await mayUsePasskey(runtime, c);
  return render(c, <ConfirmPage c={c} next={localPath(c.req.query('next'), '/')} hasPasskey={hasPasskey} />);
};

const postConfirm: Handler = async (runtime, c) => {
  const previous = sessionDigestOf(runtime.config, c);
  if (previous === undefined) return refusalPage(c, refuse('NOT_SIGNED_IN'));
  const form = await c.req.parseBody();
  const next = localPath(form['next'], '/');
  const password = textOf(form['password'], 400);
  const outcome = await confirmPassword(runtime, { password, address: c.get('address'), previous });
  if (outcome.ok) {
    setSessionCookie(runtime.config, c, outcome.value);
    return c.redirect(next, 303);
  }
  const fault = formFault(c.get('language'), outcome, { WRONG_PASSWORD: 'password' });
  const hasPasskey = await mayUsePasskey(runtime, c);
  const page = <ConfirmPage c={c} next={next} hasPasskey={hasPasskey} fault={fault} />;
  return render(c, page, REFUSALS[outcome.code].status);
};

const showSetUp: Handler = async (runtime, c) => {
  const secret = c.req.param('secret') ?? '';
  const found = await findSetUp(runtime.store.read, secret, runtime.clock.now());
  if (!found.ok) return refusalPage(c, found);
  return render(c, <SetUpPage language={c.get('language')} path={c.req.path} setUp={found.value} />);
};

const postSetUp: Handler = async (runtime, c) => {
  const secret = c.req.param('secret') ?? '';
  const found = await findSetUp(runtime.store.read, secret, runtime.clock.now());
  if (!found.ok) return refusalPage(c, found);
  const form = await c.req.parseBody();
  const email = textOf(form['email'], 254);
  const name = textOf(form['name'], 200);
  const outcome = await setUp(runtime, { secret, email, name, password: textOf(form['password'], 400) });
  if (outcome.ok) return passed(runtime, c, outcome.value, '/');
  const language = c.get('language');
  const fault = formFault(language, outcome);
  const page = (
    <SetUpPage
      language={language}
      path={c.req.path}
      setUp={found.value}
      name={name}
      email={email}
      fault={fault}
    />
  );
  return render(c, page, REFUSALS[outcome.code].status);
};

const showPassword: Handler = (_runtime, c) =>
  render(c, <PasswordPage c={c} isDone={c.req.query('changed') !== undefined} />);

const postPassword: Handler = async (runtime, c) => {
  const form = await c.req.parseBody();
  const outcome = await changePassword(runtime, {
    staffId: viewerOf(c).staffId,
    current: textOf(form['current'], 400),
    next: textOf(form['password'], 400),
    address: c.get('address'),
  });
  if (outcome.ok) {
    setSessionCookie(runtime.config, c, outcome.value);
    return c.redirect('/password?changed', 303);
  }
  const fault = formFault(c.get('language'), outcome);
  return render(c, <PasswordPage c={c} fault={fault} />, REFUSALS[outcome.code].status);
};

/** Getting in, staying in, getting out, and one's own password. */
export const accountRoutes = (runtime: Runtime): Route[] => {
  const route = (method: 'GET' | 'POST', path: string, access: Route['access'], handler: Handler): Route => ({
    method,
    path,
    access,
    surface: 'page',
    mostFields: 10,
    handle: (c) => handler(runtime, c),
  });
  return [
    route('GET', '/sign-in', 'anyone', showSignIn),
    route('POST', '/sign-in', 'anyone', postSignIn),
    route('POST', '/sign-out', 'anyone', postSignOut),
    route('GET', '/setup/:secret', 'anyone', showSetUp),
    route('POST', '/setup/:secret', 'anyone', postSetUp),
    route('GET', '/confirm', 'technician', showConfirm),
    route('POST', '/confirm', 'technician', postConfirm),
    route('GET', '/password', 'technician', showPassword),
    route('POST', '/password', 'technician', postPassword),
  ];
};
