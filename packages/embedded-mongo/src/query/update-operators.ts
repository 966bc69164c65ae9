import { add, multiply } from '../bson/arithmetic.ts';
import { compare, equal } from '../bson/compare.ts';
import {
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
  type Value,
} from '../bson/types.ts';
import { MongoError } from '../errors.ts';
import type { Collation } from './collation.ts';
import { wholeNumber } from './leaf.ts';
import { compileMatcher, isOperatorDoc, type ValueMatcher } from './matcher.ts';
import { arrayAt, push } from './push.ts';
import { nextTimestamp } from './timestamps.ts';
import { type ApplyOperator, bad, type CompileOperator, typeName } from './update-operator.ts';

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
  return (place, context) => place.set(type === 'date' ? context.now : nextTimestamp());
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
  if (isDoc(operand) && !isOperatorDoc(operand)) return onDocuments(operand, collation);
  if (isDoc(operand) && LOGICAL.includes([...operand.keys()][0] ?? '')) return onDocuments(operand, collation);
  if (!isDoc(operand) && !(operand instanceof BSONRegExp))
    return (item) => compare(item, operand, collation.compare) === 0;
  // Operators see an element as the value of a field, and so enter an array in the array.
  const matcher = compileMatcher(new Map([['', operand]]), { collation });
  return (item) => item !== undefined && matcher(new Map([['', item]]));
}

const LOGICAL = ['$and', '$or', '$nor', '$expr', '$comment'];

function onDocuments(filter: Doc, collation: Collation): ValueMatcher {
  const matcher = compileMatcher(filter, { collation });
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
