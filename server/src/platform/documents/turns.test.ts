import { describe, expect, test } from '@jest/globals';
import { askerOf, createTurns, TooManyAtOnce } from './turns.ts';

describe('turns', () => {
  /** Work that ends when it is told to. */
  const held = () => {
    const ends: (() => void)[] = [];
    return { ends, work: () => new Promise<void>((resolve) => ends.push(resolve)) };
  };

  test('four of one asker are done at a time, sixty wait, more are refused; others are not held up', async () => {
    const inTurn = createTurns();
    const { ends, work } = held();
    const asked = Array.from({ length: 64 }, () => inTurn('mallory', work));
    expect(ends).toHaveLength(4);
    await expect(inTurn('mallory', work)).rejects.toThrow(TooManyAtOnce);
    expect(await inTurn('anna', async () => 'done')).toBe('done');
    for (let done = 0; done < 64; done += 1) {
      ends[done]?.();
      await asked[done];
    }
    expect(ends).toHaveLength(64);
    const again = inTurn('mallory', work);
    ends.at(-1)?.();
    await again;
  });

  test('what fails hands its turn on', async () => {
    const inTurn = createTurns();
    const failing = Array.from({ length: 20 }, () => inTurn('anna', () => Promise.reject(new Error('no'))));
    expect((await Promise.allSettled(failing)).every(({ status }) => status === 'rejected')).toBe(true);
    expect(await inTurn('anna', async () => 'done')).toBe('done');
  });
});

test('whatever stands beside a session, it is the same asker', () => {
  const one = askerOf({ cookie: 'concert.session=abc.def' });
  expect(one).toBe('abc.def');
  for (const cookie of ['a=b; concert.session=abc.def', '__Host-concert.session=abc.def; c=d'])
    expect(askerOf({ cookie })).toBe(one);
  for (const cookie of [undefined, '', 'a=b', 'concert.session=x; concert.session=abc.def', 'xconcert.session=abc'])
    expect(askerOf({ cookie })).toBe('');
  expect(askerOf({ authorization: 'Bearer x', cookie: 'concert.session=abc.def' })).toBe('Bearer x');
});
