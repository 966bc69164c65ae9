import { compare } from '../bson/compare.ts';
import { clone, type Doc, isDoc, type Value } from '../bson/types.ts';
import type { Collation } from './collation.ts';
import { wholeNumber } from './leaf.ts';
import { splitPath } from './path.ts';
import { bad, type CompileOperator, typeName } from './update-operator.ts';
import { childOf, type Place } from './update-paths.ts';

/** The array at a place, or undefined when there is nothing. */
export function arrayAt(place: Place, name: string, path: string): Value[] | undefined {
  const value = place.get();
  if (value === undefined) return undefined;
  if (!Array.isArray(value))
    throw bad(`The field '${path}' must be an array but is of type ${typeName(value)} (${name})`);
  return value;
}

type PushSpec = {
  items: readonly Value[];
  position: number | undefined;
  slice: number | undefined;
  order: ((items: Value[], collation: Collation) => Value[]) | undefined;
};

/** $push with its modifiers: add at the position, then sort, then cut. */
export const push: CompileOperator = (operand, path) => {
  const spec = pushSpec(operand);
  return (place, context) => {
    const list = [...(arrayAt(place, '$push', path) ?? [])];
    const { position, slice } = spec;
    const at =
      position === undefined
        ? list.length
        : position < 0
          ? Math.max(0, list.length + position)
          : Math.min(position, list.length);
    list.splice(at, 0, ...spec.items.map((item) => clone(item)));
    const sorted = spec.order ? spec.order(list, context.collation) : list;
    place.set(slice === undefined ? sorted : slice >= 0 ? sorted.slice(0, slice) : sorted.slice(slice));
  };
};

function pushSpec(operand: Value): PushSpec {
  const plain: PushSpec = { items: [operand], position: undefined, slice: undefined, order: undefined };
  if (!isDoc(operand) || !operand.has('$each')) return plain;
  const items = operand.get('$each');
  if (!Array.isArray(items))
    throw bad(`The argument to $each in $push must be an array but it was of type: ${typeName(items ?? null)}`);
  for (const name of operand.keys())
    if (!['$each', '$position', '$slice', '$sort'].includes(name)) throw bad(`Unrecognized clause in $push: ${name}`);
  return {
    items,
    position: whole(operand, '$position'),
    slice: whole(operand, '$slice'),
    order: pushOrder(operand.get('$sort')),
  };
}

function whole(spec: Doc, name: string): number | undefined {
  const value = spec.get(name);
  if (value === undefined) return undefined;
  const number = wholeNumber(value);
  if (number === undefined)
    throw bad(`The value for ${name} must be an integer value but was given type: ${typeName(value)}`);
  return number;
}

function pushOrder(spec: Value | undefined): PushSpec['order'] {
  if (spec === undefined) return undefined;
  if (!isDoc(spec)) {
    const direction = sortDirection(spec);
    return (items, collation) => [...items].sort((a, b) => compare(a, b, collation.compare) * direction);
  }
  if (spec.size === 0) throw bad('The $sort pattern is empty when it should be a set of fields.');
  const fields = [...spec].map(([path, direction]) => {
    if (path.split('.').includes('')) throw bad(`The $sort field has an empty part: ${path}`);
    return { parts: splitPath(path), direction: sortDirection(direction) };
  });
  return (items, collation) => {
    const keyed = items.map((item) => ({ item, keys: fields.map(({ parts }) => elementAt(item, parts)) }));
    keyed.sort((a, b) => {
      for (const [i, { direction }] of fields.entries()) {
        const order = compare(a.keys[i], b.keys[i], collation.compare) * direction;
        if (order !== 0) return order;
      }
      return 0;
    });
    return keyed.map(({ item }) => item);
  };
}

function sortDirection(value: Value): number {
  const direction = wholeNumber(value);
  if (direction !== 1 && direction !== -1) throw bad('The $sort element value must be either 1 or -1');
  return direction;
}

/** What an element sorts by: the value at the path, an array as a whole; null when there is none. */
function elementAt(item: Value, parts: readonly string[]): Value {
  if (!isDoc(item)) return null;
  return parts.reduce<Value | undefined>((value, part) => childOf(value, part), item) ?? null;
}
