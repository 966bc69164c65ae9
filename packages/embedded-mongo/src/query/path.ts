import { type Doc, isDoc, type Value } from '../bson/types.ts';

const PARTS = new Map<string, readonly string[]>();

/** Splits a dotted path (cached: the same few paths come all the time). */
export function splitPath(path: string): readonly string[] {
  const known = PARTS.get(path);
  if (known) return known;
  if (PARTS.size > 5000) PARTS.clear();
  const parts = path.split('.');
  PARTS.set(path, parts);
  return parts;
}

export const isIndexName = (part: string): boolean => /^(0|[1-9]\d{0,9})$/.test(part);

/** Called with each value a path reaches and the place in the outermost array searched; true ends the walk. */
export type Visit = (value: Value | undefined, position: number | undefined) => boolean;

/**
 * Visits what MongoDB's matcher looks at for a path: arrays on the way are entered element by element, an array at the
 * end gives its elements and then itself (`leafArrays` 'both') or only itself ('whole').
 */
export function visitPath(start: Doc, parts: readonly string[], leafArrays: 'both' | 'whole', visit: Visit): boolean {
  return walk(start, parts, 0, leafArrays, undefined, visit);
}

function walk(
  start: Doc,
  parts: readonly string[],
  from: number,
  leafArrays: 'both' | 'whole',
  position: number | undefined,
  visit: Visit,
): boolean {
  let value: Value | undefined = start;
  for (let at = from; at < parts.length; at++) {
    if (!isDoc(value)) return visit(undefined, position);
    value = value.get(parts[at] as string);
    if (Array.isArray(value)) return walkArray(value, parts, at + 1, leafArrays, position, visit);
  }
  return visit(value, position);
}

function walkArray(
  array: readonly Value[],
  parts: readonly string[],
  at: number,
  leafArrays: 'both' | 'whole',
  outer: number | undefined,
  visit: Visit,
): boolean {
  const part = parts[at];
  if (part === undefined) {
    if (leafArrays === 'both') for (let i = 0; i < array.length; i++) if (visit(array[i], outer ?? i)) return true;
    return visit(array as Value[], outer);
  }
  const index = isIndexName(part) ? Number(part) : -1;
  for (let i = 0; i < array.length; i++) {
    const element = array[i];
    if (isDoc(element) && walk(element, parts, at, leafArrays, outer ?? i, visit)) return true;
    // A position that the path names is none that was searched for.
    if (i === index && visitElement(element as Value, parts, at + 1, leafArrays, outer, visit)) return true;
  }
  return false;
}

/** The element named by a number in the path: it ends the path as itself, or the rest continues inside of it. */
function visitElement(
  element: Value,
  parts: readonly string[],
  at: number,
  leafArrays: 'both' | 'whole',
  position: number | undefined,
  visit: Visit,
): boolean {
  if (at === parts.length) return visit(element, position);
  if (isDoc(element)) return walk(element, parts, at, leafArrays, position, visit);
  return Array.isArray(element) && walkArray(element, parts, at, leafArrays, position, visit);
}

/** Follows a path through documents only; arrays are not entered. */
export function getPath(start: Value | undefined, parts: readonly string[]): Value | undefined {
  let value = start;
  for (const part of parts) {
    if (!isDoc(value)) return undefined;
    value = value.get(part);
  }
  return value;
}
