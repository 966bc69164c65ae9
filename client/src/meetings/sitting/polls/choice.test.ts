import { describe, expect, test } from '@jest/globals';
import { aPoll } from '../test/data.ts';
import { afterVote } from './after-vote.ts';
import { emptyChoice, mostPoints, movedBy, rankToggled, readinessOf, toggled, withPoints } from './choice.ts';

const options = ['a', 'b', 'c'].map((id) => ({ id, label: id.toUpperCase() }));

describe('a ballot', () => {
  test('chooses as many as it may, and one instead of another where one is all', () => {
    expect(toggled(['a'], 'b', 2)).toEqual(['a', 'b']);
    expect(toggled(['a', 'b'], 'c', 2)).toEqual(['a', 'b']);
    expect(toggled(['a', 'b'], 'a', 2)).toEqual(['b']);
    expect(toggled(['a'], 'b', 1)).toEqual(['b']);
  });

  test('gives no more points than are left', () => {
    const poll = aPoll({ method: 'dots', options, limits: { max: 5 } });
    const points = withPoints(withPoints([], 'a', 3), 'b', 1);
    expect(mostPoints(poll, points, 'a')).toBe(4);
    expect(mostPoints(poll, points, 'c')).toBe(1);
    expect(withPoints(points, 'a', 0)).toEqual([{ option: 'b', points: 1 }]);
    expect(mostPoints(aPoll({ ...poll, limits: { max: 5, perOption: 2 } }), [], 'a')).toBe(2);
    expect(mostPoints(aPoll({ method: 'score', options, limits: { perOption: 4 } }), points, 'a')).toBe(4);
  });

  test('is put in order step by step', () => {
    expect(rankToggled(['a'], 'b')).toEqual(['a', 'b']);
    expect(rankToggled(['a', 'b'], 'a')).toEqual(['b']);
    expect(movedBy(['a', 'b', 'c'], 'c', -1)).toEqual(['a', 'c', 'b']);
    expect(movedBy(['a', 'b', 'c'], 'a', -1)).toEqual(['a', 'b', 'c']);
    expect(movedBy(['a', 'b', 'c'], 'c', 1)).toEqual(['a', 'b', 'c']);
  });

  test('says whether it may be cast, and whether it is blank', () => {
    const choose = aPoll({ method: 'choose', options, limits: { min: 2, max: 2 } });
    expect(readinessOf(choose, emptyChoice(choose))).toEqual({ ready: true, blank: true });
    expect(readinessOf(choose, { method: 'choose', options: ['a'] })).toMatchObject({ refusal: 'too-few-options' });
    const consent = aPoll({ method: 'consent' });
    expect(readinessOf(consent, emptyChoice(consent))).toEqual({ ready: false, blank: false });
    expect(readinessOf(consent, { method: 'consent', vote: 'objection' })).toMatchObject({
      refusal: 'reason-required',
    });
    expect(readinessOf(consent, { method: 'consent', vote: 'consent' }).ready).toBe(true);
  });
});

describe('a poll in which one has voted', () => {
  const mine = [{ seatId: 's', title: 'Siège 1', via: 'self' as const, voted: false }];
  const answer = { seatId: 's', turnout: { cast: 1, of: 3 } };
  const yes = { method: 'motion', vote: 'yes' } as const;

  test('keeps what was chosen of a named poll alone', () => {
    expect(afterVote(aPoll({ mine }), answer, yes).mine[0]).toMatchObject({ voted: true, choice: yes });
    const secret = afterVote(aPoll({ mine, secrecy: 'secret' }), answer, yes);
    expect(secret.mine[0]).toEqual({ ...mine[0], voted: true });
  });

  test('counts no fewer voters than were known', () => {
    expect(afterVote(aPoll({ mine, turnout: { cast: 2, of: 3 } }), answer, yes).turnout.cast).toBe(2);
    expect(afterVote(aPoll({ mine }), answer, yes).turnout.cast).toBe(1);
  });
});
