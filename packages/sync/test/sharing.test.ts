import { expect, test } from '@jest/globals';
import { Claims } from '../src/claims.ts';
import { Committer } from '../src/committer.ts';
import type { Context } from '../src/context.ts';
import { createWorkerPool, defaultLimits, MemoryStore } from '../src/index.ts';
import { noMeter } from '../src/meter.ts';
import { Pacer } from '../src/pacer.ts';
import type { Bus, News } from '../src/ports.ts';
import { type SharedRoom, Sharing } from '../src/sharing.ts';
import { until } from './harness.ts';

const store = new MemoryStore();
const clock = { now: () => 0 };
const log = { warn: () => {}, error: () => {} };
const context: Context = {
  store,
  bus: null,
  limits: defaultLimits,
  clock,
  log,
  workers: createWorkerPool(new URL('../src/workers/document-worker.ts', import.meta.url)),
  committer: new Committer(store, defaultLimits, log, noMeter, new Pacer(clock)),
  claims: new Claims(store, defaultLimits, log, noMeter),
  meter: noMeter,
  onRefused: () => {},
  onDurable: () => {},
  onPresence: () => {},
};

test('[S51] who has just committed lets the others go first, if they wrote a moment ago', async () => {
  const room = {
    documentId: 'doc',
    isClosed: false,
    seq: 0,
    resumed: 0,
    stateVector: () => new Uint8Array([0]),
    absorb: (seq: number) => {
      room.seq = seq;
    },
    resume: () => {
      room.resumed += 1;
    },
    giveUp: () => {},
    hearPresence: () => {},
    tellPresenceElsewhere: () => {},
  } satisfies SharedRoom & { resumed: number };
  let tell: (news: News) => void = () => {};
  const bus: Bus = {
    publish: () => {},
    subscribe: (_documentId, listener) => {
      tell = listener;
      return () => {};
    },
    isReady: () => true,
    onReturn: () => () => {},
  };
  const sharing = new Sharing(room, context, bus);
  sharing.start();
  const commit = () => {
    sharing.began();
    room.seq += 1;
    sharing.committed(room.seq, []);
  };

  commit();
  expect(sharing.waits).toBe(false);
  tell({ kind: 'record', seq: 2, updates: [new Uint8Array([0, 0])] });
  expect(room.seq).toBe(2);
  commit();
  expect(sharing.waits).toBe(true);
  await until(() => !sharing.waits && room.resumed > 0, 'goes on after a moment');
  sharing.stop();
});
