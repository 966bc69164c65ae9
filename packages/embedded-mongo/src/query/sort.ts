import { compare } from '../bson/compare.ts';
import { type Doc, isDoc, type Value } from '../bson/types.ts';
import { MongoError, notSupported } from '../errors.ts';
import { type Collation, SIMPLE } from './collation.ts';
import { wholeNumber } from './leaf.ts';
import { splitPath, visitPath } from './path.ts';

/** A parsed sort specification. */
export type SortField = { readonly path: string; readonly parts: readonly string[]; readonly direction: 1 | -1 };

/** Reads {a: 1, 'b.c': -1}. Throws MongoDB's errors. */
export function parseSort(spec: Doc): SortField[] {
  return [...spec].map(([path, value]) => {
    if (isDoc(value)) throw notSupported('a sort by $meta');
    const direction = wholeNumber(value);
    if (direction !== 1 && direction !== -1)
      throw new MongoError(15975, '$sort key ordering must be 1 (for ascending) or -1 (for descending)');
    if (path === '' || path.split('.').includes(''))
      throw new MongoError(15998, 'FieldPath field names may not be empty strings.');
    if (path.startsWith('$'))
      throw new MongoError(
        16410,
        `FieldPath field names may not start with '$'. Consider using $getField or $setField.`,
      );
    return { path, parts: splitPath(path), direction };
  });
}

/** What a document sorts by for one field: of an array the lowest (ascending) or the highest element. */
function sortValue(document: Doc, field: SortField, collation: Collation): Value | undefined {
  let best: { value: Value | undefined } | undefined;
  visitPath(document, field.parts, 'whole', (value) => {
    for (const item of candidates(value)) {
      if (!best || compare(item, best.value, collation.compare) * field.direction < 0) best = { value: item };
    }
    return false;
  });
  return best ? best.value : null;
}

// An empty array sorts below null, as `undefined` does in the order of types.
function candidates(value: Value | undefined): readonly (Value | undefined)[] {
  if (value === undefined) return [null];
  if (!Array.isArray(value)) return [value];
  return value.length === 0 ? [undefined] : value;
}

/** Sorts items by their documents; items that compare equal keep their order. */
export function sortBy<T>(
  items: readonly T[],
  docOf: (item: T) => Doc,
  fields: readonly SortField[],
  collation: Collation = SIMPLE,
): T[] {
  const keyed = items.map((item) => {
    const document = docOf(item);
    return { item, keys: fields.map((field) => sortValue(document, field, collation)) };
  });
  keyed.sort((a, b) => {
    for (let i = 0; i < fields.length; i++) {
      const order = compare(a.keys[i], b.keys[i], collation.compare);
      if (order !== 0) return order * (fields[i]?.direction ?? 1);
    }
    return 0;
  });
  return keyed.map(({ item }) => item);
}
