import type { Key } from '../bson/key.ts';
import type { Doc, Value } from '../bson/types.ts';
import type { Collection } from '../storage/catalog.ts';
import { fetch, indexPrefix, recordOf, type Stored, scan } from '../storage/records.ts';
import type { View } from '../storage/transactions.ts';
import { type Collation, SIMPLE } from './collation.ts';
import { type Execution, Held } from './execution.ts';
import { compileMatcher, type MatchDetails, type Matcher } from './matcher.ts';
import { type Plan, plan } from './planner.ts';
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
  query.execution?.relyOn(collection, chosen.kind === 'index' ? chosen.index : undefined);
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
  const prefix = indexPrefix(collection, chosen.index);
  const seen: Set<Key> | undefined =
    chosen.index.traits.multikey.some(Boolean) || chosen.intervals.length > 1 ? new Set() : undefined;
  const intervals = chosen.reverse ? [...chosen.intervals].reverse() : chosen.intervals;
  for (const { gte, lt } of intervals) {
    for (const [, value] of view.range(prefix + gte, prefix + lt, chosen.reverse)) {
      if (execution) execution.keysExamined++;
      const record = recordOf(value);
      if (seen?.has(record)) continue;
      seen?.add(record);
      const stored = fetch(view, collection, record);
      if (stored) yield stored;
    }
  }
}
