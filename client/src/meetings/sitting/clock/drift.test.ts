import { describe, expect, test } from '@jest/globals';
import { minutesLonger, shiftOf } from './drift.ts';

const plan = { startAt: '2026-12-06T09:00:00.000Z', endAt: '2026-12-06T11:00:00.000Z' };

describe('how far a sitting is from its plan', () => {
  test('is told from its real opening, on whatever day that was', () => {
    const opened = { ...plan, openedAt: '2026-11-23T20:00:00.000Z' };
    expect(minutesLonger({ ...opened, expectedEnd: '2026-11-23T22:00:50.000Z' })).toBe(0);
    expect(minutesLonger({ ...opened, expectedEnd: '2026-11-23T22:12:00.000Z' })).toBe(12);
    expect(minutesLonger({ ...opened, expectedEnd: '2026-11-23T21:55:00.000Z' })).toBe(-5);
  });

  test('is nothing before it opens, and without a plan', () => {
    expect(minutesLonger({ ...plan, expectedEnd: plan.endAt })).toBe(0);
    expect(minutesLonger({ openedAt: plan.startAt, expectedEnd: plan.endAt })).toBe(0);
    expect(shiftOf(plan)).toBe(0);
  });
});
