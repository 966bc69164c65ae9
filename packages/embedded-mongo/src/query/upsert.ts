import { clone, type Doc, isDoc, type Value } from '../bson/types.ts';
import { MongoError } from '../errors.ts';
import { splitPath } from './path.ts';
import { placeOf } from './update-paths.ts';

/** The document that an upsert starts from: the equality conditions of the query, then a new _id if there is none. */
export function upsertSeed(filter: Doc): Doc {
  const seed: Doc = new Map();
  collectEqualities(filter, seed, new Set());
  return seed;
}

function collectEqualities(filter: Doc, seed: Doc, seen: Set<string>): void {
  for (const [name, value] of filter) {
    if (name === '$and' && Array.isArray(value)) {
      for (const item of value) if (isDoc(item)) collectEqualities(item, seed, seen);
    } else if (name === '$or' && Array.isArray(value) && value.length === 1 && isDoc(value[0]))
      collectEqualities(value[0], seed, seen);
    else if (!name.startsWith('$')) addEquality(name, value, seed, seen);
  }
}

function addEquality(path: string, value: Value, seed: Doc, seen: Set<string>): void {
  const found = equalityOf(value);
  if (found === undefined) return;
  if (seen.has(path))
    throw new MongoError('NotSingleValueField', `cannot infer query fields to set, path '${path}' is matched twice`);
  seen.add(path);
  placeOf(seed, splitPath(path)).set(clone(found));
}

function equalityOf(value: Value): Value | undefined {
  if (!isDoc(value))
    return typeof value === 'object' && value !== null && '_bsontype' in value && value._bsontype === 'BSONRegExp'
      ? undefined
      : value;
  if (value.keys().next().value?.startsWith('$') !== true) return value;
  if (value.has('$eq')) return value.get('$eq');
  const list = value.get('$all') ?? value.get('$in');
  return Array.isArray(list) && list.length === 1 && !isDoc(list[0]) ? list[0] : undefined;
}
