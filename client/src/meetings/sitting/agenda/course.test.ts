import { DEFAULT_RULES } from '@concert/domain/governance/rule-set.ts';
import { describe, expect, test } from '@jest/globals';
import { openable } from '../polls/openable.ts';
import { anItem, aPoll, aSitting } from '../test/data.ts';
import { beginningOf, itemsListed, itemsShown, nextItem, turnHindered } from './course.ts';

describe('the course of the agenda', () => {
  const agenda = [
    anItem({ id: 'a', state: 'paused' }),
    anItem({ id: 'b', state: 'active' }),
    anItem({ id: 'p', state: 'proposed' }),
    anItem({ id: 'c', state: 'done' }),
    anItem({ id: 'd' }),
  ];

  test('goes on with what comes after, then with what was left behind', () => {
    expect(nextItem({ agenda, currentItemId: 'b' })?.id).toBe('d');
    expect(nextItem({ agenda, currentItemId: 'd' })?.id).toBe('a');
    expect(nextItem({ agenda, currentItemId: undefined })?.id).toBe('a');
    expect(nextItem({ agenda: [anItem({ state: 'active' })], currentItemId: 'one' })).toBeUndefined();
  });

  test('shows nothing that is only proposed', () => {
    expect(itemsShown(agenda).map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd']);
  });

  test('[M57] lists late proposals to who conducts, where the body votes on taking them', () => {
    const late = [anItem({ id: 'a' }), anItem({ id: 'late', state: 'proposed', late: true })];
    const listed = (lateItems: 'chair' | 'two-thirds', conducts: boolean) =>
      itemsListed({ agenda: late, rules: { ...DEFAULT_RULES, lateItems }, me: { ...aSitting().me, conducts } }).length;
    expect([listed('two-thirds', true), listed('two-thirds', false), listed('chair', true)]).toEqual([2, 1, 1]);
    const meeting = aSitting({ agenda: late, rules: { ...DEFAULT_RULES, lateItems: 'two-thirds' } });
    expect(openable(meeting, aPoll({ itemId: 'late' }))).toBe(true);
    expect(openable({ ...meeting, state: 'suspended' }, aPoll({ itemId: 'late' }))).toBe(false);
  });

  test('stands still while a poll is open, or the sitting is not', () => {
    expect(turnHindered({ state: 'in-session', openPollIds: [] })).toBeUndefined();
    expect(turnHindered({ state: 'in-session', openPollIds: ['x'] })).toBe('poll');
    expect(turnHindered({ state: 'suspended', openPollIds: [] })).toBe('not-open');
  });

  test('says when an item begins, and where that has moved', () => {
    const plannedAt = '2026-11-23T09:00:00.000Z';
    expect(beginningOf(anItem({ plannedAt, expectedAt: '2026-11-23T09:00:30.000Z' }))).toEqual({ planned: plannedAt });
    const expectedAt = '2026-11-23T09:12:00.000Z';
    expect(beginningOf(anItem({ plannedAt, expectedAt }))).toEqual({ planned: plannedAt, expected: expectedAt });
    expect(beginningOf(anItem({ plannedAt, expectedAt, state: 'done' }))).toEqual({});
    expect(beginningOf(anItem({ plannedAt, expectedAt }), 720_000)).toEqual({ planned: expectedAt });
  });
});
