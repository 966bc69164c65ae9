// The slow and obvious updates: one place is changed by a function, everything around it is copied.
import { type Doc, Int32, type Value } from '../../src/bson/types.ts';
import { compareValues, isNumber, type Missing, same } from './reference-compare.ts';
import { matches } from './reference-match.ts';

/** Thrown for what must be refused. */
export class Refused extends Error {}

/** Thrown for what the reference cannot tell: sums of other types than int. */
export class Unsaid extends Error {}

const GONE = Symbol('gone');
type Change = (value: Missing) => Missing | typeof GONE;

const isPosition = (part: string): boolean => /^(0|[1-9]\d*)$/.test(part);

/** The paths that `$[]` and `$[x]` stand for in a document; the filter is one on `x`. */
function places(value: Missing, parts: readonly string[], filter: Doc, done: readonly string[] = []): string[][] {
  const [part, ...rest] = parts;
  if (part === undefined) return [[...done]];
  if (part !== '$[]' && part !== '$[x]') return places(inside(value, part), rest, filter, [...done, part]);
  if (!Array.isArray(value)) throw new Refused();
  return value.flatMap((item, i) => {
    const holds = part === '$[]' || matches(new Map([['x', item]]), filter);
    return holds ? places(item, rest, filter, [...done, String(i)]) : [];
  });
}

function inside(value: Missing, part: string): Missing {
  if (value instanceof Map) return value.get(part);
  return Array.isArray(value) && isPosition(part) ? value[Number(part)] : undefined;
}

function changed(value: Missing, parts: readonly string[], change: Change): Missing | typeof GONE {
  const [part, ...rest] = parts;
  if (part === undefined) return change(value);
  const next = changed(inside(value, part), rest, change);
  if (same(inside(value, part), next === GONE ? undefined : next) && isSame(inside(value, part), next)) return value;
  if (value === undefined) return next === GONE ? GONE : new Map([[part, next as Value]]);
  if (value instanceof Map) {
    const copy = new Map(value);
    if (next === GONE) copy.delete(part);
    else copy.set(part, next as Value);
    return copy;
  }
  if (!Array.isArray(value) || !isPosition(part)) {
    if (next === GONE) return value;
    throw new Refused();
  }
  if (next === GONE)
    return Number(part) < value.length ? value.map((item, i) => (i === Number(part) ? null : item)) : value;
  const length = Math.max(value.length, Number(part) + 1);
  return Array.from({ length }, (_, i) => (i === Number(part) ? (next as Value) : (value[i] ?? null)));
}

/** Nothing was done: the very same value came back. */
const isSame = (before: Missing, after: Missing | typeof GONE): boolean =>
  before === after || (before === undefined && after === GONE);

function arrayOrRefused(value: Missing): readonly Value[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw new Refused();
  return value;
}

function changeOf(operator: string, operand: Value): Change {
  switch (operator) {
    case '$set':
      return () => operand;
    case '$unset':
      return () => GONE;
    case '$min':
    case '$max':
      return (value) =>
        value === undefined || compareValues(operand, value) * (operator === '$min' ? -1 : 1) > 0 ? operand : value;
    case '$inc':
      return (value) => {
        if (value === null || (value !== undefined && !isNumber(value))) throw new Refused();
        if (value !== undefined && !(value instanceof Int32)) throw new Unsaid();
        return new Int32((value?.value ?? 0) + (operand as Int32).value);
      };
    case '$push':
      return (value) => [...arrayOrRefused(value), operand];
    case '$addToSet':
      return (value) => {
        const list = arrayOrRefused(value);
        return list.some((item) => same(item, operand)) ? value : [...list, operand];
      };
    case '$pop':
      return (value) => (value === undefined ? GONE : popped(arrayOrRefused(value), operand as Int32));
    default:
      return (value) => {
        if (value === undefined) return GONE;
        const kept = arrayOrRefused(value).filter((item) => !isPulled(item, operand));
        return kept.length === (value as Value[]).length ? value : kept;
      };
  }
}

const popped = (list: readonly Value[], from: Int32): Value[] =>
  list.filter((_, i) => i !== (from.value === 1 ? list.length - 1 : 0));

function isPulled(item: Value, operand: Value): boolean {
  if (!(operand instanceof Map)) return same(item, operand);
  if ([...operand.keys()][0]?.startsWith('$')) return matches(new Map([['v', item]]), new Map([['v', operand]]));
  return item instanceof Map && matches(item, operand);
}

/** Applies {operator: {path: operand}} with one path. Throws Refused and Unsaid. */
export function updated(document: Doc, operator: string, path: string, operand: Value, filter: Doc = new Map()): Doc {
  const change = changeOf(operator, operand);
  let result: Missing | typeof GONE = document;
  for (const place of places(document, path.split('.'), filter)) result = changed(result as Doc, place, change);
  return result as Doc;
}
