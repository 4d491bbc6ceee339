import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { Config } from '../../config.ts';
import { type Bytes, fromBase64url } from '../../protocol/bytes.ts';
import { digestOf } from '../../secret.ts';
import { ABSOLUTE_MS } from '../../store/staff-sessions.ts';
import type { PageContext } from '../../views/route.ts';

const isSecure = (config: Config): boolean => config.publicUrl.startsWith('https:');

/** `__Host-` pins the cookie to this very host over TLS; plain http is for a first try on one's own machine. */
const nameOf = (config: Config): string => (isSecure(config) ? '__Host-votix' : 'votix');

/** The digest of the session secret that the request carries; undefined where it carries none in form. */
export function sessionDigestOf(config: Config, c: PageContext): Bytes | undefined {
  const secret = getCookie(c, nameOf(config));
  return secret !== undefined && fromBase64url(secret, 32) !== undefined ? digestOf(secret) : undefined;
}

export function setSessionCookie(config: Config, c: PageContext, secret: string): void {
  setCookie(c, nameOf(config), secret, {
    path: '/',
    httpOnly: true,
    sameSite: 'Lax',
    secure: isSecure(config),
    maxAge: ABSOLUTE_MS / 1000,
  });
}

export function clearSessionCookie(config: Config, c: PageContext): void {
  deleteCookie(c, nameOf(config), { path: '/', secure: isSecure(config) });
}
