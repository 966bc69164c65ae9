import { add, multiply } from '../bson/arithmetic.ts';
import { compare, equal } from '../bson/compare.ts';
import {
  aliasOf,
  BSONRegExp,
  clone,
  Decimal128,
  type Doc,
  Double,
  Int32,
  isDoc,
  isLong,
  isNumeric,
  Long,
  type Numeric,
  Timestamp,
  typeCode,
  type Value,
} from '../bson/types.ts';
import { MongoError } from '../errors.ts';
import type { Collation } from './collation.ts';
import { equalsTest, regexTest, wholeNumber } from './leaf.ts';
import { compileMatcher, compileValueMatcher, isOperatorDoc, type ValueMatcher } from './matcher.ts';
import { parseSort, sortBy } from './sort.ts';
import type { Place } from './update-paths.ts';

type UpdateContext = {
  readonly collation: Collation;
  readonly isInsert: boolean;
  readonly now: Date;
  readonly path: string;
};

/** Changes what is at a place. The operand was checked when the update was compiled. */
export type ApplyOperator = (place: Place, context: UpdateContext) => void;
export type CompileOperator = (operand: Value, path: string, collation: Collation) => ApplyOperator;

const bad = (message: string): MongoError => new MongoError('BadValue', message);
const typeName = (value: Value): string => aliasOf(typeCode(value));

const set: CompileOperator = (operand) => (place) => place.set(clone(operand));

const setOnInsert: CompileOperator = (operand) => (place, context) => {
  if (context.isInsert) place.set(clone(operand));
};

const unset: CompileOperator = () => (place) => place.remove();

const arithmetic =
  (name: '$inc' | '$mul'): CompileOperator =>
  (operand, path) => {
    if (!isNumeric(operand))
      throw new MongoError(
        'TypeMismatch',
        `Cannot ${name === '$inc' ? 'increment' : 'multiply'} with non-numeric argument: {${path}: ${typeName(operand)}}`,
      );
    return (place) => {
      const value = place.get();
      if (value === undefined) place.set(name === '$inc' ? operand : zeroOf(operand));
      else if (isNumeric(value)) place.set(computed(name, value, operand));
      else
        throw new MongoError(
          'TypeMismatch',
          `Cannot apply ${name} to a value of non-numeric type. The field '${path}' is of type ${typeName(value)}`,
        );
    };
  };

function zeroOf(operand: Numeric): Numeric {
  if (operand instanceof Double) return new Double(0);
  if (operand instanceof Decimal128) return Decimal128.fromString('0');
  return isLong(operand) ? Long.fromNumber(0) : new Int32(0);
}

/** Whole numbers may widen to 64 bits but never turn into doubles. */
function computed(name: '$inc' | '$mul', value: Numeric, operand: Numeric): Numeric {
  const result = name === '$inc' ? add(value, operand) : multiply(value, operand);
  const whole = !(
    value instanceof Double ||
    operand instanceof Double ||
    value instanceof Decimal128 ||
    operand instanceof Decimal128
  );
  if (whole && result instanceof Double)
    throw bad(`Failed to apply ${name} operations to current value: the result does not fit 64 bits`);
  return result;
}

const extreme =
  (wanted: -1 | 1): CompileOperator =>
  (operand) =>
  (place, context) => {
    const value = place.get();
    if (value === undefined || compare(operand, value, context.collation.compare) * wanted > 0)
      place.set(clone(operand));
  };

const currentDate: CompileOperator = (operand, path) => {
  const type =
    operand === true || operand === false
      ? 'date'
      : isDoc(operand) && operand.size === 1
        ? operand.get('$type')
        : undefined;
  if (type !== 'date' && type !== 'timestamp')
    throw bad(`The '$type' string field is required to be 'date' or 'timestamp': {$currentDate: {${path}: …}}`);
  return (place, context) =>
    place.set(type === 'date' ? context.now : new Timestamp({ t: Math.floor(context.now.getTime() / 1000), i: 1 }));
};

const bit: CompileOperator = (operand, path) => {
  if (!isDoc(operand))
    throw bad(
      `The $bit modifier is not compatible with a ${typeName(operand)}. You must pass in an embedded document: {$bit: {field: {and/or/xor: #}}`,
    );
  if (operand.size === 0)
    throw bad(`You must pass in at least one bitwise operation. The format is: {$bit: {field: {and/or/xor: #}}`);
  for (const [name, mask] of operand) {
    if (!['and', 'or', 'xor'].includes(name))
      throw bad(`The $bit modifier only supports 'and', 'or', and 'xor', not '${name}'`);
    if (!(mask instanceof Int32) && !isLong(mask))
      throw bad(`The $bit modifier field must be an Integer(32/64 bit); a '${typeName(mask)}' is not supported here`);
  }
  return (place) => {
    let value = place.get() ?? new Int32(0);
    if (!(value instanceof Int32) && !isLong(value))
      throw bad(`Cannot apply $bit to a value of non-integral type. The field ${path} is a ${typeName(value)}`);
    for (const [name, mask] of operand) value = bitwise(name, value as Int32 | Long, mask as Int32 | Long);
    place.set(value);
  };
};

function bitwise(name: string, a: Int32 | Long, b: Int32 | Long): Int32 | Long {
  const [x, y] = [BigInt(a.toString()), BigInt(b.toString())];
  const result = name === 'and' ? x & y : name === 'or' ? x | y : x ^ y;
  return isLong(a) || isLong(b) ? Long.fromBigInt(result) : new Int32(Number(result));
}

function arrayAt(place: Place, name: string, path: string): Value[] | undefined {
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

const push: CompileOperator = (operand, path) => {
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
  if (isDoc(spec)) {
    if (spec.size === 0) throw bad('The $sort pattern is empty when it should be a set of fields.');
    const fields = parseSort(spec);
    return (items, collation) => sortBy(items, (item) => (isDoc(item) ? item : new Map()), fields, collation);
  }
  const direction = wholeNumber(spec);
  if (direction !== 1 && direction !== -1) throw bad('The $sort element value must be either 1 or -1');
  return (items, collation) => [...items].sort((a, b) => compare(a, b, collation.compare) * direction);
}

const addToSet: CompileOperator = (operand, path) => {
  const each = isDoc(operand) && operand.keys().next().value === '$each' ? operand.get('$each') : undefined;
  if (each !== undefined && !Array.isArray(each))
    throw new MongoError(
      'TypeMismatch',
      `The argument to $each in $addToSet must be an array but it was of type ${typeName(each)}`,
    );
  if (each !== undefined && isDoc(operand) && operand.size > 1)
    throw bad(`Found unexpected fields after $each in $addToSet`);
  const items = each ?? [operand];
  return (place, context) => {
    const list = arrayAt(place, '$addToSet', path);
    const result = [...(list ?? [])];
    for (const item of items)
      if (!result.some((other) => equal(other, item, context.collation.compare))) result.push(clone(item));
    if (!list || result.length > list.length) place.set(result);
  };
};

const pop: CompileOperator = (operand, path) => {
  const direction = wholeNumber(operand);
  if (direction !== 1 && direction !== -1)
    throw new MongoError('FailedToParse', `$pop expects 1 or -1, found: ${String(direction)}`);
  return (place) => {
    const value = place.get();
    if (value === undefined) return;
    if (!Array.isArray(value))
      throw new MongoError('TypeMismatch', `Path '${path}' contains an element of non-array type '${typeName(value)}'`);
    if (value.length > 0) place.set(direction === 1 ? value.slice(0, -1) : value.slice(1));
  };
};

const pullWith =
  (test: ValueMatcher, name: string, path: string): ApplyOperator =>
  (place) => {
    const list = place.get();
    if (list === undefined) return;
    if (!Array.isArray(list)) throw bad(`Cannot apply ${name} to a non-array value (${path})`);
    const kept = list.filter((item) => !test(item));
    if (kept.length < list.length) place.set(kept);
  };

const pullAll: CompileOperator = (operand, path, collation) => {
  if (!Array.isArray(operand)) throw bad(`$pullAll requires an array argument but was given a ${typeName(operand)}`);
  return pullWith((item) => operand.some((other) => equal(other, item, collation.compare)), '$pullAll', path);
};

const pull: CompileOperator = (operand, path, collation) => pullWith(pullTest(operand, collation), '$pull', path);

function pullTest(operand: Value, collation: Collation): ValueMatcher {
  if (operand instanceof BSONRegExp) return regexTest(operand);
  if (isOperatorDoc(operand)) return compileValueMatcher(operand, { collation });
  if (!isDoc(operand)) return equalsTest(operand, collation.compare);
  const matcher = compileMatcher(operand, { collation });
  return (item) => isDoc(item) && matcher(item);
}

/** The update operators; $rename needs two places and is handled by the updater itself. */
export const UPDATE_OPERATORS: Readonly<Record<string, CompileOperator>> = {
  $set: set,
  $setOnInsert: setOnInsert,
  $unset: unset,
  $inc: arithmetic('$inc'),
  $mul: arithmetic('$mul'),
  $min: extreme(-1),
  $max: extreme(1),
  $currentDate: currentDate,
  $bit: bit,
  $push: push,
  $addToSet: addToSet,
  $pop: pop,
  $pull: pull,
  $pullAll: pullAll,
};
