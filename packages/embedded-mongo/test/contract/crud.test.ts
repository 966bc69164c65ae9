import { describe, expect, test } from '@jest/globals';
import { Binary, Decimal128, type Document, Double, Int32, Long, ObjectId } from 'mongodb';
import { codeOf, ENGINES, useServer } from '../server.ts';

type Thing = Document & { _id: number };

describe.each(ENGINES)('reading and writing on %s', (engine) => {
  const server = useServer(engine);
  const things = () => server().db.collection<Thing>('things');

  test('an inserted document comes back as it was, field order and types included', async () => {
    const document = {
      _id: 1,
      z: new Double(1),
      a: new Int32(2),
      long: Long.fromString('9007199254740993'),
      decimal: Decimal128.fromString('1.10'),
      when: new Date(0),
      oid: new ObjectId('0123456789abcdef01234567'),
      bin: new Binary(Buffer.from([1, 2]), 4),
      list: [1, [2], { x: null }],
      text: 'é',
    };
    await things().insertOne(document);
    const found = await things().findOne({ _id: 1 }, { promoteValues: false });
    expect(Object.keys(found ?? {})).toEqual(Object.keys(document));
    expect(found?.z).toEqual(new Double(1));
    expect(found?.a).toEqual(new Int32(2));
    expect(String(found?.long)).toBe('9007199254740993');
    expect(String(found?.decimal)).toBe('1.10');
    expect(found?.bin).toEqual(document.bin);
  });

  test('a second document with the same _id is refused with 11000 and says which key', async () => {
    await things().insertOne({ _id: 1 });
    const error = await things()
      .insertOne({ _id: 1 })
      .catch((reason) => reason);
    expect(error.code).toBe(11000);
    expect(error.keyPattern).toEqual({ _id: 1 });
    expect(error.keyValue).toEqual({ _id: 1 });
  });

  test('an _id is unique across numeric types', async () => {
    await things().insertOne({ _id: 1 });
    expect(await codeOf(things().insertOne({ _id: new Double(1) as unknown as number }))).toBe(11000);
  });

  test('an ordered insertMany stops at the first error, an unordered one goes on', async () => {
    await things().insertOne({ _id: 2 });
    expect(await codeOf(things().insertMany([{ _id: 1 }, { _id: 2 }, { _id: 3 }]))).toBe(11000);
    expect(await things().countDocuments()).toBe(2);
    expect(await codeOf(things().insertMany([{ _id: 2 }, { _id: 3 }, { _id: 4 }], { ordered: false }))).toBe(11000);
    expect(await things().countDocuments()).toBe(4);
  });

  test('more documents than a batch come through a cursor', async () => {
    const documents = Array.from({ length: 250 }, (_, i) => ({ _id: i }));
    await things().insertMany(documents);
    expect(await things().find().toArray()).toEqual(documents);
    expect(await things().find().batchSize(7).toArray()).toHaveLength(250);
    const cursor = things().find().batchSize(2);
    await cursor.next();
    await cursor.close();
    expect(await things().find().skip(10).limit(5).toArray()).toEqual(documents.slice(10, 15));
  });

  test('getMore on an unknown cursor is refused with 43', async () => {
    await things().insertOne({ _id: 1 });
    expect(await codeOf(server().db.command({ getMore: Long.fromNumber(4711), collection: 'things' }))).toBe(43);
  });

  test('updateOne tells matched from modified', async () => {
    await things().insertMany([
      { _id: 1, a: 1 },
      { _id: 2, a: 1 },
    ]);
    expect(await things().updateOne({ a: 1 }, { $set: { a: 1 } })).toMatchObject({ matchedCount: 1, modifiedCount: 0 });
    expect(await things().updateMany({ a: 1 }, { $set: { b: 1 } })).toMatchObject({
      matchedCount: 2,
      modifiedCount: 2,
    });
    expect(await things().updateOne({ a: 9 }, { $set: { b: 1 } })).toMatchObject({ matchedCount: 0, upsertedCount: 0 });
  });

  test('an upsert takes the equality conditions of the query and $setOnInsert', async () => {
    const result = await things().updateOne(
      { _id: 5, kind: 'x', 'deep.er': { $eq: 2 }, n: { $gt: 3 } },
      { $set: { a: 1 }, $setOnInsert: { b: 2 } },
      { upsert: true },
    );
    expect(result).toMatchObject({ matchedCount: 0, upsertedCount: 1, upsertedId: 5 });
    expect(await things().findOne()).toEqual({ _id: 5, kind: 'x', deep: { er: 2 }, a: 1, b: 2 });
    await things().updateOne({ _id: 5 }, { $set: { a: 2 }, $setOnInsert: { b: 3 } }, { upsert: true });
    expect(await things().findOne()).toMatchObject({ a: 2, b: 2 });
  });

  test('replaceOne keeps the _id and refuses to change it', async () => {
    await things().insertOne({ _id: 1, a: 1 });
    await things().replaceOne({ a: 1 }, { b: 2 });
    expect(await things().findOne()).toEqual({ _id: 1, b: 2 });
    expect(await codeOf(things().replaceOne({ b: 2 }, { _id: 9, b: 2 } as never))).toBe(66);
    expect(await codeOf(things().updateOne({ b: 2 }, { $set: { _id: 9 } }))).toBe(66);
  });

  test('deleteOne takes one and deleteMany all', async () => {
    await things().insertMany([{ _id: 1, a: 1 }, { _id: 2, a: 1 }, { _id: 3, a: 1 }, { _id: 4 }]);
    expect((await things().deleteOne({ a: 1 })).deletedCount).toBe(1);
    expect((await things().deleteMany({ a: 1 })).deletedCount).toBe(2);
    expect(await things().find().toArray()).toEqual([{ _id: 4 }]);
  });

  test('findOneAndUpdate gives the document before or after, by sort, projected', async () => {
    await things().insertMany([
      { _id: 1, n: 5 },
      { _id: 2, n: 7 },
    ]);
    expect(await things().findOneAndUpdate({}, { $inc: { n: 1 } }, { sort: { n: -1 } })).toEqual({ _id: 2, n: 7 });
    const after = await things().findOneAndUpdate(
      {},
      { $inc: { n: 1 } },
      { sort: { n: 1 }, returnDocument: 'after', projection: { _id: 0 } },
    );
    expect(after).toEqual({ n: 6 });
    expect(await things().findOneAndUpdate({ _id: 9 }, { $set: { n: 1 } })).toBeNull();
    expect(
      await things().findOneAndUpdate({ _id: 9 }, { $set: { n: 1 } }, { upsert: true, returnDocument: 'after' }),
    ).toEqual({ _id: 9, n: 1 });
    expect(await things().findOneAndDelete({ _id: 9 })).toEqual({ _id: 9, n: 1 });
    expect(await things().findOneAndReplace({ _id: 1 }, { m: 1 }, { returnDocument: 'after' })).toEqual({
      _id: 1,
      m: 1,
    });
  });

  test('bulkWrite runs its operations in order', async () => {
    const result = await things().bulkWrite([
      { insertOne: { document: { _id: 1 } } },
      { updateOne: { filter: { _id: 1 }, update: { $set: { a: 1 } } } },
      { updateOne: { filter: { _id: 2 }, update: { $set: { a: 1 } }, upsert: true } },
      { deleteOne: { filter: { _id: 1 } } },
    ]);
    expect(result).toMatchObject({ insertedCount: 1, modifiedCount: 1, upsertedCount: 1, deletedCount: 1 });
    expect(await things().find().toArray()).toEqual([{ _id: 2, a: 1 }]);
  });

  test('counts and distinct values', async () => {
    await things().insertMany([{ _id: 1, t: ['b', 'a'] }, { _id: 2, t: 'a' }, { _id: 3 }]);
    expect(await things().estimatedDocumentCount()).toBe(3);
    expect(await things().countDocuments({ t: 'a' })).toBe(2);
    expect(await things().distinct('t')).toEqual(['a', 'b']);
    await things().deleteOne({ _id: 1 });
    expect(await things().estimatedDocumentCount()).toBe(2);
  });

  test('names that look like numbers keep their place', async () => {
    await server().db.command({
      insert: 'things',
      documents: [
        new Map<string, unknown>([
          ['_id', 1],
          ['b', 1],
          ['1', 2],
          ['0', 3],
        ]),
      ],
    });
    const raw = await things().findOne({ _id: 1 }, { raw: true });
    expect(Buffer.from(raw as unknown as Uint8Array).toString('latin1')).toMatch(/_id.*b.*1.*0/s);
  });
});
