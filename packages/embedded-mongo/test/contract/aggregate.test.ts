import { describe, expect, test } from '@jest/globals';
import type { Document } from 'mongodb';
import { codeOf, ENGINES, useServer } from '../server.ts';

type Thing = Document & { _id: number };

/** A branch of $switch, made from pairs because a literal with `then` looks like a promise. */
const branch = (test: unknown, then: unknown): Document =>
  Object.fromEntries([
    ['case', test],
    ['then', then],
  ]);

describe.each(ENGINES)('aggregation on %s', (engine) => {
  const server = useServer(engine);
  const things = () => server().db.collection<Thing>('things');
  const store = (values: readonly Document[]) => things().insertMany(values.map((value, i) => ({ _id: i, ...value })));
  const run = (...stages: Document[]) => things().aggregate(stages).toArray();

  async function value(expression: unknown, document: Document = {}): Promise<unknown> {
    await things().deleteMany({});
    await store([document]);
    return (await run({ $project: { _id: 0, r: expression } }))[0]?.r;
  }

  test('$match, $sort, $skip, $limit and $project work one after the other', async () => {
    await store([{ a: 3 }, { a: 1 }, { a: 2 }, { a: 0 }]);
    expect(
      await run(
        { $match: { a: { $gt: 0 } } },
        { $sort: { a: 1 } },
        { $skip: 1 },
        { $limit: 1 },
        { $project: { _id: 0, a: 1 } },
      ),
    ).toEqual([{ a: 2 }]);
  });

  test('$group accumulates', async () => {
    await store([{ k: 'x', n: 1 }, { k: 'y', n: 5 }, { k: 'x', n: 3 }, { n: null }]);
    const groups = await run(
      {
        $group: {
          _id: '$k',
          sum: { $sum: '$n' },
          avg: { $avg: '$n' },
          min: { $min: '$n' },
          max: { $max: '$n' },
          all: { $push: '$n' },
          set: { $addToSet: '$k' },
          n: { $count: {} },
          first: { $first: '$n' },
          last: { $last: '$n' },
        },
      },
      { $sort: { _id: 1 } },
    );
    expect(groups).toEqual([
      { _id: null, sum: 0, avg: null, min: null, max: null, all: [null], set: [], n: 1, first: null, last: null },
      { _id: 'x', sum: 4, avg: 2, min: 1, max: 3, all: [1, 3], set: ['x'], n: 2, first: 1, last: 3 },
      { _id: 'y', sum: 5, avg: 5, min: 5, max: 5, all: [5], set: ['y'], n: 1, first: 5, last: 5 },
    ]);
  });

  test('$unwind, $sortByCount, $count and $replaceRoot', async () => {
    await store([{ t: ['a', 'b'] }, { t: ['a'] }, { t: [] }, {}]);
    expect(await run({ $unwind: '$t' }, { $sortByCount: '$t' })).toEqual([
      { _id: 'a', count: 2 },
      { _id: 'b', count: 1 },
    ]);
    expect(
      await run({ $unwind: { path: '$t', preserveNullAndEmptyArrays: true, includeArrayIndex: 'i' } }, { $count: 'n' }),
    ).toEqual([{ n: 5 }]);
    expect(await run({ $match: { _id: 99 } }, { $count: 'n' })).toEqual([]);
    expect(await run({ $match: { _id: 1 } }, { $replaceWith: { was: '$_id' } })).toEqual([{ was: 1 }]);
  });

  test('$lookup joins by field and by pipeline', async () => {
    await store([{ ref: 1 }, { ref: [1, 2] }, {}, { ref: 9 }]);
    const others = server().db.collection<Thing>('others');
    await others.insertMany([
      { _id: 1, n: 'one' },
      { _id: 2, n: 'two' },
    ]);
    const joined = await run(
      { $lookup: { from: 'others', localField: 'ref', foreignField: '_id', as: 'o' } },
      { $sort: { _id: 1 } },
    );
    expect(joined.map(({ o }) => o.map(({ n }: Document) => n))).toEqual([['one'], ['one', 'two'], [], []]);
    const piped = await run(
      {
        $lookup: {
          from: 'others',
          let: { r: '$ref' },
          pipeline: [{ $match: { $expr: { $eq: ['$_id', '$$r'] } } }, { $project: { n: 1, _id: 0 } }],
          as: 'o',
        },
      },
      { $sort: { _id: 1 } },
    );
    expect(piped[0]?.o).toEqual([{ n: 'one' }]);
    expect(piped[1]?.o).toEqual([]);
  });

  test('$facet and $unionWith', async () => {
    await store([{ a: 1 }, { a: 2 }]);
    await server().db.collection<Thing>('others').insertOne({ _id: 7, a: 9 });
    expect(await run({ $facet: { n: [{ $count: 'n' }], top: [{ $sort: { a: -1 } }, { $limit: 1 }] } })).toEqual([
      { n: [{ n: 2 }], top: [{ _id: 1, a: 2 }] },
    ]);
    expect(await run({ $unionWith: 'others' }, { $group: { _id: null, s: { $sum: '$a' } } })).toEqual([
      { _id: null, s: 12 },
    ]);
  });

  test.each<[string, unknown, Document, unknown]>([
    ['$add of numbers', { $add: ['$a', 2, 0.5] }, { a: 1 }, 3.5],
    ['$add with null', { $add: ['$a', '$x'] }, { a: 1 }, null],
    ['$subtract of dates', { $subtract: [new Date(50), new Date(20)] }, {}, 30],
    ['$divide', { $divide: [7, 2] }, {}, 3.5],
    ['$mod', { $mod: [-7, 3] }, {}, -1],
    ['$ifNull', { $ifNull: ['$x', null, 'z'] }, {}, 'z'],
    ['$cond', { $cond: ['$a', 1, 2] }, { a: 0 }, 2],
    ['$switch', { $switch: { branches: [branch({ $eq: ['$a', 1] }, 'one')], default: 'no' } }, { a: 2 }, 'no'],
    ['$concat', { $concat: ['a', '$s'] }, { s: 'b' }, 'ab'],
    ['$toLower', { $toLower: 'AÉ' }, {}, 'aÉ'],
    ['$size', { $size: '$l' }, { l: [1, 2] }, 2],
    ['$arrayElemAt', { $arrayElemAt: ['$l', -1] }, { l: [1, 2] }, 2],
    ['$filter', { $filter: { input: '$l', as: 'i', cond: { $gt: ['$$i', 1] } } }, { l: [1, 2, 3] }, [2, 3]],
    ['$map', { $map: { input: '$l', in: { $multiply: ['$$this', 2] } } }, { l: [1, 2] }, [2, 4]],
    ['$reduce', { $reduce: { input: '$l', initialValue: 0, in: { $add: ['$$value', '$$this'] } } }, { l: [1, 2] }, 3],
    ['$concatArrays', { $concatArrays: ['$l', [3]] }, { l: [1] }, [1, 3]],
    ['$mergeObjects', { $mergeObjects: ['$o', { b: 2 }] }, { o: { a: 1, b: 1 } }, { a: 1, b: 2 }],
    ['$in', { $in: [2, '$l'] }, { l: [1, 2] }, true],
    [
      '$setUnion',
      {
        $setUnion: [
          [2, 1],
          [3, 1],
        ],
      },
      {},
      [1, 2, 3],
    ],
    ['$toString of an int', { $toString: 5 }, {}, '5'],
    ['$dateToString', { $dateToString: { date: new Date(0), format: '%Y-%m-%d' } }, {}, '1970-01-01'],
    ['$type of a missing field', { $type: '$nope' }, {}, 'missing'],
    ['a path through an array', '$l.x', { l: [{ x: 1 }, {}, { x: 2 }] }, [1, 2]],
    ['$let', { $let: { vars: { y: 2 }, in: { $add: ['$$y', 1] } } }, {}, 3],
    ['$objectToArray', { $objectToArray: '$o' }, { o: { a: 1 } }, [{ k: 'a', v: 1 }]],
    ['$max of an array', { $max: '$l' }, { l: [1, 5, 2] }, 5],
  ])('%s', async (_title, expression, document, expected) => {
    expect(await value(expression, document)).toEqual(expected);
  });

  test('unknown stages and operators are refused by their codes', async () => {
    await store([{ a: 1 }]);
    expect(await codeOf(run({ $nope: 1 }))).toBe(40324);
    expect(await codeOf(run({ $project: { x: { $nope: 1 } } }))).toBe(31325);
    expect(await codeOf(run({ $limit: 0 }))).toBe(15958);
    expect(await codeOf(run({ $group: { a: 1 } }))).toBe(15955);
    expect(await codeOf(run({ $project: { r: { $divide: ['$a', 0] } } }))).toBe(2);
  });
});
