import { describe, expect, test } from '@jest/globals';
import { createRefresher } from './stale.ts';

/** A cache whose readings end when they are told to. */
function cache() {
  const readings: { key: unknown; end: () => void; fail: () => void }[] = [];
  return {
    readings,
    invalidateQueries: (filters?: { queryKey?: unknown }) =>
      new Promise<void>((resolve, reject) => {
        readings.push({ key: filters?.queryKey, end: resolve, fail: () => reject(new Error('broken')) });
      }),
  };
}
const settled = () => new Promise((resolve) => setTimeout(resolve));

describe('what an event makes stale', () => {
  test('is read at once, and once more after the reading for all that was told meanwhile', async () => {
    const queries = cache();
    const refresh = createRefresher(queries as never);
    for (let n = 0; n < 5; n += 1) refresh(['meeting', 'one']);
    expect(queries.readings).toHaveLength(1);
    queries.readings[0]?.end();
    await settled();
    expect(queries.readings).toHaveLength(2);
    queries.readings[1]?.end();
    await settled();
    expect(queries.readings).toHaveLength(2);
    refresh(['meeting', 'one']);
    expect(queries.readings).toHaveLength(3);
  });

  test('waits for nothing else, and a reading that failed is not the last', async () => {
    const queries = cache();
    const refresh = createRefresher(queries as never);
    refresh(['meeting', 'one']);
    refresh(['meeting', 'two']);
    expect(queries.readings.map(({ key }) => key)).toEqual([
      ['meeting', 'one'],
      ['meeting', 'two'],
    ]);
    refresh(['meeting', 'one']);
    queries.readings[0]?.fail();
    await settled();
    expect(queries.readings).toHaveLength(3);
  });
});
