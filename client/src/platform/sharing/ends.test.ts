import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { endOf, lastDayOf, startOf } from './ends.ts';

describe('the end of a right', () => {
  test('is the midnight after its last day, in winter and in summer', () => {
    expect(endOf('2026-12-31')).toBe('2026-12-31T23:00:00.000Z');
    expect(endOf('2027-06-30')).toBe('2027-06-30T22:00:00.000Z');
  });

  test('holds on the days on which the clocks change', () => {
    expect([startOf('2027-03-28'), endOf('2027-03-28')]).toEqual([
      '2027-03-27T23:00:00.000Z',
      '2027-03-28T22:00:00.000Z',
    ]);
    expect([startOf('2026-10-25'), endOf('2026-10-25')]).toEqual([
      '2026-10-24T22:00:00.000Z',
      '2026-10-25T23:00:00.000Z',
    ]);
  });

  test('gives its last day back, whatever the day', () => {
    const days = fc.date({ min: new Date('2020-01-01'), max: new Date('2060-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(days, (date) => {
        const day = date.toISOString().slice(0, 10);
        expect(lastDayOf(endOf(day))).toBe(day);
      }),
    );
  });
});
