import { getConnInfo } from '@hono/node-server/conninfo';
import type { PageContext } from '../views/route.ts';

/**
 * The address a request came from: the connection's own, or, behind `trustedProxies` proxies, the one that the outermost
 * of them saw. Anything further left in X-Forwarded-For was written by the sender and is not believed.
 */
export function clientAddress(c: PageContext, trustedProxies: number): string {
  if (trustedProxies > 0) {
    const seen = (c.req.header('x-forwarded-for') ?? '').split(',').map((part) => part.trim());
    const address = seen.at(-trustedProxies);
    if (address !== undefined && address !== '') return address;
  }
  // requests made inside the process, as tests do, have no socket
  const hasSocket = (c.env as { incoming?: unknown } | undefined)?.incoming !== undefined;
  return (hasSocket ? getConnInfo(c).remote.address : undefined) ?? 'local';
}
