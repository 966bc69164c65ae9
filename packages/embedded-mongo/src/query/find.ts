import type { Key } from '../bson/key.ts';
import type { Doc, Value } from '../bson/types.ts';
import { MongoError } from '../errors.ts';
import { type Collection, type Index, namespaceOf } from '../storage/catalog.ts';
import { fetch, indexPrefix, recordOf, type Stored, scan } from '../storage/records.ts';
import type { View } from '../storage/transactions.ts';
import { type Collation, SIMPLE } from './collation.ts';
import { type Execution, Held } from './execution.ts';
import { compileMatcher, type MatchDetails, type Matcher } from './matcher.ts';
import { type IndexPlan, type Plan, plan } from './planner.ts';
import { type SortField, sortFirst } from './sort.ts';

export type Query = {
  readonly filter: Doc;
  readonly sort?: readonly SortField[];
  readonly skip?: number;
  readonly limit?: number;
  readonly hint?: Value | undefined;
  readonly collation?: Collation;
  readonly variables?: ReadonlyMap<string, Value | undefined>;
  readonly wantsPosition?: boolean;
  /** The run that this search is part of: its time is kept, what it examines is counted. */
  readonly execution?: Execution | undefined;
};

export type Found = Stored & { readonly details: MatchDetails | undefined };

/** Finds documents, sorted, skipped and limited. */
export function find(view: View, collection: Collection, query: Query): Found[] {
  return [...search(view, collection, query, planFor(collection, query))];
}

/**
 * The same one by one: nothing is held when an index or the collection gives the order. A sort holds what it gives, at
 * most `skip` + `limit` documents and 100 MB.
 */
export function findEach(view: View, collection: Collection, query: Query): Iterable<Found> {
  const chosen = planFor(collection, query);
  // The filter is checked now, not when the first document is asked for.
  const found = search(view, collection, query, chosen);
  query.execution?.relyOn(collection, undefined);
  for (const { index } of scansOf(chosen)) query.execution?.relyOn(collection, index);
  return found;
}

function search(view: View, collection: Collection, query: Query, chosen: Plan): Iterable<Found> {
  const matcher = compileMatcher(query.filter, {
    collation: query.collation ?? SIMPLE,
    ...(query.variables ? { variables: query.variables } : {}),
  });
  return inOrder(matching(view, collection, query, chosen, matcher), query, chosen);
}

function* inOrder(found: Iterable<Found>, query: Query, chosen: Plan): Generator<Found> {
  const { sort = [], skip = 0, limit = Number.POSITIVE_INFINITY, collation = SIMPLE } = query;
  const isSorted = sort.length === 0 || (chosen.kind === 'index' && chosen.sorted);
  const sorted = isSorted
    ? found
    : sortFirst(found, ({ document }) => document, sort, {
        collation,
        most: skip + limit,
        held: new Held('Sort'),
        sizeOf: ({ bytes }) => bytes.length,
      });
  let seen = 0;
  for (const item of sorted) {
    if (++seen > skip) yield item;
    if (seen >= skip + limit) return;
  }
}

function* matching(view: View, collection: Collection, query: Query, chosen: Plan, matcher: Matcher): Generator<Found> {
  const { execution } = query;
  for (const stored of candidates(view, collection, chosen, execution)) {
    if (execution) {
      execution.docsExamined++;
      execution.step();
    }
    const details: MatchDetails | undefined = query.wantsPosition ? {} : undefined;
    if (matcher(stored.document, details)) yield { ...stored, details };
  }
}

export function planFor(collection: Collection, query: Query): Plan {
  return plan(collection, {
    filter: query.filter,
    sort: query.sort ?? [],
    hint: query.hint,
    collated: query.collation !== undefined && !query.collation.simple,
  });
}

/** The indexes that a plan reads; none when it scans the collection. */
function scansOf(chosen: Plan): readonly IndexPlan[] {
  if (chosen.kind === 'scan') return [];
  return chosen.kind === 'union' ? chosen.branches : [chosen];
}

function* candidates(
  view: View,
  collection: Collection,
  chosen: Plan,
  execution: Execution | undefined,
): Generator<Stored> {
  if (chosen.kind === 'scan') {
    yield* scan(view, collection, chosen.reverse);
    return;
  }
  const scans = scansOf(chosen);
  const mayRepeat = scans.length > 1 || scans.some(repeats);
  const seen: Set<Key> | undefined = mayRepeat ? new Set() : undefined;
  for (const one of scans) {
    for (const value of entries(view, collection, one)) {
      if (execution) execution.keysExamined++;
      const record = recordOf(value);
      if (seen?.has(record)) continue;
      seen?.add(record);
      const stored = fetch(view, collection, record);
      if (!stored) throw danglingEntry(collection, one.index);
      yield stored;
    }
  }
}

/** Entries come and go with their documents, in one commit: one without its document is damage. */
const danglingEntry = ({ db, name }: Collection, index: Index): MongoError =>
  new MongoError(
    'DataCorruptionDetected',
    `index ${index.name} of ${namespaceOf(db, name)} is damaged in the data file; restore a backup`,
  );

/** Whether one document may have several entries in what is read. */
const repeats = ({ index, intervals }: IndexPlan): boolean =>
  index.traits.multikey.some(Boolean) || intervals.length > 1;

function* entries(view: View, collection: Collection, { index, intervals, reverse }: IndexPlan): Generator<Uint8Array> {
  const prefix = indexPrefix(collection, index);
  for (const { gte, lt } of reverse ? [...intervals].reverse() : intervals)
    for (const [, value] of view.range(prefix + gte, prefix + lt, reverse)) yield value;
}
