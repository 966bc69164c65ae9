import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { EJSON } from 'bson';
import { type Collection, type Document, Double, type FindOptions, Int32, type UpdateOptions } from 'mongodb';
import { type Contract, codeOf } from '../server.ts';

/** A document of the tables: its _id is its place in the list, unless it brings its own. */
export type Thing = Document & { _id: number };
export type Things = Collection<Thing>;

const run = randomBytes(6).toString('hex');
let count = 0;

/** A collection filled once, for tables of cases that only read. */
export function filled(server: () => Contract, documents: readonly Document[]): () => Things {
  const name = `fixture_${run}_${++count}`;
  const db = () => server().client.db(name);
  beforeAll(async () => {
    if (documents.length > 0)
      await db()
        .collection<Thing>('things')
        .insertMany(documents.map((document, i) => ({ _id: i, ...document })));
  });
  afterAll(() => db().dropDatabase());
  return () => db().collection<Thing>('things');
}

export type FindCase = readonly [title: string, filter: Document, ids: readonly number[]];

/** One test for each filter: it finds exactly these documents. */
export function findsTable(things: () => Things, cases: readonly FindCase[], options: FindOptions = {}): void {
  test.each(cases.map((row) => [...row] as [...FindCase]))('%s', async (_title, filter, ids) => {
    const found = await things()
      .find(filter, { ...options, projection: { _id: 1 } })
      .toArray();
    expect(found.map(({ _id }) => _id).sort((a, b) => a - b)).toEqual(ids);
  });
}

export type RefusedFilter = readonly [title: string, filter: Document, code: number];

/** One test for each filter: it is refused with this code, also when there is nothing to filter. */
export function refusedTable(things: () => Things, cases: readonly RefusedFilter[]): void {
  test.each(cases.map((row) => [...row] as [...RefusedFilter]))('%s', async (_title, filter, code) => {
    expect(await codeOf(things().find(filter).toArray())).toBe(code);
  });
}

export type UpdateCase = {
  readonly title: string;
  readonly before: Document;
  readonly update: Document | readonly Document[];
  readonly filter?: Document;
  readonly options?: UpdateOptions;
} & ({ readonly after: Document; readonly modified?: number } | { readonly code: number });

/** One test for each update: what becomes of the one document, its types and the order of its fields included. */
export function updatesTable(server: () => Contract, cases: readonly UpdateCase[]): void {
  test.each(cases.map((row) => ({ ...row })))('$title', async (row) => {
    const things = server().db.collection<Thing>('things');
    await things.insertOne({ _id: 1, ...row.before } as Thing);
    const run = things.updateOne(row.filter ?? {}, row.update as Document, row.options ?? {});
    const read = () => things.find({}, { promoteValues: false, projection: { _id: 0 } }).toArray();
    if ('code' in row) {
      const before = await read();
      expect(await codeOf(run)).toBe(row.code);
      expect(await read()).toEqual(before);
      return;
    }
    const { matchedCount, modifiedCount } = await run;
    expect({ matchedCount, modifiedCount }).toEqual({ matchedCount: 1, modifiedCount: row.modified ?? 1 });
    const [after] = await read();
    expect(shown(after)).toBe(shown(exact(row.after)));
  });
}

/** Numbers as the driver writes them, so that types can be compared. */
function exact(value: unknown): unknown {
  if (typeof value === 'number')
    return Number.isInteger(value) && !Object.is(value, -0) ? new Int32(value) : new Double(value);
  if (Array.isArray(value)) return value.map(exact);
  if (typeof value !== 'object' || value === null || value instanceof Date || '_bsontype' in value) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, exact(item)]));
}

/** A text in which types and the order of fields show. */
export const shown = (value: unknown): string => EJSON.stringify(value, { relaxed: false });
