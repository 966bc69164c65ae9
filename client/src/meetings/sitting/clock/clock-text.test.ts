import { describe, expect, test } from '@jest/globals';
import {
  bestOffset,
  countdownText,
  durationText,
  elapsedText,
  remainingOf,
  spentOf,
  timeText,
  toneOf,
  withSample,
} from './clock-text.ts';

const at = (text: string) => Date.parse(`2026-11-23T${text}Z`);

describe('a clock that everybody sees', () => {
  test('runs towards its end, and stands where it was stopped', () => {
    expect(remainingOf({ endsAt: '2026-11-23T09:00:00.000Z' }, at('08:58:30'))).toBe(90_000);
    expect(remainingOf({ endsAt: '2026-11-23T09:00:00.000Z' }, at('09:00:05'))).toBe(-5_000);
    expect(remainingOf({ remainingMs: 1_234 }, at('09:00:00'))).toBe(1_234);
  });

  test.each([
    [65_000, '1:05'],
    [64_001, '1:05'],
    [3_725_000, '1:02:05'],
    [0, '0:00'],
    [-400, '0:00'],
    [-7_000, '−0:07'],
    [-3_600_000, '−1:00:00'],
  ])('says %d ms as %s', (ms, text) => {
    expect(countdownText(ms)).toBe(text);
  });

  test('is calm, then near its end, then over', () => {
    expect([120_000, 60_000, 0, -999, -1_000].map(toneOf)).toEqual(['calm', 'soon', 'soon', 'soon', 'over']);
  });
});

describe('time that was spent', () => {
  test('goes on while it runs, and never backwards', () => {
    expect(spentOf({ spentMs: 1_000 }, at('09:00:00'))).toBe(1_000);
    expect(spentOf({ spentMs: 1_000, runningSince: '2026-11-23T08:59:58.000Z' }, at('09:00:00'))).toBe(3_000);
    expect(spentOf({ spentMs: 1_000, runningSince: '2026-11-23T09:00:02.000Z' }, at('09:00:00'))).toBe(1_000);
  });

  test('is said in minutes and seconds, or in hours and minutes', () => {
    expect(elapsedText(59_999)).toBe('0:59');
    expect([0, 90, 1_200, 3_600, 3_900].map(durationText)).toEqual(['0 min', '2 min', '20 min', '1 h', '1 h 05']);
  });
});

describe('the clock of the server', () => {
  test('is known best from the answer that was under way the shortest', () => {
    expect(bestOffset([-900, -120, -300])).toBe(-120);
    expect(bestOffset([])).toBe(0);
    expect(withSample([1, 2, 3, 4, 5, 6], 7)).toEqual([2, 3, 4, 5, 6, 7]);
  });

  test('is learned anew when our own was set', () => {
    expect(withSample([-100, -50], -3_600_000)).toEqual([-3_600_000]);
  });

  test('is read in the time of the meeting, in twenty-four hours', () => {
    expect(timeText('en', '2026-11-23T13:05:00.000Z', 'Europe/Paris')).toBe('14:05');
    expect(timeText('fr', '2026-11-23T23:05:00.000Z', 'Europe/Paris')).toBe('00:05');
  });

  test('says by how much the end is late', () => {});
});
