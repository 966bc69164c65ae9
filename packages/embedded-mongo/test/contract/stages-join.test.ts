import { describe, expect, test } from '@jest/globals';
import type { Document } from 'mongodb';
import { codeOf, ENGINES, useServer } from '../server.ts';

type Person = Document & { _id: string };

describe.each(ENGINES)('stages that bring in documents, on %s', (engine) => {
  const server = useServer(engine);
  const people = () => server().db.collection<Person>('people');
  const graph = (more: Document = {}): Document => ({
    $graphLookup: {
      from: 'people',
      startWith: '$boss',
      connectFromField: 'boss',
      connectToField: '_id',
      as: 'above',
      ...more,
    },
  });
  const above = async (id: string, more: Document = {}): Promise<Document[]> => {
    const [found] = await people()
      .aggregate([
        { $match: { _id: id } },
        graph(more),
        { $set: { above: { $sortArray: { input: '$above', sortBy: { _id: 1 } } } } },
      ])
      .toArray();
    return found?.above;
  };
  const hierarchy = () =>
    people().insertMany([
      { _id: 'a' },
      { _id: 'b', boss: 'a' },
      { _id: 'c', boss: ['b', 'z'] },
      { _id: 'd', boss: 'c' },
      { _id: 'x', boss: 'y' },
      { _id: 'y', boss: 'x' },
    ]);

  test('$graphLookup follows a field as far as it goes', async () => {
    await hierarchy();
    expect((await above('d')).map(({ _id }) => _id)).toEqual(['a', 'b', 'c']);
    expect(await above('a')).toEqual([]);
  });

  test('$graphLookup ends in circles', async () => {
    await hierarchy();
    expect((await above('x')).map(({ _id }) => _id)).toEqual(['x', 'y']);
  });

  test('$graphLookup keeps to a depth and tells it', async () => {
    await hierarchy();
    expect((await above('d', { maxDepth: 1, depthField: 'n' })).map(({ _id, n }) => [_id, Number(n)])).toEqual([
      ['b', 1],
      ['c', 0],
    ]);
  });

  test('$graphLookup passes only what matches', async () => {
    await hierarchy();
    expect((await above('d', { restrictSearchWithMatch: { _id: { $ne: 'b' } } })).map(({ _id }) => _id)).toEqual(['c']);
  });

  test.each<[string, Document, number]>([
    ['an unknown argument', { x: 1 }, 40104],
    ['a negative depth', { maxDepth: -1 }, 40101],
    ['a depth that is no number', { maxDepth: 'x' }, 40100],
    ['a name that is no text', { as: 5 }, 40103],
    ['a restriction that is no filter', { restrictSearchWithMatch: 5 }, 40185],
  ])('$graphLookup with %s is an error', async (_title, more, code) => {
    expect(
      await codeOf(
        people()
          .aggregate([graph(more)])
          .toArray(),
      ),
    ).toBe(code);
  });

  test('a pipeline runs over a collection that is not there, too', async () => {
    await people().insertOne({ _id: 'a' });
    const pipeline = [{ $facet: { n: [{ $count: 'n' }] } }];
    expect(
      await people()
        .aggregate([{ $lookup: { from: 'none', pipeline, as: 'r' } }])
        .toArray(),
    ).toEqual([{ _id: 'a', r: [{ n: [] }] }]);
    expect(
      await people()
        .aggregate([{ $unionWith: { coll: 'none', pipeline } }])
        .toArray(),
    ).toEqual([{ _id: 'a' }, { n: [] }]);
  });

  test('what $lookup joins fits one document, unless it is taken apart again at once', async () => {
    const text = 'x'.repeat(6_000_000);
    await people().insertMany(['a', 'b', 'c'].map((_id) => ({ _id, text })));
    const all = [
      { $match: { _id: 'a' } },
      { $project: { _id: 1 } },
      { $lookup: { from: 'people', pipeline: [], as: 'r' } },
    ];
    expect(
      await codeOf(
        people()
          .aggregate([...all, { $project: { n: { $size: '$r' } } }])
          .toArray(),
      ),
    ).toBe(4568);
    expect(
      await people()
        .aggregate([...all, { $unwind: '$r' }, { $count: 'n' }])
        .toArray(),
    ).toEqual([{ n: 3 }]);
  });

  test('$documents needs no collection', async () => {
    const run = (...stages: Document[]) => server().db.aggregate(stages).toArray();
    expect(await run({ $documents: [{ a: 1 }, { a: 2 }] }, { $match: { a: { $gt: 1 } } })).toEqual([{ a: 2 }]);
    expect(await run({ $documents: { $map: { input: { $range: [0, 2] }, in: { n: '$$this' } } } })).toEqual([
      { n: 0 },
      { n: 1 },
    ]);
    expect(await codeOf(run({ $match: {} }))).toBe(73);
    expect(
      await codeOf(
        people()
          .aggregate([{ $documents: [] }])
          .toArray(),
      ),
    ).toBe(73);
  });

  test('$sample gives so many different documents', async () => {
    await hierarchy();
    const ids = (
      await people()
        .aggregate([{ $sample: { size: 4 } }])
        .toArray()
    ).map(({ _id }) => _id);
    expect(new Set(ids).size).toBe(4);
    expect(
      await people()
        .aggregate([{ $sample: { size: 100 } }])
        .toArray(),
    ).toHaveLength(6);
    expect(
      await codeOf(
        people()
          .aggregate([{ $sample: { size: 0 } }])
          .toArray(),
      ),
    ).toBe(28747);
    expect(
      await codeOf(
        people()
          .aggregate([{ $sample: { size: 'x' } }])
          .toArray(),
      ),
    ).toBe(28746);
    expect(
      await codeOf(
        people()
          .aggregate([{ $sample: {} }])
          .toArray(),
      ),
    ).toBe(28749);
  });

  test('a pipeline has at most a thousand stages', async () => {
    const stages = Array.from({ length: 1001 }, () => ({ $match: {} }));
    expect(await codeOf(people().aggregate(stages).toArray())).toBe(7749501);
  });
});
