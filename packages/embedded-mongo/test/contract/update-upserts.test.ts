import { describe, expect, test } from '@jest/globals';
import { type Document, Long, ObjectId } from 'mongodb';
import { codeOf, ENGINES, useServer } from '../server.ts';
import { shown, type Thing, type UpdateCase, updatesTable } from './tables.ts';

type Upsert = readonly [title: string, filter: Document, update: Document | Document[], inserted: Document];

const UPSERTS: readonly Upsert[] = [
  ['equality gives its value', { _id: 1, k: 'x' }, { $set: { a: 1 } }, { _id: 1, k: 'x', a: 1 }],
  ['$eq gives its value', { _id: 1, k: { $eq: 'x' } }, { $set: { a: 1 } }, { _id: 1, k: 'x', a: 1 }],
  ['a path makes documents', { _id: 1, 'k.l': 2 }, { $set: { a: 1 } }, { _id: 1, k: { l: 2 }, a: 1 }],
  ['fields come in the order of their names', { _id: 1, z: 1, b: 2 }, { $set: { m: 1 } }, { _id: 1, b: 2, z: 1, m: 1 }],
  ['$and gives the values of its parts', { $and: [{ _id: 1 }, { k: 2 }] }, { $set: { a: 1 } }, { _id: 1, k: 2, a: 1 }],
  ['a range gives nothing', { _id: 1, k: { $gt: 5 } }, { $set: { a: 1 } }, { _id: 1, a: 1 }],
  [
    '$ne, $not and $nor give nothing',
    { _id: 1, k: { $ne: 5 }, $nor: [{ l: 1 }] },
    { $set: { a: 1 } },
    { _id: 1, a: 1 },
  ],
  ['a regular expression gives nothing', { _id: 1, k: /x/ }, { $set: { a: 1 } }, { _id: 1, a: 1 }],
  ['$exists gives nothing', { _id: 1, k: { $exists: false } }, { $set: { a: 1 } }, { _id: 1, a: 1 }],
  ['$or with two branches gives nothing', { _id: 1, $or: [{ k: 1 }, { k: 2 }] }, { $set: { a: 1 } }, { _id: 1, a: 1 }],
  ['null gives null', { _id: 1, k: null }, { $set: { a: 1 } }, { _id: 1, k: null, a: 1 }],
  [
    'a document gives the document',
    { _id: 1, k: { l: 1, m: 2 } },
    { $set: { 'k.n': 3 } },
    { _id: 1, k: { l: 1, m: 2, n: 3 } },
  ],
  ['an array gives the array', { _id: 1, k: [1, 2] }, { $push: { k: 3 } }, { _id: 1, k: [1, 2, 3] }],
  ['$all with one value gives it', { _id: 1, k: { $all: [7] } }, { $set: { a: 1 } }, { _id: 1, k: 7, a: 1 }],
  [
    '$all with a document gives it',
    { _id: 1, k: { $all: [{ l: 1 }] } },
    { $set: { a: 1 } },
    { _id: 1, k: { l: 1 }, a: 1 },
  ],
  [
    '$all with $elemMatch gives nothing',
    { _id: 1, k: { $all: [{ $elemMatch: { l: 1 } }] } },
    { $set: { a: 1 } },
    { _id: 1, a: 1 },
  ],
  ['$in with one value gives it', { _id: 1, k: { $in: [7] } }, { $set: { a: 1 } }, { _id: 1, k: 7, a: 1 }],
  [
    '$in with one document gives it',
    { _id: 1, k: { $in: [{ l: 1 }] } },
    { $set: { a: 1 } },
    { _id: 1, k: { l: 1 }, a: 1 },
  ],
  ['$in with two values gives nothing', { _id: 1, k: { $in: [7, 8] } }, { $set: { a: 1 } }, { _id: 1, a: 1 }],
  ['$or with one branch gives its values', { _id: 1, $or: [{ k: 7 }] }, { $set: { a: 1 } }, { _id: 1, k: 7, a: 1 }],
  ['$setOnInsert applies', { _id: 1 }, { $setOnInsert: { a: 1 }, $set: { b: 2 } }, { _id: 1, a: 1, b: 2 }],
  ['trap: $setOnInsert alone inserts', { _id: 1 }, { $setOnInsert: { a: 1 } }, { _id: 1, a: 1 }],
  ['$inc starts from the value of the query', { _id: 1, k: 5 }, { $inc: { k: 1 } }, { _id: 1, k: 6 }],
  ['$unset of what the query gave', { _id: 1, k: 5, l: 1 }, { $unset: { k: '' } }, { _id: 1, l: 1 }],
  ['a replacement takes the _id of the query only', { _id: 1, k: 5 }, { a: 1 }, { _id: 1, a: 1 }],
  ['an _id set by the update', { k: 5 }, { $set: { _id: 7 } }, { _id: 7, k: 5 }],
  [
    'a pipeline starts from the query',
    { _id: 1, k: 5 },
    [{ $set: { a: { $add: ['$k', 1] } } }],
    { _id: 1, k: 5, a: 6 },
  ],
  ['a document as _id', { _id: { x: 1 } }, { $set: { a: 1 } }, { _id: { x: 1 }, a: 1 }],
];

const REFUSED_UPSERTS: readonly (readonly [title: string, filter: Document, update: Document, code: number])[] = [
  ['two values for one field', { $and: [{ k: 1 }, { k: 2 }] }, { $set: { a: 1 } }, 54],
  ['trap: $all with two values', { k: { $all: [1, 2] } }, { $set: { a: 1 } }, 54],
  ['a field and a path below it', { k: { l: 1 }, 'k.m': 2 }, { $set: { a: 1 } }, 54],
  ['another _id than the one of the query', { _id: 1 }, { $set: { _id: 2 } }, 66],
  ['another _id in a replacement', { _id: 1 }, { _id: 2, a: 1 }, 66],
  ['a path below a scalar of the query', { k: 1 }, { $set: { 'k.l': 1 } }, 28],
  ['the positional operator', { k: 1 }, { $set: { 'k.$': 1 } }, 2],
  ['an array as _id', { k: 1 }, { $set: { _id: [1] } }, 53],
];

const PIPELINES: readonly UpdateCase[] = [
  {
    title: '$set computes',
    before: { a: 2, b: 3 },
    update: [{ $set: { c: { $add: ['$a', '$b'] } } }],
    after: { a: 2, b: 3, c: 5 },
  },
  {
    title: '$set takes a text with a dollar for a path',
    before: { a: 2 },
    update: [{ $set: { b: '$a' } }],
    after: { a: 2, b: 2 },
  },
  {
    title: '$set in an array sets it in every element',
    before: { a: [{ n: 1 }, { n: 2 }] },
    update: [{ $set: { 'a.m': 0 } }],
    after: {
      a: [
        { n: 1, m: 0 },
        { n: 2, m: 0 },
      ],
    },
  },
  {
    title: '$set of a missing path changes nothing',
    before: { a: 1 },
    update: [{ $set: { b: '$nope' } }],
    after: { a: 1 },
    modified: 0,
  },
  {
    title: 'stages follow each other',
    before: { a: 1 },
    update: [{ $set: { b: { $add: ['$a', 1] } } }, { $set: { c: { $add: ['$b', 1] } } }, { $unset: 'b' }],
    after: { a: 1, c: 3 },
  },
  { title: '$unset of several', before: { a: 1, b: 1, c: 1 }, update: [{ $unset: ['a', 'c'] }], after: { b: 1 } },
  { title: '$project keeps the _id', before: { a: 1, b: 1 }, update: [{ $project: { a: 1 } }], after: { a: 1 } },
  {
    title: 'trap: $replaceWith keeps the _id',
    before: { a: { x: 1 } },
    update: [{ $replaceWith: '$a' }],
    after: { x: 1 },
  },
  {
    title: 'a condition',
    before: { a: 5 },
    update: [{ $set: { b: { $cond: [{ $gt: ['$a', 3] }, 'big', 'small'] } } }],
    after: { a: 5, b: 'big' },
  },
  {
    title: 'what computes the same modifies nothing',
    before: { a: 1 },
    update: [{ $set: { a: '$a' } }],
    after: { a: 1 },
    modified: 0,
  },
  { title: 'a stage that is no update is refused', before: { a: 1 }, update: [{ $match: {} }], code: 72 },
  { title: 'another _id is refused', before: { a: 1 }, update: [{ $set: { _id: 2 } }], code: 66 },
];

describe.each(ENGINES)('upserts and pipelines on %s', (engine) => {
  const server = useServer(engine);
  const things = () => server().db.collection<Thing>('things');
  const run = (filter: Document, update: Document | Document[]) => {
    const first = Array.isArray(update) ? '$' : (Object.keys(update)[0] ?? '');
    return first.startsWith('$')
      ? things().updateOne(filter, update, { upsert: true })
      : things().replaceOne(filter, update as never, { upsert: true });
  };

  test.each(UPSERTS.map((row) => [...row] as [...Upsert]))(
    'of an upsert %s',
    async (_title, filter, update, inserted) => {
      const result = await run(filter, update);
      expect(result).toMatchObject({ matchedCount: 0, modifiedCount: 0, upsertedCount: 1 });
      expect(shown(result.upsertedId)).toBe(shown(inserted._id));
      expect(shown(await things().findOne())).toBe(shown(inserted));
    },
  );

  test.each(REFUSED_UPSERTS.map((row) => [...row] as const))(
    'an upsert is refused: %s',
    async (_title, filter, update, code) => {
      expect(await codeOf(run(filter, update))).toBe(code);
      expect(await things().countDocuments()).toBe(0);
    },
  );

  test('an upsert without an _id makes an ObjectId and puts it first', async () => {
    const { upsertedId } = await run({ k: 1 }, { $set: { a: 1 } });
    expect(upsertedId).toBeInstanceOf(ObjectId);
    expect(Object.keys((await things().findOne()) ?? {})).toEqual(['_id', 'k', 'a']);
  });

  test('trap: $setOnInsert does nothing the second time', async () => {
    await run({ _id: 1 }, { $setOnInsert: { first: true }, $inc: { n: 1 } });
    await run({ _id: 1 }, { $setOnInsert: { second: true }, $inc: { n: 1 } });
    expect(await things().findOne()).toEqual({ _id: 1, first: true, n: 2 });
  });

  test('an upsert that finds its document updates it', async () => {
    await things().insertOne({ _id: 1, k: 1 });
    expect(await run({ k: 1 }, { $set: { k: 1 } })).toMatchObject({
      matchedCount: 1,
      modifiedCount: 0,
      upsertedCount: 0,
    });
    expect(await things().countDocuments()).toBe(1);
  });

  test('an upsert that breaks a unique index is refused with 11000', async () => {
    await things().createIndex({ u: 1 }, { unique: true });
    await things().insertOne({ _id: 1, u: 'x', v: 1 });
    expect(await codeOf(run({ u: 'x', v: 2 }, { $set: { a: 1 } }))).toBe(11000);
    expect(await things().countDocuments()).toBe(1);
  });

  test('updateMany with upsert inserts one', async () => {
    const result = await things().updateMany({ k: 3 }, { $set: { a: Long.fromNumber(1) } }, { upsert: true });
    expect(result).toMatchObject({ matchedCount: 0, upsertedCount: 1 });
    expect(await things().countDocuments()).toBe(1);
  });

  describe('pipelines', () => updatesTable(server, PIPELINES));

  test('trap: $setOnInsert is an operator of its own and no stage', async () => {
    await things().insertOne({ _id: 1 });
    expect(await codeOf(things().updateOne({}, [{ $setOnInsert: { a: 1 } }]))).not.toBeUndefined();
  });

  test('variables of let reach a pipeline', async () => {
    await things().insertOne({ _id: 1, a: 1 });
    await server().db.command({
      update: 'things',
      updates: [{ q: { $expr: { $eq: ['$a', '$$one'] } }, u: [{ $set: { b: '$$two' } }] }],
      let: { one: 1, two: 2 },
    });
    expect(await things().findOne()).toEqual({ _id: 1, a: 1, b: 2 });
  });
});
