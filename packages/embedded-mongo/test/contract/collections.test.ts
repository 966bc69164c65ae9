import { describe, expect, test } from '@jest/globals';
import { type Document, GridFSBucket } from 'mongodb';
import { codeOf, ENGINES, useServer } from '../server.ts';

type Thing = Document & { _id: number };

describe.each(ENGINES)('collections and indexes on %s', (engine) => {
  const server = useServer(engine);
  const things = () => server().db.collection<Thing>('things');
  const planOf = async (filter: Document, sort: Document = {}): Promise<string> =>
    JSON.stringify(
      (
        await things()
          .find(filter)
          .sort(sort as never)
          .explain()
      ).queryPlanner.winningPlan,
    );

  test('collections are made, listed, renamed and dropped', async () => {
    const { db } = server();
    await db.createCollection('one');
    expect(await codeOf(db.createCollection('one'))).toBe(48);
    await db.collection('two').insertOne({});
    expect((await db.listCollections().toArray()).map(({ name }) => name).sort()).toEqual(['one', 'two']);
    expect(await db.listCollections({ name: 'two' }, { nameOnly: true }).toArray()).toHaveLength(1);
    await db.renameCollection('two', 'three');
    expect(await db.collection('three').countDocuments()).toBe(1);
    expect(await codeOf(db.renameCollection('nope', 'x'))).toBe(26);
    await db.dropCollection('one');
    expect((await db.listCollections().toArray()).map(({ name }) => name)).toEqual(['three']);
  });

  test('compact answers how much became free, for collections that are there', async () => {
    const { db } = server();
    await things().insertMany(Array.from({ length: 50 }, (_, _id) => ({ _id, text: 'x'.repeat(5000) })));
    await things().deleteMany({ _id: { $gt: 5 } });
    const { bytesFreed, ok } = await db.command({ compact: 'things', force: true });
    expect({ isNumber: bytesFreed >= 0, ok }).toEqual({ isNumber: true, ok: 1 });
    expect(await things().countDocuments()).toBe(6);
    expect(await codeOf(db.command({ compact: 'missing' }))).toBe(26);
    expect(await codeOf(db.command({ compact: 1 }))).toBe(73);
    expect(await codeOf(db.command({ compact: '' }))).toBe(73);
  });

  test('a unique index refuses duplicates, also those that are there when it is made', async () => {
    await things().createIndex({ a: 1 }, { unique: true });
    await things().insertMany([
      { _id: 1, a: 1 },
      { _id: 2, a: 2 },
    ]);
    expect(await codeOf(things().insertOne({ _id: 3, a: 1 }))).toBe(11000);
    expect(await codeOf(things().updateOne({ _id: 2 }, { $set: { a: 1 } }))).toBe(11000);
    expect(await things().findOne({ _id: 2 })).toEqual({ _id: 2, a: 2 });
    await things().insertOne({ _id: 4 });
    expect(await codeOf(things().insertOne({ _id: 5 }))).toBe(11000);
    await things().dropIndex('a_1');
    await things().insertOne({ _id: 5, a: 1 });
    expect(await codeOf(things().createIndex({ a: 1 }, { unique: true }))).toBe(11000);
    expect(await things().indexes()).toHaveLength(1);
  });

  test('partial and sparse unique indexes leave other documents alone', async () => {
    await things().createIndex({ mail: 1 }, { unique: true, partialFilterExpression: { live: true } });
    await things().createIndex({ code: 1 }, { unique: true, sparse: true });
    await things().insertMany([
      { _id: 1, mail: 'a', live: true },
      { _id: 2, mail: 'a', live: false },
      { _id: 3, mail: 'a' },
    ]);
    expect(await codeOf(things().insertOne({ _id: 4, mail: 'a', live: true }))).toBe(11000);
    expect((await things().find({ mail: 'a' }).toArray()).length).toBe(3);
    expect(await planOf({ mail: 'a' })).toContain('COLLSCAN');
    expect(await planOf({ mail: 'a', live: true })).toContain('mail_1');
  });

  test('indexes answer equality, ranges and sorts', async () => {
    await things().createIndex({ kind: 1, at: -1 });
    await things().insertMany(Array.from({ length: 50 }, (_, i) => ({ _id: i, kind: i % 2 ? 'odd' : 'even', at: i })));
    expect(await planOf({ kind: 'odd' }, { at: -1 })).toContain('IXSCAN');
    expect(await planOf({ kind: 'odd' }, { at: -1 })).not.toContain('"SORT"');
    expect(await planOf({ kind: 'odd' }, { at: 1 })).toContain('backward');
    expect(await planOf({ at: 3 })).toContain('COLLSCAN');
    expect(await planOf({ _id: 3 })).toContain('_id_');
    const found = await things()
      .find({ kind: 'odd', at: { $gte: 10, $lt: 16 } })
      .sort({ at: -1 })
      .toArray();
    expect(found.map(({ at }) => at)).toEqual([15, 13, 11]);
    expect((await things().find({ kind: 'even' }).sort({ at: 1 }).limit(3).toArray()).map(({ at }) => at)).toEqual([
      0, 2, 4,
    ]);
    expect(
      (
        await things()
          .find({ kind: { $in: ['odd', 'even'] }, at: { $gt: 47 } })
          .toArray()
      ).length,
    ).toBe(2);
  });

  test('an index over arrays finds every element once', async () => {
    await things().createIndex({ 'tags.n': 1 });
    await things().insertMany([
      { _id: 1, tags: [{ n: 1 }, { n: 9 }] },
      { _id: 2, tags: { n: 5 } },
      { _id: 3, tags: [] },
      { _id: 4 },
    ]);
    expect(await planOf({ 'tags.n': 9 })).toContain('IXSCAN');
    expect(
      (
        await things()
          .find({ 'tags.n': { $gt: 0 } })
          .toArray()
      )
        .map(({ _id }) => _id)
        .sort(),
    ).toEqual([1, 2]);
    expect(
      (
        await things()
          .find({ 'tags.n': { $gt: 4, $lt: 3 } })
          .toArray()
      ).map(({ _id }) => _id),
    ).toEqual([1]);
    expect((await things().find({ 'tags.n': null }).toArray()).map(({ _id }) => _id)).toEqual([4]);
    await things().createIndex({ 'pairs.b': 1, 'pairs.c': 1 });
    await things().insertOne({
      _id: 5,
      pairs: [
        { b: 1, c: 2 },
        { b: 2, c: 1 },
      ],
    });
    expect((await things().find({ 'pairs.b': 1, 'pairs.c': 1 }).toArray()).map(({ _id }) => _id)).toEqual([5]);
    await things().createIndex({ a: 1, b: 1 });
    expect(await codeOf(things().insertOne({ _id: 9, a: [1], b: [2] }))).toBe(171);
  });

  test('index conflicts have their codes', async () => {
    await things().createIndex({ a: 1 });
    await things().createIndex({ a: 1 });
    expect(await codeOf(things().createIndex({ a: 1 }, { name: 'other' }))).toBe(85);
    expect(await codeOf(things().createIndex({ b: 1 }, { name: 'a_1' }))).toBe(86);
    expect(await codeOf(things().dropIndex('nope'))).toBe(27);
    expect(await codeOf(things().dropIndex('_id_'))).toBe(72);
    expect(await codeOf(server().db.collection('missing').indexes())).toBe(26);
    await things().createIndex({ at: 1 }, { expireAfterSeconds: 60 });
    expect((await things().indexes()).find(({ name }) => name === 'at_1')).toMatchObject({ expireAfterSeconds: 60 });
    expect(await codeOf(things().createIndex({ a: 1, b: 1 }, { expireAfterSeconds: 60 }))).toBe(67);
  });

  test('values too long for a key are still unique, found and sorted', async () => {
    const long = 'x'.repeat(5000);
    await things().createIndex({ a: 1 }, { unique: true });
    await things().insertMany([
      { _id: 1, a: `${long}b` },
      { _id: 2, a: `${long}a` },
      { _id: 3, a: 'x' },
    ]);
    expect(await codeOf(things().insertOne({ _id: 4, a: `${long}a` }))).toBe(11000);
    expect(
      (
        await things()
          .find({ a: `${long}a` })
          .toArray()
      ).map(({ _id }) => _id),
    ).toEqual([2]);
    expect(
      (
        await things()
          .find({ a: { $gte: `${long}b` } })
          .toArray()
      ).map(({ _id }) => _id),
    ).toEqual([1]);
    expect((await things().find().sort({ a: 1 }).toArray()).map(({ _id }) => _id)).toEqual([3, 2, 1]);
  });

  test('a validator refuses what does not match', async () => {
    const { db } = server();
    const checked = await db.createCollection<Thing>('checked', { validator: { n: { $gt: 0 } } });
    await checked.insertOne({ _id: 1, n: 1 });
    const error = await checked.insertOne({ _id: 2, n: 0 }).catch((reason) => reason);
    expect(error.code).toBe(121);
    expect(error.errInfo.failingDocumentId).toBe(2);
    expect(await codeOf(checked.updateOne({ _id: 1 }, { $set: { n: -1 } }))).toBe(121);
    await db.command({ collMod: 'checked', validator: {} });
    await checked.insertOne({ _id: 2, n: 0 });
  });

  test('GridFS keeps, lists, renames and deletes files', async () => {
    const bucket = new GridFSBucket(server().db, { chunkSizeBytes: 1000 });
    const content = Buffer.alloc(2500, 'abc');
    const upload = bucket.openUploadStream('a.txt', { metadata: { by: 'x' } });
    await new Promise<void>((resolve, reject) => upload.once('finish', resolve).once('error', reject).end(content));
    const parts: Buffer[] = [];
    for await (const part of bucket.openDownloadStream(upload.id, { start: 500, end: 2200 }))
      parts.push(part as Buffer);
    expect(Buffer.concat(parts).equals(content.subarray(500, 2200))).toBe(true);
    expect(await bucket.find({ 'metadata.by': 'x' }).toArray()).toHaveLength(1);
    await bucket.rename(upload.id, 'b.txt');
    expect((await bucket.find().toArray())[0]?.filename).toBe('b.txt');
    await bucket.delete(upload.id);
    expect(await server().db.collection('fs.chunks').countDocuments()).toBe(0);
  });

  test('the indexes agree with the documents after many kinds of writes', async () => {
    await things().createIndex({ a: 1, 'b.c': -1 });
    await things().createIndex({ l: 1 });
    await things().insertMany(
      Array.from({ length: 100 }, (_, i) => ({ _id: i, a: i % 7, b: { c: i }, l: [i, i + 1] })),
    );
    await things().updateMany({ a: 3 }, { $set: { 'b.c': 'x' }, $push: { l: 99 } as never });
    await things().deleteMany({ a: 4 });
    await things().updateMany({ a: 5 }, { $unset: { a: '', l: '' } });
    expect(await server().db.command({ validate: 'things' })).toMatchObject({ valid: true });
  });
});
