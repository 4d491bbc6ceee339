import { faultsOf } from '../../../domain/input-faults.ts';
import { requireAct } from '../../../domain/lifecycle.ts';
import { isRegistrationOpen } from '../../../domain/registration.ts';
import type { RefusalCode } from '../../../domain/refusals.ts';
import { type Refusal, refuse } from '../../../protocol/outcome.ts';
import type { Runtime } from '../../../runtime.ts';
import { type ElectionRow, factsOf, findElection } from '../../../store/elections.ts';
import { loadSettings } from '../../../store/settings.ts';
import type { FieldError } from '../../../views/field-errors.ts';
import { readPosted } from '../../../views/posted.ts';
import { describeRefusal, refusalPage } from '../../../views/refusal-page.tsx';
import { render } from '../../../views/render.tsx';
import { type PageContext, type Route, viewerOf } from '../../../views/route.ts';
import type { VoterInput } from '../read-voter.ts';
import { askRoll } from './ask-roll.ts';
import { confirmRegistration, findConfirmation } from './confirm-registration.ts';
import { newChallenge } from './proof-of-work.ts';
import { ConfirmRegistrationPage, RegisterPage, RollQuestionPage, SaidPage } from './register-page.tsx';
import { register } from './register.ts';
import { switchRegistration } from './switch-registration.ts';
import { registrationTexts } from './texts.ts';

const EMPTY: VoterInput = { last_name: '', first_name: '', email: '', promotion: '', building: '' };

/** What people do about a roll by themselves: ask to be on it, confirm, and ask whether they are. */
export function registrationRoutes(runtime: Runtime): Route[] {
  const { read } = runtime.store;

  /** Faults for the form; a proof that does not hold is told at its top, since nothing the reader typed is wrong. */
  const errorsOf = (c: PageContext, refusal: Refusal<RefusalCode>): readonly FieldError[] =>
    refusal.code === 'PROOF_OF_WORK'
      ? [{ name: 'content', sentence: describeRefusal(c.get('language'), refusal) }]
      : faultsOf(c.get('language'), refusal);

  const registerPage = async (
    c: PageContext,
    election: ElectionRow,
    input: VoterInput = EMPTY,
    errors: readonly FieldError[] = [],
  ): Promise<Response> => {
    const settings = await loadSettings(read, runtime.config);
    const t = registrationTexts[c.get('language')];
    if (!isRegistrationOpen(election, settings.domains, runtime.clock.now())) {
      const sentence = t.closed(election.contact);
      return render(c, <SaidPage c={c} election={election} title={t.closedTitle} sentence={sentence} />);
    }
    const challenge = await newChallenge(runtime, election.id);
    return render(
      c,
      <RegisterPage {...{ c, election, settings, input, challenge, errors }} />,
      errors.length === 0 ? 200 : 422,
    );
  };

  const registered = async (c: PageContext, election: ElectionRow): Promise<Response> => {
    const { text } = await readPosted(c);
    const input: VoterInput = {
      last_name: text('last_name'),
      first_name: text('first_name'),
      email: text('email'),
      promotion: text('promotion'),
      building: text('building'),
    };
    const done = await register(runtime, {
      electionId: election.id,
      input,
      proof: text('proof'),
      place: c.get('address'),
    });
    const t = registrationTexts[c.get('language')];
    if (done.ok) {
      const sentence = t.registerSent(input.email.trim());
      return render(c, <SaidPage c={c} election={election} title={t.sentTitle} sentence={sentence} />);
    }
    const errors = errorsOf(c, done);
    return errors.length === 0 ? refusalPage(c, done) : registerPage(c, election, input, errors);
  };

  const questionPage = async (
    c: PageContext,
    election: ElectionRow,
    email = '',
    errors: readonly FieldError[] = [],
  ): Promise<Response> => {
    const t = registrationTexts[c.get('language')];
    if (!requireAct(factsOf(election, runtime.clock.now()), 'change-roll').ok) {
      return render(c, <SaidPage c={c} election={election} title={t.askTitle} sentence={t.askEnded} />);
    }
    const challenge = await newChallenge(runtime, election.id);
    return render(
      c,
      <RollQuestionPage {...{ c, election, email, challenge, errors }} />,
      errors.length === 0 ? 200 : 422,
    );
  };

  const asked = async (c: PageContext, election: ElectionRow): Promise<Response> => {
    const { text } = await readPosted(c);
    const email = text('email');
    const done = await askRoll(runtime, {
      electionId: election.id,
      email,
      proof: text('proof'),
      place: c.get('address'),
    });
    const t = registrationTexts[c.get('language')];
    if (done.ok) {
      const sentence = t.askSent(email.trim());
      return render(c, <SaidPage c={c} election={election} title={t.sentTitle} sentence={sentence} />);
    }
    const errors = errorsOf(c, done);
    return errors.length === 0 ? refusalPage(c, done) : questionPage(c, election, email, errors);
  };

  const showConfirmation = async (c: PageContext, election: ElectionRow): Promise<Response> => {
    const secret = c.req.param('secret') ?? '';
    const found = await findConfirmation(runtime, { electionId: election.id, secret });
    if (found.ok) {
      return render(c, <ConfirmRegistrationPage c={c} election={election} registration={found.value} />);
    }
    return unknown(c, election, found);
  };

  const confirm = async (c: PageContext, election: ElectionRow): Promise<Response> => {
    const secret = c.req.param('secret') ?? '';
    const done = await confirmRegistration(runtime, { electionId: election.id, secret });
    return done.ok ? c.redirect(c.req.path, 303) : unknown(c, election, done);
  };

  const unknown = (c: PageContext, election: ElectionRow, refusal: Refusal<RefusalCode>) =>
    refusalPage(c, refusal, {
      back: { href: `/register/${election.id}`, label: registrationTexts[c.get('language')].again },
    });

  const turnSwitch = async (c: PageContext, election: ElectionRow): Promise<Response> => {
    const isOn = (await readPosted(c)).text('open') === 'yes';
    const actor = viewerOf(c).email;
    const done = await switchRegistration(runtime, { electionId: election.id, actor, isOn });
    const roll = `/elections/${election.id}/register-voter`;
    if (done.ok) return c.redirect(roll, 303);
    const label = registrationTexts[c.get('language')].switchTitle;
    return refusalPage(c, done, { back: { href: roll, label } });
  };

  const route = (
    method: Route['method'],
    path: string,
    handle: (c: PageContext, election: ElectionRow) => Promise<Response> | Response,
    access: Route['access'] = 'anyone',
  ): Route => ({
    method,
    path,
    access,
    surface: 'page',
    handle: async (c) => {
      const election = await findElection(read, c.req.param('election') ?? '');
      return election === undefined ? refusalPage(c, refuse('NOT_FOUND')) : handle(c, election);
    },
  });
  return [
    route('GET', '/register/:election', (c, election) => registerPage(c, election)),
    route('POST', '/register/:election', registered),
    route('GET', '/register/:election/confirm/:secret', showConfirmation),
    route('POST', '/register/:election/confirm/:secret', confirm),
    route('GET', '/roll/:election', (c, election) => questionPage(c, election)),
    route('POST', '/roll/:election', asked),
    route('POST', '/elections/:election/self-registration', turnSwitch, 'admin'),
  ];
}
