import { describe, expect, test } from '@jest/globals';
import { Decimal128, type Document, Double, Int32, Long, type UpdateFilter } from 'mongodb';
import { codeOf, ENGINES, useServer } from '../server.ts';

type Thing = Document & { _id: number };

describe.each(ENGINES)('updates on %s', (engine) => {
  const server = useServer(engine);
  const things = () => server().db.collection<Thing>('things');

  /** Stores a document, updates it and gives what became of it. */
  async function updated(
    before: Document,
    update: Document | Document[],
    filter: Document = {},
    options: Document = {},
  ): Promise<Document | null> {
    await things().deleteMany({});
    await things().insertOne({ _id: 1, ...before });
    await things().updateOne(filter, update as UpdateFilter<Thing>, options);
    return things().findOne({}, { projection: { _id: 0 }, promoteValues: options.exact !== true });
  }

  test('fields are made in the order of their names', async () => {
    const after = await updated({ m: 1 }, { $set: { z: 1, b: 2 }, $inc: { a: 3 } });
    expect(Object.keys(after ?? {})).toEqual(['m', 'a', 'b', 'z']);
  });

  test('$set makes parents and pads arrays, and refuses to go through a scalar', async () => {
    expect(await updated({}, { $set: { 'a.b.c': 1 } })).toEqual({ a: { b: { c: 1 } } });
    expect(await updated({ a: [1] }, { $set: { 'a.3': 4 } })).toEqual({ a: [1, null, null, 4] });
    expect(await codeOf(updated({ a: 1 }, { $set: { 'a.b': 1 } }))).toBe(28);
  });

  test('$unset removes a field and leaves null in an array', async () => {
    expect(await updated({ a: 1, b: { c: 1, d: 2 } }, { $unset: { a: '', 'b.c': '' } })).toEqual({ b: { d: 2 } });
    expect(await updated({ a: [1, 2] }, { $unset: { 'a.0': '' } })).toEqual({ a: [null, 2] });
  });

  test('$inc and $mul keep and widen numeric types', async () => {
    const exact = { exact: true };
    expect(await updated({ a: new Int32(1) }, { $inc: { a: 1 } }, {}, exact)).toEqual({ a: new Int32(2) });
    expect(await updated({ a: new Int32(2147483647) }, { $inc: { a: 1 } }, {}, exact)).toEqual({
      a: Long.fromString('2147483648'),
    });
    expect(await updated({ a: new Int32(1) }, { $inc: { a: 0.5 } }, {}, exact)).toEqual({ a: new Double(1.5) });
    expect(
      String(
        (await updated({ a: Decimal128.fromString('1.10') }, { $inc: { a: Decimal128.fromString('2.2') } }, {}, exact))
          ?.a,
      ),
    ).toBe('3.30');
    expect(await updated({}, { $mul: { a: 5 } })).toEqual({ a: 0 });
    expect(await updated({ a: 3 }, { $mul: { a: 5 } })).toEqual({ a: 15 });
    expect(await codeOf(updated({ a: 'x' }, { $inc: { a: 1 } }))).toBe(14);
    expect(await codeOf(updated({ a: Long.MAX_VALUE }, { $inc: { a: 1 } }))).toBe(2);
  });

  test('$min, $max, $rename, $currentDate and $bit', async () => {
    expect(await updated({ a: 5, b: 5 }, { $min: { a: 3 }, $max: { b: 3, c: 1 } })).toEqual({ a: 3, b: 5, c: 1 });
    expect(await updated({ a: 1, x: 2 }, { $rename: { a: 'b.c', x: 'y' } })).toEqual({ b: { c: 1 }, y: 2 });
    expect((await updated({}, { $currentDate: { at: true } }))?.at).toBeInstanceOf(Date);
    expect(await updated({ a: 13 }, { $bit: { a: { and: 10 } } })).toEqual({ a: 8 });
  });

  test('$push with its modifiers', async () => {
    expect(await updated({}, { $push: { a: 1 } })).toEqual({ a: [1] });
    expect(await updated({ a: [3] }, { $push: { a: { $each: [1, 2], $position: 0 } } })).toEqual({ a: [1, 2, 3] });
    expect(await updated({ a: [5, 3] }, { $push: { a: { $each: [4], $sort: -1, $slice: 2 } } })).toEqual({ a: [5, 4] });
    expect(await updated({ a: [{ n: 2 }] }, { $push: { a: { $each: [{ n: 1 }], $sort: { n: 1 } } } })).toEqual({
      a: [{ n: 1 }, { n: 2 }],
    });
    expect(await updated({ a: [1, 2, 3] }, { $push: { a: { $each: [4], $slice: -2 } } })).toEqual({ a: [3, 4] });
    expect(await codeOf(updated({ a: 1 }, { $push: { a: 1 } }))).toBe(2);
  });

  test('$addToSet, $pull, $pullAll and $pop', async () => {
    expect(await updated({ a: [1] }, { $addToSet: { a: { $each: [1, 2, 2] } } })).toEqual({ a: [1, 2] });
    expect(await updated({ a: [{ x: 1, y: 2 }] }, { $addToSet: { a: { y: 2, x: 1 } } })).toEqual({
      a: [
        { x: 1, y: 2 },
        { y: 2, x: 1 },
      ],
    });
    expect(await updated({ a: [1, 5, 9] }, { $pull: { a: { $gte: 5 } } })).toEqual({ a: [1] });
    expect(await updated({ a: [{ x: 1, y: 1 }, { x: 2 }] }, { $pull: { a: { x: 1 } } })).toEqual({ a: [{ x: 2 }] });
    expect(await updated({ a: [1, 2, 1] }, { $pullAll: { a: [1] } })).toEqual({ a: [2] });
    expect(await updated({ a: [1, 2, 3] }, { $pop: { a: -1 } })).toEqual({ a: [2, 3] });
  });

  test('the positional operators find their elements', async () => {
    expect(await updated({ a: [1, 2, 3] }, { $set: { 'a.$': 9 } }, { a: 2 })).toEqual({ a: [1, 9, 3] });
    expect(await updated({ a: [{ k: 1 }, { k: 2 }] }, { $set: { 'a.$.v': 9 } }, { 'a.k': 2 })).toEqual({
      a: [{ k: 1 }, { k: 2, v: 9 }],
    });
    expect(
      await updated(
        {
          a: [
            { k: 1, v: 1 },
            { k: 1, v: 2 },
          ],
        },
        { $inc: { 'a.$.v': 5 } },
        { a: { $elemMatch: { k: 1, v: 2 } } },
      ),
    ).toEqual({
      a: [
        { k: 1, v: 1 },
        { k: 1, v: 7 },
      ],
    });
    expect(await updated({ a: [1, 2] }, { $inc: { 'a.$[]': 1 } })).toEqual({ a: [2, 3] });
    expect(
      await updated(
        { a: [{ k: 1 }, { k: 5 }] },
        { $set: { 'a.$[big].v': 1 } },
        {},
        { arrayFilters: [{ 'big.k': { $gt: 2 } }] },
      ),
    ).toEqual({ a: [{ k: 1 }, { k: 5, v: 1 }] });
    expect(await codeOf(updated({ a: [1] }, { $set: { 'a.$': 1 } }))).toBe(2);
    expect(await codeOf(updated({ a: [1] }, { $set: { 'a.$[x]': 1 } }))).toBe(2);
  });

  test('two operators on one path are refused with 40', async () => {
    expect(await codeOf(updated({}, { $set: { a: 1 }, $inc: { a: 1 } }))).toBe(40);
    expect(await codeOf(updated({}, { $set: { a: {}, 'a.b': 1 } }))).toBe(40);
    expect(await codeOf(updated({}, { $nope: { a: 1 } }))).toBe(9);
  });

  test('a pipeline computes from the document', async () => {
    expect(
      await updated({ a: 2, b: 3 }, [
        { $set: { sum: { $add: ['$a', '$b'] }, a: { $cond: [{ $gt: ['$b', 2] }, 'big', 'small'] } } },
        { $unset: 'b' },
      ]),
    ).toEqual({ a: 'big', sum: 5 });
    expect(await codeOf(updated({}, [{ $match: {} }]))).toBe(72);
  });
});
