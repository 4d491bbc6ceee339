/** The load tool as a process: prepares votes, then casts them from many clients at once. See `load-tool.ts`. */
import { type Bytes, fromBase64url, toBase64url } from '../../protocol/bytes.ts';
import { castJson } from '../../protocol/ballot.ts';
import { type ElectionTerms, parseManifest } from '../../protocol/manifest.ts';
import { nodePrimitives } from '../../protocol/node/primitives.ts';
import { parseReceipt, verifyReceipt } from '../../protocol/receipt.ts';
import { someSelections } from '../demo/oracle.ts';
import { type Prepared, finishBallot, prepareVote } from '../voter-client.ts';
import { type Answered, HttpLane, postBytes } from './http-lane.ts';
import type { LoadAnswer, LoadOrder, LoadRun, LoadVoter, VotingPlan } from './load-messages.ts';

interface ReadyVoter {
  readonly vote: Prepared;
  readonly credentialRequest: Buffer;
}

const isAnswer = (answer: Answered, ...statuses: readonly number[]): Answered => {
  if (!statuses.includes(answer.status)) throw new Error(`${answer.status} ${answer.body}`);
  return answer;
};

/** Votes that are prepared, and the connections over which they will be cast. */
class Electorate {
  readonly #terms: ElectionTerms;
  readonly #url: URL;
  readonly #castPath: string;
  readonly #waiting: ReadyVoter[];
  readonly #lanes: readonly HttpLane[];

  private constructor(url: URL, terms: ElectionTerms, waiting: ReadyVoter[], lanes: readonly HttpLane[]) {
    this.#url = url;
    this.#terms = terms;
    this.#castPath = `/elections/${terms.manifest.election}/ballots`;
    this.#waiting = waiting;
    this.#lanes = lanes;
  }

  static async of({ url: address, manifest, voters, clients }: VotingPlan): Promise<Electorate> {
    const url = new URL(address);
    const terms = await parseManifest(nodePrimitives, manifest);
    if (!terms.ok) throw new Error('the manifest cannot be read');
    const waiting: ReadyVoter[] = [];
    for (const voter of voters) waiting.push(await readyVoter(url, terms.value, voter));
    const lanes = await Promise.all(Array.from({ length: clients }, () => HttpLane.open(url)));
    return new Electorate(url, terms.value, waiting, lanes);
  }

  async vote(count: number): Promise<LoadRun> {
    const voters = this.#waiting.splice(0, count);
    const receipts: string[] = [];
    const run = await timed(this.#lanes, voters.length, async (lane) => {
      const voter = voters.pop();
      if (voter === undefined) throw new RangeError('more turns than voters');
      receipts.push(await this.#castOne(lane, voter));
    });
    for (const text of receipts) {
      const receipt = parseReceipt(text);
      if (!receipt.ok || !(await verifyReceipt(nodePrimitives, this.#terms, receipt.value)))
        throw new Error('a receipt does not verify');
    }
    return run;
  }

  async #castOne(lane: HttpLane, { vote, credentialRequest }: ReadyVoter): Promise<string> {
    const issued = isAnswer(await lane.send(credentialRequest), 200);
    const blindSignature = signatureOf(issued.body, vote.pending.blinded.length);
    const { ballot } = await finishBallot(this.#terms, vote, blindSignature);
    const body = JSON.stringify(castJson(this.#terms, ballot));
    return isAnswer(await lane.send(postBytes(this.#url, this.#castPath, body)), 201).body;
  }
}

function signatureOf(body: string, length: number): Bytes {
  const { blindSignature } = JSON.parse(body) as { readonly blindSignature: string };
  const signature = fromBase64url(blindSignature, length);
  if (signature === undefined) throw new Error('a blind signature of another length');
  return signature;
}

async function readyVoter(url: URL, terms: ElectionTerms, { link, code }: LoadVoter): Promise<ReadyVoter> {
  const vote = await prepareVote(terms, someSelections(terms.manifest, Math.random));
  // imports the native key, which a voter's device has at hand
  nodePrimitives.signEd25519(vote.pending.keys, new Uint8Array(32));
  const body = JSON.stringify({ code, blinded: toBase64url(vote.pending.blinded) });
  return { vote, credentialRequest: postBytes(url, `/vote/${link}/credential`, body) };
}

/** Takes `turns` turns in all over these connections and times each of them. */
async function timed(
  lanes: readonly HttpLane[],
  turns: number,
  turn: (lane: HttpLane) => Promise<void>,
  isOver: () => boolean = () => false,
): Promise<LoadRun> {
  const times: number[] = [];
  let begun = 0;
  const cpu = process.cpuUsage();
  const start = performance.now();
  await Promise.all(
    lanes.map(async (lane) => {
      while (begun < turns && !isOver()) {
        begun++;
        const from = performance.now();
        await turn(lane);
        times.push(performance.now() - from);
      }
    }),
  );
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  return { kind: 'ran', seconds, times: Float64Array.from(times), cpuMs: (user + system) / 1000 };
}

async function post(address: string, clients: number, seconds: number): Promise<LoadRun> {
  const url = new URL(address);
  const lanes = await Promise.all(Array.from({ length: clients }, () => HttpLane.open(url)));
  const request = postBytes(url, '/', '{}');
  const until = performance.now() + 1000 * seconds;
  const run = await timed(
    lanes,
    Number.POSITIVE_INFINITY,
    async (lane) => void isAnswer(await lane.send(request), 200),
    () => performance.now() > until,
  );
  for (const lane of lanes) lane.close();
  return run;
}

let electorate: Electorate | undefined;

async function perform(order: LoadOrder): Promise<LoadAnswer> {
  switch (order.kind) {
    case 'prepare':
      electorate = await Electorate.of(order);
      return { kind: 'prepared' };
    case 'vote':
      if (electorate === undefined) throw new Error('nobody is prepared');
      return electorate.vote(order.voters);
    case 'post':
      return post(order.url, order.clients, order.seconds);
  }
}

const say = (answer: LoadAnswer): void => void process.send?.(answer);

process.on('disconnect', () => process.exit(0));
process.on('message', (order: LoadOrder) => {
  perform(order).then(say, (error: unknown) => say({ kind: 'failed', reason: String(error) }));
});
