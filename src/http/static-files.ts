import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { Hono } from 'hono';
import type { Runtime } from '../runtime.ts';
import { type Asset, loadAssets } from '../views/asset.ts';
import type { PageEnv } from '../views/route.ts';

const FOR_EVER = 'public, max-age=31536000, immutable';
const LOGO_NAME = /^[A-Za-z0-9_-]{8,100}\.webp$/;

/** Built files from memory, by the address that holds their digest; logos from their folder, by a name of one form. */
export function mountStaticFiles(app: Hono<PageEnv>, runtime: Runtime): void {
  const byPath = new Map<string, Asset>();
  for (const [name, file] of loadAssets()) {
    byPath.set(file.path, file);
    // chunks are imported by their own name, which the bundler made of their content
    if (name.startsWith('chunk-')) byPath.set(`/static/${name}`, file);
  }

  app.get('/static/:file', (c) => {
    const file = byPath.get(c.req.path);
    if (file === undefined) return c.notFound();
    const isGzipped = file.gzipped !== undefined && /\bgzip\b/.test(c.req.header('accept-encoding') ?? '');
    if (file.gzipped !== undefined) c.header('Vary', 'Accept-Encoding');
    if (isGzipped) c.header('Content-Encoding', 'gzip');
    c.header('Content-Type', file.type);
    c.header('Cache-Control', FOR_EVER);
    return c.body(isGzipped ? file.gzipped : file.body);
  });

  app.get('/logos/:file', async (c) => {
    const name = c.req.param('file');
    if (!LOGO_NAME.test(name)) return c.notFound();
    const path = join(runtime.config.logoDir, name);
    const found = await stat(path).catch(() => undefined);
    if (found?.isFile() !== true) return c.notFound();
    c.header('Content-Type', 'image/webp');
    c.header('Content-Length', String(found.size));
    c.header('Cache-Control', FOR_EVER);
    return c.body(Readable.toWeb(createReadStream(path)) as ReadableStream);
  });

  app.get('/robots.txt', (c) => c.text('User-agent: *\nDisallow: /\n'));
  app.get('/favicon.ico', (c) => c.redirect(loadAssets().get('favicon.svg')?.path ?? '/', 302));
}
