import type { PubSub } from '@concert/sync';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { describeBus } from '../../packages/sync/test/bus.contract.ts';
import type { Bus } from '../src/platform/bus/bus.ts';
import { createBus } from '../src/platform/bus/create-bus.ts';
import { createLog } from '../src/platform/log.ts';
import { until } from './harness.ts';
import { describeWithRedis, startRedis, type TestRedis } from './redis.ts';

describeWithRedis('documents over Redis', () => {
  let redis: TestRedis;
  let buses: Bus[];
  let joined = 0;
  beforeAll(async () => {
    redis = await startRedis();
    const options = { redisUrl: redis.url, name: 'contract', log: createLog('silent') };
    buses = await Promise.all([createBus(options), createBus(options), createBus(options)]);
  });
  afterAll(async () => {
    for (const bus of buses) await bus.stop();
    await redis.remove();
  });
  const join = (): PubSub => {
    joined += 1;
    const way = buses[joined % buses.length]?.documents;
    if (way === undefined) throw new Error('a bus over Redis shares documents');
    return way;
  };

  describeBus('Redis', join);

  test('[S47] a break is noticed, and what was listened to before and meanwhile is heard after it', async () => {
    const [one, other] = [join(), join()];
    const heard: string[] = [];
    const stops = [other.subscribe('before', () => heard.push('before'))];
    let returned = 0;
    stops.push(
      other.onReturn(() => {
        returned += 1;
      }),
    );
    await redis.kill();
    await until('both notice', () => !one.isReady() && !other.isReady(), 15_000);
    stops.push(other.subscribe('meanwhile', () => heard.push('meanwhile')));
    one.publish('before', new Uint8Array([1]));
    await redis.start();
    await until('both are back', () => one.isReady() && other.isReady() && returned > 0, 15_000);
    expect(heard).toEqual([]);
    await until('both are heard', () => {
      for (const channel of ['before', 'meanwhile']) one.publish(channel, new Uint8Array([1]));
      return heard.includes('before') && heard.includes('meanwhile');
    });
    for (const stop of stops) stop();
  }, 60_000);
});
