import { type Doc, isDoc, type Value } from '../bson/types.ts';
import { MongoError } from '../errors.ts';
import type { ValueMatcher } from './matcher.ts';
import { isIndexName } from './path.ts';

/** What the positional parts of update paths stand for. */
export type Positions = {
  readonly matched: number | undefined;
  readonly filters: ReadonlyMap<string, ValueMatcher>;
};

/** Replaces `$`, `$[]` and `$[name]` by the positions they stand for in this document. */
export function expandPath(document: Doc, parts: readonly string[], positions: Positions): string[][] {
  let found: { value: Value | undefined; path: string[] }[] = [{ value: document, path: [] }];
  for (const part of parts) {
    const next: typeof found = [];
    for (const { value, path } of found) {
      for (const [name, child] of children(value, part, path, positions))
        next.push({ value: child, path: [...path, name] });
    }
    found = next;
  }
  return found.map(({ path }) => path);
}

function children(
  value: Value | undefined,
  part: string,
  path: readonly string[],
  positions: Positions,
): [string, Value | undefined][] {
  if (part === '$') {
    if (positions.matched === undefined)
      throw new MongoError('BadValue', 'The positional operator did not find the match needed from the query.');
    return [[String(positions.matched), childOf(value, String(positions.matched))]];
  }
  if (!part.startsWith('$[')) return [[part, childOf(value, part)]];
  const name = part.slice(2, -1);
  if (!Array.isArray(value)) {
    if (value === undefined)
      throw new MongoError(
        'BadValue',
        `The path '${path.join('.')}' must exist in the document in order to apply array updates.`,
      );
    throw new MongoError('BadValue', `Cannot apply array updates to non-array element ${path[path.length - 1] ?? ''}`);
  }
  const test = name === '' ? () => true : positions.filters.get(name);
  if (!test)
    throw new MongoError(
      'BadValue',
      `No array filter found for identifier '${name}' in path '${[...path, part].join('.')}'`,
    );
  return value.flatMap((item, i): [string, Value][] => (test(item) ? [[String(i), item]] : []));
}

/** What a document or an array has under a name or a position. */
export function childOf(value: Value | undefined, part: string): Value | undefined {
  if (isDoc(value)) return value.get(part);
  return Array.isArray(value) && isIndexName(part) ? value[Number(part)] : undefined;
}

/** A place in a document that can be read, written and removed. */
export type Place = { get(): Value | undefined; set(value: Value): void; remove(): void };

const notViable = (part: string, container: string): MongoError =>
  new MongoError('PathNotViable', `Cannot create field '${part}' in element {${container}}`);

/**
 * Finds the place of a concrete path. Missing parents are made when the value is set, not before; a path through a
 * scalar is an error for `set` and simply missing for reading and removing.
 */
export function placeOf(document: Doc, path: readonly string[]): Place {
  const parents = path.slice(0, -1);
  const last = path[path.length - 1] as string;
  const container = (): Value | undefined =>
    parents.reduce<Value | undefined>((value, part) => childOf(value, part), document);
  return {
    get: () => childOf(container(), last),
    set: (value) => setIn(makeParents(document, parents), last, value, parents),
    remove: () => {
      const parent = container();
      if (isDoc(parent)) parent.delete(last);
      // Removing an array element leaves null in its place.
      else if (Array.isArray(parent) && isIndexName(last) && Number(last) < parent.length) parent[Number(last)] = null;
    },
  };
}

function makeParents(document: Doc, parents: readonly string[]): Value {
  let value: Value = document;
  for (const [i, part] of parents.entries()) {
    let child = childOf(value, part);
    if (child === undefined) {
      child = new Map();
      setIn(value, part, child, parents.slice(0, i));
    }
    value = child;
  }
  return value;
}

const MAX_PADDING = 1_500_000;

function setIn(parent: Value, part: string, value: Value, path: readonly string[]): void {
  if (isDoc(parent)) {
    parent.set(part, value);
    return;
  }
  if (!Array.isArray(parent) || !isIndexName(part)) throw notViable(part, path[path.length - 1] ?? '');
  const index = Number(part);
  if (index > parent.length + MAX_PADDING)
    throw new MongoError('CannotBackfillArray', `Cannot backfill more than ${MAX_PADDING} elements of an array`);
  while (parent.length < index) parent.push(null);
  parent[index] = value;
}
