import { describe, expect, it } from 'vitest';
import { faultOfPassword } from './password.ts';

const fault = (password: string): string | undefined =>
  faultOfPassword(password, 'olive.martin@school.example');

describe('a password', () => {
  it.each([
    ['short', 'TOO_SHORT'],
    ['elevenchars', 'TOO_SHORT'],
    ['x'.repeat(201), 'TOO_LONG'],
    ['aaaaaaaaaaaaaaaa', 'TOO_SIMPLE'],
    ['abababababababab', 'TOO_SIMPLE'],
    ['123456789012345', 'TOO_SIMPLE'],
    ['abcdefghijklmnop', 'TOO_SIMPLE'],
    ['passwordpassword', 'TOO_SIMPLE'],
    ['motdepasse2026', 'TOO_SIMPLE'],
    ['Azerty-Azerty-1', 'TOO_SIMPLE'],
    ['olive.martin@school.example', 'LIKE_ADDRESS'],
    ['Olive.Martin1', 'LIKE_ADDRESS'],
  ])('%s is refused', (password, code) => {
    expect(fault(password)).toBe(code);
  });

  it.each([
    'correct horse battery staple',
    'Tr0ub4dor&3-xk',
    'le chat dort sur le toit',
    'été à la plage 2031 !',
  ])('%s is accepted', (password) => {
    expect(fault(password)).toBeUndefined();
  });

  it('counts composed and decomposed letters alike', () => {
    expect(fault('e\u0301'.repeat(6))).toBe('TOO_SHORT');
  });
});
