import { expect, test } from '@jest/globals';
import { comparedTimes, spentSec } from './spent.ts';
import { anItem } from './test-meeting.ts';

const now = '2027-01-12T09:20:00.000Z';

test('An item that is open has taken its time until now', () => {
  expect(spentSec({ spentMs: 60_000, runningSince: '2027-01-12T09:14:00.000Z' }, now)).toBe(420);
  expect(spentSec({ spentMs: 60_000 }, now)).toBe(60);
});

test('Plan and course are compared of what was on the agenda; what was withdrawn in time is left out', () => {
  const agenda = [
    anItem({ id: 'a', state: 'done', spentMs: 720_000 }),
    anItem({ id: 'b', state: 'deferred' }),
    anItem({ id: 'c', state: 'withdrawn' }),
    anItem({ id: 'd', state: 'withdrawn', spentMs: 60_000 }),
    anItem({ id: 'e', state: 'refused' }),
  ];
  const { items, plannedSec, actualSec } = comparedTimes({ agenda, now });
  expect(items.map(({ id }) => id)).toEqual(['a', 'b', 'd']);
  expect([plannedSec, actualSec]).toEqual([1_800, 780]);
});
