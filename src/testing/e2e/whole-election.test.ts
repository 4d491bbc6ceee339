import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ElectionTerms } from '../../protocol/manifest.ts';
import { fileSource } from '../../protocol/node/file-source.ts';
import { nodePrimitives } from '../../protocol/node/primitives.ts';
import { verifyRecord } from '../../protocol/verifier/index.ts';
import { Oracle, someSelections } from '../demo/oracle.ts';
import { requireOracle, termsOverHttp, untilClosed } from '../demo/play-election.ts';
import { CAST } from '../staff.ts';
import { checkReceipts, comeTooLate, voteBesideAnotherDevice, walkThroughTroubles } from './booth-walk.ts';
import { deliberate, publish, shownVotes } from './counting.ts';
import {
  type Selections,
  type Voted,
  chooseInBooth,
  inLanes,
  saveReceipt,
  step,
  voteInBooth,
  voteWithoutScript,
} from './electors.ts';
import { EXAMPLE_CANDIDATES, EXAMPLE_CONTESTS, exampleElection } from './example.ts';
import { type MailedLink, mailsIn, readLinkMails } from './link-mails.ts';
import {
  type SavedKey,
  arm,
  createElection,
  createTechnicians,
  downloaded,
  fill,
  importRolls,
  proveKey,
  registerCandidates,
  setUpAccount,
  submit,
} from './preparing.ts';
import { type Scene, openScene } from './scene.ts';
import { leftOnDisk, placesOf } from './secrets.ts';
import { bodyShape } from './traffic.ts';
import { tellAsStory } from './story.ts';

const PATIENCE = 240_000;
const VOTERS = 33;
const LANES = 3;
const POLL = { timeout: PATIENCE, interval: 500 };

let scene: Scene;
let electionId: string;
let technicianLink: string;
let key: SavedKey;
let terms: ElectionTerms;
let oracle: Oracle;
let voters: MailedLink[];
/** On the roll, with a link, and never at the urn. */
let absent: MailedLink[];
const votes: Voted[] = [];

const root = (): string => `${scene.installation.url}/elections/${electionId}`;
const nextSelections = (): Selections => someSelections(terms.manifest, Math.random);
const keep = (voted: Voted): void => {
  votes.push(voted);
  oracle.add(voted.selections);
};
const at = <T>(list: readonly T[], index: number): T => {
  const item = list[index];
  if (item === undefined) throw new RangeError(`there is no ${index}`);
  return item;
};

beforeAll(async () => {
  scene = await openScene('election');
}, PATIENCE);
afterAll(() => scene.close(), PATIENCE);

describe('a whole election in the browser', { timeout: PATIENCE }, () => {
  tellAsStory();

  it('begins with Olive, who follows the one-time link', async () => {
    const { server, gallery, olive } = scene;
    if (server.setupLink === undefined) throw new Error('the server printed no link');
    await setUpAccount(olive, gallery, server.setupLink, CAST.admin);
    await olive.goto(server.setupLink);
    expect(await olive.locator('main').getAttribute('data-code')).not.toBeNull();
  });

  it('is created with two contests, and with people to work on it', async () => {
    const { gallery, olive, theo } = scene;
    const election = exampleElection(new Date(Date.now() + 2 * 86_400_000));
    electionId = await createElection(olive, gallery, election, EXAMPLE_CONTESTS);
    technicianLink = await createTechnicians(olive, gallery);
    await setUpAccount(theo, gallery, technicianLink, { password: CAST.technician.password });
    // a technician prepares, and decides nothing
    await theo.goto(`${root()}/arm`);
    expect(await theo.locator('main').getAttribute('data-code')).toBe('NOT_ALLOWED');
  });

  it('gets candidates from Theo, and refuses a picture that could hold a script', async () => {
    const { gallery, theo } = scene;
    await registerCandidates(theo, gallery, electionId, EXAMPLE_CANDIDATES);
    expect(await theo.locator('.entry img').count()).toBe(4);
  });

  it('shows the errors of a roll file before anything is imported', async () => {
    const { gallery, theo } = scene;
    await importRolls(theo, gallery, electionId, VOTERS);
    expect(await theo.locator('.alert-success').innerText()).toContain('33');
  });

  it('is armed by a key that Olive saves and proves, and that never leaves her browser', async () => {
    const { gallery, olive, staffTraffic } = scene;
    key = await arm(olive, gallery, electionId);
    const before = staffTraffic.sent.length;
    await proveKey(olive, gallery, root(), key);
    const posts = staffTraffic.sent.slice(before).filter(({ method }) => method === 'POST');
    const armour = key.pem.split('\n').filter((line) => /^[A-Za-z0-9+/]{64}$/.test(line));
    expect([key.words.length, armour.length > 20]).toEqual([9, true]);
    for (const { url, body } of posts) {
      expect(url).toMatch(/\/prove-key\/(challenge|answer)$/);
      expect(['', 'copy,nonce,secret']).toContain(bodyShape(body));
      for (const secret of [...armour, ...key.words]) expect(body).not.toContain(secret);
    }
    expect(posts.at(-1)?.body).toContain('secret');
  });

  it('mails every voter a link and a code', async () => {
    const { gallery, installation, olive } = scene;
    await olive.goto(`${root()}/links`);
    await submit(olive, '/links');
    await olive.waitForURL('**/links?queued=36*');
    const mailbox = join(installation.folder, 'var', 'mail');
    await expect.poll(() => mailsIn(mailbox), POLL).toBe(VOTERS + 3);
    const mails = await readLinkMails(mailbox, installation.url);
    voters = mails.filter(({ email }) => email.startsWith('voter'));
    absent = mails.filter(({ email }) => !email.startsWith('voter'));
    expect([voters.length, absent.length, new Set(mails.map(({ link }) => link)).size]).toEqual([33, 3, 36]);
    await gallery.shootBoth(olive, 'links-sent', () => olive.goto(`${root()}/links`));
    terms = await termsOverHttp(installation, electionId);
    oracle = new Oracle(terms.manifest);
    await expect.poll(() => stateOf(scene), POLL).toContain('state-open');
  });

  it('takes two voters through every page of the booth, faults included', async () => {
    for (const [index, language] of (['en', 'fr'] as const).entries()) {
      const visit = { voter: at(voters, index), manifest: terms.manifest, selections: nextSelections() };
      keep(await voteBesideAnotherDevice(scene, language, visit));
    }
    expect(votes).toHaveLength(2);
  });

  it('brings two voters through every trouble on the way to one ballot each', async () => {
    for (const [index, language] of (['en', 'fr'] as const).entries()) {
      const visit = { voter: at(voters, 2 + index), manifest: terms.manifest, selections: nextSelections() };
      await scene.atDevice({ language, isPhone: true, isDisturbed: true }, async (page) =>
        keep(await walkThroughTroubles(scene, page, visit)),
      );
    }
    expect(votes).toHaveLength(4);
  });

  it('takes three voters without JavaScript', async () => {
    for (const [index, language] of (['en', 'fr', 'en'] as const).entries()) {
      await scene.atDevice({ language, isPhone: index < 2, hasScript: false }, async (page) =>
        keep(await voteWithoutScript(page, at(voters, 4 + index), terms.manifest, nextSelections())),
      );
    }
    expect(votes).toHaveLength(7);
  });

  it('takes everybody else, some of whom press twice, leave, or come back', async () => {
    await inLanes(voters.slice(7), LANES, async (voter, index) => {
      const device = { language: index % 2 === 0 ? 'en' : 'fr', isPhone: index % 3 === 0 } as const;
      const selections = nextSelections();
      await scene.atDevice(device, async (page) => {
        if (index === 0) {
          await chooseInBooth(page, voter, terms.manifest, selections);
          await page.locator('#code').fill(voter.code);
          await page.locator('#code-form button[type=submit]').dblclick();
          await step(page, 'done').waitFor();
          return keep({ voter, selections, receipt: await saveReceipt(page) });
        }
        if (index === 1) {
          await chooseInBooth(page, voter, terms.manifest, nextSelections());
          await page.reload();
        }
        const voted = await voteInBooth(page, voter, terms.manifest, selections);
        keep(voted);
        if (index > 2) return;
        await page.goto(voter.url);
        await step(page, 'done').waitFor();
        expect(await saveReceipt(page)).toBe(voted.receipt);
      });
    });
    expect(new Set(votes.map(({ receipt }) => receipt)).size).toBe(VOTERS);
  });

  it('saw no choice leave a browser that seals', () => {
    const { sent } = scene.boothTraffic;
    const ids = terms.manifest.contests.flatMap(({ candidates }) => candidates.map(({ id }) => id));
    const shapes = new Set(sent.filter(({ method }) => method === 'POST').map(({ body }) => bodyShape(body)));
    expect([...shapes].sort()).toEqual([
      'ballot(c,credential,kc,pk,prefix,proof,sealed),manifest',
      'blinded,code',
    ]);
    for (const { url, body } of sent) for (const id of ids) expect(`${url} ${body}`).not.toContain(id);
  });

  it('is closed early by Olive, with a reason', async () => {
    const { gallery, installation, olive } = scene;
    await gallery.shootBoth(olive, 'close-early-fault', async () => {
      await olive.goto(`${root()}/dashboard`);
      await submit(olive, '/close-early');
      await olive.locator('.error-summary').waitFor();
    });
    const visit = { voter: at(absent, 0), manifest: terms.manifest, selections: nextSelections() };
    await comeTooLate(scene, visit, async () => {
      await fill(olive, { closeReason: 'Everyone who wanted to has voted' });
      await submit(olive, '/close-early');
      await untilClosed(installation, electionId);
    });
    expect(await stateOf(scene)).toContain('state-closed');
  });

  it('is counted with the key that Olive brings back, and published', async () => {
    const { gallery, installation, olive } = scene;
    await deliberate(olive, gallery, `${root()}/deliberate`, key);
    writeFileSync(
      scene.file('openings.jsonl'),
      (await downloaded(olive, 'a[download="openings.jsonl"]')).text,
    );
    await publish(olive, gallery, root());
    await olive.goto(`${installation.url}/results/${electionId}`);
    const shown = await shownVotes(olive);
    for (const [i, contest] of terms.manifest.contests.entries()) {
      for (const [j, { name }] of contest.candidates.entries()) {
        expect([name, shown.get(name)]).toEqual([name, oracle.tally.contests[i]?.votes[j]]);
      }
    }
  });

  it('lets a voter check the receipt on their own device', async () => {
    const path = `${scene.installation.url}/results/${electionId}/receipt`;
    await scene.atDevice({ language: 'en' }, async (page) => {
      await checkReceipts(scene, page, path, at(votes, 0).receipt);
      const record = await downloaded(page, 'a[download="record.jsonl"]');
      writeFileSync(scene.file('record.jsonl'), record.text);
      expect(() => requireOracle(record.text, oracle)).not.toThrow();
    });
  });

  it('has every voter’s ballot in a record that anyone can verify', async () => {
    const openings = await fileSource(scene.file('openings.jsonl'));
    for (const { receipt, voter } of votes) {
      const source = await fileSource(scene.file('record.jsonl'));
      const given = { receipt, link: voter.url, openings };
      expect((await verifyRecord(nodePrimitives, source, given)).status).toBe('ok');
    }
    const { receipt, voter } = at(votes, 0);
    writeFileSync(scene.file('receipt.json'), receipt);
    const given = ['--openings', scene.file('openings.jsonl'), '--receipt', scene.file('receipt.json')];
    const record = scene.file('record.jsonl');
    const verified = await scene.installation.cli('verify', record, ...given, '--link', voter.url);
    expect(verified.stdout).toContain('Everything holds.');
    expect(verified.code).toBe(0);
  });

  it('left on the disk of the server nothing secret, and no way from a voter to a ballot', async () => {
    const { server, olive, theo } = scene;
    const cookies = await Promise.all([olive, theo].map((page) => page.context().cookies()));
    const sessions = cookies.flat().filter(({ name }) => name === 'votix');
    expect(sessions).toHaveLength(2);
    const links = [server.setupLink, technicianLink].map((link) => link?.split('/').at(-1) ?? '');
    const everybody = [...voters, ...absent];
    const left = leftOnDisk(scene.installation, {
      key,
      openings: readFileSync(scene.file('openings.jsonl'), 'utf8'),
      values: [...links, ...sessions.map(({ value }) => value)],
      voters: everybody,
    });
    expect([...left.secrets, ...left.joinPaths]).toEqual([]);
    // the embedded mailbox is where links and codes may be, and where the same search finds them
    const mailed = everybody.flatMap(({ email }) => [`link of ${email}`, `code of ${email}`]);
    expect(left.inMailbox).toEqual(expect.arrayContaining(mailed));
    const ids = terms.manifest.contests.flatMap(({ candidates }) => candidates.map(({ id }) => id));
    expect(placesOf(scene.installation, ids)).toEqual(['candidate.id', 'manifest.content']);
  });

  it('asked nobody else, ran nothing inline, and left nobody out', () => {
    for (const { foreign, unguarded, faults } of [scene.staffTraffic, scene.boothTraffic]) {
      expect([...foreign, ...unguarded, ...faults]).toEqual([]);
    }
    expect(scene.gallery.untranslated).toEqual([]);
    expect(scene.gallery.faults.join('\n')).toBe('');
  });
});

/** The badge of the election on its own page. */
async function stateOf({ olive }: Scene): Promise<string | null> {
  await olive.goto(root());
  return olive.locator('.election-head .badge').getAttribute('class');
}
