import type { Conflict } from '@concert/domain/meetings/shapes.ts';
import { describe, expect, test } from '@jest/globals';
import { recusalOf } from './recusal.ts';

const aConflict = (over: Partial<Conflict>): Conflict => ({
  id: 'c',
  personId: 'ada',
  itemId: 'one',
  declaredBy: 'ada',
  at: '2026-11-23T08:30:00.000Z',
  lifted: false,
  ...over,
});

describe('[M10] a conflict of interest', () => {
  test('keeps out of the vote from the moment it is declared', () => {
    expect(recusalOf([aConflict({})], 'ada', 'one')).toBe('pending');
    expect(recusalOf([aConflict({})], 'ada', 'two')).toBeUndefined();
    expect(recusalOf([aConflict({})], 'bob', 'one')).toBeUndefined();
  });

  test('is without consequence once lifted or found harmless', () => {
    expect(
      recusalOf([aConflict({ lifted: true }), aConflict({ assessment: 'no-action' })], 'ada', 'one'),
    ).toBeUndefined();
  });

  test('[M60] means nothing while it was only reported by somebody else', () => {
    const notice = aConflict({ declaredBy: 'bob', notice: true });
    expect(recusalOf([notice], 'ada', 'one')).toBeUndefined();
    expect(recusalOf([{ ...notice, assessment: 'no-vote' }], 'ada', 'one')).toBe('no-vote');
  });

  test('weighs by the strictest of several', () => {
    const several = [aConflict({}), aConflict({ assessment: 'leave-room' }), aConflict({ assessment: 'no-vote' })];
    expect(recusalOf(several, 'ada', 'one')).toBe('leave-room');
  });
});
