import { expect, test } from '@jest/globals';
import { runKills } from './kills.ts';

test('what was acknowledged survives kill -9, once, and almost everything older than a second is acknowledged', async () => {
  const seed = Math.floor(Math.random() * 1_000_000);
  const result = await runKills({ kills: 4, writers: 20, documents: 10, rate: 5, seed });
  expect({ seed, lost: result.lost, doubled: result.doubled }).toEqual({ seed, lost: [], doubled: [] });
  expect(result.acknowledged).toBeGreaterThan(0);
  expect(result.olderAcknowledged).toBeGreaterThanOrEqual(0.9);
}, 180_000);
