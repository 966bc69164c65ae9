import type { Key } from '../bson/key.ts';
import type { Doc, Value } from '../bson/types.ts';
import type { Collection } from '../storage/catalog.ts';
import { fetch, indexPrefix, recordOf, type Stored, scan } from '../storage/records.ts';
import type { View } from '../storage/transactions.ts';
import { type Collation, SIMPLE } from './collation.ts';
import { compileMatcher, type MatchDetails } from './matcher.ts';
import { type Plan, plan } from './planner.ts';
import { type SortField, sortBy } from './sort.ts';

export type Query = {
  readonly filter: Doc;
  readonly sort?: readonly SortField[];
  readonly skip?: number;
  readonly limit?: number;
  readonly hint?: Value | undefined;
  readonly collation?: Collation;
  readonly variables?: ReadonlyMap<string, Value | undefined>;
  readonly wantsPosition?: boolean;
};

export type Found = Stored & { readonly details: MatchDetails | undefined };

/** Finds documents, sorted, skipped and limited. */
export function find(view: View, collection: Collection, query: Query): Found[] {
  const { sort = [], skip = 0, limit = Number.POSITIVE_INFINITY, collation = SIMPLE } = query;
  const chosen = planFor(collection, query);
  const matcher = compileMatcher(query.filter, {
    collation,
    ...(query.variables ? { variables: query.variables } : {}),
  });
  const inOrder = sort.length === 0 || (chosen.kind === 'index' && chosen.sorted);
  const found: Found[] = [];
  for (const stored of candidates(view, collection, chosen)) {
    const details: MatchDetails | undefined = query.wantsPosition ? {} : undefined;
    if (!matcher(stored.document, details)) continue;
    found.push({ ...stored, details });
    if (inOrder && found.length >= skip + limit) break;
  }
  const sorted = inOrder ? found : sortBy(found, ({ document }) => document, sort, collation);
  return skip === 0 && limit >= sorted.length ? sorted : sorted.slice(skip, skip + limit);
}

export function planFor(collection: Collection, query: Query): Plan {
  return plan(collection, {
    filter: query.filter,
    sort: query.sort ?? [],
    hint: query.hint,
    collated: query.collation !== undefined && !query.collation.simple,
  });
}

function* candidates(view: View, collection: Collection, chosen: Plan): Generator<Stored> {
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
      const record = recordOf(value);
      if (seen?.has(record)) continue;
      seen?.add(record);
      const stored = fetch(view, collection, record);
      if (stored) yield stored;
    }
  }
}
