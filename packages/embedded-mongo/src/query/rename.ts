import { type Doc, isDoc, type Value } from '../bson/types.ts';
import { MongoError } from '../errors.ts';
import { isIndexName } from './path.ts';
import { childOf, placeOf } from './update-paths.ts';

/** Moves a value: sets the target first and removes the source then, so that a target that exists keeps its place. */
export function rename(document: Doc, from: readonly string[], to: readonly string[]): void {
  const source = placeOf(document, from);
  refuseScalarParents(document, from);
  const value = source.get();
  if (value === undefined) return;
  for (const parts of [from, to]) refuseArrayParents(document, parts);
  placeOf(document, to).set(value);
  source.remove();
}

function refuseScalarParents(document: Doc, path: readonly string[]): void {
  let value: Value | undefined = document;
  for (const part of path) {
    if (value === undefined) return;
    if (!isDoc(value) && !(Array.isArray(value) && isIndexName(part)))
      throw new MongoError(
        'PathNotViable',
        `cannot use the part (${part} of ${path.join('.')}) to traverse the element`,
      );
    value = childOf(value, part);
  }
}

function refuseArrayParents(document: Doc, path: readonly string[]): void {
  let value: Value | undefined = document;
  for (const part of path) {
    if (Array.isArray(value))
      throw new MongoError(
        'BadValue',
        `The source and target field for $rename must not be on an array element: ${path.join('.')}`,
      );
    value = isDoc(value) ? value.get(part) : undefined;
  }
}
