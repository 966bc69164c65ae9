import { describe, expect, test } from '@jest/globals';
import {
  Binary,
  type CreateIndexesOptions,
  Decimal128,
  type Document,
  Double,
  type IndexSpecification,
  Long,
} from 'mongodb';
import { codeOf, ENGINES, useServer } from '../server.ts';
import type { Thing } from './tables.ts';

type UniqueCase = {
  readonly title: string;
  readonly key: IndexSpecification;
  readonly options?: CreateIndexesOptions;
  readonly first: Document;
  readonly second: Document;
  /** What the refusal says is there twice; nothing when the second document is welcome. */
  readonly twice?: Document | 'unsaid';
};

const a = { a: 1 } as const;
const sparse = { sparse: true };
const live = { partialFilterExpression: { live: true } };

const CASES: readonly UniqueCase[] = [
  { title: 'equal texts', key: a, first: { a: 'x' }, second: { a: 'x' }, twice: { a: 'x' } },
  { title: 'different texts', key: a, first: { a: 'x' }, second: { a: 'X' } },
  { title: 'a text and a number', key: a, first: { a: '1' }, second: { a: 1 } },
  { title: 'an int and a double', key: a, first: { a: 1 }, second: { a: new Double(1) }, twice: { a: 1 } },
  { title: 'an int and a Long', key: a, first: { a: 1 }, second: { a: Long.fromNumber(1) }, twice: { a: 1 } },
  {
    title: 'a double and a decimal',
    key: a,
    first: { a: 1.5 },
    second: { a: Decimal128.fromString('1.50') },
    twice: { a: Decimal128.fromString('1.50') },
  },
  { title: '0.1 as a double and as a decimal', key: a, first: { a: 0.1 }, second: { a: Decimal128.fromString('0.1') } },
  {
    title: 'a Long above 2^53 and the double next to it',
    key: a,
    first: { a: Long.fromString('9007199254740993') },
    second: { a: new Double(2 ** 53) },
  },
  { title: 'zero and minus zero', key: a, first: { a: 0 }, second: { a: new Double(-0) }, twice: { a: -0 } },
  { title: 'NaN and NaN', key: a, first: { a: Number.NaN }, second: { a: Number.NaN }, twice: { a: Number.NaN } },
  { title: 'two missing fields', key: a, first: {}, second: {}, twice: { a: null } },
  { title: 'null and a missing field', key: a, first: { a: null }, second: {}, twice: { a: null } },
  { title: 'an empty array and a missing field', key: a, first: { a: [] }, second: {} },
  { title: 'two empty arrays', key: a, first: { a: [] }, second: { a: [] }, twice: 'unsaid' },
  {
    title: 'documents with the same fields in the same order',
    key: a,
    first: { a: { x: 1, y: 2 } },
    second: { a: { x: 1, y: 2 } },
    twice: { a: { x: 1, y: 2 } },
  },
  {
    title: 'trap: documents with the same fields in another order',
    key: a,
    first: { a: { x: 1, y: 2 } },
    second: { a: { y: 2, x: 1 } },
  },
  {
    title: 'trap: different binaries',
    key: a,
    first: { a: new Binary(Buffer.from([0xff])) },
    second: { a: new Binary(Buffer.from([0xfe])) },
  },
  { title: 'dates', key: a, first: { a: new Date(-5) }, second: { a: new Date(-5) }, twice: { a: new Date(-5) } },
  { title: 'arrays with an element in common', key: a, first: { a: [1, 2] }, second: { a: [2, 3] }, twice: { a: 2 } },
  { title: 'an array and an element of it', key: a, first: { a: [1, 2] }, second: { a: 2 }, twice: { a: 2 } },
  { title: 'arrays with nothing in common', key: a, first: { a: [1, 2] }, second: { a: [3] } },
  { title: 'one element twice in one array', key: a, first: { a: [1, 1] }, second: { a: [2, 2] } },
  { title: 'inner arrays', key: a, first: { a: [[1, 2]] }, second: { a: [[1, 2]] }, twice: { a: [1, 2] } },
  {
    title: 'a field in documents of an array',
    key: { 'a.b': 1 },
    first: { a: [{ b: 1 }, { b: 2 }] },
    second: { a: { b: 2 } },
    twice: { 'a.b': 2 },
  },
  {
    title: 'elements without the field',
    key: { 'a.b': 1 },
    first: { a: [{ b: 1 }, {}] },
    second: { a: [{ b: 2 }, 7] },
    twice: { 'a.b': null },
  },
  {
    title: 'both fields of a compound key',
    key: { a: 1, b: -1 },
    first: { a: 1, b: 2 },
    second: { a: 1, b: 2 },
    twice: { a: 1, b: 2 },
  },
  { title: 'one field of a compound key', key: { a: 1, b: -1 }, first: { a: 1, b: 2 }, second: { a: 1, b: 3 } },
  {
    title: 'the second field of a compound key is missing',
    key: { a: 1, b: 1 },
    first: { a: 1 },
    second: { a: 1, b: null },
    twice: { a: 1, b: null },
  },
  {
    title: 'a compound key with an array',
    key: { a: 1, b: 1 },
    first: { a: 1, b: [1, 2] },
    second: { a: 1, b: [2] },
    twice: { a: 1, b: 2 },
  },
  { title: 'a descending key', key: { a: -1 }, first: { a: 'x' }, second: { a: 'x' }, twice: { a: 'x' } },
  { title: 'missing fields of a sparse index', key: a, options: sparse, first: {}, second: {} },
  {
    title: 'null in a sparse index',
    key: a,
    options: sparse,
    first: { a: null },
    second: { a: null },
    twice: { a: null },
  },
  {
    title: 'a sparse compound index without all its fields',
    key: { a: 1, b: 1 },
    options: sparse,
    first: { c: 1 },
    second: { c: 1 },
  },
  {
    title: 'a sparse compound index with one of its fields',
    key: { a: 1, b: 1 },
    options: sparse,
    first: { a: 1 },
    second: { a: 1 },
    twice: { a: 1, b: null },
  },
  {
    title: 'a partial index and documents in it',
    key: a,
    options: live,
    first: { a: 1, live: true },
    second: { a: 1, live: true },
    twice: { a: 1 },
  },
  {
    title: 'a partial index and a document beside it',
    key: a,
    options: live,
    first: { a: 1, live: true },
    second: { a: 1, live: false },
  },
  {
    title: 'a partial index by a range',
    key: a,
    options: { partialFilterExpression: { n: { $gt: 5 } } },
    first: { a: 1, n: 6 },
    second: { a: 1, n: 7 },
    twice: { a: 1 },
  },
  {
    title: 'a partial index by a type',
    key: a,
    options: { partialFilterExpression: { a: { $type: 'string' } } },
    first: { a: null },
    second: { a: null },
  },
  {
    title: 'trap: long texts that differ at their end',
    key: a,
    first: { a: `${'x'.repeat(3000)}1` },
    second: { a: `${'x'.repeat(3000)}2` },
  },
  {
    title: 'trap: equal long texts',
    key: a,
    first: { a: 'x'.repeat(3000) },
    second: { a: 'x'.repeat(3000) },
    twice: { a: 'x'.repeat(3000) },
  },
];

describe.each(ENGINES)('unique indexes on %s', (engine) => {
  const server = useServer(engine);
  const things = () => server().db.collection<Thing>('things');

  test.each(CASES.map((row) => ({ ...row })))('$title', async ({ key, options, first, second, ...row }) => {
    await things().createIndex(key, { unique: true, ...options });
    await things().insertOne({ _id: 1, ...first });
    const error = await things()
      .insertOne({ _id: 2, ...second })
      .then(() => undefined)
      .catch((reason) => reason);
    if (!('twice' in row)) {
      expect(error).toBeUndefined();
      return;
    }
    expect(error?.code).toBe(11000);
    expect(error.keyPattern).toEqual(key);
    if (row.twice !== 'unsaid') expect(error.keyValue).toEqual(row.twice);
    expect(await things().countDocuments()).toBe(1);
    expect((await server().db.command({ validate: 'things' })).valid).toBe(true);
  });

  test('an update into a key that is taken is refused and changes nothing', async () => {
    await things().createIndex(a, { unique: true });
    await things().insertMany([
      { _id: 1, a: 1 },
      { _id: 2, a: 2, n: 5 },
    ]);
    expect(await codeOf(things().updateOne({ _id: 2 }, { $set: { a: 1 }, $inc: { n: 1 } }))).toBe(11000);
    expect(await codeOf(things().replaceOne({ _id: 2 }, { a: 1 }))).toBe(11000);
    expect(await codeOf(things().findOneAndUpdate({ _id: 2 }, { $set: { a: 1 } }))).toBe(11000);
    expect(await things().findOne({ _id: 2 })).toEqual({ _id: 2, a: 2, n: 5 });
    expect(await things().find({ a: 1 }).toArray()).toHaveLength(1);
  });

  test('a key that was given up can be taken', async () => {
    await things().createIndex(a, { unique: true });
    await things().insertMany([
      { _id: 1, a: [1, 2] },
      { _id: 2, a: 3 },
    ]);
    await things().updateOne({ _id: 1 }, { $pull: { a: 2 } as never });
    await things().updateOne({ _id: 2 }, { $set: { a: 2 } });
    await things().deleteOne({ _id: 1 });
    await things().insertOne({ _id: 3, a: 1 });
    expect((await things().find().sort({ a: 1 }).toArray()).map(({ _id }) => _id)).toEqual([3, 2]);
  });

  test('a document may keep its own key', async () => {
    await things().createIndex(a, { unique: true });
    await things().insertOne({ _id: 1, a: 1 });
    await things().updateOne({ _id: 1 }, { $set: { a: new Double(1) } });
    await things().replaceOne({ _id: 1 }, { a: [1, 2] });
    expect(await things().findOne({ a: 2 })).toEqual({ _id: 1, a: [1, 2] });
  });

  test('a document enters a partial index when it comes to meet its condition', async () => {
    await things().createIndex(a, { unique: true, ...live });
    await things().insertMany([
      { _id: 1, a: 1, live: true },
      { _id: 2, a: 1 },
    ]);
    expect(await codeOf(things().updateOne({ _id: 2 }, { $set: { live: true } }))).toBe(11000);
    await things().updateOne({ _id: 1 }, { $unset: { live: '' } });
    await things().updateOne({ _id: 2 }, { $set: { live: true } });
  });

  test('a unique index over what is there twice is not made', async () => {
    await things().insertMany([
      { _id: 1, a: 1 },
      { _id: 2, a: 1 },
    ]);
    const error = await things()
      .createIndex(a, { unique: true })
      .catch((reason) => reason);
    expect(error.code).toBe(11000);
    expect((await things().indexes()).map(({ name }) => name)).toEqual(['_id_']);
  });

  test('an unordered bulk tells of each document that was refused', async () => {
    await things().createIndex(a, { unique: true });
    const documents = [1, 1, 2, 2, 3].map((value, i) => ({ _id: i, a: value }));
    const error = await things()
      .insertMany(documents, { ordered: false })
      .catch((reason) => reason);
    expect(error.code).toBe(11000);
    expect(error.writeErrors.map(({ index }: { index: number }) => index)).toEqual([1, 3]);
    expect(error.insertedCount).toBe(3);
  });

  test('two arrays in one compound key are refused with 171', async () => {
    await things().createIndex({ a: 1, b: 1 });
    expect(await codeOf(things().insertOne({ _id: 1, a: [1], b: [1] }))).toBe(171);
    await things().insertOne({ _id: 1, a: [1], b: 1 });
    expect(await codeOf(things().updateOne({}, { $set: { b: [] } }))).toBe(171);
    expect(await things().findOne()).toEqual({ _id: 1, a: [1], b: 1 });
    await things().insertOne({ _id: 2, a: 1, b: [1], c: [2] });
    expect(await codeOf(things().createIndex({ b: 1, c: 1 }))).toBe(171);
    await things().createIndex({ 'x.y': 1, 'x.z': 1 });
    await things().insertOne({ _id: 3, x: [{ y: 1, z: 2 }] });
    expect(await codeOf(things().insertOne({ _id: 4, x: [{ y: [1], z: [2] }] }))).toBe(171);
  });

  test.each([
    ['the same index again is none', a, {}, undefined],
    ['another name', a, { name: 'other' }, 85],
    ['other options under another name', a, { name: 'other', unique: true }, 85],
    ['other options under the same name', a, { unique: true }, 86],
    ['the name for another key', { b: 1 }, { name: 'a_1' }, 86],
    ['another direction is another index', { a: -1 }, {}, undefined],
    ['another condition is another index', a, { name: 'some', partialFilterExpression: { a: { $gt: 1 } } }, undefined],
    ['an expiry beside it', a, { expireAfterSeconds: 5 }, 86],
    ['no fields', {}, { name: 'x' }, 67],
    ['a direction of 0', { b: 0 }, {}, 67],
    ['an empty part of a path', { 'b..c': 1 }, {}, 67],
    ['a dollar', { $b: 1 }, {}, 67],
    ['an expiry of two fields', { b: 1, c: 1 }, { expireAfterSeconds: 5 }, 67],
    ['a negative expiry', { b: 1 }, { expireAfterSeconds: -1 }, 67],
    ['sparse and partial', { b: 1 }, { sparse: true, partialFilterExpression: { b: 1 } }, 67],
    ['a condition that no index can have', { b: 1 }, { partialFilterExpression: { b: { $ne: 1 } } }, 67],
    ['an unknown option', { b: 1 }, { nope: 1 }, 197],
  ] as const)('beside an index: %s', async (_title, key, options, code) => {
    const { db } = server();
    await things().createIndex(a);
    const name = 'name' in options ? options.name : Object.entries(key).flat().join('_');
    const indexes = [{ key, name, ...options }];
    expect(await codeOf(db.command({ createIndexes: 'things', indexes }))).toBe(code);
  });

  test('only old dates leave by an expiry, also from arrays', async () => {
    await things().createIndex({ at: 1 }, { expireAfterSeconds: 3600 });
    expect((await things().indexes()).find(({ name }) => name === 'at_1')).toMatchObject({ expireAfterSeconds: 3600 });
    await things().insertMany([{ _id: 1, at: new Date() }, { _id: 2, at: 'old' }, { _id: 3 }]);
    expect(await things().countDocuments()).toBe(3);
  });
});
