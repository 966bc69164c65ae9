import { describe, expect, test } from '@jest/globals';
import { anItem } from '../test/data.ts';
import { minutesLonger, shiftOf } from './drift.ts';

const startAt = '2026-12-06T09:00:00.000Z';
const openedAt = '2026-11-23T20:00:00.000Z';
const agenda = [
  anItem({ plannedSec: 5_400, state: 'done' }),
  anItem({ plannedSec: 1_800 }),
  anItem({ plannedSec: 900, state: 'deferred' }),
];

describe('how far a sitting is from its plan', () => {
  test('is told from its real opening, on whatever day that was', () => {
    expect(minutesLonger({ openedAt, agenda, expectedEnd: '2026-11-23T22:00:50.000Z' })).toBe(0);
    expect(minutesLonger({ openedAt, agenda, expectedEnd: '2026-11-23T22:12:00.000Z' })).toBe(12);
    expect(minutesLonger({ openedAt, agenda, expectedEnd: '2026-11-23T21:55:00.000Z' })).toBe(-5);
  });

  test('is nothing before it opens, and without a plan', () => {
    expect(minutesLonger({ agenda, expectedEnd: startAt })).toBe(0);
    expect(minutesLonger({ openedAt, agenda: [], expectedEnd: startAt })).toBe(0);
    expect(shiftOf({ startAt })).toBe(0);
    expect(shiftOf({ startAt, openedAt: '2026-12-06T09:02:00.000Z' })).toBe(120_000);
  });
});
