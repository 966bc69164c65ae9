import { describe, expect, test } from '@jest/globals';
import { outOfReach, PRESETS, partOf, presetOf, TERMS } from './presets.ts';

describe('majorities', () => {
  test.each(PRESETS)('“%s” is known by its terms and can be reached', (name) => {
    expect(presetOf(TERMS[name])).toBe(name);
    expect(outOfReach(TERMS[name])).toBe(false);
  });

  test('are the same whether written 2/3 or 4/6, and have no name of another base', () => {
    expect(presetOf({ ...TERMS['two-thirds'], num: 4, den: 6 })).toBe('two-thirds');
    expect(presetOf({ ...TERMS['two-thirds'], base: 'cast' })).toBeUndefined();
    expect(partOf({ num: 50, den: 100 })).toBe('half');
    expect(partOf({ num: 3, den: 7 })).toBeUndefined();
  });

  test('beyond all votes can never be reached', () => {
    expect(outOfReach({ num: 1, den: 1, strict: true })).toBe(true);
    expect(outOfReach({ num: 3, den: 2, strict: false })).toBe(true);
    expect(outOfReach({ num: 1, den: 1, strict: false })).toBe(false);
  });
});
