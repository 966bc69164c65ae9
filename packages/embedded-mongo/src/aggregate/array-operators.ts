import { equal } from '../bson/compare.ts';
import { aliasOf, int, isNullish, isNumeric, typeCode, type Value } from '../bson/types.ts';
import { MongoError } from '../errors.ts';
import { wholeNumber } from '../query/leaf.ts';
import { bind, type Compile, fixed, named, operands, variadic } from './arguments.ts';
import { isTrue } from './basic-operators.ts';
import { compileExpression, type Scope } from './expression.ts';
import { VALUE_ACCUMULATORS } from './value-accumulators.ts';

export const typeName = (value: Value | undefined): string =>
  value === undefined ? 'missing' : aliasOf(typeCode(value));

export function arrayOf(value: Value | undefined, name: string, code: number): readonly Value[] | null {
  if (isNullish(value)) return null;
  if (!Array.isArray(value)) throw new MongoError(code, `${name} requires an array, found ${typeName(value)}`);
  return value;
}

const size = (value: Value | undefined): Value => {
  if (!Array.isArray(value))
    throw new MongoError(17124, `The argument to $size must be an array, but was of type: ${typeName(value)}`);
  return int(value.length);
};

const elementAt = (array: Value | undefined, index: Value | undefined): Value | undefined => {
  if (isNullish(array) || isNullish(index)) return null;
  if (!Array.isArray(array))
    throw new MongoError(28689, `$arrayElemAt's first argument must be an array, but is ${typeName(array)}`);
  const at = wholeNumber(index);
  if (at === undefined)
    throw new MongoError(isNumeric(index) ? 28691 : 28690, `$arrayElemAt's second argument must be a 32-bit integer`);
  return array[at < 0 ? array.length + at : at];
};

const end =
  (pick: (array: readonly Value[]) => Value | undefined): Compile =>
  (spec, name) =>
    fixed(1, ([value]) => {
      const array = arrayOf(value, name, 28689);
      return array === null ? null : pick(array);
    })(spec, name);

const concatArrays = (values: readonly (Value | undefined)[]): Value | null => {
  const result: Value[] = [];
  for (const value of values) {
    const array = arrayOf(value, '$concatArrays', 28664);
    if (array === null) return null;
    result.push(...array);
  }
  return result;
};

const variable = (value: Value | undefined): string => {
  if (value === undefined) return 'this';
  if (typeof value !== 'string' || !/^[a-z\u0080-\uffff]\w*$/.test(value))
    throw new MongoError('FailedToParse', `'${String(value)}' is not a valid variable name`);
  return value;
};

const filter: Compile = (spec, name) => {
  const args = named(spec, name, ['input', 'cond'], ['as', 'limit'], 28647);
  const as = variable(args.get('as'));
  const [input, test] = [args.get('input') as Value, args.get('cond') as Value].map(compileExpression);
  const limit = args.has('limit') ? compileExpression(args.get('limit') as Value) : undefined;
  return (scope) => {
    const array = arrayOf(input?.(scope), '$filter', 28651);
    if (array === null) return null;
    const most = limit ? wholeNumber(limit(scope)) : Number.POSITIVE_INFINITY;
    if (most === undefined || most < 1) throw new MongoError(327391, '$filter: limit must be a positive whole number');
    return array.filter((item) => isTrue(test?.(bind(scope, [[as, item]])))).slice(0, most);
  };
};

const map: Compile = (spec, name) => {
  const args = named(spec, name, ['input', 'in'], ['as'], 16879);
  const as = variable(args.get('as'));
  const [input, body] = [args.get('input') as Value, args.get('in') as Value].map(compileExpression);
  return (scope) => {
    const array = arrayOf(input?.(scope), '$map', 16883);
    return array === null ? null : array.map((item) => body?.(bind(scope, [[as, item]])) ?? null);
  };
};

const reduce: Compile = (spec, name) => {
  const args = named(spec, name, ['input', 'initialValue', 'in'], [], 40076);
  const [input, initial, body] = ['input', 'initialValue', 'in'].map((key) =>
    compileExpression(args.get(key) as Value),
  );
  return (scope) => {
    const array = arrayOf(input?.(scope), '$reduce', 40080);
    if (array === null) return null;
    let value = initial?.(scope);
    for (const item of array)
      value = body?.(
        bind(scope, [
          ['this', item],
          ['value', value],
        ]),
      );
    return value;
  };
};

const slice: Compile = (spec, name) => {
  const list = operands(spec, name, 2, 3);
  return (scope) => {
    const [array, ...rest] = list.map((evaluate) => evaluate(scope));
    if (isNullish(array) || rest.some(isNullish)) return null;
    if (!Array.isArray(array))
      throw new MongoError(28724, `First argument to $slice must be an array, but is of type: ${typeName(array)}`);
    const [first, second] = rest.map((value) => wholeNumber(value));
    if (first === undefined || (rest.length === 2 && second === undefined))
      throw new MongoError(28725, '$slice needs whole numbers');
    if (rest.length === 1) return first >= 0 ? array.slice(0, first) : array.slice(first);
    if ((second ?? 0) <= 0) throw new MongoError(28729, 'Third argument to $slice must be positive');
    const start = first >= 0 ? first : Math.max(0, array.length + first);
    return array.slice(start, start + (second ?? 0));
  };
};

const isIn = (value: Value | undefined, array: Value | undefined, scope: Scope): boolean => {
  if (!Array.isArray(array))
    throw new MongoError(40081, `$in requires an array as a second argument, found: ${typeName(array)}`);
  return array.some((item) => equal(item, value, scope.collation.compare));
};

/** $sum, $avg, $min, $max and the deviations as expressions: over their operands, or over one array's elements. */
const overValues =
  (name: '$sum' | '$avg' | '$min' | '$max' | '$stdDevPop' | '$stdDevSamp'): Compile =>
  (spec) => {
    const list = operands(spec, name, 0, Number.MAX_SAFE_INTEGER);
    return (scope) => {
      const values = list.map((evaluate) => evaluate(scope));
      const [only] = values;
      const accumulator = VALUE_ACCUMULATORS[name](scope.collation);
      for (const value of values.length === 1 && Array.isArray(only) ? only : values) accumulator.add(value);
      return accumulator.result();
    };
  };

export const ARRAY_OPERATORS: Readonly<Record<string, Compile>> = {
  $size: fixed(1, ([value]) => size(value)),
  $arrayElemAt: fixed(2, ([array, index]) => elementAt(array, index)),
  $first: end((array) => array[0]),
  $last: end((array) => array[array.length - 1]),
  $concatArrays: variadic(concatArrays),
  $filter: filter,
  $map: map,
  $reduce: reduce,
  $slice: slice,
  $in: fixed(2, ([value, array], scope) => isIn(value, array, scope)),
  $isArray: fixed(1, ([value]) => Array.isArray(value)),
  $reverseArray: fixed(1, ([value]) => {
    const array = arrayOf(value, '$reverseArray', 34435);
    return array === null ? null : [...array].reverse();
  }),
  $sum: overValues('$sum'),
  $avg: overValues('$avg'),
  $min: overValues('$min'),
  $max: overValues('$max'),
  $stdDevPop: overValues('$stdDevPop'),
  $stdDevSamp: overValues('$stdDevSamp'),
};
