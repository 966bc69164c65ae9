import { compareUtf8, equal } from '../bson/compare.ts';
import { BSONRegExp, clone, type Doc, isDoc, type Value } from '../bson/types.ts';
import { MongoError } from '../errors.ts';
import { splitPath } from './path.ts';
import { placeOf } from './update-paths.ts';

/** The document that an upsert starts from: the equality conditions of the query, in the order of their paths. */
export function upsertSeed(filter: Doc): Doc {
  const equalities = new Map<string, Value>();
  collectEqualities(filter, equalities);
  const seed: Doc = new Map();
  for (const [path, value] of [...equalities].sort(([a], [b]) => compareUtf8(a, b)))
    placeOf(seed, splitPath(path)).set(clone(value));
  return seed;
}

function collectEqualities(filter: Doc, equalities: Map<string, Value>): void {
  for (const [name, value] of filter) {
    if (name === '$and' && Array.isArray(value)) {
      for (const item of value) if (isDoc(item)) collectEqualities(item, equalities);
    } else if (name === '$or' && Array.isArray(value) && value.length === 1 && isDoc(value[0]))
      collectEqualities(value[0], equalities);
    else if (!name.startsWith('$')) for (const found of equalitiesOf(value)) addEquality(name, found, equalities);
  }
}

function addEquality(path: string, value: Value, equalities: Map<string, Value>): void {
  const parts = splitPath(path);
  for (let length = 1; length <= parts.length; length++) {
    const parent = parts.slice(0, length).join('.');
    if (!equalities.has(parent)) continue;
    const conflict =
      parent === path ? `path '${path}' is matched twice` : `both paths '${path}' and '${parent}' are matched`;
    throw new MongoError('NotSingleValueField', `cannot infer query fields to set, ${conflict}`);
  }
  equalities.set(path, value);
}

function equalitiesOf(value: Value): Value[] {
  if (!isDoc(value)) return value instanceof BSONRegExp ? [] : [value];
  if (value.keys().next().value?.startsWith('$') !== true) return [value];
  const [all, list, wanted] = ['$all', '$in', '$eq'].map((name) => value.get(name));
  // MongoDB takes a list of one value for that value.
  const one = Array.isArray(list) && list.every((item) => equal(item, list[0])) ? list.slice(0, 1) : [];
  const listed = [...(Array.isArray(all) ? all : []), ...one];
  return [...(wanted === undefined ? [] : [wanted]), ...listed.filter((item) => !isCondition(item))];
}

const isCondition = (item: Value): boolean =>
  item instanceof BSONRegExp || (isDoc(item) && item.keys().next().value?.startsWith('$') === true);
