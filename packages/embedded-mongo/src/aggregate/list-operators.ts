import { compare } from '../bson/compare.ts';
import { int, isDoc, isNullish, isNumeric, type Value } from '../bson/types.ts';
import { MongoError } from '../errors.ts';
import { wholeNumber } from '../query/leaf.ts';
import { isIndexName } from '../query/path.ts';
import { parseSort, type SortField } from '../query/sort.ts';
import { type Compile, named, operands } from './arguments.ts';
import { arrayOf, typeName } from './array-operators.ts';
import { compileExpression, type Scope } from './expression.ts';
import { countOfN, pickSeveral } from './several.ts';

const MAX_INT = 2147483647;
/** What one array may take; the largest document takes less. */
const MAX_RANGE = 8_000_000;

function int32(value: Value | undefined, what: string, code: number): number {
  if (!isNumeric(value))
    throw new MongoError(code, `$range requires a numeric ${what}, found value of type: ${typeName(value)}`);
  const number = wholeNumber(value);
  if (number === undefined || Math.abs(number) > MAX_INT)
    throw new MongoError(code + 1, `$range requires a ${what} that can be represented as a 32-bit integer`);
  return number;
}

const range: Compile = (spec, name) => {
  const list = operands(spec, name, 2, 3);
  return (scope) => {
    const [first, last, by] = list.map((evaluate) => evaluate(scope));
    const start = int32(first, 'starting value', 34443);
    const end = int32(last, 'ending value', 34445);
    const step = list.length === 3 ? int32(by, 'step value', 34447) : 1;
    if (step === 0) throw new MongoError(34449, '$range requires a non-zero step value');
    if ((end - start) / step > MAX_RANGE)
      throw new MongoError('ExceededMemoryLimit', '$range would use too much memory and cannot spill to disk');
    const result: Value[] = [];
    for (let at = start; step > 0 ? at < end : at > end; at += step) result.push(int(at));
    return result;
  };
};

const zip: Compile = (spec, name) => {
  if (!isDoc(spec)) throw new MongoError(34460, '$zip only supports an object as an argument');
  for (const key of spec.keys())
    if (!['inputs', 'defaults', 'useLongestLength'].includes(key))
      throw new MongoError(34464, `$zip found an unknown argument: ${key}`);
  const lists = spec.get('inputs');
  if (!Array.isArray(lists)) throw new MongoError(34461, 'inputs must be an array of expressions');
  if (lists.length === 0) throw new MongoError(34465, '$zip requires at least one input array');
  const longest = spec.get('useLongestLength') ?? false;
  if (typeof longest !== 'boolean') throw new MongoError(34463, 'useLongestLength must be a bool');
  const defaults = spec.get('defaults');
  if (defaults !== undefined && !Array.isArray(defaults))
    throw new MongoError(34462, 'defaults must be an array of expressions');
  if (defaults && !longest) throw new MongoError(34466, 'cannot specify defaults unless useLongestLength is true');
  if (defaults && defaults.length !== lists.length)
    throw new MongoError(34467, 'defaults and inputs must have the same length');
  const inputs = lists.map(compileExpression);
  const fillers = (defaults ?? lists.map(() => null)).map(compileExpression);
  return (scope) => {
    const arrays = inputs.map((evaluate) => arrayOf(evaluate(scope), name, 34468));
    if (arrays.some((array) => array === null)) return null;
    const lengths = arrays.map((array) => array?.length ?? 0);
    const length = longest ? Math.max(...lengths) : Math.min(...lengths);
    const fill = fillers.map((evaluate) => evaluate(scope) ?? null);
    return Array.from({ length }, (_, i) =>
      arrays.map((array, at): Value => (array && i < array.length ? (array[i] ?? null) : (fill[at] ?? null))),
    );
  };
};

/** What an element sorts by: the value at the path, arrays on the way only by position and not by their elements. */
function elementKey(item: Value, parts: readonly string[]): Value {
  let value: Value | undefined = isDoc(item) ? item : undefined;
  for (const part of parts) {
    if (isDoc(value)) value = value.get(part);
    else value = Array.isArray(value) && isIndexName(part) ? value[Number(part)] : undefined;
  }
  return value ?? null;
}

function sortedBy(array: readonly Value[], fields: readonly SortField[], scope: Scope): Value[] {
  return [...array].sort((a, b) => {
    for (const { parts, direction } of fields) {
      const order = compare(elementKey(a, parts), elementKey(b, parts), scope.collation.compare);
      if (order !== 0) return order * direction;
    }
    return 0;
  });
}

const sortArray: Compile = (spec, name) => {
  if (!isDoc(spec)) throw new MongoError(2942500, '$sortArray requires an object as an argument');
  const args = named(spec, name, ['input', 'sortBy'], [], 2942501);
  const input = compileExpression(args.get('input') as Value);
  const sort = args.get('sortBy');
  const fields = isDoc(sort) ? parseSort(sort) : undefined;
  if (fields?.length === 0) throw new MongoError('BadValue', '$sortArray: the sortBy specification is empty');
  const direction = fields ? 1 : wholeNumber(sort);
  if (direction !== 1 && direction !== -1)
    throw new MongoError('BadValue', 'The $sort element value must be either 1 or -1');
  return (scope) => {
    const array = input(scope);
    if (isNullish(array)) return null;
    if (!Array.isArray(array))
      throw new MongoError(
        2942504,
        `The input argument to $sortArray must be an array, but was of type: ${typeName(array)}`,
      );
    if (fields) return sortedBy(array, fields, scope);
    return [...array].sort((a, b) => compare(a, b, scope.collation.compare) * direction);
  };
};

/** $firstN, $lastN, $minN and $maxN of one array. */
const several: Compile = (spec, name) => {
  if (!isDoc(spec)) throw new MongoError(5787900, 'specification must be an object');
  if (!spec.has('n')) throw new MongoError(5787906, "Missing value for 'n'");
  if (!spec.has('input')) throw new MongoError(5787907, "Missing value for 'input'");
  const args = named(spec, name, ['n', 'input'], [], 5787901);
  const [input, n] = ['input', 'n'].map((key) => compileExpression(args.get(key) as Value));
  return (scope) => {
    const most = countOfN(n?.(scope));
    const array = input?.(scope);
    if (!Array.isArray(array)) throw new MongoError(5788200, `Input must be an array (${name})`);
    return pickSeveral(name, array, most, scope.collation);
  };
};

export const LIST_OPERATORS: Readonly<Record<string, Compile>> = {
  $range: range,
  $zip: zip,
  $sortArray: sortArray,
  $firstN: several,
  $lastN: several,
  $minN: several,
  $maxN: several,
};
