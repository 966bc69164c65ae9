import type { PollResult } from '@concert/domain/meetings/polls-api.ts';
import { describe, expect, test } from '@jest/globals';
import { aPoll, aSpeaker } from '../test/data.ts';
import { pollOnScreen, resultOnScreen } from './shown.ts';

const at = { currentItemId: 'one', speakers: [] };

describe('the projector', () => {
  test('shows the poll that is open before any result', () => {
    const polls = [aPoll({ id: 'open', itemId: 'two' }), aPoll({ id: 'old', state: 'published' })];
    expect(pollOnScreen(polls, at)?.id).toBe('open');
    expect(pollOnScreen(polls.slice(1), at)?.id).toBe('old');
    expect(pollOnScreen([aPoll({ state: 'published', itemId: 'two' })], at)).toBeUndefined();
    expect(pollOnScreen([aPoll({ state: 'draft' }), aPoll({ state: 'annulled' })], at)).toBeUndefined();
  });

  test('goes back to the item once somebody speaks again', () => {
    const speakers = [aSpeaker({ state: 'speaking' })];
    expect(pollOnScreen([aPoll({ state: 'published' })], { ...at, speakers })).toBeUndefined();
    expect(pollOnScreen([aPoll()], { ...at, speakers })?.id).toBe('poll-1');
  });

  test('shows no result before it is made known, even to who could see it', () => {
    const result = { outcome: 'adopted' } as PollResult;
    expect(resultOnScreen(aPoll({ state: 'closed', result }))).toBeUndefined();
    expect(resultOnScreen(aPoll({ state: 'open', result }))).toBeUndefined();
    expect(resultOnScreen(aPoll({ state: 'published', result }))).toBe(result);
  });
});
