import { expect, test } from '@jest/globals';
import { noticeOf } from './notice.ts';
import { aMeeting, anItem } from './test-meeting.ts';

const meeting = aMeeting({ agenda: [anItem()] });
const at = (instant: string) => new Date(instant);

test('[M4] Twelve clear days before the day of the meeting are in time, eleven are too short', () => {
  const needed = 12;
  expect(noticeOf(meeting, at('2026-12-30T22:00:00Z'))).toEqual({ kind: 'in-time', days: 12, needed });
  expect(noticeOf(meeting, at('2026-12-31T08:00:00Z'))).toEqual({ kind: 'too-short', days: 11, needed });
});

test('[M4] Days are those of the time zone of the meeting', () => {
  expect(noticeOf(meeting, at('2026-12-30T23:30:00Z'))).toMatchObject({ days: 11 });
});

test('A body without notice asks for none', () => {
  const rules = { ...meeting.rules, noticeDays: 0 };
  expect(noticeOf({ ...meeting, rules }, at('2027-01-12T07:00:00Z'))).toEqual({
    kind: 'none-asked',
    days: 0,
    needed: 0,
  });
});

test('Without a date, with one that has passed, or without an item nothing is convened', () => {
  const now = at('2026-12-01T08:00:00Z');
  expect(noticeOf({ ...meeting, startAt: undefined }, now)).toEqual({ kind: 'no-date' });
  expect(noticeOf(meeting, at('2027-02-01T08:00:00Z'))).toEqual({ kind: 'in-the-past' });
  expect(noticeOf({ ...meeting, agenda: [anItem({ state: 'proposed' })] }, now)).toEqual({ kind: 'no-agenda' });
});
