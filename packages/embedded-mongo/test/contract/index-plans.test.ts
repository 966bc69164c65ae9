import { describe, expect, test } from '@jest/globals';
import type { CreateIndexesOptions, Document, IndexSpecification } from 'mongodb';
import { codeOf, ENGINES, useServer } from '../server.ts';
import { filled, type Things } from './tables.ts';

const COLOURS = ['red', 'green', 'blue', null];
/** 60 documents: numbers, texts, dates, missing fields, arrays, documents in arrays. */
const DOCUMENTS: readonly Document[] = Array.from({ length: 60 }, (_, i) => ({
  n: i % 10,
  colour: COLOURS[i % 4],
  at: new Date(i * 1000),
  ...(i % 3 === 0 ? { code: `c${i}` } : {}),
  ...(i % 5 === 0 ? {} : { tags: [`t${i % 6}`, `t${i % 7}`, i] }),
  lines: [
    { k: i % 4, v: i % 6 },
    { k: i % 3, v: i % 5 },
  ],
  sub: { x: i % 2, y: 60 - i },
  live: i % 2 === 0,
}));

const INDEXES: readonly (readonly [IndexSpecification, CreateIndexesOptions?])[] = [
  [{ n: 1, at: -1 }],
  [{ colour: 1, n: 1, 'sub.y': 1 }],
  [{ code: 1 }, { sparse: true }],
  [{ tags: 1 }],
  [{ 'lines.k': 1, 'lines.v': 1 }],
  [{ at: 1 }, { name: 'live_at', partialFilterExpression: { live: true } }],
  [{ 'sub.x': 1, 'sub.y': -1 }],
];

type PlanCase = {
  readonly title: string;
  readonly filter: Document;
  readonly sort?: Record<string, 1 | -1>;
  /** The index that answers, or COLLSCAN; nothing when any plan will do. */
  readonly plan?: string;
  readonly sorts?: boolean;
};

const CASES: readonly PlanCase[] = [
  { title: 'the _id', filter: { _id: 5 }, plan: '_id_' },
  { title: 'a range of _id', filter: { _id: { $gt: 5, $lte: 9 } }, plan: '_id_' },
  { title: 'a list of _ids', filter: { _id: { $in: [9, 5, 77] } }, plan: '_id_' },
  { title: 'equality on the first field', filter: { n: 3 }, plan: 'n_1_at_-1' },
  { title: 'a range on the first field', filter: { n: { $gte: 8 } }, plan: 'n_1_at_-1' },
  { title: 'equality and a range', filter: { n: 3, at: { $gte: new Date(20000) } }, plan: 'n_1_at_-1' },
  { title: 'equality and a sort', filter: { n: 3 }, sort: { at: -1 }, plan: 'n_1_at_-1', sorts: false },
  { title: 'equality and the reversed sort', filter: { n: 3 }, sort: { at: 1 }, plan: 'n_1_at_-1', sorts: false },
  {
    title: 'equality, a range and a sort',
    filter: { n: 3, at: { $lt: new Date(40000) } },
    sort: { at: -1 },
    plan: 'n_1_at_-1',
    sorts: false,
  },
  {
    title: 'a range and the sort by it',
    filter: { n: { $gt: 2, $lt: 6 } },
    sort: { n: -1, at: 1 },
    plan: 'n_1_at_-1',
    sorts: false,
  },
  {
    title: 'a sort in mixed directions that no index has',
    filter: { n: { $gt: 2 } },
    sort: { n: 1, at: 1 },
    plan: 'n_1_at_-1',
    sorts: true,
  },
  { title: 'a sort alone', filter: {}, sort: { n: 1, at: -1 }, plan: 'n_1_at_-1', sorts: false },
  { title: 'a sort by the first field alone', filter: {}, sort: { n: -1 }, plan: 'n_1_at_-1', sorts: false },
  { title: 'a sort by the second field alone', filter: {}, sort: { 'sub.y': 1 }, plan: 'COLLSCAN', sorts: true },
  { title: 'the first of three fields', filter: { colour: 'red' }, plan: 'colour_1_n_1_sub.y_1' },
  { title: 'two of three fields', filter: { colour: 'red', n: 4 }, plan: 'colour_1_n_1_sub.y_1' },
  {
    title: 'two of three fields and the sort by the third',
    filter: { colour: 'green', n: 5 },
    sort: { 'sub.y': -1 },
    plan: 'colour_1_n_1_sub.y_1',
    sorts: false,
  },
  {
    title: 'a sort by all, the equal ones included',
    filter: { colour: 'green' },
    sort: { colour: 1, n: 1 },
    plan: 'colour_1_n_1_sub.y_1',
    sorts: false,
  },
  { title: 'null', filter: { colour: null }, plan: 'colour_1_n_1_sub.y_1' },
  { title: 'a list', filter: { colour: { $in: ['red', null] } }, plan: 'colour_1_n_1_sub.y_1' },
  {
    title: 'a list and equality',
    filter: { colour: { $in: ['red', 'blue'] }, n: { $gte: 6 } },
    plan: 'colour_1_n_1_sub.y_1',
  },
  { title: '$and', filter: { $and: [{ n: { $gte: 3 } }, { n: { $lt: 5 } }] }, plan: 'n_1_at_-1' },
  { title: 'conditions that contradict each other', filter: { n: { $gt: 5, $lt: 2 } } },
  { title: 'conditions on two types', filter: { n: { $gt: 5, $lt: 'x' } } },
  {
    title: 'a path',
    filter: { 'sub.x': 1, 'sub.y': { $lt: 30 } },
    sort: { 'sub.y': -1 },
    plan: 'sub.x_1_sub.y_-1',
    sorts: false,
  },
  { title: 'a whole document on which no index is', filter: { sub: { x: 1, y: 59 } }, plan: 'COLLSCAN' },
  { title: 'a sparse index and equality', filter: { code: 'c9' }, plan: 'code_1' },
  { title: 'a sparse index and a range', filter: { code: { $gte: 'c5' } }, plan: 'code_1' },
  { title: 'a sparse index and $exists', filter: { code: { $exists: true } } },
  { title: 'a sparse index and null', filter: { code: null }, plan: 'COLLSCAN' },
  { title: 'a sparse index and a sort', filter: {}, sort: { code: 1 }, plan: 'COLLSCAN', sorts: true },
  { title: 'a sparse index and $ne', filter: { code: { $ne: 'c9' } }, plan: 'COLLSCAN' },
  { title: 'a partial index and its condition', filter: { live: true, at: { $gt: new Date(30000) } }, plan: 'live_at' },
  {
    title: 'a partial index, its condition and a sort',
    filter: { live: true },
    sort: { at: -1 },
    plan: 'live_at',
    sorts: false,
  },
  { title: 'a partial index without its condition', filter: { at: { $gt: new Date(30000) } }, plan: 'COLLSCAN' },
  {
    title: 'a partial index and the opposite of its condition',
    filter: { live: false, at: { $gt: new Date(30000) } },
    plan: 'COLLSCAN',
  },
  { title: 'an element of an array', filter: { tags: 't3' }, plan: 'tags_1' },
  { title: 'a range in an array', filter: { tags: { $gt: 't4' } }, plan: 'tags_1' },
  { title: 'trap: two ends met by different elements', filter: { tags: { $gt: 't4', $lt: 't1' } }, plan: 'tags_1' },
  { title: 'null in an array', filter: { tags: null } },
  { title: 'a sort by an array', filter: {}, sort: { tags: 1, _id: 1 }, sorts: true },
  {
    title: 'a sort by an array backwards',
    filter: { tags: 't3' },
    sort: { tags: -1, _id: 1 },
    plan: 'tags_1',
    sorts: true,
  },
  {
    title: 'trap: a range in an array and the sort by it',
    filter: { tags: { $gt: 't3' } },
    sort: { tags: 1 },
    plan: 'tags_1',
    sorts: true,
  },
  { title: 'an array as a whole', filter: { tags: ['t1', 't1', 1] } },
  { title: 'a field of documents in an array', filter: { 'lines.k': 3 }, plan: 'lines.k_1_lines.v_1' },
  {
    title: 'trap: two fields met by different documents of an array',
    filter: { 'lines.k': 3, 'lines.v': 4 },
    plan: 'lines.k_1_lines.v_1',
  },
  {
    title: '$elemMatch on both fields',
    filter: { lines: { $elemMatch: { k: 3, v: { $gte: 4 } } } },
    plan: 'lines.k_1_lines.v_1',
  },
  { title: '$all', filter: { tags: { $all: ['t1', 't2'] } } },
  { title: '$size', filter: { tags: { $size: 3 } }, plan: 'COLLSCAN' },
  { title: '$nin', filter: { n: { $nin: [1, 2] } } },
  { title: 'a regular expression', filter: { code: /^c1/ } },
  { title: 'a list with a regular expression', filter: { code: { $in: [/^c1/, 'c9'] } } },
  { title: '$not', filter: { n: { $not: { $gt: 3 } } } },
  { title: '$or over two indexes', filter: { $or: [{ n: 3 }, { colour: 'blue' }] }, plan: 'n_1_at_-1' },
  {
    title: '$or whose branches find some documents both',
    filter: { $or: [{ n: { $gte: 5 } }, { colour: 'red' }] },
    plan: 'n_1_at_-1',
  },
  { title: '$or over two indexes, sorted', filter: { $or: [{ n: 3 }, { tags: 't2' }] }, sort: { _id: -1 } },
  { title: '$or over an index of arrays', filter: { $or: [{ tags: 't1' }, { tags: 't2' }] }, plan: 'tags_1' },
  { title: '$or beside a range', filter: { at: { $gt: new Date(9000) }, $or: [{ n: 3 }, { code: 'c9' }] } },
  {
    title: '$or with a branch for a partial index',
    filter: { $or: [{ live: true, at: { $lt: new Date(9000) } }, { n: 1 }] },
  },
  { title: '$or over one index twice', filter: { $or: [{ n: 3 }, { n: 4 }] } },
  { title: '$or with a branch that has no index', filter: { $or: [{ n: 3 }, { 'sub.y': 4 }] }, plan: 'COLLSCAN' },
  { title: '$or with an empty branch', filter: { $or: [{ n: 3 }, {}] }, plan: 'COLLSCAN' },
  { title: '$or beside equality', filter: { n: 3, $or: [{ colour: 'blue' }, { live: true }] }, plan: 'n_1_at_-1' },
  { title: '$nor', filter: { $nor: [{ n: 3 }, { colour: 'blue' }] }, plan: 'COLLSCAN' },
  { title: '$expr', filter: { $expr: { $eq: ['$n', 3] } } },
  { title: 'a type that no document has', filter: { n: 'text' }, plan: 'n_1_at_-1' },
  { title: 'an empty list', filter: { n: { $in: [] } } },
];

describe.each(ENGINES)('plans on %s', (engine) => {
  const server = useServer(engine);

  describe('what an index finds is what a scan finds', () => {
    const things = filled(server, DOCUMENTS);
    let made: Promise<unknown> | undefined;
    const withIndexes = async (): Promise<Things> => {
      made ??= Promise.all(INDEXES.map(([key, options]) => things().createIndex(key, options ?? {})));
      await made;
      return things();
    };
    test.each(CASES.map((row) => ({ ...row })))('$title', async ({ filter, sort = {}, plan, sorts }) => {
      const indexed = await withIndexes();
      const find = () => indexed.find(filter).sort(sort);
      const text = JSON.stringify((await find().explain()).queryPlanner.winningPlan);
      if (plan !== undefined) expect(text).toContain(plan === 'COLLSCAN' ? plan : `"indexName":"${plan}"`);
      if (sorts !== undefined) expect(text.includes('"SORT"')).toBe(sorts);
      const found = await find().toArray();
      const scanned = await find().hint({ $natural: 1 }).toArray();
      const ids = (list: Document[]) => list.map(({ _id }) => _id);
      const keys = (list: Document[]) => list.map((item) => Object.keys(sort).map((path) => at(item, path)));
      expect(ids(found).sort(byNumber)).toEqual(ids(scanned).sort(byNumber));
      if (!Object.keys(sort).includes('tags')) expect(keys(found)).toEqual(keys(scanned));
      else expect(ids(found)).toEqual(ids(scanned));
      expect(await indexed.countDocuments(filter)).toBe(scanned.length);
      const limited = await find().skip(1).limit(3).toArray();
      expect(keys(limited)).toEqual(keys(found).slice(1, 4));
      const piped = await indexed.aggregate([{ $match: filter }, { $count: 'n' }]).toArray();
      expect(piped[0]?.n ?? 0).toBe(scanned.length);
    });
  });

  describe('hints', () => {
    const things = filled(server, [{ a: 2 }, { a: 1 }, { a: 3 }]);
    test('a hint names an index by its name or by its key', async () => {
      await things().createIndex({ a: -1 });
      const ids = async (hint: string | Document) => (await things().find().hint(hint).toArray()).map(({ _id }) => _id);
      expect(await ids('a_-1')).toEqual([2, 0, 1]);
      expect(await ids({ a: -1 })).toEqual([2, 0, 1]);
      expect(await ids({ $natural: -1 })).toEqual([2, 1, 0]);
      expect(await ids('_id_')).toEqual([0, 1, 2]);
    });
    test.each([
      ['by name', 'nope'],
      ['by key', { b: 1 }],
    ])('an unknown hint %s is refused', async (_title, hint) => {
      expect(await codeOf(things().find().hint(hint).toArray())).toBe(2);
      expect(await codeOf(things().updateOne({}, { $set: { x: 1 } }, { hint }))).toBe(2);
      expect(await codeOf(things().deleteOne({}, { hint }))).toBe(2);
    });
  });

  test('the entries of all indexes agree with the documents after many kinds of updates', async () => {
    const things = server().db.collection<Document & { _id: number }>('things');
    for (const [key, options] of INDEXES) await things.createIndex(key, options ?? {});
    await things.insertMany(DOCUMENTS.map((document, i) => ({ _id: i, ...document })));
    await things.updateMany({ n: 3 }, { $unset: { tags: '', 'sub.x': '' }, $set: { 'lines.0.k': [7, 8] } });
    await things.updateMany({ live: true }, [
      { $set: { live: { $lt: ['$n', 5] }, code: { $concat: ['z', '$colour'] } } },
    ]);
    await things.updateMany({}, { $push: { tags: { $each: [null, 'u'], $slice: -2 } } as never });
    await things.updateMany({ n: { $gt: 7 } }, { $rename: { code: 'old' }, $set: { lines: [] } });
    await things.deleteMany({ colour: 'green' });
    await things.replaceOne({ _id: 0 }, { tags: [[1], []], lines: { k: 1 } });
    const report = await server().db.command({ validate: 'things', full: true });
    expect(report).toMatchObject({ valid: true, nIndexes: INDEXES.length + 1 });
    expect(await things.find({ tags: 'u' }).toArray()).toHaveLength((await things.countDocuments()) - 1);
  });
});

const byNumber = (x: number, y: number): number => x - y;

function at(document: Document, path: string): unknown {
  return path.split('.').reduce<unknown>((value, part) => (value as Document | undefined)?.[part], document) ?? null;
}
