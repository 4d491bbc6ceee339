import { type Json, canonical, parseJson } from '../../protocol/canonical-json.ts';
import { isObject } from '../../protocol/fields.ts';

/** What the server answered, or that no answer came: then nobody here knows whether the request arrived. */
export type Answer =
  | { readonly kind: 'accepted'; readonly json: Json }
  | { readonly kind: 'refused'; readonly code: string; readonly detail: Readonly<Record<string, Json>> }
  | { readonly kind: 'unreachable' };

const PAUSES_MS = [500, 2_000];
const LONGEST_PAUSE_MS = 10_000;
const LONGEST_ANSWER_MS = 20_000;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Posts JSON without cookie and without referrer, again where no answer comes or the server is busy: both calls of the
 * protocol may be repeated safely.
 */
export async function post(path: string, body: Json): Promise<Answer> {
  for (let attempt = 0; ; attempt++) {
    const { answer, retryAfter } = await postOnce(path, body);
    const wait = PAUSES_MS[attempt];
    if (answer.kind !== 'unreachable' || wait === undefined) return answer;
    await pause(Math.min(Math.max(wait, retryAfter * 1000), LONGEST_PAUSE_MS));
  }
}

async function postOnce(path: string, body: Json): Promise<{ answer: Answer; retryAfter: number }> {
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Accept-Language': document.documentElement.lang },
      body: canonical(body),
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      cache: 'no-store',
      keepalive: true,
      signal: AbortSignal.timeout(LONGEST_ANSWER_MS),
    });
    const retryAfter = Number(response.headers.get('Retry-After') ?? 0) || 0;
    return { answer: readAnswer(response.status, await response.text()), retryAfter };
  } catch {
    return { answer: { kind: 'unreachable' }, retryAfter: 0 };
  }
}

function readAnswer(status: number, text: string): Answer {
  const json = parseJson(text);
  if (json === undefined || !isObject(json) || status >= 500) return { kind: 'unreachable' };
  if (status === 200 || status === 201) return { kind: 'accepted', json };
  const error = json['error'];
  if (error === undefined || !isObject(error) || typeof error['code'] !== 'string') {
    return { kind: 'unreachable' };
  }
  return { kind: 'refused', code: error['code'], detail: error };
}
