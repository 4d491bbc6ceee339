import { accept } from '../../protocol/outcome.ts';
import { confirmationOf } from '../../registration-secrets.ts';
import { updateElection } from '../../store/elections.ts';
import { loadSettings, saveSettings } from '../../store/settings.ts';
import type { PageTour } from './page-tour.ts';
import { fill, submit } from './preparing.ts';

const DOMAIN = 'school.example';

/** Somebody puts themselves on the roll, from the form to the page that the confirmation mail leads to. */
export async function registerOneself(tour: PageTour, electionId: string): Promise<void> {
  const { runtime } = tour.test;
  await runtime.store.inTransaction(async (trx) => {
    const settings = await loadSettings(trx, runtime.environment);
    await saveSettings(trx, { ...settings, domains: [DOMAIN] }, ['domains']);
    await updateElection(trx, electionId, { self_registration: 1 });
    return accept(true);
  });
  const path = `/register/${electionId}`;
  await tour.see(tour.visitor, 'register', path);
  await tour.see(tour.visitor, 'roll-question', `/roll/${electionId}`);
  await tour.gallery.shootBoth(tour.visitor, 'register-faults', async () => {
    await tour.visitor.goto(tour.origin + path);
    await fill(tour.visitor, { email: 'somebody@elsewhere.example' });
    await submit(tour.visitor, path);
    await tour.visitor.locator('.error-summary').waitFor();
  });
  await tour.visitor.goto(tour.origin + path);
  await fill(tour.visitor, { last_name: 'Éluard', first_name: 'Vera', email: `vera@${DOMAIN}` });
  await submit(tour.visitor, path);
  // the browser first does the work that the form asks for
  await tour.visitor.locator('form[data-challenge]').waitFor({ state: 'detached' });
  const { id } = await runtime.store.read.selectFrom('registration').select('id').executeTakeFirstOrThrow();
  await tour.see(
    tour.visitor,
    'register-confirm',
    `/register/${electionId}/confirm/${confirmationOf(runtime.secret, id)}`,
  );
}
