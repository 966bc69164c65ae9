import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { discOf, initialsOf, inkOn, luminance } from './initials.ts';

describe('initials', () => {
  test('are the first and the last word of a name', () => {
    expect(initialsOf('Ada Martin')).toBe('AM');
    expect(initialsOf('Jean-Pierre de la Tour')).toBe('JT');
    expect(initialsOf('élodie')).toBe('É');
    expect(initialsOf(' ')).toBe('?');
  });
});

const channel = fc.integer({ min: 0, max: 255 });
const anyColor = fc
  .tuple(channel, channel, channel)
  .map((rgb) => `#${rgb.map((value) => value.toString(16).padStart(2, '0')).join('')}`);

const contrast = (one: string, other: string): number => {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
};

describe('a person’s colour', () => {
  test('always finds an ink with a contrast of 4.5:1', () => {
    fc.assert(fc.property(anyColor, (color) => contrast(color, inkOn(color)) >= 4.5));
  });

  test('as a disc always lets its initials be read', () => {
    fc.assert(
      fc.property(anyColor, (color) => {
        const { ground, ink } = discOf(color);
        return contrast(ground, ink) >= 4.5;
      }),
    );
  });

  test('stays as it is when white reads on it', () => {
    expect(discOf('#0b6b68')).toEqual({ ground: '#0b6b68', ink: '#ffffff' });
  });
});
