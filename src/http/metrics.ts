import { Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import { ELECTION_STATES } from '../domain/election.ts';
import type { MailState } from '../domain/mail.ts';
import type { Runtime } from '../runtime.ts';
import { electionsByState, mailsByState } from '../store/queue-figures.ts';
import type { Route } from '../views/route.ts';

const MAIL_STATES: readonly MailState[] = ['queued', 'sending', 'sent', 'refused', 'skipped'];
const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const COMMIT_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1, 5];
const GROUP_SIZES = [1, 2, 4, 8, 16, 32, 64];

/** Runs what answers a request, and notes how long it took and how it ended. */
export type Timed = (answer: () => Promise<Response>) => Promise<Response>;

export interface Metrics {
  /** The clock of one route, made once: what is measured at a request allocates nothing but the sample. */
  timer(route: Pick<Route, 'method' | 'path'>): Timed;
  /** All figures in the text format of Prometheus. */
  text(): Promise<string>;
  readonly contentType: string;
}

/**
 * What a route is called. A path with its ids never is: it may hold a voter's link. All steps of voting share one name:
 * the number of ballots taken would be a count before the close.
 */
const nameOf = ({ method, path }: Pick<Route, 'method' | 'path'>): string =>
  path.startsWith('/vote') || path.endsWith('/ballots') ? 'voting' : `${method} ${path}`;

/** Figures about this process, kept from now on; nothing in them tells of a person or of a ballot. */
export function openMetrics({ store }: Pick<Runtime, 'store'>): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });

  const requests = new Histogram({
    name: 'votix_request_seconds',
    help: 'Time from a request to its answer, by route and class of status',
    labelNames: ['route', 'status'],
    buckets: SECONDS,
    registers,
  });
  let inFlight = 0;
  registry.registerMetric(
    new Gauge({
      name: 'votix_requests_in_flight',
      help: 'Requests being answered',
      registers: [],
      collect() {
        this.set(inFlight);
      },
    }),
  );

  const commits = new Histogram({
    name: 'votix_commit_seconds',
    help: 'Time of one commit, with the works that share it',
    buckets: COMMIT_SECONDS,
    registers,
  });
  const groups = new Histogram({
    name: 'votix_commit_works',
    help: 'Works that shared one commit',
    buckets: GROUP_SIZES,
    registers,
  });
  store.watch({
    committed: (works, seconds) => {
      commits.observe(seconds);
      groups.observe(works);
    },
  });

  registry.registerMetric(
    new Gauge({
      name: 'votix_mails',
      help: 'E-mails by state',
      labelNames: ['state'],
      registers: [],
      async collect() {
        const mails = await mailsByState(store.read);
        for (const state of MAIL_STATES) this.set({ state }, mails.get(state) ?? 0);
      },
    }),
  );
  registry.registerMetric(
    new Gauge({
      name: 'votix_elections',
      help: 'Elections by state',
      labelNames: ['state'],
      registers: [],
      async collect() {
        const elections = await electionsByState(store.read);
        for (const state of ELECTION_STATES) this.set({ state }, elections.get(state) ?? 0);
      },
    }),
  );

  return {
    timer: (route) => {
      const name = nameOf(route);
      const samples = new Map<number, ReturnType<typeof requests.labels>>();
      const sampleOf = (status: number): ReturnType<typeof requests.labels> => {
        const hundreds = Math.floor(status / 100);
        const known = samples.get(hundreds) ?? requests.labels(name, `${hundreds}xx`);
        samples.set(hundreds, known);
        return known;
      };
      return async (answer) => {
        const startedAt = performance.now();
        inFlight += 1;
        try {
          const response = await answer();
          sampleOf(response.status).observe((performance.now() - startedAt) / 1_000);
          return response;
        } finally {
          inFlight -= 1;
        }
      };
    },
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
