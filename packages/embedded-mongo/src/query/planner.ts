import { equal } from '../bson/compare.ts';
import { after, encodeKey, invert, type Key } from '../bson/key.ts';
import {
  BSONRegExp,
  canonicalType,
  type Doc,
  doc,
  int,
  isDoc,
  isNullish,
  MaxKey,
  MinKey,
  type Value,
} from '../bson/types.ts';
import { MongoError } from '../errors.ts';
import { type Collection, ID_INDEX, type Index, type IndexField } from '../storage/catalog.ts';
import { compileMatcher } from './matcher.ts';
import { isIndexName } from './path.ts';
import type { SortField } from './sort.ts';

/** A condition of the filter that an index may answer; all of them hold for every matching document. */
type Predicate = { readonly path: string; readonly operator: string; readonly operand: Value };

/** Part of a key range: encoded values between two keys, both in the order of the index. */
export type Interval = { readonly gte: Key; readonly lt: Key };

/** How documents are found. Bounds may take in too much; the filter is always applied to the documents again. */
export type Plan =
  | { readonly kind: 'scan'; readonly reverse: boolean }
  | {
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
  let best: { plan: Plan; score: number } | undefined;
  for (const index of collection.indexes) {
    const candidate = planIndex(index, request, predicates, false);
    if (candidate && (!best || candidate.score > best.score)) best = candidate;
  }
  return best?.plan ?? { kind: 'scan', reverse: false };
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

type Bounds = { readonly intervals: readonly Interval[]; readonly isPoint: boolean; readonly single: boolean };

function planIndex(
  index: Index,
  request: PlanRequest,
  predicates: readonly Predicate[],
  forced: boolean,
): { plan: Plan; score: number } | undefined {
  if (index.fields.some(({ parts }) => parts.some(isIndexName))) return undefined;
  if (!covers(index, request, predicates)) {
    if (forced && !index.sparse && !index.partial) throw new MongoError('BadValue', 'the hinted index cannot be used');
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

function boundsOf(index: Index, predicates: readonly Predicate[]) {
  let prefixes: Interval[] = [{ gte: '', lt: '' }];
  let points = 0;
  let ranged = false;
  let single = true;
  const usedArrays = new Set<string>();
  for (const [i, field] of index.fields.entries()) {
    const multikey = index.traits.multikey[i] === true;
    const root = field.parts[0] as string;
    // Two conditions below one array may hold for different elements: only the first field of it can be bounded.
    const bounds = multikey && usedArrays.has(root) ? undefined : fieldBounds(field, predicates, multikey);
    if (multikey && bounds) usedArrays.add(root);
    if (!bounds || bounds.intervals.length * prefixes.length > 1000) break;
    prefixes = prefixes.flatMap(({ gte }) =>
      bounds.intervals.map((interval) => ({ gte: gte + interval.gte, lt: gte + interval.lt })),
    );
    if (!bounds.isPoint) {
      ranged = true;
      break;
    }
    single &&= bounds.single;
    points++;
  }
  const intervals = ranged ? prefixes : prefixes.map(({ gte }) => ({ gte, lt: after(gte) }));
  const ordered = intervals.map(clipped).sort((a, b) => (a.gte < b.gte ? -1 : 1));
  return { intervals: disjoint(ordered), points, ranged, single };
}

/** Long bounds are cut where stored keys are cut, so that the range holds every shortened key. */
const CUT = 1868;
function clipped({ gte, lt }: Interval): Interval {
  return { gte: gte.slice(0, CUT), lt: lt.length > CUT ? after(lt.slice(0, CUT)) : lt };
}

const later = (a: Key, b: Key): Key => [a, b].sort()[1] as Key;

function disjoint(sorted: readonly Interval[]): Interval[] {
  const result: Interval[] = [];
  for (const interval of sorted) {
    const last = result[result.length - 1];
    if (last && interval.gte < last.lt) result[result.length - 1] = { gte: last.gte, lt: later(last.lt, interval.lt) };
    else result.push(interval);
  }
  return result;
}

function fieldBounds(field: IndexField, predicates: readonly Predicate[], multikey: boolean): Bounds | undefined {
  const own = predicates.filter((item) => item.path === field.path && item.operator !== '$exists');
  // null also matches what has no such field, which below arrays is not stored as null.
  const safe = multikey
    ? own.filter(({ operator, operand }) =>
        operator === '$in' && Array.isArray(operand) ? !operand.some(isNullish) : operand !== null,
      )
    : own;
  const equality = safe.find(({ operator }) => operator === '$eq') ?? safe.find(({ operator }) => operator === '$in');
  if (equality) return pointBounds(field, equality);
  const ranges = safe.filter(({ operand }) => operand !== null);
  if (ranges.length === 0) return undefined;
  const interval = rangeBounds(multikey ? ranges.slice(0, 1) : ranges);
  return { intervals: [field.direction === -1 ? mirrored(interval) : interval], isPoint: false, single: false };
}

function pointBounds(field: IndexField, { operator, operand }: Predicate): Bounds {
  const values = operator === '$in' && Array.isArray(operand) ? operand : [operand];
  const keys = new Set(values.map((value) => encodeKey(value)));
  const intervals = [...keys].map((key) => {
    const gte = field.direction === -1 ? invert(key) : key;
    return { gte, lt: after(gte) };
  });
  return { intervals, isPoint: true, single: intervals.length === 1 };
}

/** The part of one type that all conditions leave. Conditions on different types leave nothing. */
function rangeBounds(ranges: readonly Predicate[]): Interval {
  let gte = '';
  let lt = '\xff';
  for (const { operator, operand } of ranges) {
    const type = String.fromCharCode(canonicalType(operand));
    const key = encodeKey(operand);
    const low = operator === '$gt' ? after(key) : operator === '$gte' ? key : type;
    const high = operator === '$lt' ? key : operator === '$lte' ? after(key) : after(type);
    if (low > gte) gte = low;
    if (high < lt) lt = high;
  }
  return { gte, lt };
}

/** The same interval in a descending field. Keys never are prefixes of each other, so inverting swaps the ends. */
function mirrored({ gte, lt }: Interval): Interval {
  return { gte: after(invert(lt)), lt: after(invert(gte)) };
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
  const { index } = chosen;
  const scan = doc({
    stage: 'FETCH',
    inputStage: doc({
      stage: 'IXSCAN',
      keyPattern: index.spec.get('key'),
      indexName: index.name,
      isMultiKey: index.traits.multikey.some(Boolean),
      isUnique: index.unique,
      isSparse: index.sparse,
      isPartial: index.partial !== undefined,
      direction: chosen.reverse ? 'backward' : 'forward',
      intervals: int(chosen.intervals.length),
    }),
  });
  return sort && !chosen.sorted ? doc({ stage: 'SORT', inputStage: scan }) : scan;
}
