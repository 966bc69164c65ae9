import { equal } from '../bson/compare.ts';
import { BSONRegExp, type Doc, doc, int, isDoc, isNullish, MaxKey, MinKey, type Value } from '../bson/types.ts';
import { MongoError, notSupported } from '../errors.ts';
import { type Collection, ID_INDEX, type Index } from '../storage/catalog.ts';
import { boundsOf, type Interval, type Predicate } from './bounds.ts';
import { compileMatcher } from './matcher.ts';
import { isIndexName } from './path.ts';
import type { SortField } from './sort.ts';

/** How documents are found. Bounds may take in too much; the filter is always applied to the documents again. */
export type Plan =
  | { readonly kind: 'scan'; readonly reverse: boolean }
  | IndexPlan
  /** The branches of a $or, each by an index of its own; a document that several of them find comes once. */
  | { readonly kind: 'union'; readonly branches: readonly IndexPlan[] };

export type IndexPlan = {
  readonly kind: 'index';
  readonly index: Index;
  readonly intervals: readonly Interval[];
  readonly reverse: boolean;
  /** The documents come in the wanted order. */
  readonly sorted: boolean;
};

export type PlanRequest = {
  readonly filter: Doc;
  readonly sort: readonly SortField[];
  readonly hint?: Value | undefined;
  /** Strings compare by a collation: keys, which order by bytes, cannot answer for them. */
  readonly collated: boolean;
};

/** Picks the index that answers most of the filter, then of the sort; the collection is scanned when none helps. */
export function plan(collection: Collection, request: PlanRequest): Plan {
  const predicates = predicatesOf(request.filter, request.collated);
  if (request.hint !== undefined) return hinted(collection, request, predicates);
  return (
    bestIndex(collection, request, predicates) ??
    unionOf(collection, request, predicates) ?? { kind: 'scan', reverse: false }
  );
}

function bestIndex(
  collection: Collection,
  request: PlanRequest,
  predicates: readonly Predicate[],
): IndexPlan | undefined {
  let best: { plan: IndexPlan; score: number } | undefined;
  for (const index of collection.indexes) {
    const candidate = planIndex(index, request, predicates, false);
    if (candidate && (!best || candidate.score > best.score)) best = candidate;
  }
  return best?.plan;
}

/** One index for each branch of a $or, when every branch has one. */
function unionOf(collection: Collection, request: PlanRequest, shared: readonly Predicate[]): Plan | undefined {
  for (const branches of alternatives(request.filter)) {
    const plans = branches.map((branch) => {
      const filter = isDoc(branch) ? branch : new Map();
      const own = predicatesOf(filter, request.collated);
      return bestIndex(collection, { ...request, filter, sort: [] }, [...own, ...shared]);
    });
    const found = plans.filter((item) => item !== undefined);
    if (found.length === plans.length) return { kind: 'union', branches: found };
  }
  return undefined;
}

/** The lists of $or that hold for every document the filter finds. */
function alternatives(filter: Doc): Value[][] {
  return [...filter].flatMap(([name, value]) => {
    if (name === '$or' && Array.isArray(value)) return [value];
    if (name !== '$and' || !Array.isArray(value)) return [];
    return value.flatMap((item) => (isDoc(item) ? alternatives(item) : []));
  });
}

function hinted(collection: Collection, request: PlanRequest, predicates: readonly Predicate[]): Plan {
  const { hint } = request;
  const natural = isDoc(hint) ? hint.get('$natural') : undefined;
  if (natural !== undefined) return { kind: 'scan', reverse: Number(String(natural)) < 0 };
  const index = collection.indexes.find((item) =>
    typeof hint === 'string' ? item.name === hint : isDoc(hint) && equal(item.spec.get('key'), hint),
  );
  if (!index)
    throw new MongoError('BadValue', 'error processing query: hint provided does not correspond to an existing index');
  return planIndex(index, request, predicates, true)?.plan ?? { kind: 'scan', reverse: false };
}

const RANGES = ['$gt', '$gte', '$lt', '$lte'];

function predicatesOf(filter: Doc, collated: boolean, prefix = ''): Predicate[] {
  return [...filter].flatMap(([name, value]): Predicate[] => {
    if (name === '$and' && Array.isArray(value))
      return value.flatMap((item) => (isDoc(item) ? predicatesOf(item, collated, prefix) : []));
    if (name.startsWith('$')) return [];
    const path = prefix + name;
    const operators =
      isDoc(value) && value.keys().next().value?.startsWith('$') === true ? [...value] : [['$eq', value] as const];
    return operators.flatMap(([operator, operand]): Predicate[] => {
      if (operator === '$elemMatch')
        return isDoc(operand) && operand.keys().next().value?.startsWith('$') === false
          ? predicatesOf(operand, collated, `${path}.`)
          : [];
      if (operator === '$exists') return [{ path, operator, operand }];
      const values =
        operator === '$in' ? operand : operator === '$eq' || RANGES.includes(operator) ? [operand] : undefined;
      return Array.isArray(values) && values.every((item) => usable(item, collated))
        ? [{ path, operator, operand }]
        : [];
    });
  });
}

// Arrays match in two ways and regular expressions are no ranges; a collation makes other strings equal.
const usable = (value: Value, collated: boolean): boolean =>
  !Array.isArray(value) &&
  !(value instanceof BSONRegExp) &&
  !(value instanceof MinKey) &&
  !(value instanceof MaxKey) &&
  !(collated && (typeof value === 'string' || isDoc(value)));

function planIndex(
  index: Index,
  request: PlanRequest,
  predicates: readonly Predicate[],
  forced: boolean,
): { plan: IndexPlan; score: number } | undefined {
  if (index.fields.some(({ parts }) => parts.some(isIndexName))) return undefined;
  if (!covers(index, request, predicates)) {
    if (forced) throw notSupported('a hint on an index that leaves some of the wanted documents out');
    return undefined;
  }
  const { intervals, points, ranged, single } = boundsOf(index, predicates);
  const direction = sortDirection(index, request, single, points);
  const sorts = direction !== 0 && request.sort.length > 0;
  if (!forced && points === 0 && !ranged && !sorts) return undefined;
  const exact = points === index.fields.length && (index.unique || index.id === ID_INDEX) ? 1000 : 0;
  const score = exact + points * 20 + (ranged ? 8 : 0) + (sorts ? 10 : 0) - index.fields.length * 0.1;
  return { plan: { kind: 'index', index, intervals, reverse: direction === -1, sorted: sorts }, score };
}

/** Whether every matching document is in the index: always, unless it is sparse or partial. */
function covers(index: Index, request: PlanRequest, predicates: readonly Predicate[]): boolean {
  if (
    index.sparse &&
    !index.fields.some(({ path }) => predicates.some((item) => item.path === path && needsValue(item)))
  )
    return false;
  if (!index.partial) return true;
  return !request.collated && implies(predicates, index.partial.filter);
}

const needsValue = ({ operator, operand }: Predicate): boolean => {
  if (operator === '$exists') return operand === true;
  if (operator === '$in') return Array.isArray(operand) && !operand.some(isNullish);
  return operand !== null;
};

/** Whether the query's conditions make the filter of a partial index true: the same condition, or an equality inside it. */
function implies(predicates: readonly Predicate[], filter: Doc): boolean {
  return [...filter].every(([path, value]) => {
    if (path.startsWith('$')) return false;
    const conditions =
      isDoc(value) && value.keys().next().value?.startsWith('$') === true ? [...value] : [['$eq', value] as const];
    return conditions.every(([operator, operand]) =>
      predicates.some((item) => {
        if (item.path !== path) return false;
        if (item.operator === operator && equal(item.operand, operand)) return true;
        if (operator === '$exists' && operand === true) return needsValue(item);
        if (item.operator !== '$eq' || isDoc(item.operand)) return false;
        // A scalar equality is met by an array holding the value; only conditions true of the array too are implied.
        return (
          ['$gt', '$gte', '$lt', '$lte', '$in', '$eq', '$type'].includes(operator) &&
          pathMatches(operator, operand, item.operand)
        );
      }),
    );
  });
}

function pathMatches(operator: string, operand: Value, value: Value): boolean {
  const matcher = compileMatcher(new Map([['v', new Map([[operator, operand]])]]));
  return matcher(new Map([['v', value]]));
}

/** 1 or -1 when reading the index forwards or backwards gives the wanted order, else 0. */
function sortDirection(index: Index, request: PlanRequest, single: boolean, points: number): 0 | 1 | -1 {
  const { sort } = request;
  if (sort.length === 0) return 0;
  if (request.collated || index.traits.cut || index.traits.multikey.some(Boolean)) return 0;
  const fixed = single ? index.fields.slice(0, points).map(({ path }) => path) : [];
  const wanted = sort.filter(({ path }) => !fixed.includes(path));
  const rest = index.fields.slice(fixed.length);
  if (!single && points > 0) return 0;
  if (wanted.length > rest.length) return 0;
  const directions = wanted.map(({ path, direction }, i) =>
    rest[i]?.path === path ? direction * (rest[i]?.direction ?? 1) : 0,
  );
  if (directions.every((item) => item === 1)) return 1;
  return directions.every((item) => item === -1) ? -1 : 0;
}

/** What explain says of a plan. */
export function explainPlan(chosen: Plan, sort: boolean): Doc {
  if (chosen.kind === 'scan') {
    const scan = doc({ stage: 'COLLSCAN', direction: chosen.reverse ? 'backward' : 'forward' });
    return sort ? doc({ stage: 'SORT', inputStage: scan }) : scan;
  }
  const found = doc({ stage: 'FETCH', inputStage: scansOf(chosen) });
  const isSorted = chosen.kind === 'index' && chosen.sorted;
  return sort && !isSorted ? doc({ stage: 'SORT', inputStage: found }) : found;
}

function scansOf(chosen: Exclude<Plan, { kind: 'scan' }>): Doc {
  if (chosen.kind === 'union') return doc({ stage: 'OR', inputStages: chosen.branches.map(scansOf) });
  const { index } = chosen;
  return doc({
    stage: 'IXSCAN',
    keyPattern: index.spec.get('key'),
    indexName: index.name,
    isMultiKey: index.traits.multikey.some(Boolean),
    isUnique: index.unique,
    isSparse: index.sparse,
    isPartial: index.partial !== undefined,
    direction: chosen.reverse ? 'backward' : 'forward',
    intervals: int(chosen.intervals.length),
  });
}
