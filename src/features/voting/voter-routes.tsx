import { REFUSALS, type RefusalCode } from '../../domain/refusals.ts';
import { fromBase64url, toBase64url } from '../../protocol/bytes.ts';
import { keyFingerprint } from '../../protocol/manifest.ts';
import { nodePrimitives } from '../../protocol/node/primitives.ts';
import type { Refusal } from '../../protocol/outcome.ts';
import type { Runtime } from '../../runtime.ts';
import { findElection } from '../../store/elections.ts';
import { textOf } from '../../views/form-text.ts';
import { refusalPage } from '../../views/refusal-page.tsx';
import { render } from '../../views/render.tsx';
import type { PageContext, Route } from '../../views/route.ts';
import { VoterPage } from '../../views/voter-page.tsx';
import { calendarOf } from './calendar.ts';
import { castForVoter } from './cast-for-voter.ts';
import { codeWhere } from './code-where.ts';
import { type IssueRefusal, isCode } from './issue-credential.ts';
import { DonePart } from './receipt-parts.tsx';
import { resendLink } from './resend-link.ts';
import { ReviewPage } from './review-page.tsx';
import { type ReadBallot, readBallot } from './selections.ts';
import { type VotingTexts, texts } from './texts.ts';
import { answerVisit } from './visit-answer.tsx';
import { PlainPage, ServerSealedBallotPage } from './voter-pages.tsx';
import { type Visit, findVisit } from './voter-visit.ts';

type BallotVisit = Extract<Visit, { state: 'ballot' }>;

const linkOf = (c: PageContext): string => c.req.param('link') ?? '';

/** The ballot form again: with the choice that is to be changed, or with what is to be corrected. */
async function answerBallot(
  c: PageContext,
  visit: BallotVisit,
  { ticked, errors }: Pick<ReadBallot, 'ticked' | 'errors'>,
): Promise<Response> {
  const { election, contests, terms } = visit;
  const fingerprint = await keyFingerprint(nodePrimitives, terms.electionKey);
  const page = (
    <ServerSealedBallotPage
      language={c.get('language')}
      link={linkOf(c)}
      sealing="plain"
      fingerprint={fingerprint}
      election={election}
      contests={contests}
      ticked={ticked}
      errors={errors}
      isAnswer
    />
  );
  return render(c, page, errors.length === 0 ? 200 : REFUSALS.INVALID_INPUT.status);
}

/** Shows the choice once more. A new form has a new nonce: what is sent from it is one vote, however often. */
async function review(runtime: Runtime, c: PageContext): Promise<Response> {
  const link = linkOf(c);
  const visit = await findVisit(runtime, link);
  if (visit?.state !== 'ballot') return answerVisit(runtime, c, link, visit);
  const language = c.get('language');
  const { contests } = visit.terms.manifest;
  const form = await c.req.formData();
  const { ticked, errors } = readBallot(form, contests, texts[language]);
  if (form.has('change')) return answerBallot(c, visit, { ticked, errors: [] });
  if (errors.length > 0) return answerBallot(c, visit, { ticked, errors });
  const nonce = toBase64url(nodePrimitives.random(32));
  const choice = { contests, ticked, nonce };
  return render(c, <ReviewPage language={language} link={link} election={visit.election} choice={choice} />);
}

/** Sends the mail with link and code again; the address is shown to nobody. The choice is kept. */
async function resend(runtime: Runtime, c: PageContext): Promise<Response> {
  const link = linkOf(c);
  const asked = await resendLink(runtime, link);
  const visit = await findVisit(runtime, link);
  if (!asked.ok || visit?.state !== 'ballot') return answerVisit(runtime, c, link, visit);
  const language = c.get('language');
  const { election, terms } = visit;
  const { contests } = terms.manifest;
  const form = await c.req.formData();
  const { ticked, selections } = readBallot(form, contests, texts[language]);
  const nonce = fromBase64url(textOf(form.get('nonce')), 32);
  if (selections === undefined || nonce === undefined) return answerVisit(runtime, c, link, visit);
  const choice = { contests, ticked, nonce: toBase64url(nonce) };
  return render(
    c,
    <ReviewPage language={language} link={link} election={election} choice={choice} isResent />,
  );
}

const wrongCode = (t: VotingTexts, where: string, triesLeft: number): readonly string[] => [
  t.errors.wrongCode,
  triesLeft === 0
    ? t.locked.soon
    : triesLeft === 1
      ? t.errors.triesLeftOne
      : t.errors.triesLeftMany.replace('{n}', String(triesLeft)),
  where,
];

/**
 * The server casts for a voter without JavaScript. The answer to the post is itself the page with the receipt: its
 * number never stands in an address, least of all beside the link.
 */
async function cast(runtime: Runtime, c: PageContext): Promise<Response> {
  const link = linkOf(c);
  const visit = await findVisit(runtime, link);
  if (visit === undefined || !('terms' in visit)) return answerVisit(runtime, c, link, visit);
  const language = c.get('language');
  const t = texts[language];
  const { election, terms } = visit;
  const { contests } = terms.manifest;
  const form = await c.req.formData();
  const { ticked, selections, errors } = readBallot(form, contests, t);
  const nonce = fromBase64url(textOf(form.get('nonce')), 32);
  if (selections === undefined || nonce === undefined) {
    return visit.state === 'ballot'
      ? answerBallot(c, visit, { ticked, errors })
      : answerVisit(runtime, c, link, visit);
  }
  const again = (code: RefusalCode, sentences: readonly string[]): Promise<Response> => {
    const choice = { contests, ticked, nonce: toBase64url(nonce) };
    const page = (
      <ReviewPage
        language={language}
        link={link}
        election={election}
        choice={choice}
        fault={{ code, sentences }}
      />
    );
    return render(c, page, REFUSALS[code].status);
  };
  const code = textOf(form.get('code')).replace(/\s/g, '');
  if (!isCode(code) || code.length !== election.code_digits)
    return again('MALFORMED', [t.errors.code(election.code_digits)]);

  let outcome;
  try {
    outcome = await castForVoter(runtime, { link, code, selections, nonce });
  } catch (error) {
    // Whatever failed, the voter is told what it means for the vote, and can send the same form again.
    runtime.log.app.error({ err: error, election: election.id }, 'cast for voter failed');
    c.header('Retry-After', '2');
    return again('BUSY', [t.trouble.text, t.trouble.safe]);
  }
  if (!outcome.ok) {
    return answerRefusal(runtime, c, outcome, again, codeWhere[language][election.code_channel]);
  }
  const { receipt } = outcome.value;
  return render(
    c,
    <VoterPage
      language={language}
      title={t.done.title}
      election={election}
      code="done"
      hasLanguageLink={false}
    >
      <DonePart language={language} election={election} receipt={receipt} />
    </VoterPage>,
  );
}

async function answerRefusal(
  runtime: Runtime,
  c: PageContext,
  refusal: Refusal<IssueRefusal>,
  again: (code: RefusalCode, sentences: readonly string[]) => Promise<Response>,
  where: string,
): Promise<Response> {
  if (refusal.code === 'WRONG_CODE') {
    return again(
      'WRONG_CODE',
      wrongCode(texts[c.get('language')], where, Number(refusal.detail['triesLeft'])),
    );
  }
  const link = linkOf(c);
  return answerVisit(runtime, c, link, await findVisit(runtime, link), REFUSALS[refusal.code].status);
}

async function calendar(runtime: Runtime, c: PageContext): Promise<Response> {
  const election = await findElection(runtime.store.read, c.req.param('election') ?? '');
  const isFrozen = election !== undefined && election.state !== 'draft' && election.state !== 'arming';
  if (!isFrozen || election.opens_at === null) {
    return refusalPage(c, { ok: false, code: 'NOT_FOUND', detail: {} });
  }
  const note = texts[c.get('language')].shell.text;
  const text = calendarOf(election, election.opens_at, note, runtime.clock.now());
  return c.body(text, 200, {
    'Content-Type': 'text/calendar; charset=utf-8',
    'Content-Disposition': 'attachment; filename="voting.ics"',
  });
}

/** Where the address bar points once the link has left it: the script finds the link again, or says where it is. */
function shell(c: PageContext): Promise<Response> {
  const language = c.get('language');
  const t = texts[language].shell;
  return render(
    c,
    <PlainPage language={language} title={t.title} code="shell" script="booth">
      <p id="shell">{t.text}</p>
    </PlainPage>,
  );
}

/** The voter's pages: guarded by the link itself. GET and HEAD change nothing and count as nothing. */
export const voterRoutes = (runtime: Runtime): Route[] => [
  { method: 'GET', path: '/vote', access: 'anyone', surface: 'page', handle: shell },
  {
    method: 'GET',
    path: '/vote/:link',
    access: 'anyone',
    surface: 'page',
    handle: async (c) => answerVisit(runtime, c, linkOf(c), await findVisit(runtime, linkOf(c))),
  },
  {
    method: 'POST',
    path: '/vote/:link/review',
    access: 'anyone',
    surface: 'page',
    handle: (c) => review(runtime, c),
  },
  {
    method: 'POST',
    path: '/vote/:link/cast',
    access: 'anyone',
    surface: 'page',
    handle: (c) => cast(runtime, c),
  },
  {
    method: 'POST',
    path: '/vote/:link/resend',
    access: 'anyone',
    surface: 'page',
    handle: (c) => resend(runtime, c),
  },
  {
    method: 'GET',
    path: '/elections/:election/calendar.ics',
    access: 'anyone',
    surface: 'page',
    handle: (c) => calendar(runtime, c),
  },
];
