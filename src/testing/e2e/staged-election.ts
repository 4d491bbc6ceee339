import { readFileSync } from 'node:fs';
import { deliberate } from '../../features/deliberation/index.ts';
import {
  closeEarly,
  closeElection,
  createElectionFromFile,
  openVoting,
} from '../../features/election-setup/index.ts';
import { type HandedKey, arm, proveUploadedKey } from '../../features/key-ceremony/index.ts';
import { sendLinks } from '../../features/mailing/index.ts';
import { publishResult } from '../../features/results/index.ts';
import { importRoll } from '../../features/voter-roll/index.ts';
import { issueCredential } from '../../features/voting/issue-credential.ts';
import { castForVoter } from '../../features/voting/cast-for-voter.ts';
import { loadTerms } from '../../election-terms.ts';
import { deliverQueued } from '../../mail/deliver.ts';
import { toBase64url } from '../../protocol/bytes.ts';
import { nodePrimitives } from '../../protocol/node/primitives.ts';
import type { Outcome } from '../../protocol/outcome.ts';
import { listVoters } from '../../store/voters.ts';
import { codeOf, linkOf } from '../../voter-secrets.ts';
import { someSelections } from '../demo/oracle.ts';
import { rollOf } from '../demo/people.ts';
import type { TestRuntime } from '../runtime.ts';
import { CAST } from '../staff.ts';
import { EXAMPLE_CANDIDATES, EXAMPLE_CONTESTS } from './example.ts';
import { picture } from './preparing.ts';

const HOUR = 3_600_000;
const actor = CAST.admin.email;

function must<T>(outcome: Outcome<T, string>): T {
  if (!outcome.ok) throw new Error(`${outcome.code} ${JSON.stringify(outcome.detail)}`);
  return outcome.value;
}

/** What to type, in the words of `election.json`; it opens in an hour. */
const definition = (now: number) => ({
  title: 'Student council 2026',
  organiser: 'School of Example',
  contact: 'office@school.example',
  language: 'en',
  description: 'Two contests for one year.',
  timeZone: 'Europe/Paris',
  opensAt: new Date(now + HOUR).toISOString(),
  closesAt: new Date(now + 48 * HOUR).toISOString(),
  graceSeconds: 0,
  electionKeyBits: 2048,
  contests: EXAMPLE_CONTESTS.map((contest) => ({
    ...contest,
    candidates: EXAMPLE_CANDIDATES.filter((candidate) => candidate.contest === contest.title).map(
      ({ name, slogan, logo }) => ({ name, slogan, ...(logo === undefined ? {} : { logo }) }),
    ),
  })),
});

/** One election that goes through its states one by one, so that each page can be seen in each. */
export class StagedElection {
  readonly id: string;
  readonly #test: TestRuntime;
  #key: HandedKey | undefined;

  private constructor(test: TestRuntime, id: string) {
    this.#test = test;
    this.id = id;
  }

  /** A draft with candidates and logos, and a roll. */
  static async draft(test: TestRuntime): Promise<StagedElection> {
    const { runtime, clock } = test;
    const { electionId } = must(
      await createElectionFromFile(runtime, {
        actor,
        input: definition(clock.now()),
        readPicture: (name) => readFileSync(picture(name)),
      }),
    );
    const bytes = new TextEncoder().encode(rollOf(12));
    must(await importRoll(runtime, { electionId, actor, bytes, mode: 'all', existing: 'keep' }));
    return new StagedElection(test, electionId);
  }

  /** The id, link and code of a voter, by their place in the roll. */
  async voter(index: number): Promise<{ id: string; link: string; code: string; path: string }> {
    const { runtime } = this.#test;
    const query = { electionId: this.id, words: [] };
    const [row] = await listVoters(runtime.store.read, query, { offset: index, limit: 1 });
    if (row === undefined) throw new RangeError(`no voter ${index}`);
    const secrets = { id: row.id, link_version: 1 };
    const [link, code] = [linkOf(runtime.secret, secrets), codeOf(runtime.secret, secrets, 6)];
    const terms = await loadTerms(runtime, this.id);
    const fragment = terms === undefined ? '' : `#${toBase64url(terms.digest)}`;
    return { id: row.id, link, code, path: `/vote/${link}${fragment}` };
  }

  async arm(): Promise<void> {
    this.#key = must(await arm(this.#test.runtime, { electionId: this.id, actor }));
  }

  async prove(): Promise<void> {
    const { runtime } = this.#test;
    must(await proveUploadedKey(runtime, { electionId: this.id, actor, copy: 1, ...this.#savedKey() }));
  }

  /** Mails the links, then opens at the opening time. */
  async open(): Promise<void> {
    const { runtime, clock } = this.#test;
    must(await sendLinks(runtime, { electionId: this.id, actor }));
    await deliverQueued(runtime);
    clock.step(HOUR);
    must(await openVoting(runtime, { electionId: this.id, actor }));
  }

  async vote(index: number): Promise<void> {
    const { runtime } = this.#test;
    const { link, code } = await this.voter(index);
    const terms = await loadTerms(runtime, this.id);
    if (terms === undefined) throw new Error('the election has no manifest');
    const selections = someSelections(terms.manifest, Math.random);
    must(await castForVoter(runtime, { link, code, selections, nonce: nodePrimitives.random(32) }));
  }

  /** Five wrong codes. */
  async lock(index: number): Promise<void> {
    const { link, code } = await this.voter(index);
    const wrong = code === '000000' ? '000001' : '000000';
    const blinded = new Uint8Array(256).fill(7);
    for (let time = 0; time < 5; time++) {
      await issueCredential(this.#test.runtime, { link, code: wrong, blinded });
    }
  }

  async close(): Promise<void> {
    const { runtime, clock } = this.#test;
    must(await closeEarly(runtime, { electionId: this.id, actor, reason: 'Everyone has voted' }));
    clock.step(1_000);
    must(await closeElection(runtime, { electionId: this.id, actor }));
  }

  async count(): Promise<void> {
    const { runtime } = this.#test;
    must(await deliberate(runtime, { electionId: this.id, actor, key: this.#savedKey() }));
  }

  async publish(): Promise<void> {
    must(await publishResult(this.#test.runtime, { electionId: this.id, actor }));
  }

  #savedKey(): { keyFile: Uint8Array; passphrase: string } {
    if (this.#key === undefined) throw new Error('there is no key yet');
    const { keyFile, passphrase } = this.#key;
    return { keyFile: new TextEncoder().encode(keyFile), passphrase };
  }
}
