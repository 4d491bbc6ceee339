import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Installation } from '../server-process.ts';
import { type Canary, Search, codeForms, disguises, filesBelow, numberForms, textForms } from './disk.ts';
import type { SavedKey } from './preparing.ts';
import { joinPaths, readColumns } from './tables.ts';

/** Everything of an election that its server must keep nowhere. */
export interface Secrets {
  readonly key: SavedKey;
  /** The openings file: what each ballot's `r` is, and so its content. */
  readonly openings: string;
  /** Values of session cookies, and of one-time links: 32 bytes in base64url. */
  readonly values: readonly string[];
  readonly voters: readonly {
    readonly email: string;
    /** The secret part: 24 bytes in base64url. */
    readonly link: string;
    readonly code: string;
  }[];
}

const NUMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi'] as const;

function keyForms({ pem, words }: SavedKey): Canary[] {
  const jwk = createPrivateKey({ key: pem, passphrase: words.join('-') }).export({ format: 'jwk' });
  const armour = pem.split('\n').filter((line) => /^[A-Za-z0-9+/]{64}$/.test(line));
  if (words.length !== 9 || armour.length < 20) throw new Error('this is no key file with its words');
  return [
    ...NUMBERS.flatMap((name) =>
      numberForms(`private key (${name})`, Buffer.from(jwk[name] ?? '', 'base64url')),
    ),
    ...armour.map((line) => ({ name: 'key file', bytes: Buffer.from(line) })),
    ...['-', ' ', '\n', '","'].flatMap((mark) => textForms('passphrase', words.slice(0, 3).join(mark))),
  ];
}

const openingForms = (line: string, index: number): Canary[] => {
  const { r } = JSON.parse(line) as { r: string };
  return numberForms(`opening ${index}`, Buffer.from(r, 'base64url'));
};

/** All of it in every form in which it might be written down. */
const canariesOf = ({ key, openings, values, voters }: Secrets): Canary[] => [
  ...keyForms(key),
  ...openings.trim().split('\n').flatMap(openingForms),
  ...values.flatMap((value) => [
    ...textForms('session or one-time link', value),
    ...disguises('session or one-time link', Buffer.from(value, 'base64url')),
  ]),
  ...voters.flatMap(({ email, link, code }) => [
    ...textForms(`link of ${email}`, link),
    ...disguises(`link of ${email}`, Buffer.from(link, 'base64url')),
    ...codeForms(`code of ${email}`, code),
  ]),
];

const below = ({ folder }: Installation, ...names: string[]): string => join(folder, ...names);
const databaseOf = (installation: Installation): string => below(installation, 'var', 'votix.sqlite');

/**
 * What of an election's secrets stands in `var/` (but for the embedded mailbox) or `logs/`, as `file: secret` or
 * `table.column: secret`; which ones the mailbox holds; and every way from a voter to a ballot in the database.
 */
export function leftOnDisk(
  installation: Installation,
  secrets: Secrets,
): { readonly secrets: string[]; readonly inMailbox: string[]; readonly joinPaths: string[] } {
  const search = new Search(canariesOf(secrets));
  const mail = below(installation, 'var', 'mail');
  const files = filesBelow([below(installation, 'var'), below(installation, 'logs')], [mail]);
  if (!files.includes(databaseOf(installation))) throw new Error('the database is not among the files');
  const columns = readColumns(databaseOf(installation));
  // cell by cell too: in the file the cells of a row stand side by side, so that a code is no word of its own
  const inCells = columns.flatMap(({ table, column, cells }) =>
    cells.flatMap((cell) => search.in(cell).map((name) => `${table}.${column}: ${name}`)),
  );
  const mailed = search.inFiles(filesBelow([mail])).map((found) => found.split(': ')[1] ?? '');
  return {
    secrets: [...search.inFiles(files), ...inCells],
    inMailbox: [...new Set(mailed)],
    joinPaths: joinPaths(columns),
  };
}

/** The columns and log files in which any of these texts stand, sorted. */
export function placesOf(installation: Installation, texts: readonly string[]): string[] {
  const holds = (bytes: Buffer): boolean => texts.some((text) => bytes.includes(text));
  const columns = readColumns(databaseOf(installation)).filter(({ cells }) => cells.some(holds));
  const logs = filesBelow([below(installation, 'logs')]).filter((path) => holds(readFileSync(path)));
  return [...columns.map(({ table, column }) => `${table}.${column}`), ...logs].sort();
}
