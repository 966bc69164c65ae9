// The slow and obvious matcher that the product's is compared with: it lists all values that a path reaches.
import type { Doc, Value } from '../../src/bson/types.ts';
import { compareValues, isNumber, type Missing, same, typeRank } from './reference-compare.ts';

/** A value that a path reaches; one that the path names by its position is never looked into. */
type Reached = { readonly value: Missing; readonly named: boolean };

function reachedBy(document: Doc, parts: readonly string[]): Reached[] {
  const [part = '', ...rest] = parts;
  const value = document.get(part);
  if (rest.length === 0) return [{ value, named: false }];
  if (value instanceof Map) return reachedBy(value, rest);
  if (Array.isArray(value)) return reachedInArray(value, rest);
  return [{ value: undefined, named: false }];
}

function reachedInArray(array: readonly Value[], parts: readonly string[]): Reached[] {
  return array.flatMap((element, i) => {
    const found = element instanceof Map ? reachedBy(element, parts) : [];
    const [part, ...rest] = parts;
    if (part !== String(i)) return found;
    if (rest.length === 0) return [...found, { value: element, named: true }];
    if (element instanceof Map) return [...found, ...reachedBy(element, rest)];
    return Array.isArray(element) ? [...found, ...reachedInArray(element, rest)] : found;
  });
}

/** What the operators look at: the values as they are, and with the elements of arrays. */
type Sight = { readonly wholes: readonly Missing[]; readonly all: readonly Missing[] };

function sightOf(document: Doc, path: string): Sight {
  const reached = reachedBy(document, path.split('.'));
  const all = reached.flatMap(({ value, named }) => (Array.isArray(value) && !named ? [...value, value] : [value]));
  return { wholes: reached.map(({ value }) => value), all };
}

export function matches(document: Doc, filter: Doc): boolean {
  return [...filter].every(([name, operand]) => {
    const parts = name.startsWith('$') ? (operand as Doc[]) : [];
    if (name === '$and') return parts.every((part) => matches(document, part));
    if (name === '$or') return parts.some((part) => matches(document, part));
    if (name === '$nor') return !parts.some((part) => matches(document, part));
    return isOperators(operand)
      ? [...operand].every(([operator, value]) => holds(sightOf(document, name), operator, value))
      : sightOf(document, name).all.some((value) => equals(value, operand));
  });
}

const isOperators = (value: Value): value is Doc =>
  value instanceof Map && [...value.keys()][0]?.startsWith('$') === true;

const equals = (value: Missing, operand: Value): boolean => same(value === undefined ? null : value, operand);

function holds(sight: Sight, operator: string, operand: Value): boolean {
  const list = operand as Value[];
  const some = (test: (value: Missing) => boolean): boolean => sight.all.some(test);
  switch (operator) {
    case '$eq':
      return some((value) => equals(value, operand));
    case '$ne':
      return !some((value) => equals(value, operand));
    case '$in':
      return some((value) => list.some((item) => equals(value, item)));
    case '$nin':
      return !some((value) => list.some((item) => equals(value, item)));
    case '$all':
      return list.length > 0 && list.every((item) => some((value) => equals(value, item)));
    case '$exists':
      return sight.wholes.some((value) => value !== undefined) === operand;
    case '$size':
      return sight.wholes.some((value) => Array.isArray(value) && String(value.length) === String(operand));
    case '$not':
      return ![...(operand as Doc)].every(([name, value]) => holds(sight, name, value));
    case '$elemMatch':
      return sight.wholes.some(
        (value) => Array.isArray(value) && value.some((item) => elementHolds(item, operand as Doc)),
      );
    default:
      return some((value) => inRange(value, operator, operand));
  }
}

/** One element: operators look at the element itself, names of fields at what it has. */
function elementHolds(element: Value, condition: Doc): boolean {
  const sight: Sight = { wholes: [element], all: [element] };
  if (isOperators(condition)) return [...condition].every(([name, value]) => holds(sight, name, value));
  if (Array.isArray(element)) return matches(new Map(element.map((item, i) => [String(i), item])), condition);
  return element instanceof Map && matches(element, condition);
}

const isNaNumber = (value: Missing): boolean => isNumber(value) && String(value) === 'NaN';

function inRange(value: Missing, operator: string, operand: Value): boolean {
  const known = value === undefined ? null : value;
  const order = compareValues(known, operand);
  const orEqual = operator === '$gte' || operator === '$lte';
  const bound = typeRank(operand);
  const isEnd = bound === 0 || bound === 14;
  if (typeRank(known) !== bound && !isEnd) return false;
  if (operand === null || isNaNumber(operand) || isNaNumber(known))
    return order === 0 ? orEqual : isEnd && sided(operator, order);
  return (orEqual && order === 0) || sided(operator, order);
}

const sided = (operator: string, order: number): boolean => (operator.startsWith('$g') ? order > 0 : order < 0);
