import type { Child } from 'hono/jsx';
import { LANGUAGES } from '../domain/election.ts';
import { OfferedLanguages } from './language-switch.tsx';
import type { PageContext } from './route.ts';

type Status = 200 | 400 | 401 | 403 | 404 | 409 | 413 | 415 | 422 | 423 | 429 | 500 | 503;

/** Answers a whole HTML document; `page` is one of the layouts. */
export async function render(c: PageContext, page: Child, status: Status = 200): Promise<Response> {
  const languages = c.get('languages') ?? LANGUAGES;
  // a page element stringifies itself, escaping on the way; asynchronous components make it a promise
  const offering = <OfferedLanguages.Provider value={languages}>{page}</OfferedLanguages.Provider>;
  const html = await (offering as { toString(): string | Promise<string> }).toString();
  return c.html(`<!doctype html>${html}`, status);
}
