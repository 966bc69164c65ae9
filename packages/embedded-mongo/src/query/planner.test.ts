import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Doc, Double, doc, int, Long, type Value } from '../bson/types.ts';
import { buildIndex, newCollection } from '../storage/catalog.ts';
import { deleteExpired } from '../storage/expiry.ts';
import { memoryEngine } from '../storage/memory.ts';
import { addEntries, deleteRecord, insertRecord, replaceRecord, scan } from '../storage/records.ts';
import { Store, type WriteContext } from '../storage/store.ts';
import { SIMPLE } from './collation.ts';
import { find } from './find.ts';
import { parseSort } from './sort.ts';
import { compareKeys, sortKey } from './sort-key.ts';

const scalar: fc.Arbitrary<Value> = fc.oneof(
  fc.integer({ min: 0, max: 4 }).map(int),
  fc.constantFrom<Value>(
    new Double(1.5),
    new Double(Number.NaN),
    Long.fromNumber(2),
    null,
    'a',
    'b',
    '',
    true,
    new Date(1),
    doc({ b: int(1) }),
  ),
  // Around the length at which keys are cut.
  fc.constantFrom<Value>(...['', 'a', 'b', 'bb', `b${'x'.repeat(40)}`].map((end) => 'x'.repeat(1865) + end)),
);
const number = fc.integer({ min: 0, max: 4 }).map(int);
const field: fc.Arbitrary<Value> = fc.oneof(
  { weight: 4, arbitrary: fc.array(number, { minLength: 2, maxLength: 3 }) },
  { weight: 4, arbitrary: scalar },
  { weight: 2, arbitrary: fc.array(scalar, { maxLength: 3 }) },
  { weight: 2, arbitrary: fc.dictionary(fc.constantFrom('b', 'c'), scalar).map(doc) },
  { weight: 2, arbitrary: fc.array(fc.dictionary(fc.constantFrom('b', 'c'), scalar).map(doc), { maxLength: 3 }) },
);
const document = fc.dictionary(fc.constantFrom('a', 'k', 'z'), field, { maxKeys: 3 }).map(doc);
const path = fc.constantFrom('a', 'k', 'a.b', 'a.c', 'z');
const condition: fc.Arbitrary<Value> = fc.oneof(
  fc.tuple(number, number).map(([low, high]) => doc({ $gt: low, $lt: high })),
  scalar,
  fc.dictionary(fc.constantFrom('$eq', '$gt', '$gte', '$lt', '$lte'), scalar, { minKeys: 1, maxKeys: 2 }).map(doc),
  fc.array(scalar, { maxLength: 3 }).map((list) => doc({ $in: list })),
  fc.boolean().map((there) => doc({ $exists: there })),
  scalar.map((value) => doc({ $ne: value })),
);
const filter: fc.Arbitrary<Doc> = fc.oneof(
  fc.dictionary(path, condition, { maxKeys: 2 }).map(doc),
  fc.tuple(path, condition, path, condition).map(([p, c, q, d]) => doc({ $and: [doc({ [p]: c }), doc({ [q]: d })] })),
  fc
    .dictionary(fc.constantFrom('b', 'c'), condition, { minKeys: 1 })
    .map((inner) => doc({ a: doc({ $elemMatch: doc(inner) }) })),
  fc
    .tuple(fc.array(fc.tuple(path, condition), { minLength: 1, maxLength: 3 }), fc.option(fc.tuple(path, condition)))
    .map(([branches, beside]) => {
      const any = branches.map(([p, c]) => doc({ [p]: c }));
      return doc({ ...(beside ? { [beside[0]]: beside[1] } : {}), $or: any });
    }),
);
const key = fc.dictionary(path, fc.constantFrom(int(1), int(-1)), { minKeys: 1, maxKeys: 3 }).map(doc);
const index = fc
  .record({ key, sparse: fc.boolean() })
  .map(({ key: fields, sparse }) => doc({ key: fields, name: 'i', ...(sparse ? { sparse: true } : {}) }));
/** Conditions of partial indexes, near to what the filters ask for. */
const within = fc.constantFrom<Doc>(
  doc({ k: doc({ $gte: int(1) }) }),
  doc({ k: doc({ $lt: int(3) }) }),
  doc({ k: int(1) }),
  doc({ k: null }),
  doc({ k: doc({ $exists: true }) }),
  doc({ k: doc({ $in: [int(1), 'a', null] }) }),
  doc({ k: doc({ $type: 'number' }) }),
  doc({ 'a.b': doc({ $gt: int(0), $lte: int(3) }) }),
  doc({ a: doc({ $eq: doc({ b: int(1) }) }), k: doc({ $gt: int(0) }) }),
);
const partial = fc
  .tuple(key, within)
  .map(([fields, partialFilterExpression]) => doc({ key: fields, name: 'p', partialFilterExpression }));
const sort = fc
  .dictionary(path, fc.constantFrom(int(1), int(-1)), { maxKeys: 2 })
  .map((fields) => parseSort(doc(fields)));

/** A sort by what is asked for: over arrays the index has another order then. */
const aligned = fc
  .tuple(path, condition, fc.constantFrom(1, -1))
  .map(([p, c, way]): [Doc, ReturnType<typeof parseSort>] => [doc({ [p]: c }), parseSort(doc({ [p]: int(way) }))]);

/** Documents whose arrays an index cannot hold are left out, as inserting them would be refused. */
function insertAll(write: WriteContext, specs: readonly Doc[], documents: readonly Doc[]) {
  const collection = {
    ...newCollection(write.newId(), 'db', 'c', new Map()),
    indexes: [
      buildIndex(1, doc({ key: doc({ _id: int(1) }), name: '_id_' })),
      ...specs.map((spec) => buildIndex(write.newId(), spec)),
    ],
  };
  write.save(collection);
  documents.forEach((item, i) => {
    try {
      for (const each of collection.indexes)
        addEntries(
          { ...write, view: Object.assign(Object.create(write.view), { put: () => undefined }) },
          collection,
          each,
          item,
          '',
        );
      insertRecord(write, collection, new Map<string, Value>([['_id', int(i)], ...item]));
    } catch {
      return;
    }
  });
  return collection;
}

test('with any indexes a query finds what a scan of the collection finds, in a right order', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(document, { maxLength: 12 }),
      fc.array(fc.oneof(index, partial), { maxLength: 3 }),
      fc.array(fc.oneof(fc.tuple(filter, sort), aligned), { minLength: 1, maxLength: 6 }),
      async (documents, specs, queries) => {
        const store = new Store(memoryEngine());
        await store.write((write) => {
          const collection = insertAll(write, specs, documents);
          for (const [query, fields] of queries) {
            if (parallel(documents, fields)) continue;
            const planned = find(write.view, collection, { filter: query, sort: fields });
            const natural = doc({ $natural: int(1) });
            const scanned = find(write.view, collection, { filter: query, sort: fields, hint: natural });
            const idsOf = (list: typeof planned): string[] => list.map(({ record }) => record).sort();
            expect(idsOf(planned)).toEqual(idsOf(scanned));
            // Equal documents may change places; what they sort by may not.
            const keyOf = (item: Doc) => sortKey(item, fields, SIMPLE.compare);
            for (const [i, item] of planned.entries()) {
              const other = scanned[i]?.document ?? new Map();
              expect(compareKeys(keyOf(item.document), keyOf(other), fields, SIMPLE.compare)).toBe(0);
            }
          }
        });
      },
    ),
    { numRuns: 700 },
  );
}, 120_000);

/** Whether some document cannot be sorted by these fields. */
function parallel(documents: readonly Doc[], fields: ReturnType<typeof parseSort>): boolean {
  try {
    for (const item of documents) sortKey(item, fields, SIMPLE.compare);
    return false;
  } catch {
    return true;
  }
}

test('entries of indexes follow every insert, change and removal', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(document, { minLength: 1, maxLength: 8 }),
      fc.array(index, { minLength: 1, maxLength: 2 }),
      fc.array(document, { maxLength: 8 }),
      async (documents, specs, changes) => {
        const store = new Store(memoryEngine());
        const checked = await store.write((write) => {
          const collection = insertAll(write, specs, documents);
          for (const [i, stored] of [...scan(write.view, collection)].entries()) {
            const change = changes[i];
            if (!change) deleteRecord(write, collection, stored);
            else if (fits(change))
              replaceRecord(
                write,
                collection,
                stored,
                new Map<string, Value>([['_id', stored.document.get('_id') as Value], ...change]),
              );
          }
          return collection;
        });
        expect((await store.inspect(checked)).errors).toEqual([]);
      },
    ),
    { numRuns: 300 },
  );
});

/** At most one array, so that no index can refuse the document. */
const fits = (item: Doc): boolean => [...item.values()].filter(Array.isArray).length <= 1;

test('a TTL index lets go of what is old enough, and of nothing else', async () => {
  const store = new Store(memoryEngine());
  await store.write((write) => {
    const spec = doc({ key: doc({ at: int(1) }), name: 'at', expireAfterSeconds: int(10) });
    const collection = insertAll(write, [spec], []);
    const values: Value[] = [new Date(1000), new Date(90_000), [new Date(200_000), new Date(5)], 'text', null, int(5)];
    values.forEach((at, i) => {
      insertRecord(write, collection, doc({ _id: int(i), at }));
    });
    insertRecord(write, collection, doc({ _id: int(6) }));
  });
  expect(await deleteExpired(store, new Date(99_999))).toBe(2);
  expect(await deleteExpired(store, new Date(100_000))).toBe(1);
  const { view, collection } = store.read();
  const rest = collection('db', 'c');
  expect(rest && [...scan(view, rest)].map(({ document: item }) => String(item.get('_id')))).toEqual([
    '3',
    '4',
    '5',
    '6',
  ]);
});
