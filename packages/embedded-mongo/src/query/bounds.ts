import { after, encodeKey, invert, type Key } from '../bson/key.ts';
import { canonicalType, isNullish, type Value } from '../bson/types.ts';
import type { Index, IndexField } from '../storage/catalog.ts';

/** A condition of the filter that an index may answer; all of them hold for every matching document. */
export type Predicate = { readonly path: string; readonly operator: string; readonly operand: Value };

/** Part of a key range: encoded values between two keys, both in the order of the index. */
export type Interval = { readonly gte: Key; readonly lt: Key };

type Bounds = { readonly intervals: readonly Interval[]; readonly isPoint: boolean; readonly single: boolean };

/** The key ranges of an index that hold every document meeting the conditions. */
export function boundsOf(index: Index, predicates: readonly Predicate[]) {
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
