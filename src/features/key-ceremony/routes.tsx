import type { RefusalCode } from '../../domain/refusals.ts';
import { toBase64url } from '../../protocol/bytes.ts';
import { parseJson } from '../../protocol/canonical-json.ts';
import { challengeJson } from '../../protocol/challenge.ts';
import { bytes, exact, integer } from '../../protocol/fields.ts';
import { type Outcome, type Refusal, refuse } from '../../protocol/outcome.ts';
import type { Runtime } from '../../runtime.ts';
import { type ElectionRow, findElection } from '../../store/elections.ts';
import { keyFaultOf } from '../../views/key-fields.tsx';
import { refusalJson, refusalPage } from '../../views/refusal-page.tsx';
import { render } from '../../views/render.tsx';
import { type PageContext, type Route, viewerOf } from '../../views/route.ts';
import { ArmPage, HandedKeyPage } from './arm-page.tsx';
import { arm } from './arm.ts';
import { ProveKeyPage } from './prove-key-page.tsx';
import { challengeKey, keyStatus, proveKey } from './prove-key.ts';
import { proveUploadedKey } from './prove-uploaded-key.ts';

const readAnswer = exact({ nonce: bytes(32), secret: bytes(32), copy: integer(1, 9) });

/** The ceremony's pages below `/elections/:election`: ARM, and the proof that the saved key opens. */
export function keyCeremonyRoutes(runtime: Runtime): Route[] {
  const electionOf = (c: PageContext): Promise<ElectionRow | undefined> =>
    findElection(runtime.store.read, c.req.param('election') ?? '');

  const refusedHere = (c: PageContext, election: ElectionRow, refusal: Refusal<RefusalCode>) =>
    refusalPage(c, refusal, {
      back: { href: `/elections/${election.id}`, label: election.title },
      timeZone: election.time_zone,
    });

  const showArm = async (c: PageContext): Promise<Response> => {
    const election = await electionOf(c);
    if (election === undefined) return refusalPage(c, refuse('NOT_FOUND'));
    const { fingerprint } = await keyStatus(runtime, election.id);
    return render(c, <ArmPage c={c} election={election} fingerprint={fingerprint} />);
  };

  const doArm = async (c: PageContext): Promise<Response> => {
    const election = await electionOf(c);
    if (election === undefined) return refusalPage(c, refuse('NOT_FOUND'));
    const handed = await arm(runtime, { electionId: election.id, actor: viewerOf(c).email });
    if (!handed.ok) return refusedHere(c, election, handed);
    return render(c, <HandedKeyPage c={c} election={election} handed={handed.value} />);
  };

  const showProof = async (
    c: PageContext,
    election: ElectionRow,
    shown: { outcome?: Outcome<{ armed: boolean }, RefusalCode> } = {},
  ): Promise<Response> => {
    const { outcome } = shown;
    const fault =
      outcome === undefined || outcome.ok
        ? undefined
        : keyFaultOf(c.get('language'), outcome, election.time_zone);
    const asked = c.req.query('proven');
    const proven = asked === 'first' || asked === 'again' ? asked : undefined;
    const status = await keyStatus(runtime, election.id);
    const page = <ProveKeyPage c={c} election={election} status={status} fault={fault} proven={proven} />;
    return render(c, page, fault === undefined ? 200 : 422);
  };

  return [
    {
      method: 'GET',
      path: '/elections/:election/arm',
      access: 'admin',
      surface: 'page',
      isFresh: true,
      handle: showArm,
    },
    {
      method: 'POST',
      path: '/elections/:election/arm',
      access: 'admin',
      surface: 'page',
      isFresh: true,
      handle: doArm,
    },
    {
      method: 'GET',
      path: '/elections/:election/prove-key',
      access: 'admin',
      surface: 'page',
      handle: async (c) => {
        const election = await electionOf(c);
        if (election === undefined) return refusalPage(c, refuse('NOT_FOUND'));
        if (election.state === 'draft') return refusedHere(c, election, refuse('NOT_ARMED'));
        return showProof(c, election);
      },
    },
    {
      method: 'POST',
      path: '/elections/:election/prove-key',
      access: 'admin',
      surface: 'page',
      handle: async (c) => {
        const election = await electionOf(c);
        if (election === undefined) return refusalPage(c, refuse('NOT_FOUND'));
        const form = await c.req.parseBody();
        const { keyFile, passphrase, copy } = form;
        if (!(keyFile instanceof File) || typeof passphrase !== 'string') {
          return showProof(c, election, { outcome: refuse('NOT_A_KEY_FILE', { found: 'EMPTY' }) });
        }
        const outcome = await proveUploadedKey(runtime, {
          electionId: election.id,
          actor: viewerOf(c).email,
          copy: Math.min(Math.max(Number(copy) || 1, 1), 9),
          keyFile: new Uint8Array(await keyFile.arrayBuffer()),
          passphrase,
        });
        if (!outcome.ok) return showProof(c, election, { outcome });
        return c.redirect(
          `/elections/${election.id}/prove-key?proven=${outcome.value.armed ? 'first' : 'again'}`,
          303,
        );
      },
    },
    {
      method: 'POST',
      path: '/elections/:election/prove-key/challenge',
      access: 'admin',
      surface: 'file',
      handle: async (c) => {
        const opened = await challengeKey(runtime, c.req.param('election') ?? '');
        if (!opened.ok) return refusalJson(c, opened);
        const { challenge, key } = opened.value;
        return c.json({ challenge: challengeJson(challenge), modulus: toBase64url(key.modulus) });
      },
    },
    {
      method: 'POST',
      path: '/elections/:election/prove-key/answer',
      access: 'admin',
      surface: 'file',
      handle: async (c) => {
        const json = parseJson(await c.req.text());
        const read = json === undefined ? undefined : readAnswer(json);
        if (read === undefined) return refusalJson(c, refuse('MALFORMED'));
        const electionId = c.req.param('election') ?? '';
        const outcome = await proveKey(runtime, { electionId, actor: viewerOf(c).email, ...read });
        if (!outcome.ok) return refusalJson(c, outcome);
        const proven = outcome.value.armed ? 'first' : 'again';
        return c.json({ next: `/elections/${electionId}/prove-key?proven=${proven}` });
      },
    },
  ];
}
