import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Papa from 'papaparse';
import { nodePrimitives } from '../../protocol/node/primitives.ts';
import { type ElectionTerms, parseManifest } from '../../protocol/manifest.ts';
import { canonical, parseJson } from '../../protocol/canonical-json.ts';
import { tallyJson } from '../../protocol/count.ts';
import { type Receipt, receiptJson } from '../../protocol/receipt.ts';
import type { Finished, Installation } from '../server-process.ts';
import { StaffClient } from '../staff-client.ts';
import { voteOverHttp } from '../voter-client.ts';
import { Oracle, someSelections } from './oracle.ts';
import { demoElection, rollOf } from './people.ts';

/** Voters under way at the same time. */
const AT_ONCE = 32;

/** A vote as only the test knows it. */
export interface PlayedVote {
  /** The voter's e-mail address. */
  readonly voter: string;
  /** The secret part of the link. */
  readonly link: string;
  readonly code: string;
  readonly receipt: Receipt;
}

export interface PlayedElection {
  readonly electionId: string;
  readonly receipts: readonly Receipt[];
  /** In the order in which the server acknowledged them. */
  readonly votes: readonly PlayedVote[];
  readonly oracle: Oracle;
  /** Files left in the folder. */
  readonly record: string;
  readonly openings: string;
  readonly links: string;
}

/** Says what phase begins and how long the last one took. */
export type Phase = (name: string) => void;

const succeeded = ({ code, stdout, stderr }: Finished, what: string): string => {
  if (code !== 0) throw new Error(`${what} ended with ${code}: ${stderr}${stdout}`);
  return stdout;
};

/**
 * A whole election against a running server: import to publication over HTTP as pages and booths do it, links and
 * `verify` through the command line. `folder` receives record, openings, receipts and links.
 */
export async function playElection(
  installation: Installation,
  setupLink: string,
  plan: { readonly voters: number; readonly folder: string; readonly phase: Phase },
): Promise<PlayedElection> {
  const { voters, folder, phase } = plan;
  const file = (name: string): string => join(folder, name);
  const staff = new StaffClient(installation.url);
  phase('set up the first admin');
  await staff.setUp(setupLink);

  phase('create the election');
  writeFileSync(file('election.json'), JSON.stringify(demoElection(new Date(Date.now() + 3_600_000))));
  const created = succeeded(
    await installation.cli('create-election', '--file', file('election.json'), '--json'),
    'create-election',
  );
  const { election: electionId } = JSON.parse(created) as { election: string };
  const root = `/elections/${electionId}`;

  phase(`import ${voters} voters`);
  await importRoll(staff, root, rollOf(voters));

  phase('ARM: make the key, prove it');
  await armAndProve(staff, root, file('key.pem'));

  phase('export links');
  succeeded(await installation.cli('export-links', '--out', file('links.csv')), 'export-links');
  const terms = await termsOverHttp(installation, electionId);

  phase(`${voters} voters vote`);
  const { votes, oracle } = await castAll(installation, terms, readLinks(file('links.csv')));
  const receipts = votes.map(({ receipt }) => receipt);
  writeFileSync(file('receipts.json'), `${JSON.stringify(receipts.map(receiptJson))}\n`);

  phase('close');
  await staff.post(`${root}/close-early`, { closeReason: 'Everyone has voted' });
  await untilClosed(installation, electionId);

  phase('DELIBERATE');
  await deliberateOverHttp(staff, root, file('key.pem'));
  writeFileSync(file('openings.jsonl'), await (await staff.get(`${root}/openings`)).text());

  phase('publish');
  await staff.post(`${root}/publish`, {});
  const record = await (await fetch(`${installation.url}${root}/record`)).text();
  writeFileSync(file('record.jsonl'), record);
  requireOracle(record, oracle);

  phase('verify');
  const link = readLinks(file('links.csv'))[0]?.link ?? '';
  succeeded(
    await installation.cli(
      'verify',
      file('record.jsonl'),
      '--openings',
      file('openings.jsonl'),
      '--link',
      link,
    ),
    'verify',
  );
  return {
    electionId,
    receipts,
    votes,
    oracle,
    record: file('record.jsonl'),
    openings: file('openings.jsonl'),
    links: file('links.csv'),
  };
}

async function importRoll(staff: StaffClient, root: string, roll: string): Promise<void> {
  const preview = await staff.post(`${root}/import-voters`, { roll: new Blob([roll], { type: 'text/csv' }) });
  const html = await preview.text();
  const confirm = /name="preview" value="([^"]+)"/.exec(html)?.[1];
  if (confirm === undefined) throw new Error('the preview of the import has no confirmation');
  await staff.post(`${root}/import-voters/confirm`, { preview: confirm, mode: 'all' });
}

async function armAndProve(staff: StaffClient, root: string, keyPath: string): Promise<void> {
  const html = await (await staff.post(`${root}/arm`, {})).text();
  const encoded = /data:application\/x-pem-file;base64,([A-Za-z0-9+/=]+)/.exec(html)?.[1] ?? '';
  const words = [...(/id="passphrase">(.*?)<\/ol>/s.exec(html)?.[1] ?? '').matchAll(/<li>([a-z]+)<\/li>/g)];
  writeFileSync(keyPath, Buffer.from(encoded, 'base64'), { mode: 0o600 });
  writeFileSync(`${keyPath}.txt`, words.map(([, word]) => word).join(' '), { mode: 0o600 });
  await staff.post(`${root}/prove-key`, { ...keyFields(encoded, words), copy: '1' });
}

const keyFields = (encoded: string, words: readonly RegExpExecArray[]) => ({
  keyFile: new Blob([Buffer.from(encoded, 'base64')]),
  passphrase: words.map(([, word]) => word ?? '').join(' '),
});

export async function termsOverHttp(installation: Installation, electionId: string): Promise<ElectionTerms> {
  const answer = await fetch(`${installation.url}/elections/${electionId}/manifest`);
  const { manifest } = (await answer.json()) as { manifest: unknown };
  const json = parseJson(JSON.stringify(manifest));
  const terms = json === undefined ? undefined : await parseManifest(nodePrimitives, canonical(json));
  if (terms?.ok !== true) throw new Error('the manifest cannot be read');
  return terms.value;
}

interface LinkRow {
  readonly voter: string;
  readonly link: string;
  readonly code: string;
}

const readText = (path: string): string => readFileSync(path, 'utf8');

const readLinks = (path: string): LinkRow[] =>
  Papa.parse<LinkRow>(readText(path), { header: true, skipEmptyLines: true }).data;

async function castAll(
  installation: Installation,
  terms: ElectionTerms,
  rows: readonly LinkRow[],
): Promise<{ readonly votes: readonly PlayedVote[]; readonly oracle: Oracle }> {
  const oracle = new Oracle(terms.manifest);
  const votes: PlayedVote[] = [];
  const waiting = [...rows];
  const send = (path: string, init?: RequestInit): Promise<Response> =>
    fetch(`${installation.url}${path}`, init);
  const lane = async (): Promise<void> => {
    for (let row = waiting.pop(); row !== undefined; row = waiting.pop()) {
      const link = /\/vote\/([A-Za-z0-9_-]{32})#/.exec(row.link)?.[1] ?? '';
      const selections = someSelections(terms.manifest, Math.random);
      const receipt = await voteOverHttp(send, terms, { link, code: row.code }, selections);
      votes.push({ voter: row.voter, link, code: row.code, receipt });
      oracle.add(selections);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return { votes, oracle };
}

export async function untilClosed(installation: Installation, electionId: string): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    const answer = await fetch(`${installation.url}/elections/${electionId}/close`);
    if (answer.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('the close line was not published');
}

async function deliberateOverHttp(staff: StaffClient, root: string, keyPath: string): Promise<void> {
  const passphrase = readText(`${keyPath}.txt`);
  await staff.post(`${root}/deliberate`, { keyFile: new Blob([readText(keyPath)]), passphrase });
  for (let tries = 0; tries < 1_200; tries++) {
    const page = await (await staff.get(`${root}/deliberate`)).text();
    if (page.includes(`${root}/openings`)) return;
    if (!page.includes('data-events')) throw new Error('the deliberation was refused');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('the deliberation did not end');
}

/** The published tally must be what the voters wanted. */
export function requireOracle(record: string, oracle: Oracle): void {
  const line = record.trimEnd().split('\n').at(-1) ?? '';
  const { result } = JSON.parse(line) as { result: { spoiled: unknown; contests: unknown } };
  const { spoiled, contests } = JSON.parse(canonical(tallyJson(oracle.tally))) as typeof result;
  const published = JSON.stringify([sorted(result.spoiled), sorted(result.contests)]);
  if (published !== JSON.stringify([sorted(spoiled), sorted(contests)])) {
    throw new Error(`the published tally differs from the oracle: ${published}`);
  }
}

const sorted = (value: unknown): string => canonical(parseJson(JSON.stringify(value)) ?? false);
