import { createPrivateKey } from 'node:crypto';
import { type Canary, codeForms, disguises, numberForms, textForms } from './disk.ts';
import type { SavedKey } from './preparing.ts';

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
export const canariesOf = ({ key, openings, values, voters }: Secrets): Canary[] => [
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
