import { describe, expect, test } from '@jest/globals';
import { Pacer } from '../src/pacer.ts';

/** The wait after a second of so many edits a second that go to so many sockets each. */
function intervalAt(editsPerSecond: number, receivers: number): number {
  let now = 0;
  const pacer = new Pacer({ now: () => now });
  for (let i = 0; i < 4 * editsPerSecond; i++) {
    now = (i * 1_000) / editsPerSecond;
    pacer.edit(receivers);
  }
  return pacer.interval();
}

describe('[S2] the more it would cost to serve each edit alone, the further apart commits begin', () => {
  test('a few people who type wait for nothing', () => {
    expect(intervalAt(10, 10)).toBe(0);
  });

  test('a hundred edits a second to a hundred sockets wait a few milliseconds', () => {
    expect(intervalAt(100, 100)).toBeGreaterThan(2);
    expect(intervalAt(100, 100)).toBeLessThan(6);
  });

  test('the wait grows with the square of the demand, to 16 ms and no further', () => {
    expect(intervalAt(160, 100) / intervalAt(80, 100)).toBeCloseTo(4, 0);
    for (const rate of [300, 3_000, 30_000]) expect(intervalAt(rate, 100)).toBe(16);
  });

  test('and ends with it', () => {
    let now = 0;
    const pacer = new Pacer({ now: () => now });
    for (let i = 0; i < 1_000; i++) pacer.edit(100);
    expect(pacer.interval()).toBe(16);
    now += 5_000;
    expect(pacer.interval()).toBe(0);
  });
});
