import { z } from 'zod';
import type { RefusalCode } from '../../domain/refusals.ts';
import { type Outcome, refuse } from '../../protocol/outcome.ts';
import type { Runtime } from '../../runtime.ts';
import { localPath } from '../../views/local-path.ts';
import { refusalJson, refusalPage } from '../../views/refusal-page.tsx';
import { type PageContext, type Route, viewerOf } from '../../views/route.ts';
import { factorTexts } from './factor-texts.ts';
import {
  type Assertion,
  confirmWithPasskey,
  openPasskeyConfirmation,
  openPasskeySignIn,
  openRegistration,
  registerPasskey,
  removePasskey,
  signInWithPasskey,
} from './passkeys.ts';
import { sessionDigestOf, setSessionCookie } from './session-cookie.ts';

const answered = z.object({
  ceremony: z.string().max(100),
  response: z.unknown(),
  next: z.string().max(2_000).default('/'),
  name: z.string().max(200).default(''),
});

const readAnswer = async (c: PageContext): Promise<z.output<typeof answered> | undefined> =>
  answered.safeParse(await c.req.json<unknown>().catch(() => undefined)).data;

/** Ceremonies with a device that holds a passkey: the script asks for options, then brings the device's answer. */
export function passkeyRoutes(runtime: Runtime): Route[] {
  const assertionOf = (c: PageContext, answer: z.output<typeof answered>): Assertion => ({
    ceremony: answer.ceremony,
    response: answer.response,
    address: c.get('address'),
    previous: sessionDigestOf(runtime.config, c),
  });

  const start = (c: PageContext, done: Outcome<string, RefusalCode>, next: string): Response => {
    if (!done.ok) return refusalJson(c, done);
    setSessionCookie(runtime.config, c, done.value);
    return c.json({ next: localPath(next, '/') });
  };

  const openSignIn = async (c: PageContext): Promise<Response> => {
    const opened = await openPasskeySignIn(runtime, c.get('address'));
    return opened.ok ? c.json(opened.value) : refusalJson(c, opened);
  };

  const signIn = async (c: PageContext): Promise<Response> => {
    const answer = await readAnswer(c);
    if (answer === undefined) return refusalJson(c, refuse('MALFORMED'));
    return start(c, await signInWithPasskey(runtime, assertionOf(c, answer)), answer.next);
  };

  const confirm = async (c: PageContext): Promise<Response> => {
    const answer = await readAnswer(c);
    const previous = sessionDigestOf(runtime.config, c);
    if (answer === undefined) return refusalJson(c, refuse('MALFORMED'));
    if (previous === undefined) return refusalJson(c, refuse('NOT_SIGNED_IN'));
    const assertion = { ...assertionOf(c, answer), previous };
    return start(c, await confirmWithPasskey(runtime, assertion), answer.next);
  };

  const register = async (c: PageContext): Promise<Response> => {
    const answer = await readAnswer(c);
    if (answer === undefined) return refusalJson(c, refuse('MALFORMED'));
    const { ceremony, name, response } = answer;
    const made = await registerPasskey(runtime, { viewer: viewerOf(c), ceremony, name, response });
    return made.ok ? c.json({ next: localPath(answer.next, '/') }) : refusalJson(c, made);
  };

  const remove = async (c: PageContext): Promise<Response> => {
    const passkeyId = c.req.param('passkey') ?? '';
    const removed = await removePasskey(runtime, { viewer: viewerOf(c), passkeyId });
    if (removed.ok) return c.redirect('/account/second-factor?passkey-removed', 303);
    const label = factorTexts[c.get('language')].factor.title;
    return refusalPage(c, removed, { back: { href: '/account/second-factor', label } });
  };

  const page = { surface: 'page', method: 'POST', mostFields: 10 } as const;
  const fresh = { ...page, access: 'technician', isFresh: true } as const;
  return [
    { ...page, access: 'anyone', path: '/sign-in/passkey/options', handle: openSignIn },
    { ...page, access: 'anyone', path: '/sign-in/passkey', handle: signIn },
    {
      ...page,
      access: 'technician',
      path: '/confirm/passkey/options',
      handle: async (c) => c.json(await openPasskeyConfirmation(runtime, viewerOf(c).staffId)),
    },
    { ...page, access: 'technician', path: '/confirm/passkey', handle: confirm },
    {
      ...fresh,
      path: '/account/passkeys/options',
      handle: async (c) => c.json(await openRegistration(runtime, viewerOf(c))),
    },
    { ...fresh, path: '/account/passkeys', handle: register },
    { ...fresh, path: '/account/passkeys/:passkey/remove', handle: remove },
  ];
}
