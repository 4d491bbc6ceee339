import type { Hono } from 'hono';
import type { Runtime } from '../runtime.ts';
import { askDatabase } from '../store/database-answer.ts';
import type { PageEnv } from '../views/route.ts';

/** `/healthz`: the process answers. `/readyz`: the database does too. */
export function mountHealth(app: Hono<PageEnv>, runtime: Runtime): void {
  app.get('/healthz', (c) => c.text('ok\n'));
  app.get('/readyz', async (c) => {
    try {
      await askDatabase(runtime.store.read);
      return c.text('ready\n');
    } catch (error) {
      runtime.log.app.error({ err: error }, 'not ready');
      c.header('Retry-After', '2');
      return c.text('not ready\n', 503);
    }
  });
}
