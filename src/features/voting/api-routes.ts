import { type Json, parseJson } from '../../protocol/canonical-json.ts';
import { type Bytes, fromBase64url, toBase64url } from '../../protocol/bytes.ts';
import { isObject } from '../../protocol/fields.ts';
import { type Outcome, accept, refuse } from '../../protocol/outcome.ts';
import { receiptJson } from '../../protocol/receipt.ts';
import type { Runtime } from '../../runtime.ts';
import { findElectionOfManifest, findManifest } from '../../store/record.ts';
import { refusalJson } from '../../views/refusal-page.tsx';
import type { PageContext, Route } from '../../views/route.ts';
import { castBallot } from './cast-ballot.ts';
import { isCode, issueCredential } from './issue-credential.ts';

const MODULUS_LENGTHS: readonly number[] = [256, 384, 512];

/** `{code, blinded}` or `{blinded}`: the form only, whatever the link is. */
function parseIssueRequest(
  json: Json | undefined,
): Outcome<{ readonly code: string | undefined; readonly blinded: Bytes }, 'MALFORMED'> {
  if (json === undefined || !isObject(json)) return refuse('MALFORMED');
  const { code, blinded, ...unknown } = json;
  if (Object.keys(unknown).length > 0 || typeof blinded !== 'string') return refuse('MALFORMED');
  if (code !== undefined && (typeof code !== 'string' || !isCode(code))) return refuse('MALFORMED');
  const bytes = fromBase64url(blinded);
  if (bytes === undefined || !MODULUS_LENGTHS.includes(bytes.length)) return refuse('MALFORMED');
  return accept({ code, blinded: bytes });
}

async function answerCredential(runtime: Runtime, c: PageContext): Promise<Response> {
  const request = parseIssueRequest(parseJson(await c.req.text()));
  if (!request.ok) return refusalJson(c, request);
  const issued = await issueCredential(runtime, { link: c.req.param('link') ?? '', ...request.value });
  if (!issued.ok) return refusalJson(c, issued);
  return c.json({ blindSignature: toBase64url(issued.value) });
}

async function answerCast(runtime: Runtime, c: PageContext): Promise<Response> {
  const body = parseJson(await c.req.text());
  if (body === undefined) return refusalJson(c, refuse('MALFORMED'));
  const cast = await castBallot(runtime, c.req.param('election') ?? '', body);
  if (!cast.ok) return refusalJson(c, cast);
  const { receipt, isRepeated } = cast.value;
  return c.json(receiptJson(receipt), isRepeated ? 200 : 201);
}

/** `{manifest, signature}` with the manifest in canonical form: the text itself, not parsed and written again. */
async function answerManifest(
  runtime: Runtime,
  c: PageContext,
  electionId: string | undefined,
): Promise<Response> {
  const row = electionId === undefined ? undefined : await findManifest(runtime.store.read, electionId);
  if (row === undefined) return refusalJson(c, refuse('NOT_FOUND'));
  return c.body(manifestAnswer(row), 200, { 'Content-Type': 'application/json' });
}

/** The text of `{manifest, signature}`. */
export const manifestAnswer = (row: { readonly content: string; readonly signature: Bytes }): string =>
  `{"manifest":${row.content},"signature":"${toBase64url(row.signature)}"}`;

/** The calls of section 12 that a voter's client makes: JSON, open to any origin, without cookies. */
export const votingApiRoutes = (runtime: Runtime): Route[] => [
  {
    method: 'GET',
    path: '/elections/:election/manifest',
    access: 'anyone',
    surface: 'api',
    handle: (c) => answerManifest(runtime, c, c.req.param('election')),
  },
  {
    method: 'GET',
    path: '/manifests/:digest',
    access: 'anyone',
    surface: 'api',
    async handle(c) {
      const digest = fromBase64url(c.req.param('digest') ?? '', 32);
      const electionId = digest && (await findElectionOfManifest(runtime.store.read, digest));
      return answerManifest(runtime, c, electionId);
    },
  },
  {
    method: 'POST',
    path: '/vote/:link/credential',
    access: 'anyone',
    surface: 'api',
    handle: (c) => answerCredential(runtime, c),
  },
  {
    method: 'POST',
    path: '/elections/:election/ballots',
    access: 'anyone',
    surface: 'api',
    handle: (c) => answerCast(runtime, c),
  },
];
