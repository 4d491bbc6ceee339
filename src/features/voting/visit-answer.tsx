import { randomInt } from 'node:crypto';
import { REFUSALS } from '../../domain/refusals.ts';
import { keyFingerprint } from '../../protocol/manifest.ts';
import { nodePrimitives } from '../../protocol/node/primitives.ts';
import type { Runtime } from '../../runtime.ts';
import { formatInstant } from '../../views/format.ts';
import { render } from '../../views/render.tsx';
import type { PageContext } from '../../views/route.ts';
import { texts } from './texts.ts';
import { BallotPage, NotOpenPage, PlainPage, ServerSealedBallotPage, StandingPage } from './voter-pages.tsx';
import type { Visit } from './voter-visit.ts';

type Status = Parameters<typeof render>[2];

/** Browsers that wait longer are better asked again: half a day. */
const LONGEST_REFRESH_S = 43_200;
/** A thousand pages that wait must not come back in one instant. */
const SPREAD_S = 4;

/** One page for unknown, malformed and revoked links: the same status and the same bytes. */
function answerBadLink(c: PageContext): Promise<Response> {
  const language = c.get('language');
  const t = texts[language].badLink;
  return render(
    c,
    <PlainPage language={language} title={t.title} code="UNKNOWN_LINK">
      <p>{t.text}</p>
    </PlainPage>,
    REFUSALS.UNKNOWN_LINK.status,
  );
}

/** The page of the state that a link is in. */
export async function answerVisit(
  runtime: Runtime,
  c: PageContext,
  link: string,
  visit: Visit | undefined,
  status: Status = 200,
): Promise<Response> {
  if (visit === undefined) return answerBadLink(c);
  const language = c.get('language');
  const t = texts[language];
  const { election } = visit;
  switch (visit.state) {
    case 'not-ready':
      return render(
        c,
        <PlainPage language={language} title={t.notReady.title} code="NOT_OPEN" election={election}>
          <p>{t.notReady.text(election.organiser)}</p>
        </PlainPage>,
        status,
      );
    case 'not-open': {
      const now = runtime.clock.now();
      const left = Math.ceil(((election.opens_at ?? now) - now) / 1000);
      // Without JavaScript too. The page is not kept, so a reload asks again.
      c.header('Refresh', String(Math.min(Math.max(left, 1), LONGEST_REFRESH_S) + randomInt(SPREAD_S)));
      return render(c, <NotOpenPage language={language} visit={visit} now={now} />, status);
    }
    case 'ballot': {
      const fingerprint = await keyFingerprint(nodePrimitives, visit.terms.electionKey);
      const seal = c.req.query('seal');
      if (seal === 'server' || seal === 'unable') {
        const sealing = seal === 'server' ? 'plain' : 'unable';
        const { contests } = visit;
        const props = { language, link, sealing, fingerprint, election, contests } as const;
        return render(c, <ServerSealedBallotPage {...props} />, status);
      }
      const page = <BallotPage language={language} link={link} fingerprint={fingerprint} visit={visit} />;
      return render(c, page, status);
    }
    case 'locked':
      return render(
        c,
        <PlainPage language={language} title={t.locked.title} code="LOCKED" election={election}>
          <p>
            {visit.lock === 'staff'
              ? t.locked.staff(election.contact)
              : t.locked.until(formatInstant(language, election.time_zone, visit.lock))}
          </p>
          <p>{t.locked.notLost}</p>
          <p>{t.locked.contact(election.contact)}</p>
        </PlainPage>,
        status,
      );
    case 'already-voted':
    case 'closed':
      return render(c, <StandingPage language={language} visit={visit} />, status);
    case 'results':
      return render(
        c,
        <PlainPage language={language} title={t.results.title} code="results" election={election}>
          <p>
            <a class="btn btn-primary" href={`/results/${election.id}`}>
              {t.results.link}
            </a>
          </p>
          <p>
            <a href={`/results/${election.id}/receipt`}>{t.results.receipt}</a>
          </p>
        </PlainPage>,
        status,
      );
    default:
      return visit satisfies never;
  }
}
