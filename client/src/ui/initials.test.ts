import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { initialsOf, inkOn, luminance } from './initials.ts';

describe('initials', () => {
  test('are the first and the last word of a name', () => {
    expect(initialsOf('Ada Martin')).toBe('AM');
    expect(initialsOf('Jean-Pierre de la Tour')).toBe('JT');
    expect(initialsOf('élodie')).toBe('É');
    expect(initialsOf(' ')).toBe('?');
  });
});

describe('ink on a person’s colour', () => {
  test('always has a contrast of 4.5:1 or better', () => {
    const channel = fc.integer({ min: 0, max: 255 });
    fc.assert(
      fc.property(channel, channel, channel, (...rgb) => {
        const color = `#${rgb.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
        const [low = 0, high = 0] = [luminance(color), luminance(inkOn(color))].toSorted((a, b) => a - b);
        expect((high + 0.05) / (low + 0.05)).toBeGreaterThanOrEqual(4.5);
      }),
    );
  });
});
