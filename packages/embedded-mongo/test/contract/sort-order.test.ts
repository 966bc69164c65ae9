import { describe, expect, test } from '@jest/globals';
import {
  Binary,
  Code,
  Decimal128,
  type Document,
  Double,
  Int32,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  type SortDirection,
  Timestamp,
} from 'mongodb';
import { codeOf, ENGINES, useServer } from '../server.ts';
import { filled, type Things } from './tables.ts';

type SortCase = readonly [title: string, sort: Record<string, SortDirection>, ids: readonly number[]];

function sortsTable(things: () => Things, cases: readonly SortCase[]): void {
  test.each(cases.map((row) => [...row] as [...SortCase]))('%s', async (_title, sort, ids) => {
    expect((await things().find().sort(sort).toArray()).map(({ _id }) => _id)).toEqual(ids);
    const piped = await things()
      .aggregate([{ $sort: sort }])
      .toArray();
    expect(piped.map(({ _id }) => _id)).toEqual(ids);
  });
}

const bytes = (...list: number[]): Binary => new Binary(Buffer.from(list));

/** Values of all types from the lowest to the highest. */
const ASCENDING: readonly unknown[] = [
  new MinKey(),
  [],
  null,
  new Double(Number.NaN),
  new Double(-Infinity),
  Long.MIN_VALUE,
  new Int32(-5),
  Decimal128.fromString('-0.1'),
  new Double(0),
  Decimal128.fromString('0.1'),
  new Double(0.1),
  new Int32(1),
  new Double(1.5),
  new Double(2 ** 53),
  Long.fromString('9007199254740993'),
  Decimal128.fromString('1E+400'),
  new Double(Infinity),
  '',
  'A',
  'B',
  'a',
  'é',
  '\uffff',
  '😀',
  {},
  { a: 1 },
  { a: 1, b: 1 },
  { b: 0 },
  { a: 'x' },
  bytes(),
  bytes(9),
  new Binary(Buffer.from([0]), 5),
  bytes(0, 0),
  new ObjectId('000000000000000000000001'),
  new ObjectId('ff0000000000000000000000'),
  false,
  true,
  new Date(-86400000),
  new Date(0),
  new Date(1),
  new Timestamp({ t: 1, i: 2 }),
  new Timestamp({ t: 3000000000, i: 0 }),
  /a/,
  /a/i,
  /b/,
  new Code('x'),
  new MaxKey(),
];

describe.each(ENGINES)('the order of documents on %s', (engine) => {
  const server = useServer(engine);

  describe('values of all types', () => {
    const shuffled = ASCENDING.map((a, i) => ({ _id: i, a })).sort((x, y) => ((x._id * 29) % 47) - ((y._id * 29) % 47));
    const things = filled(server, shuffled);
    const up = ASCENDING.map((_, i) => i);
    sortsTable(things, [
      ['trap: ascending', { a: 1, _id: 1 }, up],
      ['trap: descending', { a: -1, _id: 1 }, [...up].reverse()],
    ]);
    const places = up.slice(0, -1).map((i) => [i, i + 1] as const);
    test.each(places)('the value %i is found below the value %i and not above', async (low, high) => {
      const [lower, higher] = [ASCENDING[low], ASCENDING[high]];
      const isLower = { $expr: { $lt: [{ $literal: lower }, { $literal: higher }] } };
      // An empty array sorts below null as a sort key; as a value it is an array.
      const expected = Array.isArray(lower) ? 0 : 1;
      expect(await things().countDocuments({ _id: 0, ...isLower })).toBe(expected);
    });
    test('an index gives the same order', async () => {
      const indexed = server().db.collection('indexed');
      await indexed.createIndex({ a: 1 });
      await indexed.insertMany(shuffled.filter(({ a }) => !Array.isArray(a)) as Document[]);
      const found = await indexed.find().sort({ a: 1 }).toArray();
      expect(found.map(({ _id }) => _id)).toEqual(up.filter((i) => !Array.isArray(ASCENDING[i])));
      const plan = JSON.stringify(await indexed.find().sort({ a: -1 }).explain());
      expect(plan).toContain('IXSCAN');
      const back = await indexed.find().sort({ a: -1 }).toArray();
      expect(back.map(({ _id }) => _id)).toEqual(up.filter((i) => !Array.isArray(ASCENDING[i])).reverse());
    });
  });

  describe('arrays', () => {
    const things = filled(server, [
      { a: [3, 8] },
      { a: 5 },
      { a: [1, 9] },
      { a: [] },
      {},
      { a: null },
      { a: ['x', 2] },
      { a: [[0]] },
    ]);
    sortsTable(things, [
      ['trap: ascending by the lowest element', { a: 1, _id: 1 }, [3, 4, 5, 2, 6, 0, 1, 7]],
      ['trap: descending by the highest element', { a: -1, _id: 1 }, [7, 6, 2, 0, 1, 4, 5, 3]],
    ]);
  });

  describe('documents in arrays', () => {
    const things = filled(server, [
      {
        a: [
          { b: 4, c: 1 },
          { b: 9, c: 0 },
        ],
      },
      {
        a: [
          { b: 4, c: 0 },
          { b: 1, c: 5 },
        ],
      },
      { a: { b: 3, c: 3 } },
      { a: [{ c: 7 }, { b: 8 }] },
      { a: [5] },
      { a: [5, { b: 2, c: 9 }] },
      { a: [] },
      { a: [[{ b: 0 }]] },
    ]);
    sortsTable(things, [
      ['an element without the field counts as null', { 'a.b': 1, _id: 1 }, [3, 4, 5, 6, 7, 1, 2, 0]],
      ['descending takes the highest', { 'a.b': -1, _id: 1 }, [0, 3, 1, 2, 5, 4, 6, 7]],
      ['trap: two fields of one array come from one element', { 'a.b': 1, 'a.c': 1, _id: 1 }, [4, 5, 6, 7, 3, 1, 2, 0]],
      ['two fields in two directions', { 'a.c': -1, 'a.b': 1, _id: 1 }, [5, 3, 1, 2, 0, 4, 6, 7]],
    ]);
  });

  describe('positions', () => {
    const things = filled(server, [
      { a: [{ x: 2 }, { x: 1 }] },
      { a: [{ x: 1 }, { x: 9 }] },
      { a: [{ y: 0 }, { x: 0 }] },
      { a: [{ x: 3 }] },
      { a: { 0: { x: 0 } } },
      { a: [{ x: [5, 0.5] }] },
    ]);
    sortsTable(things, [
      ['trap: a position takes that element', { 'a.0.x': 1, _id: 1 }, [2, 4, 5, 1, 0, 3]],
      ['a position that is not there is null', { 'a.1.x': 1, _id: 1 }, [3, 4, 5, 2, 0, 1]],
      ['descending', { 'a.0.x': -1, _id: 1 }, [5, 3, 0, 1, 4, 2]],
    ]);
    const numbers = filled(server, [{ a: [3, 1] }, { a: [2, 9] }, { a: [] }, { a: [[7, 1]] }, { a: [1, 5] }]);
    sortsTable(numbers, [
      ['a position of scalars', { 'a.0': 1 }, [2, 4, 1, 0, 3]],
      ['the second position', { 'a.1': 1, _id: 1 }, [2, 3, 0, 4, 1]],
    ]);
  });

  describe('several fields', () => {
    const things = filled(server, [
      { a: 1, b: 2, c: 'x' },
      { a: 1, b: 1, c: 'y' },
      { a: 2, b: 1, c: 'z' },
      { a: 1, c: 'w' },
      { b: 1 },
      { a: 2, b: 5 },
    ]);
    sortsTable(things, [
      ['both ascending', { a: 1, b: 1 }, [4, 3, 1, 0, 2, 5]],
      ['in two directions', { a: -1, b: 1 }, [2, 5, 3, 1, 0, 4]],
      ['the other way', { a: 1, b: -1 }, [4, 0, 1, 3, 5, 2]],
      ['three', { a: 1, b: -1, c: -1 }, [4, 0, 1, 3, 5, 2]],
      ['missing counts as null', { c: 1, _id: -1 }, [5, 4, 3, 0, 1, 2]],
      ['_id', { _id: -1 }, [5, 4, 3, 2, 1, 0]],
    ]);

    test('skip and limit cut the sorted list', async () => {
      const found = await things().find().sort({ a: 1, b: 1 }).skip(1).limit(3).toArray();
      expect(found.map(({ _id }) => _id)).toEqual([3, 1, 0]);
    });

    test('a skip beyond the end finds nothing', async () => {
      expect(await things().find().sort({ a: 1 }).skip(99).toArray()).toEqual([]);
    });

    test('$natural gives the order of insertion and its reverse', async () => {
      expect((await things().find().sort({ $natural: 1 }).toArray()).map(({ _id }) => _id)).toEqual([0, 1, 2, 3, 4, 5]);
      expect((await things().find().sort({ $natural: -1 }).toArray()).map(({ _id }) => _id)).toEqual([
        5, 4, 3, 2, 1, 0,
      ]);
    });

    test('a sort by fields with dots and by names that hold nothing keeps all', async () => {
      expect(await things().find().sort({ 'x.y': 1 }).toArray()).toHaveLength(6);
    });
  });

  test('two arrays cannot be sorted by together', async () => {
    const things = server().db.collection('things');
    await things.insertOne({ a: [1], b: [2] });
    expect(await codeOf(things.find().sort({ a: 1, b: 1 }).toArray())).toBe(2);
    expect(await things.find().sort({ a: 1 }).toArray()).toHaveLength(1);
  });

  test('a position that is also a name is refused', async () => {
    const things = server().db.collection('things');
    await things.insertOne({ a: [{ 0: 'x' }] });
    expect(await codeOf(things.find().sort({ 'a.0': 1 }).toArray())).toBe(16746);
  });

  test('a direction other than 1 and -1 is refused', async () => {
    expect(await codeOf(server().db.command({ find: 'things', sort: { a: 2 } }))).toBe(15975);
  });

  test('findOneAndUpdate and findOneAndDelete take the first of the order', async () => {
    const things = server().db.collection<Document & { _id: number }>('things');
    await things.insertMany([
      { _id: 1, a: [1, 9] },
      { _id: 2, a: 5 },
    ]);
    expect(await things.findOneAndUpdate({}, { $set: { x: 1 } }, { sort: { a: -1 } })).toMatchObject({ _id: 1 });
    expect(await things.findOneAndDelete({}, { sort: { a: 1 } })).toMatchObject({ _id: 1 });
  });
});
