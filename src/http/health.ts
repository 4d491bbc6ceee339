import { timingSafeEqual } from 'node:crypto';
import type { Hono } from 'hono';
import type { Runtime } from '../runtime.ts';
import { digestOf } from '../secret.ts';
import { askDatabase } from '../store/database-answer.ts';
import type { PageContext, PageEnv } from '../views/route.ts';
import type { Metrics } from './metrics.ts';

/** What the server that carries the application says of itself. */
export interface Life {
  isStopping: boolean;
}

/**
 * `/healthz`: the process answers. `/readyz`: the database does too, and the server is not stopping. `/metrics`: for
 * whoever sends `Authorization: Bearer` with METRICS_TOKEN; there is no such address for anybody else.
 */
export function mountHealth(
  app: Hono<PageEnv>,
  runtime: Runtime,
  life: Life,
  metrics: Metrics | undefined,
): void {
  app.get('/healthz', (c) => c.text('ok\n'));
  app.get('/readyz', async (c) => {
    if (life.isStopping) return c.text('stopping\n', 503);
    try {
      await askDatabase(runtime.store.read);
      return c.text('ready\n');
    } catch (error) {
      runtime.log.app.error({ err: error }, 'not ready');
      c.header('Retry-After', '2');
      return c.text('not ready\n', 503);
    }
  });
  if (metrics === undefined) return;
  app.get('/metrics', async (c) => {
    if (!holdsToken(c, runtime.config.metricsToken)) return c.notFound();
    return c.text(await metrics.text(), 200, { 'Content-Type': metrics.contentType });
  });
}

/** Compared by digest: neither content nor length of the token shows in the time that it takes. */
function holdsToken(c: PageContext, token: string | undefined): boolean {
  const [, given] = /^Bearer (\S+)$/.exec(c.req.header('authorization') ?? '') ?? [];
  return token !== undefined && given !== undefined && timingSafeEqual(digestOf(given), digestOf(token));
}
