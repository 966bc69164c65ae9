import { type CompareStrings, compare } from '../bson/compare.ts';
import { type Doc, isDoc, type Value } from '../bson/types.ts';
import { MongoError } from '../errors.ts';
import { isIndexName } from './path.ts';

type KeyField = { readonly parts: readonly string[]; readonly direction: 1 | -1 };
/** The values a document sorts by, one for each field; `undefined` is an empty array, which is below null. */
export type SortKey = readonly (Value | undefined)[];

/**
 * What a document sorts by: of all keys that an index on these fields would hold for it the first one. Throws BadValue
 * when two fields lead through different arrays.
 */
export function sortKey(document: Doc, fields: readonly KeyField[], strings: CompareStrings): SortKey {
  let best: SortKey | undefined;
  const start = fields.map(({ parts }): State => ({ rest: parts, found: undefined, position: undefined }));
  eachKey(document, start, (key) => {
    if (!best || compareKeys(key, best, fields, strings) < 0) best = key;
  });
  return best ?? [];
}

/** Compares field by field, each in its direction. */
export function compareKeys(a: SortKey, b: SortKey, fields: readonly KeyField[], strings: CompareStrings): number {
  // Without an iterator: this runs for every comparison of a sort.
  for (let i = 0; i < fields.length; i++) {
    const order = compare(a[i], b[i], strings);
    if (order !== 0) return order * (fields[i]?.direction ?? 1);
  }
  return 0;
}

/** An element of an array that a path names by its position, and what the path finds from there. */
type Position = { readonly at: Value; readonly reached: Reached };
type Reached = { readonly value: Value | undefined; readonly rest: readonly string[] };
/** How far one field has come: `rest` is null when its value is found. */
type State = {
  readonly rest: readonly string[] | null;
  readonly found: Value | undefined;
  readonly position: Position | undefined;
};

const done = (found: Value | undefined): State => ({ rest: null, found, position: undefined });

function eachKey(document: Doc, states: readonly State[], emit: (key: SortKey) => void): void {
  let array: readonly Value[] | undefined;
  let whole = false;
  const next = states.map((state): State => {
    if (state.rest === null) return state;
    const reached = reach(document, state.rest, state.position);
    if (!Array.isArray(reached.value)) return done(reached.value ?? null);
    if (array && array !== reached.value)
      throw new MongoError('BadValue', 'cannot sort with keys that are parallel arrays');
    array = reached.value;
    whole ||= !document.has(state.rest[0] ?? '') && Array.isArray(state.position?.at);
    return { rest: reached.rest, found: undefined, position: undefined };
  });
  if (array) eachElement(array, next, whole, emit);
  else emit(next.map(({ found }) => found));
}

function eachElement(
  array: readonly Value[],
  states: readonly State[],
  whole: boolean,
  emit: (key: SortKey) => void,
): void {
  const ends = (state: State): boolean => state.rest?.length === 0;
  if (array.length === 0) {
    const empty = states.map((state) => (ends(state) ? done(undefined) : state));
    eachKey(new Map(), empty, emit);
    return;
  }
  const placed = states.map((state) => ({
    ...state,
    position: state.rest ? positionIn(array, state.rest) : undefined,
  }));
  for (const element of array) {
    const inside = placed.map((state) => (ends(state) ? done(whole ? [...array] : element) : state));
    eachKey(isDoc(element) ? element : new Map(), inside, emit);
  }
}

function positionIn(array: readonly Value[], rest: readonly string[]): Position | undefined {
  const [part = '', ...more] = rest;
  const at = isIndexName(part) ? array[Number(part)] : undefined;
  return at === undefined ? undefined : { at, reached: follow(at, more) };
}

function reach(document: Doc, rest: readonly string[], position: Position | undefined): Reached {
  if (!document.has(rest[0] ?? '')) return position?.reached ?? { value: undefined, rest };
  if (position)
    throw new MongoError(16746, `Ambiguous field name found in array: '${rest[0]}' is a position and a name`);
  return follow(document, rest);
}

/** Goes through documents as far as the next array or the end. */
function follow(start: Value, rest: readonly string[]): Reached {
  let value: Value | undefined = start;
  for (const [i, part] of rest.entries()) {
    if (Array.isArray(value)) return { value, rest: rest.slice(i) };
    value = isDoc(value) ? value.get(part) : undefined;
  }
  return { value, rest: [] };
}
