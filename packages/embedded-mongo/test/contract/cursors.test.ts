import { describe, expect, test } from '@jest/globals';
import { type Document, Long, MongoClient } from 'mongodb';
import { codeOf, ENGINES, useServer } from '../server.ts';

type Thing = Document & { _id: number };

const OWN = ENGINES.filter((engine) => engine !== 'real');
const count = (length: number): number[] => Array.from({ length }, (_, i) => i);

describe.each(ENGINES)('[W4] cursors on %s', (engine) => {
  const server = useServer(engine);
  const things = () => server().db.collection<Thing>('things');
  const fill = (length: number, more: (i: number) => Document = () => ({})) =>
    things().insertMany(count(length).map((i) => ({ _id: i, ...more(i) })));
  const find = (more: Document = {}) => server().db.command({ find: 'things', ...more });
  const more = (id: unknown, options: Document = {}) =>
    server().db.command({ getMore: Long.fromString(String(id)), collection: 'things', ...options });
  const ids = (batch: readonly Document[]): unknown[] => batch.map(({ _id }) => _id);

  test('the first batch has 101 documents, the next one the rest', async () => {
    await fill(250);
    const { cursor } = await find();
    expect(cursor.firstBatch).toHaveLength(101);
    const next = await more(cursor.id);
    expect(next.cursor.nextBatch).toHaveLength(149);
    expect(String(next.cursor.id)).toBe('0');
    expect(await codeOf(more(cursor.id))).toBe(43);
  });

  test('batchSize, limit and singleBatch say how many come', async () => {
    await fill(10);
    const { cursor } = await find({ batchSize: 3 });
    expect(ids(cursor.firstBatch)).toEqual([0, 1, 2]);
    expect(ids((await more(cursor.id, { batchSize: 4 })).cursor.nextBatch)).toEqual([3, 4, 5, 6]);
    expect(ids((await more(cursor.id)).cursor.nextBatch)).toEqual([7, 8, 9]);
    const limited = await find({ batchSize: 3, limit: 5 });
    const rest = await more(limited.cursor.id);
    expect([ids(rest.cursor.nextBatch), String(rest.cursor.id)]).toEqual([[3, 4], '0']);
    expect(String((await find({ limit: 5 })).cursor.id)).toBe('0');
    expect(String((await find({ batchSize: 2, singleBatch: true })).cursor.id)).toBe('0');
    const empty = await find({ batchSize: 0 });
    expect([empty.cursor.firstBatch, String(empty.cursor.id) === '0']).toEqual([[], false]);
  });

  test('a batch ends before 16 MB', async () => {
    const text = 'x'.repeat(6_000_000);
    await things().insertMany(count(4).map((i) => ({ _id: i, text })));
    const { cursor } = await find();
    expect(cursor.firstBatch).toHaveLength(2);
    expect((await more(cursor.id)).cursor.nextBatch).toHaveLength(2);
  });

  test('the driver walks through any number of batches, sorted by an index or not', async () => {
    await fill(1000, (i) => ({ a: (i * 7) % 1000, b: i % 10 }));
    await things().createIndex({ a: 1 });
    const walked = await things().find().sort({ a: -1 }).batchSize(37).toArray();
    expect(walked.map(({ a }) => a)).toEqual(count(1000).reverse());
    expect(
      (
        await things()
          .find({ a: { $gte: 500 } })
          .batchSize(50)
          .toArray()
      )
        .map(({ a }) => a)
        .sort(),
    ).toHaveLength(500);
    const grouped = things().aggregate([{ $sort: { b: 1, _id: 1 } }, { $project: { b: 1 } }], { batchSize: 64 });
    expect((await grouped.toArray()).map(({ b }) => b)).toEqual(count(1000).map((i) => Math.floor(i / 100)));
  });

  test('what stays unchanged comes exactly once, whatever else is written between two batches', async () => {
    await fill(300, (i) => ({ a: i }));
    await things().createIndex({ a: 1 });
    for (const sort of [undefined, { a: 1 }] as const) {
      const cursor = things().find({ _id: { $lt: 300 } }, { batchSize: 20, ...(sort ? { sort } : {}) });
      const seen: number[] = [];
      for await (const { _id } of cursor) {
        seen.push(_id);
        if (seen.length % 20 !== 0) continue;
        await things().insertOne({ _id: 1000 + seen.length + (sort ? 1 : 0), a: -1 });
        await things().deleteOne({ _id: 299 - seen.length / 20 });
      }
      const kept = await things().countDocuments({ _id: { $lt: 300 } });
      expect(new Set(seen).size).toBe(seen.length);
      expect(seen.length).toBeGreaterThanOrEqual(kept);
    }
  });

  test('a document deleted before its batch does not come', async () => {
    await fill(6);
    const { cursor } = await find({ batchSize: 2 });
    await things().deleteMany({ _id: { $in: [2, 3] } });
    expect(ids((await more(cursor.id)).cursor.nextBatch)).toEqual([4, 5]);
  });

  test('a cursor ends with 175 when its collection or its index is dropped', async () => {
    await fill(20, (i) => ({ a: i }));
    await things().createIndex({ a: 1 });
    const byIndex = await find({ filter: { a: { $gte: 0 } }, batchSize: 2 });
    const scanning = await find({ batchSize: 2 });
    await things().dropIndex('a_1');
    expect(await codeOf(more(byIndex.cursor.id))).toBe(175);
    expect(await codeOf(more(byIndex.cursor.id))).toBe(43);
    expect((await more(scanning.cursor.id, { batchSize: 1 })).cursor.nextBatch).toHaveLength(1);
    await things().drop();
    expect(await codeOf(more(scanning.cursor.id))).toBe(175);
  });

  test('cursors are killed, and belong to their collection and their session', async () => {
    await fill(20);
    const { cursor } = await find({ batchSize: 2 });
    expect(await codeOf(server().db.command({ getMore: cursor.id, collection: 'other' }))).toBe(13);
    const session = server().client.startSession();
    const own = await server().db.command({ find: 'things', batchSize: 2 }, { session });
    expect([50736, 50737, 50738]).toContain(await codeOf(more(own.cursor.id)));
    const { cursorsKilled } = await server().db.command(
      { killCursors: 'things', cursors: [own.cursor.id] },
      { session },
    );
    expect(cursorsKilled.map(String)).toEqual([String(own.cursor.id)]);
    await session.endSession();
  });

  test.each<[string, Document, number]>([
    ['a negative limit', { limit: -1 }, 51024],
    ['a negative skip', { skip: -1 }, 51024],
    ['a negative batchSize', { batchSize: -1 }, 51024],
    ['a batchSize that is no number', { batchSize: 'x' }, 14],
    ['an unknown field', { batch: 1 }, 40415],
  ])('find with %s is an error', async (_title, options, code) => {
    expect(await codeOf(find(options))).toBe(code);
  });
});

describe.each(ENGINES)('[W5] limits of time and memory on %s', (engine) => {
  const server = useServer(engine, { own: true });
  const things = () => server().db.collection<Thing>('things');
  const all = { $lookup: { from: 'things', pipeline: [], as: 'all' } };
  /** Work for minutes: 200 × 200 × 200 × 200 documents. */
  const endless = [all, { $unwind: '$all' }, all, { $unwind: '$all' }, all, { $unwind: '$all' }];

  test('maxTimeMS ends a command with 50, and the server goes on', async () => {
    await things().insertMany(count(200).map((i) => ({ _id: i })));
    expect(
      await codeOf(
        things()
          .aggregate([...endless, { $count: 'n' }], { maxTimeMS: 20 })
          .toArray(),
      ),
    ).toBe(50);
    expect(
      await codeOf(
        things()
          .aggregate([...endless, { $sort: { _id: 1 } }], { maxTimeMS: 20 })
          .toArray(),
      ),
    ).toBe(50);
    expect(await things().countDocuments({}, { maxTimeMS: 60_000 })).toBe(200);
  });

  test('maxTimeMS is for all batches of a cursor together', async () => {
    await things().insertMany(count(200).map((i) => ({ _id: i })));
    const pipeline = [
      { $match: { _id: 0 } },
      {
        $unionWith: {
          coll: 'things',
          pipeline: [...endless, { $limit: 1 }, { $match: { x: 1 } }, ...endless, { $count: 'n' }],
        },
      },
    ];
    const cursor = things().aggregate([...pipeline, ...endless, { $count: 'n' }], { maxTimeMS: 50, batchSize: 0 });
    expect(await codeOf(cursor.toArray())).toBe(50);
  });

  test('maxTimeMS ends writes before they write', async () => {
    await things().insertMany(count(5000).map((i) => ({ _id: i })));
    const slow = {
      $expr: {
        $gt: [{ $reduce: { input: { $range: [0, 2000] }, initialValue: 0, in: { $add: ['$$value', '$$this'] } } }, 0],
      },
    };
    expect(await codeOf(things().updateMany(slow, { $set: { x: 1 } }, { maxTimeMS: 5 }))).toBe(50);
    expect(await codeOf(things().deleteMany(slow, { maxTimeMS: 5 }))).toBe(50);
    expect(await things().countDocuments({ x: 1 })).toBe(0);
    expect(await things().countDocuments()).toBe(5000);
  });

  test.each<[string, unknown]>([
    ['a negative time', -1],
    ['a fraction', 1.5],
    ['a text', 'x'],
    ['more than 32 bits', 2 ** 40],
  ])('maxTimeMS of %s is 2', async (_title, maxTimeMS) => {
    expect(await codeOf(server().db.command({ find: 'things', maxTimeMS }))).toBe(2);
  });

  /** 130 documents of a megabyte each, made by the database itself. */
  const large = [
    { $documents: { $map: { input: { $range: [0, 130] }, in: { n: '$$this' } } } },
    {
      $set: {
        text: { $reduce: { input: { $range: [0, 20] }, initialValue: 'x', in: { $concat: ['$$value', '$$value'] } } },
      },
    },
  ];

  test('a sort or a group of more than 100 MB is 292', async () => {
    const run = (...stages: Document[]) =>
      server()
        .db.aggregate([...large, ...stages], { allowDiskUse: false })
        .toArray();
    expect(await codeOf(run({ $sort: { text: 1, n: -1 } }, { $count: 'c' }))).toBe(292);
    expect(await codeOf(run({ $group: { _id: { $concat: ['$text', { $toString: '$n' }] } } }, { $count: 'c' }))).toBe(
      292,
    );
  }, 120_000);

  test('a sort with a limit holds only what it gives', async () => {
    const stages = [...large, { $sort: { n: -1 } }, { $limit: 3 }, { $project: { n: 1 } }];
    expect(await server().db.aggregate(stages, { allowDiskUse: false }).toArray()).toEqual([
      { n: 129 },
      { n: 128 },
      { n: 127 },
    ]);
  }, 120_000);
});

describe.each(OWN)('[W4] what open cursors hold, on %s', (engine) => {
  const server = useServer(engine, { own: true });
  const open = async (): Promise<number> => (await server().db.command({ serverStatus: 1 })).cursors.open;
  const find = (more: Document = {}) => server().db.command({ find: 'things', batchSize: 2, ...more });

  test('they end with the connection that used them', async () => {
    await server()
      .db.collection('things')
      .insertMany(count(10).map((i) => ({ i })));
    const before = await open();
    const socket = server().client.options.hosts[0]?.socketPath ?? '';
    const other = new MongoClient(`mongodb://${encodeURIComponent(socket)}/?directConnection=true&maxPoolSize=1`);
    const db = other.db(server().db.databaseName);
    await Promise.all(count(20).map(() => db.command({ find: 'things', batchSize: 2 })));
    expect(await open()).toBe(before + 20);
    await other.close();
    while ((await open()) > before) await new Promise((resolve) => setImmediate(resolve));
  }, 120_000);

  test('a cursor ends with its session', async () => {
    await server()
      .db.collection('things')
      .insertMany(count(10).map((i) => ({ i })));
    const session = server().client.startSession();
    const before = await open();
    await server().db.command({ find: 'things', batchSize: 2 }, { session });
    expect(await open()).toBe(before + 1);
    await server().db.command({ endSessions: [session.id] });
    expect(await open()).toBe(before);
    await session.endSession();
  });

  test('noCursorTimeout is taken', async () => {
    await server()
      .db.collection('things')
      .insertMany(count(10).map((i) => ({ i })));
    expect((await find({ noCursorTimeout: true })).cursor.firstBatch).toHaveLength(2);
  });
});
