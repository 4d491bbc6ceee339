import { type Bytes, fromInteger, toBase64url } from '../../protocol/bytes.ts';
import type { Json } from '../../protocol/canonical-json.ts';
import { closeDigest, parseClose } from '../../protocol/close.ts';
import type { Primitives } from '../../protocol/primitives.ts';
import { type CastBallot, HONEST, cast } from '../record/election.ts';
import { type Twenty, retoldBy } from '../record/twenty.ts';
import { type Lines, at, resigned } from './record-lines.ts';
import type { Tampering } from './record-tampering.ts';

const digest = (fill: number): string => toBase64url(new Uint8Array(32).fill(fill));

/** What somebody who holds the urn key can write: every signature holds, and yet the record must fail. */
export async function insiders(record: Twenty): Promise<readonly Tampering[]> {
  return [
    ...(await closes(record)),
    ...(await results(record)),
    ...(await courses(record)),
    ...(await ballots(record)),
  ];
}

async function closes(record: Twenty): Promise<readonly Tampering[]> {
  const changes: readonly (readonly [string, string, string, Json])[] = [
    ['another count', 'V4 V8', 'count', 19],
    ['another root', 'V4', 'root', digest(1)],
    ['another number of voters', 'V5', 'voters', 28],
    ['another voter root', 'V5', 'voterRoot', digest(2)],
    ['fewer credentials issued than marks', 'V5', 'issued', 21],
    ['more credentials issued than marks', 'V5', 'issued', 23],
    ['fewer credentials issued than ballots', 'V5', 'issued', 19],
    ['more server-sealed ballots than ballots', 'V5', 'serverSealed', 21],
    ['another number of events', 'V9', 'events', 7],
    ['other events', 'V9', 'eventsDigest', digest(3)],
    ['close before the end of voting', 'V9', 'closedAt', '2026-03-06T17:59:59Z'],
    ['close after the count', 'V9', 'closedAt', '2026-03-06T19:00:01Z'],
  ];
  const told: Tampering[] = [];
  for (const [name, fails, path, value] of changes) {
    const closed = await resigned(record.election, record.lines, 'close', path, value);
    told.push({ name: `signed: ${name}`, fails, lines: await followed(record, closed) });
  }
  return told;
}

/** The result of a changed close, which it refers to. */
async function followed({ election }: Twenty, lines: Lines): Promise<Lines> {
  const line = JSON.parse(lines[at(lines, 'close')] ?? '{}') as { readonly close: Json };
  const close = parseClose(line.close);
  if (close === undefined) throw new Error('not a close');
  const value = toBase64url(await closeDigest(election.primitives, election.terms.digest, close));
  return resigned(election, lines, 'result', 'close', value);
}

async function results({ election, lines }: Twenty): Promise<readonly Tampering[]> {
  const changes: readonly (readonly [string, string, string, Json])[] = [
    ['votes moved', 'V8', 'contests.0.votes', [2, 3, 2]],
    ['a vote too many', 'V8', 'contests.0.votes', [4, 2, 2]],
    ['a candidate too few', 'V8', 'contests.1.votes', [8, 7, 9]],
    ['blank told as valid', 'V7 V8', 'contests.0.blank', 1],
    ['another reason for a spoiled contest', 'V7', 'contests.0.spoiled', { BAD_MARK: 4, UNDERVOTE: 1 }],
    [
      'another reason for spoiled ballots',
      'V7',
      'spoiled',
      { AUTHENTICATION_FAILED: 2, COMMITMENT_MISMATCH: 2, BAD_VERSION: 2 },
    ],
    ['a spoiled ballot hidden', 'V7 V8', 'spoiled', { COMMITMENT_MISMATCH: 3, BAD_VERSION: 2 }],
    ['another contest', 'V7', 'contests.0.id', 'board'],
    ['no contests', 'V7 V8', 'contests', []],
    ['another close', 'V8', 'close', digest(4)],
    ['other openings', 'V8', 'openings', digest(5)],
    ['count before the close', 'V9', 'countedAt', '2026-03-06T18:04:59Z'],
  ];
  const told: Tampering[] = [];
  for (const [name, fails, path, value] of changes) {
    told.push({
      name: `signed: ${name}`,
      fails,
      lines: await resigned(election, lines, 'result', path, value),
    });
  }
  return told;
}

async function courses(record: Twenty): Promise<readonly Tampering[]> {
  const told = async (
    name: string,
    fails: string,
    change: Parameters<typeof retoldBy>[1],
  ): Promise<Tampering> => ({
    name: `signed: ${name}`,
    fails,
    lines: (await retoldBy(record, change)).lines,
  });
  const at2 = { seq: 2, kind: 'keyProven', data: { copy: 2 } } as const;
  return [
    await told('an event back in time', 'V9', { event: { ...at2, at: '2026-02-20T09:59:59Z' } }),
    await told('an event after the close', 'V9', {
      event: { seq: 8, at: '2026-03-06T18:05:01Z', kind: 'resumed', data: { reason: 'Late' } },
    }),
    await told('an extension beyond the close', 'V9', {
      event: {
        seq: 8,
        at: '2026-03-06T18:00:00Z',
        kind: 'extended',
        data: { closesAt: '2026-03-06T18:05:01Z' },
      },
    }),
    await told('a roll change that did not happen', 'V5', {
      event: { seq: 3, at: '2026-03-02T09:00:00Z', kind: 'rollChanged', data: { added: 3, removed: 1 } },
    }),
    await told('events not numbered from 1', 'V9', {
      events: [{ seq: 2, at: '2026-02-20T10:00:00Z', kind: 'rollChanged', data: { added: 1, removed: 0 } }],
    }),
    await told('more ballots than marks', 'V5', { lost: -1, away: 8 }),
  ];
}

/** Ballots that only a server which checks nothing would take. */
async function ballots(record: Twenty): Promise<readonly Tampering[]> {
  const { election } = record;
  const { primitives, terms } = election;
  const { n, modulus } = terms.electionKey;
  const honest = { plaintext: HONEST };
  const inPlaceOfFirst = async (name: string, fails: string, ballot: CastBallot): Promise<Tampering> => ({
    name: `signed: ${name}`,
    fails,
    lines: (await retoldBy(record, { ballots: [ballot, ...record.ballots.slice(1)] })).lines,
  });
  const ciphertext = async (name: string, c: Bytes): Promise<Tampering> =>
    inPlaceOfFirst(name, 'V3 V6', await cast(election, honest, 'blind', { c }));

  const keys = await primitives.generateEd25519();
  const oneKey: Primitives = { ...primitives, generateEd25519: () => keys };
  const twice = [
    await cast({ ...election, primitives: oneKey }, honest, 'blind'),
    await cast({ ...election, primitives: oneKey }, honest, 'blind'),
  ];
  return [
    await ciphertext('a ballot with c = 1', fromInteger(1n, modulus.length)),
    await ciphertext('a ballot with c = n-1', fromInteger(n - 1n, modulus.length)),
    await inPlaceOfFirst(
      'a credential that was never issued',
      'V2',
      await cast(election, honest, 'blind', { prefix: primitives.random(32) }),
    ),
    {
      name: 'signed: two ballots under one key',
      fails: 'V3',
      lines: (await retoldBy(record, { ballots: [...twice, ...record.ballots.slice(2)] })).lines,
    },
  ];
}
