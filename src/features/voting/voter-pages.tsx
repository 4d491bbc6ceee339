import type { Child } from 'hono/jsx';
import type { Language } from '../../domain/election.ts';
import type { ElectionRow } from '../../store/elections.ts';
import { formatInstant } from '../../views/format.ts';
import { Icon } from '../../views/icon.tsx';
import { Notice } from '../../views/notice.tsx';
import { texts as viewTexts } from '../../views/texts.ts';
import { VoterPage } from '../../views/voter-page.tsx';
import { BallotForm } from './ballot-form.tsx';
import { BoothData, BoothSteps, ReviewStep } from './booth-parts.tsx';
import type { ReadBallot, Ticked } from './selections.ts';
import { texts } from './texts.ts';
import type { ShownContest, Visit } from './voter-visit.ts';

type VisitIn<State extends Visit['state']> = Extract<Visit, { state: State }>;

const instant = (language: Language, election: ElectionRow, ms: number): string =>
  formatInstant(language, election.time_zone, ms);

/** Which key the ballot is sealed for, as the link mail names it. */
const KeyLine = (props: { language: Language; fingerprint: string; isSealedHere: boolean }) => {
  const t = texts[props.language];
  return (
    <p class="key-line">
      <Icon name="fingerprint" /> {t.keyFingerprint + viewTexts[props.language].colon}{' '}
      <span class="fingerprint">{props.fingerprint}</span>
      <br />
      <span class="form-text">{props.isSealedHere ? t.keyFingerprintHint : t.keyFingerprintServer}</span>
    </p>
  );
};

/** Why the server will see the choice: `plain` where the voter said so, `unable` where the browser cannot seal. */
export type ServerSealing = 'plain' | 'unable';

const ServerSealedNotice = (props: {
  language: Language;
  sealing: ServerSealing;
  link?: string | undefined;
}) => {
  const t = texts[props.language].serverSealed;
  return (
    <Notice kind={props.sealing === 'unable' ? 'warning' : 'info'} title={t.title}>
      <p>{props.sealing === 'unable' ? t.unable : t.text}</p>
      {props.link === undefined ? null : (
        <p>
          <a href={`/vote/${props.link}`}>{t.withScript}</a>
        </p>
      )}
    </Notice>
  );
};

/** The ballot, sealed by the booth on the voter's device, or without it in `noscript`. */
export const BallotPage = (props: {
  language: Language;
  link: string;
  fingerprint: string;
  visit: VisitIn<'ballot'>;
}) => {
  const { language, link, visit } = props;
  const { election, contests, manifest } = visit;
  const t = texts[language];
  return (
    <VoterPage
      language={language}
      title={t.ballotTitle(election.title)}
      election={election}
      script="booth"
      code="ballot"
    >
      <BoothData language={language} election={election} manifest={manifest} />
      <section data-step="ballot">
        <noscript>
          <ServerSealedNotice language={language} sealing="plain" />
        </noscript>
        <p class="needs-script" id="booth-loading" role="status">
          {t.loading} <span class="form-text">{t.loadingStuck} </span>
          <a href={`/vote/${link}?seal=server`}>{t.voteWithout}</a>.
        </p>
        <div data-notice="no-fragment" hidden>
          <Notice kind="warning" title={t.noFragment.title}>
            <p>{t.noFragment.text}</p>
          </Notice>
        </div>
        <div data-notice="earlier-try" hidden>
          <Notice kind="warning" title={t.earlierTry.title}>
            <p>{t.earlierTry.text}</p>
          </Notice>
        </div>
        <BallotForm language={language} link={link} contests={contests} isSealedHere />
      </section>
      <ReviewStep language={language} election={election} />
      <BoothSteps language={language} election={election} />
      <KeyLine language={language} fingerprint={props.fingerprint} isSealedHere />
    </VoterPage>
  );
};

/** The ballot where the server seals: without the booth. */
export const ServerSealedBallotPage = (props: {
  language: Language;
  link: string;
  sealing: ServerSealing;
  fingerprint: string;
  election: ElectionRow;
  contests: readonly ShownContest[];
  ticked?: Ticked;
  errors?: ReadBallot['errors'];
  /** The page answers a post. */
  isAnswer?: boolean;
}) => {
  const { language, link, sealing, election, contests, ticked, errors } = props;
  const t = texts[language];
  return (
    <VoterPage
      language={language}
      title={t.ballotTitle(election.title)}
      election={election}
      code="ballot"
      hasLanguageLink={props.isAnswer !== true}
    >
      <ServerSealedNotice language={language} sealing={sealing} link={link} />
      <BallotForm
        language={language}
        link={link}
        contests={contests}
        isSealedHere={false}
        ticked={ticked}
        errors={errors}
      />
      <KeyLine language={language} fingerprint={props.fingerprint} isSealedHere={false} />
    </VoterPage>
  );
};

/** A marked voter, or a closed election: the booth looks whether this device holds a receipt, or a ballot to finish. */
export const StandingPage = (props: { language: Language; visit: VisitIn<'already-voted' | 'closed'> }) => {
  const { language, visit } = props;
  const { election, manifest } = visit;
  const t = texts[language];
  const isClosed = visit.state === 'closed';
  const title = isClosed
    ? t.closed.title(instant(language, election, election.closes_at))
    : t.alreadyVoted.title;
  return (
    <VoterPage
      language={language}
      title={title}
      election={election}
      script="booth"
      code={isClosed ? 'CLOSED' : 'ALREADY_VOTED'}
    >
      <BoothData language={language} election={election} manifest={manifest} />
      <section data-step="standing">
        <h1 tabindex={-1}>{title}</h1>
        {isClosed ? (
          <>
            <p>{t.closed.text}</p>
            <p>{t.closed.results(election.organiser)}</p>
          </>
        ) : (
          <>
            <p>{t.alreadyVoted.text}</p>
            <p data-elsewhere hidden>
              {t.alreadyVoted.otherDevice}
            </p>
            <p>{t.alreadyVoted.notYou(election.contact)}</p>
          </>
        )}
      </section>
      <BoothSteps language={language} election={election} />
    </VoterPage>
  );
};

const Candidates = (props: { contests: readonly ShownContest[] }) => (
  <>
    {props.contests.map(({ contest, candidates }) => (
      <section>
        <h3>{contest.title}</h3>
        <ul>
          {candidates.map(({ name, slogan }) => (
            <li>
              <strong>{name}</strong>
              {slogan === '' ? '' : `: ${slogan}`}
            </li>
          ))}
        </ul>
      </section>
    ))}
  </>
);

/** Waits for the opening: the script counts down and reloads; the calendar file holds no link. */
export const NotOpenPage = (props: { language: Language; visit: VisitIn<'not-open'>; now: number }) => {
  const { language, visit, now } = props;
  const { election, contests } = visit;
  const opensAt = election.opens_at ?? now;
  const t = texts[language].notOpen;
  const title = t.title(instant(language, election, opensAt));
  return (
    <VoterPage language={language} title={title} election={election} script="booth" code="NOT_OPEN">
      <h1>{title}</h1>
      <p class="lead" id="countdown" data-left={opensAt - now} data-label={t.countdown} hidden></p>
      <p>{t.sameLink}</p>
      <p>{t.until(instant(language, election, election.closes_at))}</p>
      <p>
        <a class="btn btn-secondary" href={`/elections/${election.id}/calendar.ics`}>
          <Icon name="calendar-plus" /> {t.calendar}
        </a>
      </p>
      <h2>{t.candidates}</h2>
      <Candidates contests={contests} />
    </VoterPage>
  );
};

/** One heading, a few lines: every state in which there is nothing to do but read. */
export const PlainPage = (props: {
  language: Language;
  title: string;
  code: string;
  election?: ElectionRow | undefined;
  script?: string | undefined;
  children?: Child;
}) => (
  <VoterPage
    language={props.language}
    title={props.title}
    election={props.election}
    code={props.code}
    script={props.script}
  >
    <h1>{props.title}</h1>
    {props.children}
  </VoterPage>
);
