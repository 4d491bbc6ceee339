import { frenchSpaces } from './french-spaces.ts';

/** How one expected refusal is said: HTTP status, exit code of the CLI, and the sentence that says what to do. */
export interface RefusalForm {
  readonly status: 400 | 401 | 403 | 404 | 409 | 413 | 415 | 422 | 423 | 429 | 503;
  /** 2 usage, 3 input invalid, 4 refused by state, 5 partial, 6 busy, 7 integrity failure. */
  readonly exit: 2 | 3 | 4 | 5 | 6 | 7;
  /** `{name}` is filled from the refusal's detail. */
  readonly en: string;
  readonly fr: string;
}

export const form = (
  status: RefusalForm['status'],
  exit: RefusalForm['exit'],
  en: string,
  fr: string,
): RefusalForm => ({ status, exit, en, fr: frenchSpaces(fr) });
