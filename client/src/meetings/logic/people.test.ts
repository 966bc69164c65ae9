import type { VoteProxy } from '@concert/domain/meetings/shapes.ts';
import { describe, expect, test } from '@jest/globals';
import { answersOf, byQuality, changedLate, proxyReceivers } from './people.ts';
import { aMeeting, anAttendee } from './test-meeting.ts';

const ada = anAttendee();
const bob = anAttendee({ personId: 'bob', name: 'Bob', answer: 'accepted' });
const chiara = anAttendee({ personId: 'chiara', name: 'Chiara', quality: 'alternate', answer: 'excused' });
const dan = anAttendee({ personId: 'dan', name: 'Dan', quality: 'observer' });
const eve = anAttendee({ personId: 'eve', name: 'Eve', quality: 'guest' });
const attendees = [eve, ada, bob, chiara, dan];

const aProxy = (over: Partial<VoteProxy>): VoteProxy => ({
  ...{ id: 'p1', seatId: 's1', fromId: 'bob', toId: 'chiara', state: 'given', at: '2027-01-01T00:00:00.000Z' },
  ...over,
});

test('People are listed by quality, those who vote first', () => {
  expect(byQuality(attendees).map(({ quality }) => quality)).toEqual(['voter', 'alternate', 'observer', 'guest']);
});

test('Answers are counted of everybody but observers', () => {
  expect(answersOf(attendees)).toEqual({ called: 4, accepted: 1, excused: 1, waiting: 2 });
});

describe('[M16] A proxy can be given', () => {
  const receivers = (proxies: VoteProxy[]) =>
    proxyReceivers(aMeeting({ attendees, proxies }), 'ada').map(({ personId }) => personId);

  test('to others who vote', () => {
    expect(receivers([])).toEqual(['bob', 'chiara']);
  });

  test('to nobody who has given theirs, or holds as many as the rules allow', () => {
    expect(receivers([aProxy({})])).toEqual(['chiara']);
    expect(receivers([aProxy({ state: 'accepted' })])).toEqual([]);
    expect(receivers([aProxy({ state: 'revoked' })])).toEqual(['bob', 'chiara']);
  });
});

test('[M58] Who conducts is told of answers that were changed within a day of a meeting to come', () => {
  const startAt = '2027-01-12T08:30:00.000Z';
  const changed = (answerChangedAt: string) => anAttendee({ answer: 'excused', answerChangedAt });
  const people = [ada, changed('2027-01-11T08:29:00.000Z'), changed('2027-01-11T08:30:00.000Z')];
  const late = (over: Parameters<typeof aMeeting>[0]) =>
    changedLate(aMeeting({ attendees: people, startAt, ...over })).map(({ answerChangedAt }) => answerChangedAt);
  expect(late({})).toEqual(['2027-01-11T08:30:00.000Z']);
  expect(late({ state: 'ended' })).toEqual([]);
  expect(late({ startAt: undefined })).toEqual([]);
});
