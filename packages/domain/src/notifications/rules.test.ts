import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { HAPPENINGS, type Listener, levelOf, reasonFor, WATCH_LEVELS } from './rules.ts';

const listener = (over: Partial<Listener> = {}): Listener => ({
  level: 'participating',
  own: false,
  mentioned: false,
  participates: false,
  ...over,
});

describe('who is told', () => {
  test('[N1] who is mentioned, who takes part, who follows everything; nobody else', () => {
    expect(reasonFor('replied', listener({ mentioned: true }))).toBe('mentioned');
    expect(reasonFor('replied', listener({ participates: true }))).toBe('replied');
    expect(reasonFor('opened', listener({ level: 'everything' }))).toBe('opened');
    expect(reasonFor('opened', listener())).toBeNull();
  });

  test('[N2] the nearest setting counts; without one it is participating', () => {
    expect(levelOf([undefined, 'muted', 'everything'])).toBe('muted');
    expect(levelOf([undefined, undefined])).toBe('participating');
    expect(levelOf(['everything', 'muted'])).toBe('everything');
  });

  test('[N2] mentions alone, or nothing at all', () => {
    expect(reasonFor('replied', listener({ level: 'mentions', participates: true }))).toBeNull();
    expect(reasonFor('replied', listener({ level: 'mentions', mentioned: true }))).toBe('mentioned');
    expect(reasonFor('replied', listener({ level: 'muted', mentioned: true, participates: true }))).toBeNull();
  });

  test('[N3] nobody is told of what they did themself', () => {
    const anybody = fc.record({
      level: fc.constantFrom(...WATCH_LEVELS),
      own: fc.constant(true),
      mentioned: fc.boolean(),
      participates: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.constantFrom(...HAPPENINGS), anybody, (what, who) => {
        expect(reasonFor(what, who)).toBeNull();
      }),
    );
  });

  test('[N4] a mention is the reason before all others', () => {
    for (const what of HAPPENINGS)
      expect(reasonFor(what, listener({ level: 'everything', mentioned: true, participates: true }))).toBe('mentioned');
  });

  test('who wants to hear more is told of all that who wants to hear less is told of', () => {
    const who = fc.record({ own: fc.boolean(), mentioned: fc.boolean(), participates: fc.boolean() });
    fc.assert(
      fc.property(fc.constantFrom(...HAPPENINGS), who, fc.nat(WATCH_LEVELS.length - 2), (what, one, at) => {
        const [more, less] = WATCH_LEVELS.slice(at, at + 2).map((level) => reasonFor(what, { ...one, level: level }));
        expect(less !== null && more === null).toBe(false);
      }),
    );
  });
});
