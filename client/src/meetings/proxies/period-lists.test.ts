import type { PeriodProxy } from '@concert/domain/meetings/proxies-api.ts';
import { expect, test } from '@jest/globals';
import { periodParts } from './period-lists.ts';

const person = (id: string) => ({ id, name: id, color: '#123456' });
const proxy = (from: string, to: string, over: Partial<PeriodProxy> = {}): PeriodProxy => ({
  ...{ id: `${from}-${to}`, bodyId: 'board', bodyName: 'Board', seatId: 'seat', from: person(from), to: person(to) },
  ...{ fromDay: '2027-01-01', untilDay: '2027-02-01', state: 'accepted', over: false, at: '2026-12-01T00:00:00.000Z' },
  ...over,
});

test('[M54] proxies for a time are told apart: offered to the reader, theirs, those of others, and what is over', () => {
  const parts = periodParts(
    [
      proxy('ada', 'me', { state: 'given' }),
      proxy('me', 'bob', { state: 'given' }),
      proxy('cleo', 'me'),
      proxy('ada', 'bob'),
      proxy('dan', 'me', { state: 'refused' }),
      proxy('eve', 'me', { over: true }),
    ],
    'me',
  );
  const ids = (list: readonly PeriodProxy[]) => list.map(({ id }) => id);
  expect(Object.values(parts).map(ids)).toEqual([['ada-me'], ['me-bob', 'cleo-me'], ['ada-bob'], ['dan-me', 'eve-me']]);
});
