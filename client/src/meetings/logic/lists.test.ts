import { describe, expect, test } from '@jest/globals';
import { nextMeetings } from '../home-section.tsx';
import { meetingWaitsFor } from '../waiting.ts';
import { byMonth } from './months.ts';
import { aLine } from './test-meeting.ts';

const keys = (lines: Parameters<typeof byMonth>[0]) => byMonth(lines).map(({ key }) => key);

describe('A list of meetings', () => {
  test('has what is held now first, then the months, then what has no date', () => {
    const lines = [
      aLine({ id: 'a', startAt: undefined, state: 'draft' }),
      aLine({ id: 'b' }),
      aLine({ id: 'c', startAt: '2027-02-02T09:00:00.000Z' }),
      aLine({ id: 'd', state: 'in-session' }),
    ];
    expect(keys(lines)).toEqual(['now', '2027-01', '2027-02', 'undated']);
  });

  test('takes the month from the clocks of the meeting', () => {
    const startAt = '2027-01-31T23:30:00.000Z';
    expect(keys([aLine({ startAt })])).toEqual(['2027-02']);
    expect(keys([aLine({ startAt, timeZone: 'UTC' })])).toEqual(['2027-01']);
  });
});

describe('The home page', () => {
  test('shows sittings that are open first, then convocations of the reader', () => {
    const lines = [
      aLine({ id: 'called' }),
      aLine({ id: 'foreign', called: false }),
      aLine({ id: 'draft', state: 'draft' }),
      aLine({ id: 'open', state: 'in-session', called: false }),
    ];
    expect(nextMeetings(lines).map(({ id }) => id)).toEqual(['open', 'called']);
  });

  test('[M55] says what waits: a vote, a sitting that is open, a proxy, an answer', () => {
    expect(meetingWaitsFor(aLine())).toEqual(['answer']);
    expect(meetingWaitsFor(aLine({ answer: 'accepted' }))).toEqual([]);
    expect(meetingWaitsFor(aLine({ called: false }))).toEqual([]);
    expect(meetingWaitsFor(aLine({ state: 'in-session' }))).toEqual(['join']);
    expect(meetingWaitsFor(aLine({ state: 'in-session', answer: 'excused' }))).toEqual([]);
    expect(meetingWaitsFor(aLine({ state: 'draft' }))).toEqual([]);
    expect(meetingWaitsFor(aLine({ proxyOffers: 1 }))).toEqual(['proxy', 'answer']);
    // The vote is in the sitting: one line for both.
    expect(meetingWaitsFor(aLine({ state: 'in-session', openVotes: 1 }))).toEqual(['vote']);
    expect(meetingWaitsFor(aLine({ mode: 'written', openVotes: 2 }))).toEqual(['vote']);
  });
});
