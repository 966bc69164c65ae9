import type { FlatDoc } from '../bson/flat.ts';
import { bounded, encodeKey, invert, type Key } from '../bson/key.ts';
import { type Doc, isDoc, type Value } from '../bson/types.ts';
import { MongoError } from '../errors.ts';
import type { Index, IndexField } from './catalog.ts';

/** What an index stores for one document: its keys, which fields went through arrays, whether a key was shortened. */
export type IndexKeys = {
  /** Each key with the values it was made of. */
  readonly keys: ReadonlyMap<Key, readonly Value[]>;
  readonly multikey: readonly boolean[];
  readonly cut: boolean;
};

const NONE: IndexKeys = { keys: new Map(), multikey: [], cut: false };

type Cursor = { readonly value: Value | undefined; readonly rest: readonly string[] };

/** The keys of a document in an index. Throws CannotIndexParallelArrays. */
export function indexKeys(index: Index, document: Doc): IndexKeys {
  if (index.partial && !index.partial.matches(document)) return NONE;
  const multikey = index.fields.map(() => false);
  const keys = new Map<Key, Value[]>();
  let cut = false;
  let present = false;
  expand(
    index.fields.map(({ parts }) => ({ value: document, rest: parts })),
    multikey,
    (values) => {
      present ||= values.some((value) => value !== MISSING);
      const bound = bounded(compoundKey(index.fields, values));
      cut ||= bound.cut;
      keys.set(
        bound.key,
        values.map((value) => (value === MISSING || value === undefined ? null : value)),
      );
    },
  );
  return index.sparse && !present ? NONE : { keys, multikey, cut };
}

/**
 * The one key of a document of plain fields, without a key when a sparse index leaves it out; `undefined` when the index
 * has to look into the document.
 */
export function flatKey(index: Index, document: FlatDoc): { readonly key?: Key; readonly cut: boolean } | undefined {
  if (index.partial) return undefined;
  let key = '';
  let present = false;
  for (const field of index.fields) {
    if (field.parts.length > 1) return undefined;
    const own = document.key(field.path);
    present ||= own !== undefined;
    key += directed(own ?? NULL, field);
  }
  return index.sparse && !present ? { cut: false } : bounded(key);
}

const NULL = encodeKey(null);

/** A field that is not there, as against an empty array, which is stored as `undefined`. */
const MISSING = Symbol('missing');
type Found = Value | undefined | typeof MISSING;

const compoundKey = (fields: readonly IndexField[], values: readonly Found[]): Key =>
  values.map((value, i) => directed(encodeKey(value === MISSING ? null : value), fields[i])).join('');

const directed = (key: Key, field: IndexField | undefined): Key => (field?.direction === -1 ? invert(key) : key);

/** Walks all fields to their next array; all that meet one must meet the same one, which is then expanded. */
function expand(
  cursors: readonly (Cursor | { readonly found: Found })[],
  multikey: boolean[],
  emit: (values: Found[]) => void,
): void {
  const walked = cursors.map((cursor) => ('found' in cursor ? cursor : advance(cursor)));
  const array = walked.map((step) => ('array' in step ? step.array : undefined)).find((item) => item !== undefined);
  if (!array) {
    emit(walked.map((step) => ('found' in step ? step.found : MISSING)));
    return;
  }
  const through = walked.map((step) => 'array' in step);
  if (walked.some((step) => 'array' in step && step.array !== array))
    throw new MongoError('CannotIndexParallelArrays', 'cannot index parallel arrays');
  through.forEach((flag, i) => {
    if (flag) multikey[i] = true;
  });
  const elements: (Value | undefined)[] = array.length === 0 ? [undefined] : array.slice();
  for (const element of elements) {
    expand(
      walked.map((step) => ('array' in step ? enter(element, step.rest) : step)),
      multikey,
      emit,
    );
  }
}

type Step = { readonly found: Found } | { readonly array: readonly Value[]; readonly rest: readonly string[] };

function advance({ value, rest }: Cursor): Step {
  let current = value;
  for (let at = 0; at < rest.length; at++) {
    if (Array.isArray(current)) return { array: current, rest: rest.slice(at) };
    if (!isDoc(current)) return { found: MISSING };
    current = current.get(rest[at] as string);
  }
  if (Array.isArray(current)) return { array: current, rest: [] };
  return { found: current === undefined ? MISSING : current };
}

/** An element that ends the path is stored as it is; one with more path to go must be a document. */
function enter(element: Value | undefined, rest: readonly string[]): Cursor | { readonly found: Found } {
  if (rest.length === 0) return { found: element };
  return isDoc(element) ? { value: element, rest } : { found: MISSING };
}
