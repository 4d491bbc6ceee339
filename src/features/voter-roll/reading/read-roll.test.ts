import { describe, expect, it } from 'vitest';
import { readRoll } from './read-roll.ts';
import type { RollReading, RollSettings } from './roll-reading.ts';

const SETTINGS: RollSettings = { domains: ['b.org'], promotions: ['É1', 'E2'], buildings: ['Nord'] };
const read = (text: string, settings: RollSettings = SETTINGS): RollReading =>
  readRoll(new TextEncoder().encode(text), settings);
const emails = (reading: RollReading): readonly string[] => reading.voters.map((voter) => voter.email);
const codes = (reading: RollReading): readonly string[] =>
  reading.errors.map(({ line, column, code }) => `${line} ${column} ${code}`);

describe('the header', () => {
  it.each([
    'nom;prénom;mail',
    ' NOM\u00A0;PRE\u0301NOM;E_MAIL',
    'Last_Name;first-name;E-mail\u00A0address',
    '\u200BNom de famille\u200B;Given Name;Adresse\u00A0e_mail',
    'tableau;famille;x\nnom;prenom;courriel',
    '\n\n\n\n\n\n\n\n\nsurname;forename;email',
  ])('%j', (header) => {
    const reading = read(`${header}\nDoe;Jo;a@b.org\n`);
    expect(reading.header).toBe(true);
    expect(emails(reading)).toStrictEqual(['a@b.org']);
  });

  it('is looked for in ten rows only, and is then a row like others', () => {
    const reading = read(`${'\n'.repeat(10)}nom;prénom;email\nDoe;Jo;a@b.org\nDoe;Jo;c@b.org\n`);
    expect(reading.header).toBe(false);
    expect(codes(reading)).toStrictEqual(['11 email EMAIL_INVALID']);
  });

  it('needs two known names', () => {
    expect(read('personne;email\nJo;a@b.org\nAl;c@b.org\nBo;d@b.org').header).toBe(false);
  });

  it('takes the leftmost of two columns of one kind', () => {
    expect(emails(read('nom;prénom;email;mail\nDoe;Jo;a@b.org;c@b.org'))).toStrictEqual(['a@b.org']);
  });

  it('shows the delimiter even if a title holds another', () => {
    const reading = read('Liste: nom, promotion, classe\nnom;prénom;email\nDoe;Jo;a@b.org');
    expect(reading.delimiter).toBe(';');
    expect(emails(reading)).toStrictEqual(['a@b.org']);
  });

  it('without name columns leaves every name missing', () => {
    expect(codes(read('email;promotion\na@b.org;E2'))).toStrictEqual([
      '2 last_name NAME_MISSING',
      '2 first_name NAME_MISSING',
    ]);
  });
});

describe('a table without header', () => {
  it('has the e-mail column where most addresses are, the others in the standard order', () => {
    const reading = read('a@b.org\tDoe\tJo\te2\tnord\nc@b.org\tRoe\tAl\n');
    expect(reading).toMatchObject({ header: false, delimiter: '\t', errors: [] });
    expect(reading.voters).toStrictEqual([
      { line: 1, last_name: 'Doe', first_name: 'Jo', email: 'a@b.org', promotion: 'E2', building: 'Nord' },
      { line: 2, last_name: 'Roe', first_name: 'Al', email: 'c@b.org', promotion: '', building: '' },
    ]);
  });

  it('needs addresses in more than half of the rows', () => {
    expect(read('Doe;Jo;a@b.org\nRoe;Al;-').file_error).toBe('NO_EMAIL_COLUMN');
  });

  it('ignores a regular sixth column', () => {
    expect(read('A;B;a@b.org;E2;Nord;06\nC;D;c@b.org;E2;Nord;07').errors).toStrictEqual([]);
  });

  it('that is a list of addresses and nothing else is no table', () => {
    expect(read('a@b.org\nc@b.org\n').file_error).toBe('NOT_A_TABLE');
  });
});

describe('rows', () => {
  it('count as doubled even if the earlier row has another error', () => {
    const reading = read('nom;prénom;email;promotion\nA;B;x@b.org;E9\nC;D;X@b.org;E2');
    expect(codes(reading)).toStrictEqual(['2 promotion PROMOTION_UNKNOWN', '3 email EMAIL_DUPLICATE']);
    expect(reading.errors[1]?.earlierLine).toBe(2);
  });

  it('with a wrong number of cells keep no address', () => {
    expect(codes(read('nom;prénom;email\nA;B;x@b.org;y\nC;D;x@b.org'))).toStrictEqual([
      '2 null COLUMN_COUNT',
    ]);
  });

  it('without anybody in a known column are skipped, whatever stands beside it', () => {
    expect(read('n;nom;prénom;email\n1;;\u200B;\0;x\n2;A;B;x@b.org').errors).toStrictEqual([]);
  });

  it('get first the e-mail error that comes first', () => {
    const reading = read('nom;prénom;email\nA;B;\u200B\nA;B;<>\nA;B;x@c.org\nA;B;x@c.org');
    expect(codes(reading)).toStrictEqual([
      '2 email EMAIL_MISSING',
      '3 email EMAIL_INVALID',
      '4 email DOMAIN_NOT_ALLOWED',
      '5 email DOMAIN_NOT_ALLOWED',
    ]);
  });
});

describe('cells', () => {
  it('lose blanks at both ends and NUL everywhere; names become NFC and keep the rest', () => {
    const reading = read('nom;prénom;email\n\u2003\u200Fe\u0301\0t\u200De\u0301\u00AD;<b>=1;x@b.org');
    expect(reading.voters[0]).toMatchObject({ last_name: 'ét\u200Dé', first_name: '<b>=1' });
  });

  it('of promotion and building are written as in the settings', () => {
    const reading = read('nom;prénom;email;promo;ba\u0302timent\nA;B;x@b.org; e\u03011 ;NÓRD');
    expect(reading.voters[0]).toMatchObject({ promotion: 'É1', building: 'Nord' });
  });

  it('are not checked against a list that is not there, and against an empty list match nothing', () => {
    const free = { domains: null, promotions: null, buildings: null };
    const text = 'nom;prénom;email;promo;building\nA;B;x@any.net;Q9;Sud';
    expect(read(text, free).voters[0]).toMatchObject({
      email: 'x@any.net',
      promotion: 'Q9',
      building: 'Sud',
    });
    expect(codes(read(text, { domains: [], promotions: [], buildings: [] }))).toStrictEqual([
      '2 email DOMAIN_NOT_ALLOWED',
      '2 promotion PROMOTION_UNKNOWN',
      '2 building BUILDING_UNKNOWN',
    ]);
  });
});

describe('files without rows', () => {
  it.each([
    '',
    ' \r\n\t',
    '\uFEFF',
    '\0\0\0',
    'sep=;\n',
    ';;;\n;;;',
    'nom;prénom;email',
    'nom;prénom;email\n;;\n',
  ])('%j is empty', (text) => {
    expect(read(text)).toStrictEqual({
      encoding: null,
      delimiter: null,
      header: null,
      voters: [],
      errors: [],
      file_error: 'EMPTY_FILE',
    });
  });

  it.each(['Dear all,\n\nwe meet on Monday, in the hall.\nYours', 'x', '{"voters": []}'])(
    '%j is no table',
    (text) => {
      expect(read(text).file_error).toBe('NOT_A_TABLE');
    },
  );
});

it('tells its progress every 1,000 rows', () => {
  const seen: number[] = [];
  const text = `nom;prénom;email\n${'A;B;x@b.org\n'.repeat(2500)}`;
  readRoll(new TextEncoder().encode(text), SETTINGS, ({ rows, share }) =>
    seen.push(rows, Math.round(share * 10)),
  );
  expect(seen).toStrictEqual([1000, 4, 2000, 8]);
});
