import type { RegisterLine } from '@concert/domain/meetings/polls-api.ts';
import { describe, expect, test } from '@jest/globals';
import { aPoll, aSitting } from '../test/data.ts';
import { openable } from './openable.ts';
import { countsOf, standingOf } from './register.ts';

const aLine = (over: Partial<RegisterLine> = {}): RegisterLine => ({
  seatId: 's',
  title: 'Siège 1',
  weight: 1_000,
  holderId: 'ada',
  voterId: 'ada',
  via: 'self',
  present: true,
  recused: false,
  ...over,
});

describe('the register of a poll', () => {
  test('says how each seat stands', () => {
    expect(standingOf(aLine())).toBe('entitled');
    expect(standingOf(aLine({ voted: true }))).toBe('voted');
    expect(standingOf(aLine({ voted: false }))).toBe('silent');
    expect(standingOf(aLine({ recused: true, voterId: undefined }))).toBe('recused');
    expect(standingOf(aLine({ voterId: undefined }))).toBe('away');
    expect(standingOf(aLine({ voterId: undefined, holderId: undefined }))).toBe('vacant');
  });

  test('counts each seat once', () => {
    const register = [
      aLine(),
      aLine({ via: 'proxy', voterId: 'bob' }),
      aLine({ recused: true, voterId: undefined }),
      aLine({ voterId: undefined }),
      aLine({ voterId: undefined, holderId: undefined }),
    ];
    expect(countsOf(register)).toEqual({ entitled: 2, represented: 1, recused: 1, away: 2 });
  });
});

describe('[M20] a poll', () => {
  test('opens on the item that is open, or in writing once it is convened', () => {
    expect(openable(aSitting(), aPoll())).toBe(true);
    expect(openable(aSitting({ currentItemId: 'two' }), aPoll())).toBe(false);
    expect(openable(aSitting({ state: 'suspended' }), aPoll())).toBe(false);
    expect(openable(aSitting({ mode: 'written', state: 'frozen', currentItemId: undefined }), aPoll())).toBe(true);
    expect(openable(aSitting({ mode: 'written', state: 'draft' }), aPoll())).toBe(false);
  });
});
