import { type Doc, isDoc } from '../bson/types.ts';
import { MongoError, notSupported } from '../errors.ts';
import { type Collation, SIMPLE } from './collation.ts';
import { wholeNumber } from './leaf.ts';
import { splitPath } from './path.ts';
import { compareKeys, type SortKey, sortKey } from './sort-key.ts';

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

/** Sorts items by their documents; items that compare equal keep their order. */
export function sortBy<T>(
  items: readonly T[],
  docOf: (item: T) => Doc,
  fields: readonly SortField[],
  collation: Collation = SIMPLE,
): T[] {
  return sortFirst(items, docOf, fields, { collation });
}

export type SortLimits<T> = {
  readonly collation?: Collation | undefined;
  /** Only so many of the first are wanted, and only about so many are held. */
  readonly most?: number;
  /** Told of each item held and let go; ends a sort that holds too much by throwing. */
  readonly held?: { add(bytes: number): void; release(bytes: number): void };
  readonly sizeOf?: (item: T) => number;
};

/** Sorts what comes and keeps the first `most`. Items that compare equal keep their order. */
export function sortFirst<T>(
  items: Iterable<T>,
  docOf: (item: T) => Doc,
  fields: readonly SortField[],
  { collation = SIMPLE, most = Number.POSITIVE_INFINITY, held, sizeOf = () => 0 }: SortLimits<T>,
): T[] {
  const inOrder = (a: Keyed<T>, b: Keyed<T>): number => compareKeys(a.key, b.key, fields, collation.compare);
  let kept: Keyed<T>[] = [];
  for (const item of items) {
    const document = docOf(item);
    held?.add(sizeOf(item));
    kept.push({ item, key: sortKey(document, fields, collation.compare) });
    if (kept.length < most * 2) continue;
    kept.sort(inOrder);
    for (const dropped of kept.slice(most)) held?.release(sizeOf(dropped.item));
    kept = kept.slice(0, most);
  }
  kept.sort(inOrder);
  return kept.slice(0, most).map(({ item }) => item);
}

type Keyed<T> = { readonly item: T; readonly key: SortKey };
