import { expect, test } from '@jest/globals';
import { RecentTimes } from './recent.ts';

test('nothing measured is told as nothing, not as zero', () => {
  expect(new RecentTimes().read()).toBeNull();
});

test('quantiles are of times that were measured', () => {
  const times = new RecentTimes();
  for (let ms = 100; ms >= 1; ms -= 1) times.add(ms);
  expect(times.read()).toEqual({ count: 100, p50: 50, p95: 95, p99: 99 });
});

test('one time is every quantile', () => {
  const times = new RecentTimes();
  times.add(7.123);
  expect(times.read()).toEqual({ count: 1, p50: 7.12, p95: 7.12, p99: 7.12 });
});

test('only the last times count, and none of more than five minutes ago', () => {
  let now = 0;
  const times = new RecentTimes(() => now);
  for (let n = 0; n < 10_000; n += 1) times.add(n < 5_000 ? 1_000 : 5);
  expect(times.read()).toEqual({ count: 2_048, p50: 5, p95: 5, p99: 5 });
  now = 300_001;
  expect(times.read()).toBeNull();
  times.add(3);
  expect(times.read()?.count).toBe(1);
});
