import { describe, expect, test } from '@jest/globals';
import { beginOf, filterFrom, paramsOf } from './filter.ts';

describe('the filter of a search', () => {
  test('is its address and comes back from it', () => {
    const filter = { q: 'marché & co', kind: 'thread', workspaceId: 'w1', authorId: 'a1', period: 'month' } as const;
    expect(filterFrom(new URLSearchParams(paramsOf(filter).toString()))).toEqual(filter);
    expect(paramsOf({ q: 'x' }).toString()).toBe('q=x');
  });

  test('takes no nonsense out of an address', () => {
    const filter = filterFrom(
      new URLSearchParams(`kind=secret&workspace=../x&author=%3Cb%3E&period=ever&q=${'x'.repeat(500)}`),
    );
    expect(filter).toEqual({ q: 'x'.repeat(200) });
  });

  test('a period begins at a midnight', () => {
    const begin = beginOf('week', new Date(2026, 10, 23, 15, 30));
    expect(new Date(begin ?? '')).toEqual(new Date(2026, 10, 16));
    expect(beginOf(undefined, new Date())).toBeUndefined();
  });
});
