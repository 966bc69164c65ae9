import { describe, expect, test } from '@jest/globals';
import { durationText, parseDuration, splitDuration } from './duration.ts';

describe('A duration', () => {
  test.each([
    ['20', 1_200],
    ['20 min', 1_200],
    ['90mn', 5_400],
    ['1 h 30', 5_400],
    ['1h30', 5_400],
    ['1:05', 3_900],
    ['2 h', 7_200],
    ['0', 0],
    [' 45 min ', 2_700],
  ])('typed as “%s” is understood', (typed, seconds) => {
    expect(parseDuration(typed)).toBe(seconds);
  });

  test.each(['', 'long', '20 s', '1.5', '25 h', '-5'])('typed as “%s” is none', (typed) => {
    expect(parseDuration(typed)).toBeNull();
  });

  test('is read as it is written', () => {
    for (const minutes of [5, 20, 60, 65, 90, 150])
      expect(parseDuration(durationText(minutes * 60))).toBe(minutes * 60);
  });
});

describe('A line of the agenda', () => {
  test.each([
    ['Budget 2027, 20 min', 'Budget 2027', 1_200],
    ['Budget 2027 - 1h30', 'Budget 2027', 5_400],
    ['Point divers (10 min)', 'Point divers', 600],
    ['Budget 2 h', 'Budget', 7_200],
  ])('“%s” ends with its duration', (typed, title, plannedSec) => {
    expect(splitDuration(typed)).toEqual({ title, plannedSec });
  });

  test.each(['Budget 2027', 'Visite du site à 8 h', 'Loi 2018-20', '20 min', 'Visit at 8 h 30'])(
    '“%s” has none',
    (typed) => {
      expect(splitDuration(typed)).toEqual({ title: typed });
    },
  );
});
