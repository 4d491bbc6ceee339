import { Hono } from 'hono';
import { compress } from 'hono/compress';
import { refuse } from '../protocol/outcome.ts';
import type { Runtime } from '../runtime.ts';
import { refusalJson, refusalPage } from '../views/refusal-page.tsx';
import type { PageContext, PageEnv, Route } from '../views/route.ts';
import { clientAddress } from './client-address.ts';
import { answerFault } from './faults.tsx';
import { featureRoutes } from './features.ts';
import { generalRoutes } from './general-routes.tsx';
import { type Life, mountHealth } from './health.ts';
import { chooseLanguage } from './language.ts';
import { openMetrics } from './metrics.ts';
import { mountRoutes } from './mount.ts';
import { secureAnswers } from './security-headers.ts';
import { mountStaticFiles } from './static-files.ts';

/** Event streams are never compressed: their lines must arrive one by one. */
const COMPRESSED = /^(text\/(html|plain|csv)|application\/(json|jsonl))\b/;

/** Programs ask for JSON by name; browsers never do. */
const speaksJson = (c: PageContext): boolean => {
  const accept = c.req.header('accept') ?? '';
  const type = c.req.header('content-type') ?? '';
  return (
    type.startsWith('application/json') || (/application\/json/.test(accept) && !/text\/html/.test(accept))
  );
};

/** Every route of the server, each with its access rule. */
export const allRoutes = (runtime: Runtime): Route[] => [
  ...generalRoutes(runtime),
  ...featureRoutes(runtime),
];

/** The whole server as a function from request to response; it listens to nothing by itself. */
export function createApp(
  runtime: Runtime,
  routes: readonly Route[] = allRoutes(runtime),
  life: Life = { isStopping: false },
): Hono<PageEnv> {
  const app = new Hono<PageEnv>();
  const metrics = runtime.config.metricsToken === undefined ? undefined : openMetrics(runtime);
  app.use(secureAnswers(runtime.config));
  const gzip = compress({ encoding: 'gzip', contentTypeFilter: COMPRESSED });
  // the answers to casting are small and many
  app.use((c, next) => (c.req.method === 'POST' && speaksJson(c) ? next() : gzip(c, next)));
  app.use(async (c, next) => {
    c.set('address', clientAddress(c, runtime.config.trustedProxies));
    c.set('languages', runtime.config.languages);
    c.set('language', chooseLanguage(c, 'page', runtime.config.languages));
    await next();
  });
  mountHealth(app, runtime, life, metrics);
  mountStaticFiles(app, runtime);
  mountRoutes(app, runtime, routes, metrics);
  app.notFound((c) => {
    if (!speaksJson(c)) return refusalPage(c, refuse('NOT_FOUND'));
    c.header('Access-Control-Allow-Origin', '*');
    return refusalJson(c, refuse('NOT_FOUND'));
  });
  app.onError((error, c) => answerFault(runtime.log.app, 'page', c, error));
  return app;
}
