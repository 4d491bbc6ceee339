import type { PageContext } from '../views/route.ts';

/**
 * Whether a post comes from our own pages. Every current browser says so itself in Sec-Fetch-Site, behind any proxy; an
 * older one must name the public origin. Neither, or `null`, is refused: only programs leave both out, and programs
 * have the public protocol and the command line.
 */
export function isSameOrigin(c: PageContext, publicUrl: string): boolean {
  const site = c.req.header('sec-fetch-site');
  if (site !== undefined) return site === 'same-origin';
  return c.req.header('origin') === publicUrl;
}
