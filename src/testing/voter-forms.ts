import { createApp } from '../http/app.tsx';
import type { Route } from '../views/route.ts';
import { type BuiltElection, type BuiltVoter, type ElectionPlan, armedElection } from './election.ts';
import { type TestRuntime, temporaryRuntime } from './runtime.ts';

export const MINUTE = 60_000;

const PLAN: ElectionPlan = {
  voters: 40,
  state: 'armed',
  contests: [
    { title: 'Chair & <treasurer>', candidates: ['Ada Lovelace', 'Grace "Amazing" Hopper'], shuffled: true },
    { title: 'Board', method: 'approval', min: 2, max: 3, blank: false, candidates: ['A', 'B', 'C', 'D'] },
  ],
};

/** Names and values of a form, in their order. */
export type Fields = readonly (readonly [string, string])[];

/** A server in this process with an election of two contests, just open, and browsers without JavaScript. */
export interface VoterForms {
  readonly test: TestRuntime;
  readonly election: BuiltElection;
  /** A voter whom no test has had. */
  nextVoter(): BuiltVoter;
  get(
    path: string,
    headers?: Record<string, string>,
  ): Promise<{ status: number; headers: Headers; text: string }>;
  post(
    path: string,
    fields: Fields,
    headers?: Record<string, string>,
  ): Promise<{ status: number; text: string }>;
  /** Candidate ids of a contest. */
  idsOf(contest: number): string[];
  /** A choice that is valid in both contests. */
  validChoice(): Fields;
  /** The fields of the review page for a choice. */
  reviewed(voter: BuiltVoter): Promise<Fields>;
}

export async function voterForms(
  routesOf: (runtime: TestRuntime['runtime']) => Route[],
): Promise<VoterForms> {
  const test = await temporaryRuntime();
  const opensAt = test.clock.now() + 60 * MINUTE;
  const election = await armedElection(test.runtime, { ...PLAN, opensAt, closesAt: opensAt + 600 * MINUTE });
  const app = createApp(test.runtime, routesOf(test.runtime));
  test.clock.set(opensAt);
  const left = [...election.voters];

  const idsOf = (contest: number): string[] =>
    election.terms.manifest.contests[contest]?.candidates.map(({ id }) => id) ?? [];
  const validChoice = (): Fields => [
    ['contest-0', idsOf(0)[0] ?? ''],
    ['contest-1', idsOf(1)[0] ?? ''],
    ['contest-1', idsOf(1)[2] ?? ''],
  ];
  const post: VoterForms['post'] = async (path, fields, headers = {}) => {
    const response = await app.request(path, {
      method: 'POST',
      headers: {
        'Sec-Fetch-Site': 'same-origin',
        'Content-Type': 'application/x-www-form-urlencoded',
        ...headers,
      },
      body: new URLSearchParams(fields.map(([name, value]) => [name, value])).toString(),
    });
    return { status: response.status, text: await response.text() };
  };
  return {
    test,
    election,
    nextVoter() {
      const voter = left.shift();
      if (voter === undefined) throw new Error('no voter left');
      return voter;
    },
    async get(path, headers = {}) {
      const response = await app.request(path, { headers });
      return { status: response.status, headers: response.headers, text: await response.text() };
    },
    post,
    idsOf,
    validChoice,
    async reviewed({ link }) {
      const page = await post(`/vote/${link}/review`, validChoice());
      if (codeOf(page.text) !== 'review') throw new Error(`no review page: ${codeOf(page.text)}`);
      return hiddenFields(page.text);
    },
  };
}

/** The stable code of a voter's page. */
export const codeOf = (html: string): string => /<main[^>]*data-code="([^"]*)"/.exec(html)?.[1] ?? '';

/** The hidden fields of the review page's final form. */
export function hiddenFields(html: string): Fields {
  const form = html.slice(html.indexOf('/cast"'));
  const end = form.indexOf('</form>');
  return [...form.slice(0, end).matchAll(/<input type="hidden" name="([^"]+)" value="([^"]+)"/g)].map(
    (match) => [match[1] ?? '', match[2] ?? ''],
  );
}
