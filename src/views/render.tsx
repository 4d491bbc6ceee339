import type { Child } from 'hono/jsx';
import type { PageContext } from './route.ts';

type Status = 200 | 400 | 401 | 403 | 404 | 409 | 413 | 415 | 422 | 423 | 429 | 500 | 503;

/** Answers a whole HTML document; `page` is one of the layouts. */
export async function render(c: PageContext, page: Child, status: Status = 200): Promise<Response> {
  // a page element stringifies itself, escaping on the way; asynchronous components make it a promise
  const html = await (page as { toString(): string | Promise<string> }).toString();
  return c.html(`<!doctype html>${html}`, status);
}
