import { describe, expect, it } from 'vitest';
import { frenchSpaces, withFrenchSpaces } from './french-spaces.ts';

describe('French spaces', () => {
  it('stay with the sign that they belong to', () => {
    expect(frenchSpaces('Égalité : « Anaïs », vraiment ?')).toBe(
      'Égalité\u00a0: «\u00a0Anaïs\u00a0», vraiment\u00a0?',
    );
    expect(frenchSpaces('un ; deux !')).toBe('un\u00a0; deux\u00a0!');
  });

  it('change nothing else', () => {
    for (const text of ['à 10:30, a;b, ?lang=fr', 'nom;prénom :lien', 'https://x.example/ :8080']) {
      expect(frenchSpaces(text)).toBe(text);
    }
  });

  it('reach every sentence of a tree of texts', () => {
    const texts = withFrenchSpaces({
      title: 'Clé :',
      many: (n: number) => `Erreurs : ${n}`,
      steps: ['Un ; deux'],
      count: 3,
    });
    expect([texts.title, texts.many(2), texts.steps[0], texts.count]).toEqual([
      'Clé\u00a0:',
      'Erreurs\u00a0: 2',
      'Un\u00a0; deux',
      3,
    ]);
  });
});
