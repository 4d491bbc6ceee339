import type { MiddlewareHandler } from 'hono';
import type { Config } from '../config.ts';
import type { PageEnv } from '../views/route.ts';

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "font-src 'self'",
  "worker-src 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ');

const TWO_YEARS = 63_072_000;

/** What every answer carries, errors and files included. */
export function securityHeaders(config: Config): Readonly<Record<string, string>> {
  return {
    'Content-Security-Policy': POLICY,
    // the origin only, never a path: voting and set-up links hold a secret
    'Referrer-Policy': 'strict-origin',
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Permissions-Policy':
      'camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), browsing-topics=()',
    ...(config.publicUrl.startsWith('https:') ? { 'Strict-Transport-Security': `max-age=${TWO_YEARS}` } : {}),
  };
}

/** Sets the headers after the answer is made, and keeps out of caches whatever did not say otherwise. */
export function secureAnswers(config: Config): MiddlewareHandler<PageEnv> {
  return async (c, next) => {
    await next();
    for (const [name, value] of Object.entries(securityHeaders(config))) c.res.headers.set(name, value);
    if (!c.res.headers.has('Cache-Control')) c.res.headers.set('Cache-Control', 'no-store');
  };
}
