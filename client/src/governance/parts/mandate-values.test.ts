import type { Mandate } from '@concert/domain/governance/api.ts';
import { describe, expect, test } from '@jest/globals';
import { changed, EMPTY, given, valuesOf } from './mandate-values.ts';

const NOW = Date.parse('2026-11-23T08:30:00.000Z');
const BEFORE: Mandate = {
  id: 'm',
  personId: 'ada',
  name: 'Ada',
  color: '#0b6b68',
  role: 'alternate',
  seatId: 'seat',
  rank: 2,
  appointedBy: 'Order 12',
  from: '2026-03-12T10:15:00.000Z',
  until: '2027-06-30T22:00:00.000Z',
  state: 'running',
};

describe('a mandate in its form', () => {
  test('[G2] from today it runs from this moment, from another day since its midnight, until the end of its last', () => {
    expect(given({ ...EMPTY, from: '2026-11-23' }, NOW)).toEqual({ role: 'member' });
    expect(given({ ...EMPTY, from: '2026-12-01', until: '2027-06-30' }, NOW)).toEqual({
      role: 'member',
      from: '2026-11-30T23:00:00.000Z',
      until: '2027-06-30T22:00:00.000Z',
    });
  });

  test('[G6] an alternate of a seat has a rank, a holder none, and an observer no seat', () => {
    const at = { ...EMPTY, seatId: 'seat', rank: 2 };
    expect(given({ ...at, role: 'alternate' }, NOW)).toEqual({ role: 'alternate', seatId: 'seat', rank: 2 });
    expect(given({ ...at, role: 'chair' }, NOW)).toEqual({ role: 'chair', seatId: 'seat' });
    expect(given({ ...at, role: 'observer' }, NOW)).toEqual({ role: 'observer' });
    expect(given({ ...EMPTY, role: 'alternate' }, NOW)).toEqual({ role: 'alternate' });
  });

  test('what is not touched keeps its instants', () => {
    expect(changed(BEFORE, valuesOf(BEFORE))).toEqual({
      role: 'alternate',
      seatId: 'seat',
      rank: 2,
      appointedBy: 'Order 12',
    });
  });

  test('what is taken away is said to be without', () => {
    expect(changed(BEFORE, { ...valuesOf(BEFORE), role: 'observer', appointedBy: ' ', until: null })).toEqual({
      role: 'observer',
      seatId: null,
      rank: null,
      appointedBy: null,
      until: null,
    });
  });
});
