import { describe, expect, test } from '@jest/globals';
import { isClosed, isOverdue, mayMove, movesFrom, reminderFor } from './actions.ts';
import { ACTION_STATES } from './actions-api.ts';

const [owner, conductor, nobody] = [
  { owner: true, conducts: false },
  { owner: false, conducts: true },
  { owner: false, conducts: false },
];

describe('action items', () => {
  test('[AI2] the owner begins and does them; who acts for the body sees that they are done, drops and reopens them', () => {
    expect(Object.fromEntries(ACTION_STATES.map((state) => [state, movesFrom(state, owner)]))).toEqual({
      open: ['in-progress', 'done'],
      'in-progress': ['open', 'done'],
      done: ['open', 'in-progress'],
      verified: [],
      cancelled: [],
    });
    expect(Object.fromEntries(ACTION_STATES.map((state) => [state, movesFrom(state, conductor)]))).toEqual({
      open: ['in-progress', 'done', 'cancelled'],
      'in-progress': ['open', 'done', 'cancelled'],
      done: ['open', 'in-progress', 'verified', 'cancelled'],
      verified: ['open'],
      cancelled: ['open'],
    });
    for (const state of ACTION_STATES) expect(movesFrom(state, nobody)).toEqual([]);
  });

  test('[AI2] a move is refused with its reason, and dropping says why', () => {
    expect(mayMove('open', 'done', nobody, '')).toMatchObject({ reason: 'not-yours' });
    expect(mayMove('done', 'verified', owner, '')).toMatchObject({ reason: 'not-yours' });
    expect(mayMove('open', 'verified', conductor, '')).toMatchObject({ reason: 'action-not-so' });
    expect(mayMove('open', 'cancelled', conductor, '')).toMatchObject({ reason: 'reason-missing' });
    expect(mayMove('open', 'cancelled', conductor, 'no longer needed')).toEqual({ ok: true });
  });

  test('[AI3] are overdue from the day after, while they are not done', () => {
    const due = { state: 'open' as const, dueOn: '2026-11-20' };
    expect(['2026-11-19', '2026-11-20', '2026-11-21'].map((day) => isOverdue(due, day))).toEqual([false, false, true]);
    expect(ACTION_STATES.filter((state) => isOverdue({ ...due, state }, '2026-12-01'))).toEqual([
      'open',
      'in-progress',
    ]);
    expect(isOverdue({ state: 'open' }, '2026-12-01')).toBe(false);
  });

  test('[AI5] are carried on until they were seen to be done, or dropped', () => {
    expect(ACTION_STATES.filter((state) => !isClosed(state))).toEqual(['open', 'in-progress', 'done']);
  });

  test('[AI6] are reminded of from three days before on, and once their day has passed', () => {
    const due = { state: 'open' as const, dueOn: '2026-11-20' };
    const days = ['2026-11-16', '2026-11-17', '2026-11-20', '2026-11-21'];
    expect(days.map((day) => reminderFor(due, day))).toEqual([undefined, 'soon', 'soon', 'late']);
    expect(reminderFor({ ...due, state: 'done' }, '2026-11-21')).toBeUndefined();
    expect(reminderFor({ state: 'open' }, '2026-11-21')).toBeUndefined();
  });
});
