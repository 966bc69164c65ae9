import { compare, equal } from '../bson/compare.ts';
import { aliasOf, type Doc, int, isDoc, isNullish, isNumeric, typeCode, type Value } from '../bson/types.ts';
import { MongoError } from '../errors.ts';
import { wholeNumber } from '../query/leaf.ts';
import { ACCUMULATORS } from './accumulators.ts';
import { bind, type Compile, fixed, named, operands, variadic } from './arguments.ts';
import { isTrue } from './basic-operators.ts';
import { compileExpression, type Scope } from './expression.ts';

const typeName = (value: Value | undefined): string => (value === undefined ? 'missing' : aliasOf(typeCode(value)));

function arrayOf(value: Value | undefined, name: string, code: number): readonly Value[] | null {
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

function sortedSet(values: readonly Value[], scope: Scope): Value[] {
  const order = scope.collation.compare;
  const sorted = [...values].sort((a, b) => compare(a, b, order));
  return sorted.filter((item, i) => i === 0 || !equal(item, sorted[i - 1], order));
}

const setOf = (value: Value | undefined, name: string, code: number): readonly Value[] | null =>
  arrayOf(value, name, code);

const setUnion: Compile = variadic((values, scope) => {
  const sets = values.map((value) => setOf(value, '$setUnion', 17043));
  return sets.includes(null)
    ? null
    : sortedSet(
        sets.flatMap((set) => set ?? []),
        scope,
      );
});

const setIntersection: Compile = variadic((values, scope) => {
  const sets = values.map((value) => setOf(value, '$setIntersection', 17047));
  if (sets.includes(null)) return null;
  const [first = [], ...others] = sets.map((set) => set ?? []);
  return sortedSet(
    first.filter((item) => others.every((set) => set.some((other) => equal(other, item, scope.collation.compare)))),
    scope,
  );
});

const setDifference: Compile = fixed(2, ([a, b], scope) => {
  const left = setOf(a, '$setDifference', 17048);
  const right = setOf(b, '$setDifference', 17049);
  if (left === null || right === null) return null;
  const result: Value[] = [];
  for (const item of left)
    if (![...right, ...result].some((other) => equal(other, item, scope.collation.compare))) result.push(item);
  return result;
});

const setIsSubset: Compile = fixed(2, ([a, b], scope) => {
  if (!Array.isArray(a) || !Array.isArray(b))
    throw new MongoError(Array.isArray(a) ? 17042 : 17046, 'both operands of $setIsSubset must be arrays');
  return a.every((item) => b.some((other) => equal(other, item, scope.collation.compare)));
});

const setEquals: Compile = variadic((values, scope) => {
  if (values.length < 2) throw new MongoError(17045, '$setEquals needs at least two arguments');
  const sets = values.map((value) => {
    if (!Array.isArray(value)) throw new MongoError(17044, 'All operands of $setEquals must be arrays');
    return sortedSet(value, scope);
  });
  return sets.every((set) => equal(set, sets[0], scope.collation.compare));
});

const objectToArray = (value: Value | undefined): Value | null => {
  if (isNullish(value)) return null;
  if (!isDoc(value)) throw new MongoError(40390, `$objectToArray requires a document input, found: ${typeName(value)}`);
  return [...value].map(
    ([k, v]): Doc =>
      new Map<string, Value>([
        ['k', k],
        ['v', v],
      ]),
  );
};

const arrayToObject = (value: Value | undefined): Value | null => {
  const array = arrayOf(value, '$arrayToObject', 40386);
  if (array === null) return null;
  const result: Doc = new Map();
  for (const item of array) {
    const pair =
      isDoc(item) && item.size === 2
        ? [item.get('k'), item.get('v')]
        : Array.isArray(item) && item.length === 2
          ? item
          : undefined;
    if (!pair || typeof pair[0] !== 'string' || pair[1] === undefined)
      throw new MongoError(40392, '$arrayToObject needs pairs of a string and a value');
    result.set(pair[0], pair[1]);
  }
  return result;
};

/** $sum, $avg, $min and $max as expressions: over their operands, or over one array operand's elements. */
const overValues =
  (name: '$sum' | '$avg' | '$min' | '$max'): Compile =>
  (spec) => {
    const list = operands(spec, name, 0, Number.MAX_SAFE_INTEGER);
    return (scope) => {
      const values = list.map((evaluate) => evaluate(scope));
      const [only] = values;
      const accumulator = ACCUMULATORS[name](scope.collation);
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
  $setUnion: setUnion,
  $setIntersection: setIntersection,
  $setDifference: setDifference,
  $setIsSubset: setIsSubset,
  $setEquals: setEquals,
  $objectToArray: fixed(1, ([value]) => objectToArray(value)),
  $arrayToObject: fixed(1, ([value]) => arrayToObject(value)),
  $allElementsTrue: fixed(1, ([value]) => {
    if (!Array.isArray(value)) throw new MongoError(17040, "$allElementsTrue's argument must be an array");
    return value.every(isTrue);
  }),
  $anyElementTrue: fixed(1, ([value]) => {
    if (!Array.isArray(value)) throw new MongoError(17041, "$anyElementTrue's argument must be an array");
    return value.some(isTrue);
  }),
  $sum: overValues('$sum'),
  $avg: overValues('$avg'),
  $min: overValues('$min'),
  $max: overValues('$max'),
};
