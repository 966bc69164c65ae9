import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startApp, type TestApp, until } from '../../../test/harness.ts';
import type { DomainEvent } from '../events.ts';
import { createLog } from '../log.ts';
import { systemPorts } from '../ports.ts';
import { createOutbox } from './create-outbox.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.stop());

type Thing = { _id: string; outbox: DomainEvent[] };

const setUp = (collection: string, react: (event: DomainEvent) => Promise<void>, alone = false) => {
  const { db } = app.app.platform;
  const outbox = createOutbox({ db, log: createLog('silent'), ports: systemPorts, alone });
  const things = db.collection<Thing>(collection);
  const add = async (id: string, ...names: string[]) => {
    await things.insertOne({ _id: id, outbox: names.map((name) => outbox.event('things.happened', { name })) });
    outbox.wake(collection);
  };
  const left = async () => (await things.find().toArray()).flatMap(({ outbox: events }) => events).length;
  return { outbox, add, left, start: () => outbox.start([{ 'things.happened': react }]) };
};

test('events are carried out in the order of their document and then removed', async () => {
  const seen: unknown[] = [];
  const { add, left, start } = setUp('things1', async ({ data }) => {
    seen.push(data.name);
  });
  const stop = await start();
  await add('a', 'one', 'two', 'three');
  await until('all events gone', async () => (await left()) === 0);
  expect(seen).toEqual(['one', 'two', 'three']);
  await stop();
});

test('what was written before a crash is carried out after it', async () => {
  const seen: unknown[] = [];
  const { outbox, add, left, start } = setUp('things2', async ({ data }) => {
    seen.push(data.name);
  });
  await add('a', 'one');
  outbox.watch('things2');
  const stop = await start();
  await until('the event gone', async () => (await left()) === 0);
  expect(seen).toEqual(['one']);
  await stop();
});

test.each([true, false])(
  'what an instance had when it was killed is carried out at once by its next run, if it is alone: %s',
  async (alone) => {
    const name = `things_killed_${alone}`;
    const seen: unknown[] = [];
    const react = async ({ data }: DomainEvent) => {
      seen.push(data.name);
    };
    const { add, left, start } = setUp(name, react, alone);
    await add('leased', 'one');
    const outboxUntil = new Date(systemPorts.now().getTime() + 60_000);
    await app.app.platform.db.collection(name).updateOne({}, { $set: { outboxUntil } });
    const stop = await start();
    await add('free', 'two');
    await until('what is free', async () => (await left()) === (alone ? 0 : 1));
    await stop();
    expect(seen.sort()).toEqual(alone ? ['one', 'two'] : ['two']);
  },
);

test('a failing reaction is tried again, and the events behind it wait', async () => {
  const seen: unknown[] = [];
  let failures = 1;
  const { add, left, start } = setUp('things3', async ({ data }) => {
    if (failures-- > 0) throw new Error('not yet');
    seen.push(data.name);
  });
  const stop = await start();
  await add('a', 'one', 'two');
  await until('all events gone', async () => (await left()) === 0);
  expect(seen).toEqual(['one', 'two']);
  await stop();
});

test('two instances do not carry out one event twice', async () => {
  const seen: unknown[] = [];
  const react = async ({ data }: DomainEvent) => {
    seen.push(data.name);
  };
  const [one, two] = [setUp('things4', react), setUp('things4', react)];
  const stops = [await one.start(), await two.start()];
  await Promise.all(Array.from({ length: 20 }, (_, i) => one.add(`thing${i}`, `event ${i}`)));
  two.outbox.wake('things4');
  await until('all events gone', async () => (await one.left()) === 0);
  expect(seen).toHaveLength(20);
  for (const stop of stops) await stop();
});
