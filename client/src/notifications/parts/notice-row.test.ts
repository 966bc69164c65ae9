import type { Notification } from '@concert/domain/notifications/api.ts';
import { expect, test } from '@jest/globals';
import { summaryOf } from './notice-row.tsx';

type Event = Notification['events'][number];

let made = 0;
const event = (reason: Event['reason'], name: string): Event => {
  made += 1;
  return { id: `e${made}`, reason, by: { id: name, name, color: '#0b6b68' }, at: '2026-11-23T08:30:00.000Z' };
};

/** Says the key and what it was given, instead of a language. */
const say = (key: string, values: Readonly<Record<string, string | number>> = {}): string =>
  `${key}(${Object.values(values).join(',')})`;
const told = (...events: Event[]): string =>
  summaryOf(
    events,
    say,
    (names) => names.join(' & '),
    (day) => `the ${day}`,
  );

test('the newest event is told, with all who replied and how much else there was', () => {
  expect(told()).toBe('');
  expect(told(event('replied', 'Ada'))).toBe('notice.replied(1,Ada)');
  expect(told(event('opened', 'Ada'), event('replied', 'Bo'), event('replied', 'Cy'), event('replied', 'Bo'))).toBe(
    'notice.replied(2,Bo & Cy) notice.more(1)',
  );
  expect(told(event('replied', 'Bo'), event('resolved', 'Ada'))).toBe('notice.resolved(Ada,) notice.more(1)');
});

test('a mention is told before everything newer', () => {
  expect(told(event('mentioned', 'Ada'), event('replied', 'Bo'), event('resolved', 'Cy'))).toBe(
    'notice.mentioned(Ada,) notice.more(2)',
  );
});

test('of what nobody did the day is told', () => {
  const { by: _, ...late } = event('action-late', '');
  expect(told({ ...late, day: '2026-11-20' })).toBe('notice.action-late(,the 2026-11-20)');
});
