import type { Seat } from '@concert/domain/governance/api.ts';
import { describe, expect, test } from '@jest/globals';
import { byCollege, endsSoon, instantOf, nextRank, totalsOf } from './seating.ts';

const aSeat = (over: Partial<Seat>): Seat => ({
  id: 'seat',
  title: 'Seat',
  voting: true,
  weight: 1_000,
  since: '2026-01-01T00:00:00.000Z',
  alternates: [],
  ...over,
});
const ada = { mandateId: 'm', personId: 'ada', name: 'Ada', color: '#0b6b68', role: 'member' } as const;

describe('seats', () => {
  test('stand by college in the order of their first seat, those in none at the end', () => {
    const seats = [aSeat({ id: '1' }), aSeat({ id: '2', college: 'SMEs' }), aSeat({ id: '3', college: 'Buyers' })];
    expect(
      byCollege([...seats, aSeat({ id: '4', college: 'SMEs' })]).map(({ college, seats: n }) => [college, n]),
    ).toEqual([
      ['SMEs', 2],
      ['Buyers', 1],
      [undefined, 1],
    ]);
  });

  test('[G7] add up to votes exactly, without those that do not vote', () => {
    const seats = [
      ...Array.from({ length: 3 }, () => aSeat({ weight: 100, holder: ada })),
      aSeat({ voting: false, weight: 5_000 }),
    ];
    expect(totalsOf(seats)).toEqual({ seats: 4, vacant: 1, votes: 0.3, even: false });
    expect(totalsOf([aSeat({}), aSeat({})])).toEqual({ seats: 2, vacant: 2, votes: 2, even: true });
  });

  test('[G6] the next alternate comes behind all others', () => {
    expect(nextRank(aSeat({}))).toBe(1);
    expect(
      nextRank(
        aSeat({
          alternates: [
            { ...ada, rank: 3 },
            { ...ada, rank: 1 },
          ],
        }),
      ),
    ).toBe(4);
  });

  test('are asked about at the end of a day of the region', () => {
    expect(instantOf('2026-07-14')).toBe('2026-07-14T21:59:59.999Z');
    expect(instantOf('2026-12-24')).toBe('2026-12-24T22:59:59.999Z');
  });

  test('[G11] an end is said when it is near, not when it has passed', () => {
    const now = Date.parse('2026-11-23T08:30:00.000Z');
    expect(endsSoon('2026-12-31T23:00:00.000Z', now)).toBe(true);
    expect(endsSoon('2027-12-31T23:00:00.000Z', now)).toBe(false);
    expect(endsSoon('2026-11-22T23:00:00.000Z', now)).toBe(false);
    expect(endsSoon(undefined, now)).toBe(false);
  });
});
