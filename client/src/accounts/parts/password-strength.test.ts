import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { strengthOf } from './password-strength.ts';

const ORDER = ['short', 'guessable', 'fair', 'good', 'strong'];

describe('the strength of a password', () => {
  test.each([
    ['abc', 'short', 'longer'],
    ['password1', 'guessable', 'common'],
    ['P@ssw0rd', 'guessable', 'common'],
    ['qsdfghjklm', 'guessable', 'repeats'],
    ['aaaaaaaaaaaaaaaa', 'guessable', 'repeats'],
    ['1234567890123', 'guessable', 'repeats'],
    ['abcabcabcabcabc', 'guessable', 'repeats'],
    ['martin2026', 'guessable', 'personal'],
    ['tram bleu', 'fair', 'longer'],
    ['trois trams bleus', 'strong', undefined],
  ])('“%s” is %s', (password, strength, advice) => {
    expect(strengthOf(password, ['Ada Martin', 'ada.martin@example.test'])).toEqual(
      advice ? { strength, advice } : { strength },
    );
  });

  test('says what to do about everything but a strong one, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (password) => {
        const { strength, advice } = strengthOf(password);
        expect(ORDER).toContain(strength);
        expect(advice === undefined).toBe(strength === 'strong');
      }),
    );
  });
});
