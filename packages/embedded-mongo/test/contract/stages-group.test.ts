import { describe, expect, test } from '@jest/globals';
import type { Document } from 'mongodb';
import { codeOf, ENGINES, useServer } from '../server.ts';

type Thing = Document & { _id: number };

describe.each(ENGINES)('grouping on %s', (engine) => {
  const server = useServer(engine);
  const things = () => server().db.collection<Thing>('things');
  const store = (values: readonly Document[]) => things().insertMany(values.map((value, i) => ({ _id: i, ...value })));
  const run = (...stages: Document[]) => things().aggregate(stages).toArray();
  const one = async (accumulators: Document): Promise<Document | undefined> =>
    (await run({ $sort: { _id: 1 } }, { $group: { _id: null, ...accumulators } }, { $unset: '_id' }))[0];

  test('$firstN, $lastN, $minN and $maxN', async () => {
    await store([{ a: 3 }, {}, { a: 1 }, { a: 2 }]);
    expect(
      await one({
        first: { $firstN: { input: '$a', n: 2 } },
        last: { $lastN: { input: '$a', n: 2 } },
        min: { $minN: { input: '$a', n: 2 } },
        max: { $maxN: { input: '$a', n: 9 } },
      }),
    ).toEqual({ first: [3, null], last: [1, 2], min: [1, 2], max: [3, 2, 1] });
  });

  test('$top, $topN, $bottom and $bottomN', async () => {
    await store([{ a: 3 }, { a: 1 }, { a: 2 }, { a: 5 }]);
    expect(
      await one({
        top: { $top: { sortBy: { a: -1 }, output: '$_id' } },
        topN: { $topN: { n: 2, sortBy: { a: -1 }, output: ['$_id', '$a'] } },
        bottom: { $bottom: { sortBy: { a: -1 }, output: '$a' } },
        bottomN: { $bottomN: { n: 2, sortBy: { a: -1 }, output: '$a' } },
        missing: { $top: { sortBy: { a: 1 }, output: '$nope' } },
      }),
    ).toEqual({
      top: 3,
      topN: [
        [3, 5],
        [0, 3],
      ],
      bottom: 1,
      bottomN: [2, 1],
      missing: null,
    });
  });

  test('the best of many documents are found without keeping all of them', async () => {
    await store(Array.from({ length: 500 }, (_, i) => ({ a: (i * 7919) % 500 })));
    expect(
      await one({
        top: { $topN: { n: 3, sortBy: { a: 1 }, output: '$a' } },
        bottom: { $bottomN: { n: 3, sortBy: { a: 1 }, output: '$a' } },
        max: { $maxN: { n: 3, input: '$a' } },
        last: { $lastN: { n: 2, input: '$_id' } },
      }),
    ).toEqual({ top: [0, 1, 2], bottom: [497, 498, 499], max: [499, 498, 497], last: [498, 499] });
  });

  test('deviations leave out what is no number', async () => {
    await store([{ a: 2 }, { a: 4 }, { a: 'x' }, { a: 4 }, { a: 6 }]);
    const result = await one({ population: { $stdDevPop: '$a' }, sample: { $stdDevSamp: '$a' } });
    expect(result?.population).toBeCloseTo(Math.SQRT2, 12);
    expect(result?.sample).toBeCloseTo(1.632993161855452, 12);
    await things().deleteMany({});
    await store([{ a: 1 }]);
    expect(await one({ population: { $stdDevPop: '$a' }, sample: { $stdDevSamp: '$a' } })).toEqual({
      population: 0,
      sample: null,
    });
  });

  test('$addToSet takes equal numbers of any type once', async () => {
    await store([{ a: 1 }, { a: 1.0 }, { a: [1] }, { a: { b: 1 } }, { a: { b: 1 } }]);
    expect((await one({ set: { $addToSet: '$a' } }))?.set).toHaveLength(3);
  });

  test('$bucket counts by intervals, in their order', async () => {
    await store([{ a: 5 }, { a: 1 }, { a: 10 }, { a: 99 }, { a: 'x' }, {}]);
    const boundaries = [0, 5, 20];
    expect(await run({ $bucket: { groupBy: '$a', boundaries, default: 'other' } })).toEqual([
      { _id: 0, count: 1 },
      { _id: 5, count: 2 },
      { _id: 'other', count: 3 },
    ]);
    expect(
      await run(
        { $match: { a: { $lt: 20 } } },
        { $bucket: { groupBy: '$a', boundaries, output: { ids: { $push: '$_id' }, max: { $max: '$a' } } } },
      ),
    ).toEqual([
      { _id: 0, ids: [1], max: 1 },
      { _id: 5, ids: [0, 2], max: 10 },
    ]);
    expect(await codeOf(run({ $bucket: { groupBy: '$a', boundaries } }))).toBe(40066);
  });

  test.each<[string, Document, number]>([
    ['no boundaries', { groupBy: '$a' }, 40198],
    ['an unknown option', { groupBy: '$a', boundaries: [0, 1], x: 1 }, 40197],
    ['one boundary', { groupBy: '$a', boundaries: [0] }, 40192],
    ['boundaries of two types', { groupBy: '$a', boundaries: [0, 'x'] }, 40193],
    ['boundaries that do not rise', { groupBy: '$a', boundaries: [1, 1] }, 40194],
    ['a default within the boundaries', { groupBy: '$a', boundaries: [0, 5], default: 2 }, 40199],
    ['a constant to group by', { groupBy: 5, boundaries: [0, 5] }, 40202],
  ])('$bucket with %s is an error', async (_title, spec, code) => {
    expect(await codeOf(run({ $bucket: spec }))).toBe(code);
  });

  test.each<[string, Document, number]>([
    ['an unknown accumulator', { r: { $nope: 1 } }, 15952],
    ['two accumulators in one field', { r: { $sum: 1, $max: 1 } }, 40238],
    ['a list for $sum', { r: { $sum: ['$a', '$b'] } }, 40237],
    ['an argument of $count', { r: { $count: 1 } }, 14],
    ['$firstN of none', { r: { $firstN: { input: '$a', n: 0 } } }, 5787908],
    ['$firstN without n', { r: { $firstN: { input: '$a' } } }, 5787906],
    ['$topN without n', { r: { $topN: { output: '$a', sortBy: { a: 1 } } } }, 5788003],
    ['$top without output', { r: { $top: { sortBy: { a: 1 } } } }, 5788004],
    ['$top without sortBy', { r: { $top: { output: '$a' } } }, 5788005],
    ['$top with n', { r: { $top: { n: 1, output: '$a', sortBy: { a: 1 } } } }, 5788002],
    ['$bottomN of a fraction', { r: { $bottomN: { n: 3.2, output: '$a', sortBy: { a: 1 } } } }, 5787903],
    ['a field that is an operator', { $r: { $sum: 1 } }, 40236],
  ])('$group with %s is an error', async (_title, fields, code) => {
    await store([{ a: 1 }]);
    expect(await codeOf(run({ $group: { _id: null, ...fields } }))).toBe(code);
  });
});
