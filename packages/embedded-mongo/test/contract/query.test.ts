import { describe, expect, test } from '@jest/globals';
import { Binary, Decimal128, type Document, Double, type Filter, Long, MaxKey, MinKey, ObjectId } from 'mongodb';
import { codeOf, ENGINES, useServer } from '../server.ts';

type Thing = Document & { _id: number };

describe.each(ENGINES)('queries on %s', (engine) => {
  const server = useServer(engine);
  const things = () => server().db.collection<Thing>('things');
  const store = (values: readonly Document[]) => things().insertMany(values.map((value, i) => ({ _id: i, ...value })));
  const ids = async (filter: Filter<Thing>): Promise<number[]> =>
    (await things().find(filter).sort({ _id: 1 }).toArray()).map(({ _id }) => _id);

  test('equality crosses numeric types and is exact', async () => {
    await store([
      { a: 1 },
      { a: Long.fromNumber(1) },
      { a: new Double(1) },
      { a: Decimal128.fromString('1.0') },
      { a: '1' },
      { a: Long.fromString('9007199254740993') },
      { a: 9007199254740992 },
    ]);
    expect(await ids({ a: 1 })).toEqual([0, 1, 2, 3]);
    expect(await ids({ a: Long.fromString('9007199254740993') })).toEqual([5]);
    expect(await ids({ a: { $gt: 9007199254740992 } })).toEqual([5]);
    expect(await ids({ a: { $lt: Decimal128.fromString('1.1') } })).toEqual([0, 1, 2, 3]);
  });

  test('a double and a decimal are equal only when they are exactly so', async () => {
    await store([{ a: 0.1 }, { a: Decimal128.fromString('0.1') }, { a: 0.5 }, { a: Decimal128.fromString('0.5') }]);
    expect(await ids({ a: Decimal128.fromString('0.1') })).toEqual([1]);
    expect(await ids({ a: 0.5 })).toEqual([2, 3]);
  });

  test('ranges stay within one type', async () => {
    await store([{ a: 5 }, { a: 'b' }, { a: null }, {}, { a: new Date(5) }, { a: true }, { a: [1, 9] }]);
    expect(await ids({ a: { $gt: 4 } })).toEqual([0, 6]);
    expect(await ids({ a: { $gte: 'a' } })).toEqual([1]);
    expect(await ids({ a: { $gte: null } })).toEqual([2, 3]);
    expect(await ids({ a: { $gt: new MinKey() } })).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(await ids({ a: { $lt: new MaxKey() } })).toHaveLength(7);
  });

  test('null matches missing fields, also inside of arrays of documents', async () => {
    await store([{ a: null }, {}, { a: 1 }, { a: { b: null } }, { a: [{ b: 1 }, {}] }, { a: [] }, { a: [1] }]);
    expect(await ids({ a: null })).toEqual([0, 1]);
    expect(await ids({ 'a.b': null })).toEqual([0, 1, 2, 3, 4]);
    expect(await ids({ 'a.b': { $exists: false } })).toEqual([0, 1, 2, 5, 6]);
    expect(await ids({ a: { $ne: null } })).toEqual([2, 3, 4, 5, 6]);
  });

  test('embedded documents are equal with the same fields in the same order', async () => {
    await store([{ a: { x: 1, y: 2 } }, { a: { y: 2, x: 1 } }, { a: [{ x: 1, y: 2 }] }]);
    expect(await ids({ a: { x: 1, y: 2 } })).toEqual([0, 2]);
    expect(await ids({ 'a.x': 1, 'a.y': 2 })).toEqual([0, 1, 2]);
  });

  test('arrays match by element, as a whole, by position and by size', async () => {
    await store([{ a: [1, 2] }, { a: [[1, 2]] }, { a: 1 }, { a: [2, 1] }]);
    expect(await ids({ a: 1 })).toEqual([0, 2, 3]);
    expect(await ids({ a: [1, 2] })).toEqual([0, 1]);
    expect(await ids({ 'a.0': 2 })).toEqual([3]);
    expect(await ids({ a: { $size: 2 } })).toEqual([0, 3]);
    expect(await ids({ a: { $all: [1, 2] } })).toEqual([0, 3]);
    expect(await ids({ a: { $not: { $size: 2 } } })).toEqual([1, 2]);
  });

  test('$elemMatch needs one element to meet all conditions', async () => {
    await store([
      {
        a: [
          { x: 1, y: 1 },
          { x: 2, y: 2 },
        ],
      },
      { a: [{ x: 1, y: 2 }] },
      { a: [1, 7] },
      { a: [[5]] },
    ]);
    expect(await ids({ a: { $elemMatch: { x: 1, y: 2 } } })).toEqual([1]);
    expect(await ids({ 'a.x': 1, 'a.y': 2 })).toEqual([0, 1]);
    expect(await ids({ a: { $elemMatch: { $gt: 4, $lt: 8 } } })).toEqual([2]);
  });

  test('$in, $nin and $or', async () => {
    await store([{ a: 1 }, { a: 'xy' }, {}, { a: [3] }]);
    expect(await ids({ a: { $in: [1, /^x/, 3] } })).toEqual([0, 1, 3]);
    expect(await ids({ a: { $in: [null] } })).toEqual([2]);
    expect(await ids({ a: { $nin: [1, null] } })).toEqual([1, 3]);
    expect(await ids({ $or: [{ a: 1 }, { a: 3 }] })).toEqual([0, 3]);
    expect(await ids({ $nor: [{ a: 1 }, { a: 3 }] })).toEqual([1, 2]);
  });

  test('regular expressions follow PCRE where JavaScript differs', async () => {
    await store([{ a: 'abc' }, { a: 'ABC' }, { a: 'x\nabc' }, { a: 'abc\n' }, { a: 'a\u2028c' }, { a: 5 }]);
    expect(await ids({ a: /abc$/ })).toEqual([0, 2, 3]);
    expect(await ids({ a: /^abc/i })).toEqual([0, 1, 3]);
    expect(await ids({ a: { $regex: '^abc', $options: 'm' } })).toEqual([0, 2, 3]);
    expect(await ids({ a: { $regex: '^a.c$' } })).toEqual([0, 3, 4]);
    expect(await ids({ a: { $not: /a/i } })).toEqual([5]);
    expect(await codeOf(things().findOne({ a: { $regex: '(' } }))).toBe(51091);
  });

  test('$type, $mod and the bit operators', async () => {
    await store([
      { a: 6 },
      { a: new Double(6) },
      { a: Long.fromNumber(6) },
      { a: '6' },
      { a: new ObjectId() },
      { a: new Binary(Buffer.from([6])) },
      { a: [6.5] },
    ]);
    expect(await ids({ a: { $type: 'int' } })).toEqual([0]);
    expect(await ids({ a: { $type: 'double' } })).toEqual([1, 6]);
    expect(await ids({ a: { $type: 'number' } })).toEqual([0, 1, 2, 6]);
    expect(await ids({ a: { $type: ['objectId', 'binData'] } })).toEqual([4, 5]);
    expect(await ids({ a: { $mod: [4, 2] } })).toEqual([0, 1, 2, 6]);
    expect(await ids({ a: { $bitsAllSet: 6 } })).toEqual([0, 1, 2, 5]);
    expect(await ids({ a: { $bitsAnyClear: [0] } })).toEqual([0, 1, 2, 5]);
  });

  test('different binaries differ', async () => {
    await store([
      { a: new Binary(Buffer.from([0xff, 1])) },
      { a: new Binary(Buffer.from([0xfe, 1])) },
      { a: new Binary(Buffer.from([0xff, 1]), 5) },
    ]);
    expect(await ids({ a: new Binary(Buffer.from([0xff, 1])) })).toEqual([0]);
  });

  test('values of all types sort in the order of BSON types', async () => {
    const values = [
      new MaxKey(),
      new Date(1),
      true,
      new ObjectId(),
      Buffer.from([1]),
      { a: 1 },
      'text',
      3,
      null,
      new MinKey(),
      /r/,
      ['zz'],
    ];
    await store(values.map((a) => ({ a })));
    const sorted = await things().find().sort({ a: 1, _id: 1 }).toArray();
    expect(sorted.map(({ _id }) => _id)).toEqual([9, 8, 7, 6, 11, 5, 4, 3, 2, 1, 10, 0]);
    const reversed = await things().find().sort({ a: -1, _id: -1 }).toArray();
    expect(reversed.map(({ _id }) => _id)).toEqual([0, 10, 1, 2, 3, 4, 5, 11, 6, 7, 8, 9]);
  });

  test('arrays sort by their lowest or their highest element', async () => {
    await store([{ a: [3, 8] }, { a: 5 }, { a: [1, 9] }, { a: [] }, {}]);
    expect((await things().find().sort({ a: 1, _id: 1 }).toArray()).map(({ _id }) => _id)).toEqual([3, 4, 2, 0, 1]);
    expect((await things().find().sort({ a: -1, _id: 1 }).toArray()).map(({ _id }) => _id)).toEqual([2, 0, 1, 4, 3]);
  });

  test('a collation decides what matches and what comes first', async () => {
    await store([{ a: 'zoe' }, { a: 'Éa' }, { a: 'eb' }, { a: 'EA' }, { a: 'ea' }]);
    const french = (strength: number) => ({ collation: { locale: 'fr', strength } });
    expect(
      await things()
        .find({ a: 'ea' }, french(1))
        .map(({ _id }) => _id)
        .toArray(),
    ).toEqual([1, 3, 4]);
    expect(
      await things()
        .find({ a: 'ea' }, french(2))
        .map(({ _id }) => _id)
        .toArray(),
    ).toEqual([3, 4]);
    const sorted = await things().find({}, french(3)).sort({ a: 1 }).toArray();
    expect(sorted.map(({ a }) => a)).toEqual(['ea', 'EA', 'Éa', 'eb', 'zoe']);
    expect(await codeOf(things().findOne({}, { collation: { locale: 'sv' } }))).toBe(
      engine === 'real' ? undefined : 238,
    );
  });

  test('projections include, exclude, slice and pick', async () => {
    await store([
      {
        a: 1,
        b: { c: 2, d: 3 },
        list: [
          { x: 1, y: 1 },
          { x: 2, y: 2 },
          { x: 3, y: 3 },
        ],
      },
    ]);
    const get = (projection: Document, filter: Filter<Thing> = {}) => things().findOne(filter, { projection });
    expect(await get({ a: 1 })).toEqual({ _id: 0, a: 1 });
    expect(await get({ _id: 0, 'b.c': 1 })).toEqual({ b: { c: 2 } });
    expect(await get({ list: 0, 'b.d': 0 })).toEqual({ _id: 0, a: 1, b: { c: 2 } });
    expect(await get({ 'list.x': 1, _id: 0 })).toEqual({ list: [{ x: 1 }, { x: 2 }, { x: 3 }] });
    expect(await get({ list: { $slice: -1 }, a: 1 })).toEqual({ _id: 0, a: 1, list: [{ x: 3, y: 3 }] });
    expect(await get({ list: { $slice: [1, 1] }, b: 0, a: 0 })).toEqual({ _id: 0, list: [{ x: 2, y: 2 }] });
    expect(await get({ list: { $elemMatch: { x: { $gt: 1 } } } })).toEqual({ _id: 0, list: [{ x: 2, y: 2 }] });
    expect(await get({ 'list.$': 1 }, { 'list.x': 3 })).toEqual({ _id: 0, list: [{ x: 3, y: 3 }] });
    expect(await get({ sum: { $add: ['$a', '$b.c'] }, _id: 0 })).toEqual({ sum: 3 });
    expect(await codeOf(get({ a: 1, b: 0 }))).toBe(31254);
  });

  test('$expr compares fields of the same document, across types', async () => {
    await store([
      { a: 1, b: 2 },
      { a: 3, b: 2 },
      { a: 'x', b: 2 },
    ]);
    expect(await ids({ $expr: { $gt: ['$a', '$b'] } })).toEqual([1, 2]);
    expect(
      (
        await things()
          .find({ $expr: { $eq: ['$a', '$$wanted'] } }, { let: { wanted: 3 } })
          .toArray()
      ).map(({ _id }) => _id),
    ).toEqual([1]);
  });

  test('what is no operator is refused', async () => {
    expect(await codeOf(things().findOne({ a: { $nope: 1 } } as never))).toBe(2);
    expect(await codeOf(things().findOne({ $nope: 1 } as never))).toBe(2);
    expect(await codeOf(things().findOne({ a: { $in: 5 } } as never))).toBe(2);
    expect(await codeOf(things().findOne({ $or: [] }))).toBe(2);
  });
});
