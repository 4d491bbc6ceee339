import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { localPath } from './local-path.ts';

describe('a local path', () => {
  it.each(['/', '/elections?page=2', '/elections/4/arm#content', '/a%20b'])('is %s', (path) => {
    expect(localPath(path, '/otherwise')).toBe(path);
  });

  it.each([
    '',
    '//evil.example',
    '/\\evil.example',
    '\\\\evil',
    'https://evil.example',
    'javascript:alert(1)',
    '/\t/evil',
    '/a b',
    ' /',
  ])('is not %j', (path) => {
    expect(localPath(path, '/otherwise')).toBe('/otherwise');
  });

  it('never leads to another origin, whatever it is made of', () => {
    const here = 'https://vote.school.example';
    const part = fc.constantFrom(
      '/',
      '\\',
      '.',
      '@',
      ':',
      '?',
      '#',
      '\t',
      '\n',
      ' ',
      'evil.example',
      '%2f',
      'https',
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
        expect(new URL(localPath(parts.join(''), '/'), here).origin).toBe(here);
      }),
    );
  });
});
