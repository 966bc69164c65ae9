import { describe, expect, test } from '@jest/globals';
import { agendaParts, beforeAfterDrop, beforeAfterStep, totalsOf, withMoved } from './agenda.ts';
import { aMeeting, anItem } from './test-meeting.ts';

const agenda = [
  anItem({ id: 'a', number: '1' }),
  anItem({ id: 'p', number: undefined, state: 'proposed' }),
  anItem({ id: 'b', number: '2', plannedSec: 1_800 }),
  anItem({ id: 'c', number: '3' }),
  anItem({ id: 'l', number: 'L1', late: true }),
  anItem({ id: 'd', number: '4', state: 'deferred' }),
];
const ids = (items: readonly { id: string }[]) => items.map(({ id }) => id).join('');

test('An agenda is shown in parts: what is dealt with, what is proposed, what is set aside', () => {
  const { listed, proposed, aside } = agendaParts(agenda);
  expect([ids(listed), ids(proposed), ids(aside)]).toEqual(['abcl', 'p', 'd']);
});

describe('Planned time', () => {
  test('is compared with the length of the meeting', () => {
    const times = { startAt: '2027-01-12T08:30:00.000Z', endAt: '2027-01-12T09:30:00.000Z' };
    expect(totalsOf(aMeeting({ agenda, ...times }))).toEqual({ plannedSec: 3_600, lengthSec: 3_600, leftSec: 0 });
    const longer = [...agenda, anItem({ id: 'e', plannedSec: 300 })];
    expect(totalsOf(aMeeting({ agenda: longer, ...times })).leftSec).toBe(-300);
  });

  test('stands alone while the meeting has no end', () => {
    expect(totalsOf(aMeeting({ agenda, endAt: undefined }))).toEqual({ plannedSec: 3_600 });
  });
});

describe('An item that is moved', () => {
  test('by a step comes before its neighbour, or last; what is proposed does not count', () => {
    expect(beforeAfterStep(agenda, 'b', -1)).toBe('a');
    expect(beforeAfterStep(agenda, 'a', 1)).toBe('c');
    expect(beforeAfterStep(agenda, 'c', 1)).toBeNull();
  });

  test('by a step stays at the ends', () => {
    expect(beforeAfterStep(agenda, 'a', -1)).toBeUndefined();
    expect(beforeAfterStep(agenda, 'l', 1)).toBeUndefined();
    expect(beforeAfterStep(agenda, 'p', 1)).toBeUndefined();
  });

  test('by dropping comes before or behind the row it is dropped on', () => {
    expect(beforeAfterDrop(agenda, 'c', { id: 'a', half: 'upper' })).toBe('a');
    expect(beforeAfterDrop(agenda, 'c', { id: 'a', half: 'lower' })).toBe('b');
    expect(beforeAfterDrop(agenda, 'a', { id: 'l', half: 'lower' })).toBeNull();
  });

  test('by dropping where it is stays', () => {
    expect(beforeAfterDrop(agenda, 'b', { id: 'b', half: 'upper' })).toBeUndefined();
    expect(beforeAfterDrop(agenda, 'b', { id: 'a', half: 'lower' })).toBeUndefined();
    expect(beforeAfterDrop(agenda, 'b', { id: 'c', half: 'upper' })).toBeUndefined();
  });

  test('is shown in its place and numbered anew, late ones apart', () => {
    const after = withMoved(agenda, 'c', 'a');
    expect(ids(after)).toBe('capbld');
    expect(after.map(({ number }) => number)).toEqual(['1', '2', undefined, '3', 'L1', '4']);
    expect(ids(withMoved(agenda, 'a', null))).toBe('pbclda');
  });

  test('before one that is gone stays', () => {
    expect(ids(withMoved(agenda, 'a', 'gone'))).toBe('apbcld');
  });
});
