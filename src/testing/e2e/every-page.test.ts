import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sendAdminTest } from '../../features/mailing/index.ts';
import { createStaff } from '../../features/staff/index.ts';
import { allRoutes } from '../../http/app.tsx';
import { deliverQueued } from '../../mail/deliver.ts';
import { CAST } from '../staff.ts';
import { walkThroughServerSealing } from './booth-walk.ts';
import { newDevice } from './electors.ts';
import { PageTour } from './page-tour.ts';
import { fill, submit } from './preparing.ts';
import { registerOneself } from './registering.ts';
import { StagedElection } from './staged-election.ts';
import { tellAsStory } from './story.ts';

const PATIENCE = 480_000;

let tour: PageTour;
let election: StagedElection;

beforeAll(async () => {
  tour = await PageTour.begin();
}, PATIENCE);
afterAll(() => tour.end());

const seeElection = (state: string, ...pages: readonly string[]): Promise<void> =>
  tour.seeElection(election.id, state, ...pages);

describe('every page, in English and French, on a phone and at a desk', { timeout: PATIENCE }, () => {
  tellAsStory();

  it('before anybody has signed in', async () => {
    const { visitor } = tour;
    await tour.see(visitor, 'front', '/');
    await tour.see(visitor, 'sign-in', '/sign-in');
    await tour.gallery.shootBoth(visitor, 'sign-in-refused', async () => {
      await visitor.goto(`${tour.origin}/sign-in`);
      await fill(visitor, { email: 'nobody@school.example', password: 'not the password' });
      await submit(visitor, '/sign-in');
      await visitor.locator('.alert-danger').waitFor();
    });
    await tour.see(visitor, 'not-found', '/no-such-page');
    const { email, name } = CAST.technician;
    const made = await createStaff(tour.test.runtime, { name, email, role: 'technician', actor: 'test' });
    const link = made.ok ? new URL(made.value.setupLink ?? tour.origin).pathname : '/';
    await tour.see(visitor, 'set-up', link);
  });

  it('of the server', async () => {
    const { olive } = tour;
    await tour.signIn();
    await tour.see(olive, 'elections-none', '/elections');
    await tour.see(olive, 'election-new', '/elections/new');
    await tour.seeListed('server', { id: '' });
    for (const page of ['staff', 'password', 'confirm', 'mailbox']) {
      await tour.see(olive, page, `/${page}`);
    }
    await sendAdminTest(tour.test.runtime, { to: CAST.admin.email });
    await deliverQueued(tour.test.runtime);
    await tour.see(olive, 'mailbox-kept', '/mailbox');
    const mail = (await olive.locator('a[href^="/mailbox/"]').first().getAttribute('href')) ?? '';
    await tour.see(olive, 'mail', mail);
    await tour.gallery.shootBoth(olive, 'configure-faults', async () => {
      await olive.goto(`${tour.origin}/settings`);
      await fill(olive, { timeZone: 'Mars/Olympus', publicUrl: 'vote' });
      await submit(olive, '/configure/association');
      await olive.locator('.error-summary').waitFor();
    });
  });

  it('of a draft', async () => {
    const { olive } = tour;
    election = await StagedElection.draft(tour.test);
    await tour.see(olive, 'elections', '/elections');
    await tour.seeListed('draft', election);
    await seeElection(
      'draft',
      '',
      'configure',
      'register-candidate',
      'register-voter',
      'import-voters',
      'buildings',
      'voters/new',
      'contests/new',
      'arm',
      'links',
      'dashboard',
      'deliberate',
      'results',
      'prove-key',
      'log',
    );
    const root = `/elections/${election.id}`;
    await olive.goto(`${tour.origin}${root}/configure`);
    const contest = (await olive.locator('.entry a[href*="/contests/"]').first().getAttribute('href')) ?? '';
    await tour.see(olive, 'contest-edit', contest);
    await tour.see(olive, 'candidate-new', `${contest}/candidates/new`);
    await olive.goto(`${tour.origin}${root}/register-candidate`);
    const candidate =
      (await olive.locator('a[href*="/candidates/"]:not([href$=new])').first().getAttribute('href')) ?? '';
    await tour.see(olive, 'candidate-edit', candidate);
    await tour.see(olive, 'voter-edit', `${root}/voters/${(await election.voter(0)).id}`);
    await tour.gallery.shootBoth(olive, 'voter-new-faults', async () => {
      await olive.goto(`${tour.origin}${root}/voters/new`);
      await submit(olive, '/voters/new');
      await olive.locator('.error-summary').waitFor();
    });
    await tour.gallery.shootBoth(olive, 'import-unreadable', async () => {
      await olive.goto(`${tour.origin}${root}/import-voters`);
      const buffer = Buffer.from('<!doctype html><title>Not a roll</title>');
      await olive.locator('#roll').setInputFiles({ name: 'roll.csv', mimeType: 'text/csv', buffer });
      await submit(olive, '/import-voters');
      await olive.locator('.error-summary').waitFor();
    });
    const buffer = Buffer.from('Nom;E-mail\nPetit;petit@school.example\n');
    await olive.locator('#roll').setInputFiles({ name: 'roll.csv', mimeType: 'text/csv', buffer });
    await submit(olive, '/import-voters');
    await olive.waitForURL('**/previews/*');
    tour.seen.add(new URL(olive.url()).pathname);
    for (const path of [
      'configure',
      'settings',
      'register-candidate',
      'register-voter',
      'import-voters',
      'arm',
      'deliberate',
      'buildings',
    ]) {
      await olive.goto(`${tour.origin}/${path}`);
      expect(await olive.locator('h1').count()).toBe(1);
      tour.seen.add(`/${path}`);
    }
  });

  it('while the key is made and proven', async () => {
    await tour.seeVoterPage('voter-not-ready', (await election.voter(0)).path);
    await election.arm();
    await seeElection('arming', '', 'arm', 'prove-key');
    await election.prove();
    await seeElection('armed', '', 'configure', 'register-candidate', 'prove-key', 'links', 'dashboard');
    await tour.seeListed('armed', election);
    await registerOneself(tour, election.id);
    await tour.seeVoterPage('voter-not-open', (await election.voter(0)).path, '#countdown:not([hidden])');
  });

  it('while people vote', async () => {
    const { olive } = tour;
    await election.open();
    await tour.signIn();
    for (const index of [0, 1, 2, 3, 4, 5]) await election.vote(index);
    await election.lock(6);
    const [voted, locked, other] = [
      await election.voter(0),
      await election.voter(6),
      await election.voter(7),
    ];
    await seeElection('open', '', 'links', 'dashboard', 'register-voter', 'log');
    await tour.seeListed('open', election);
    await tour.see(olive, 'voter-locked-out', `/elections/${election.id}/voters/${locked.id}`);
    await tour.seeVoterPage('voter-ballot', other.path, '#continue:not([hidden])');
    await tour.seeVoterPage('voter-ballot-server', `/vote/${other.link}?seal=server`);
    await tour.seeVoterPage('voter-ballot-unable', `/vote/${other.link}?seal=unable`);
    await tour.seeVoterPage('voter-locked', locked.path);
    await tour.seeVoterPage('voter-already-voted', voted.path, '[data-elsewhere]:not([hidden])');
    await tour.seeVoterPage(
      'voter-incomplete-link',
      `/vote/${other.link}`,
      '[data-notice="no-fragment"]:not([hidden])',
    );
    await tour.seeVoterPage(
      'voter-other-election',
      `/vote/${other.link}#${'A'.repeat(43)}`,
      '[data-step="mismatch"]:not([hidden])',
    );
    await tour.seeVoterPage('voter-bad-link', `/vote/${'A'.repeat(32)}`);
    const shell = await newDevice(tour.browser, { language: 'en', isPhone: true });
    await tour.see(await shell.newPage(), 'voter-shell', '/vote');
    await shell.close();
  });

  it('of a vote that the server seals, from the choice to the receipt', async () => {
    const { visitor } = tour;
    const [first, second] = [await election.voter(7), await election.voter(8)];
    await walkThroughServerSealing(tour.gallery, visitor, tour.origin, [first, second]);
    expect(await visitor.locator('[data-tracker]').innerText()).toMatch(/^([0-9A-Z]{4}-){4}[0-9A-Z]{4}$/);
  });

  it('after the close', async () => {
    const { visitor } = tour;
    await election.close();
    const { path } = await election.voter(9);
    await seeElection('closed', '', 'dashboard', 'register-voter', 'import-voters', 'deliberate', 'results');
    await tour.seeVoterPage('voter-closed', path);
    await tour.seeListed('closed', election);
    await tour.seeVoterPage('results-waiting', `/results/${election.id}`);
    await election.count();
    await seeElection('tallied', '', 'results');
    await election.publish();
    await seeElection('published', '', 'results', 'log');
    await tour.seeVoterPage('voter-results', path);
    await tour.seeVoterPage('results', `/results/${election.id}`);
    await tour.seeVoterPage('receipt', `/results/${election.id}/receipt`);
    await tour.see(visitor, 'front-published', '/');
    await tour.seeListed('published', election);
  });

  it('leaves no page out', () => {
    const pages = allRoutes(tour.test.runtime).filter(
      ({ method, surface }) => method === 'GET' && surface === 'page',
    );
    const missed = pages
      .map(({ path }) => path)
      .filter((path) => {
        const pattern = new RegExp(`^${path.replace(/\./g, '\\.').replace(/:\w+/g, '[^/]+')}$`);
        return ![...tour.seen].some((one) => pattern.test(one));
      });
    // a calendar is a file for the voter's own program
    expect(missed).toEqual(['/elections/:election/calendar.ics']);
    expect(tour.gallery.size).toBeGreaterThan(70);
  });

  it('weighs little for a voter on the way', () => {
    expect(tour.tooHeavy).toEqual([]);
  });

  it('can be used by everybody, and asks nobody else', () => {
    expect(tour.gallery.untranslated).toEqual([]);
    expect(tour.gallery.faults.join('\n')).toBe('');
    expect([...tour.traffic.foreign, ...tour.traffic.unguarded, ...tour.traffic.faults]).toEqual([]);
  });
});
