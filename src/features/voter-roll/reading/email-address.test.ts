import { describe, expect, it } from 'vitest';
import { holdsEmail, isEmailAddress, normalizeEmail } from './email-address.ts';

describe('normalizing an address', () => {
  it.each([
    ['Ada@Example.ORG', 'ada@example.org'],
    ['\u00A0 a\u200B@\u00ADb.org\uFEFF\u2060', 'a@b.org'],
    ['Ada <a@b.org>', 'a@b.org'],
    ['"Ada <the first>" <a@b.org>', 'a@b.org'],
    ['< a@b.org >', 'a@b.org'],
    ['mailto:a@b.org?subject=hello', 'a@b.org'],
    ['MailTo: a@b.org ', 'a@b.org'],
    ['<mailto:a@b.org?x=1>', 'a@b.org'],
    ['a?b@c.org', 'a?b@c.org'],
    ['<a@b.org> Ada', '<a@b.org> ada'],
    ['\u212Aelvin@b.org', '\u212Aelvin@b.org'],
    ['a\0@b.org', 'a@b.org'],
  ])('%j gives %j', (cell, address) => {
    expect(normalizeEmail(cell)).toBe(address);
  });
});

describe('a well-formed address', () => {
  it.each(['a@b.org', "a.b!#$%&'*+/=?^_{|}~-`@b-c.d1.e", `${'a'.repeat(64)}@b.org`, '1@2.3', 'a@b.c-d.fr'])(
    '%s',
    (address) => {
      expect(isEmailAddress(address)).toBe(true);
    },
  );

  it.each([
    '',
    'a',
    '@b.org',
    'a@',
    'a@b',
    'a@@b.org',
    'a@b@c.org',
    '.a@b.org',
    'a.@b.org',
    'a..b@c.org',
    'a@b..org',
    'a@.b.org',
    'a@b.org.',
    'a@-b.org',
    'a@b-.org',
    'a@b_c.org',
    'a b@c.org',
    'a,b@c.org',
    'a"b@c.org',
    'hélène@b.org',
    'a@bé.org',
    `${'a'.repeat(65)}@b.org`,
    'a@b.org, c@d.org',
    'a@b.org\nbcc: c@d.org',
    '\u212Aelvin@b.org',
  ])('%j is none', (address) => {
    expect(isEmailAddress(address)).toBe(false);
  });

  it('is looked for in what is left of the cell', () => {
    expect(holdsEmail('Ada <A@B.org>')).toBe(true);
    expect(holdsEmail('mailto:')).toBe(false);
  });
});
