import { bodyLimit } from 'hono/body-limit';
import type { RefusalCode } from '../domain/refusals.ts';
import type { PageContext, Route } from '../views/route.ts';

const LARGEST_BODY = 64 * 1024;
const MOST_FIELDS = 500;

const mediaTypeOf = (c: PageContext): string =>
  (c.req.header('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';

function count(bytes: Uint8Array, text: string, most: number): number {
  const wanted = Buffer.from(text, 'latin1');
  const body = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let found = 0;
  for (let at = body.indexOf(wanted); at >= 0 && found <= most; at = body.indexOf(wanted, at + wanted.length))
    found++;
  return found;
}

/** Fields are counted in the raw bytes, before a parser makes an object of each. */
async function hasTooManyFields(c: PageContext, mediaType: string, most: number): Promise<boolean> {
  const bytes = await c.req.bytes();
  if (mediaType === 'application/x-www-form-urlencoded') return count(bytes, '&', most) >= most;
  const boundary = /boundary="?([^";]+)"?/i.exec(c.req.header('content-type') ?? '')?.[1];
  return boundary !== undefined && count(bytes, `--${boundary}`, most) > most;
}

/** Reads and parses the body once, within limits; answers why not, where it cannot be used. */
async function faultOfBody(c: PageContext, route: Route): Promise<RefusalCode | undefined> {
  const mediaType = mediaTypeOf(c);
  if (route.surface === 'api') {
    if (mediaType !== 'application/json') return 'MALFORMED';
    return (await isParsed(c.req.json())) ? undefined : 'MALFORMED';
  }
  if (c.req.raw.body === null) return undefined;
  const isForm = mediaType === 'application/x-www-form-urlencoded' || mediaType === 'multipart/form-data';
  if (mediaType === 'application/json') return (await isParsed(c.req.json())) ? undefined : 'MALFORMED';
  if (!isForm) return 'MALFORMED';
  if (await hasTooManyFields(c, mediaType, route.mostFields ?? MOST_FIELDS)) return 'TOO_LARGE';
  return (await isParsed(c.req.parseBody())) ? undefined : 'MALFORMED';
}

const isParsed = (parsing: Promise<unknown>): Promise<boolean> =>
  parsing.then(
    () => true,
    () => false,
  );

/** The length that the request says its body has; undefined where it comes in chunks of unknown number. */
function toldLength(c: PageContext): number | undefined {
  const length = c.req.header('content-length') ?? '';
  return /^\d{1,15}$/.test(length) && c.req.header('transfer-encoding') === undefined
    ? Number(length)
    : undefined;
}

/** Limits what a post may send before its handler sees it; `answer` makes the refusal. */
export async function withinLimits(
  c: PageContext,
  route: Route,
  answer: (code: RefusalCode) => Response | Promise<Response>,
): Promise<Response | undefined> {
  const most = route.largestBody ?? LARGEST_BODY;
  const told = toldLength(c);
  if (told !== undefined && told > most) return answer('TOO_LARGE');
  let fault: RefusalCode | undefined;
  // A told length is kept by the HTTP parser. Asking for the body as a stream costs as much as all else of a cast.
  if (told !== undefined && route.surface === 'api') {
    fault = await faultOfBody(c, route);
    return fault === undefined ? undefined : answer(fault);
  }
  const limited = await bodyLimit({
    maxSize: most,
    onError: () => answer('TOO_LARGE'),
  })(c, async () => {
    fault = await faultOfBody(c, route);
  });
  if (limited instanceof Response) return limited;
  return fault === undefined ? undefined : answer(fault);
}
