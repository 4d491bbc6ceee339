import { CAST, SAME_ORIGIN, cookieOf } from './staff.ts';

/** A member of staff at a browser without JavaScript: pages are read, forms posted, redirects followed. */
export class StaffClient {
  readonly #url: string;
  #cookie = '';

  constructor(url: string) {
    this.#url = url;
  }

  async get(path: string): Promise<Response> {
    return this.#send(path, {});
  }

  /** Posts a form and follows the redirect of a success; throws what the page says otherwise. */
  async post(path: string, fields: Readonly<Record<string, string | Blob>>): Promise<Response> {
    const isUpload = Object.values(fields).some((value) => value instanceof Blob);
    const form = new FormData();
    const plain = new URLSearchParams();
    for (const [name, value] of Object.entries(fields)) {
      form.append(name, value);
      if (typeof value === 'string') plain.append(name, value);
    }
    const answer = await this.#send(path, { method: 'POST', body: isUpload ? form : plain });
    const next = answer.headers.get('location');
    if (answer.status === 303 && next !== null) return this.get(next);
    if (!answer.ok) throw new Error(`POST ${path} answered ${answer.status}: ${textOf(await answer.text())}`);
    return answer;
  }

  /** The set-up link makes Olive the first admin, and signs her in. */
  async setUp(setupLink: string): Promise<void> {
    const { name, email, password } = CAST.admin;
    await this.post(new URL(setupLink).pathname, { name, email, password });
    if (this.#cookie === '') await this.signIn();
  }

  async signIn(): Promise<void> {
    const { email, password } = CAST.admin;
    await this.post('/sign-in', { email, password });
  }

  async #send(path: string, init: RequestInit): Promise<Response> {
    const url = new URL(path, this.#url);
    const answer = await fetch(url, {
      ...init,
      redirect: 'manual',
      headers: { ...SAME_ORIGIN, ...(this.#cookie === '' ? {} : { Cookie: this.#cookie }) },
    });
    const cookie = cookieOf(answer);
    if (cookie !== '') this.#cookie = cookie;
    return answer;
  }
}

/** The words of a page, for an error message. */
const textOf = (html: string): string =>
  html
    .replace(/<head.*?<\/head>/s, ' ')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .slice(0, 500);
