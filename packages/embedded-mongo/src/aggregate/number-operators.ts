import { add, multiply, negate, toNumber } from '../bson/arithmetic.ts';
import {
  aliasOf,
  Decimal128,
  Double,
  Int32,
  isLong,
  isNullish,
  isNumeric,
  Long,
  type Numeric,
  typeCode,
  type Value,
} from '../bson/types.ts';
import { MongoError, notSupported } from '../errors.ts';
import { type Compile, fixed, variadic } from './arguments.ts';
import { divideDecimal } from './decimal-math.ts';

const typeName = (value: Value | undefined): string => (value === undefined ? 'missing' : aliasOf(typeCode(value)));

const addAll = (values: readonly (Value | undefined)[]): Value | null => {
  if (values.some(isNullish)) return null;
  let date: Date | undefined;
  let sum: Numeric = new Int32(0);
  for (const value of values) {
    if (value instanceof Date) {
      if (date) throw new MongoError(16612, 'only one date allowed in an $add expression');
      date = value;
    } else if (isNumeric(value)) sum = add(sum, value);
    else throw new MongoError('TypeMismatch', `$add only supports numeric or date types, not ${typeName(value)}`);
  }
  return date ? shifted(date, sum) : sum;
};

function shifted(date: Date, by: Numeric): Date {
  const result = new Date(date.getTime() + Math.round(toNumber(by)));
  if (Number.isNaN(result.getTime())) throw new MongoError('Overflow', 'date overflow');
  return result;
}

const subtract = (a: Value | undefined, b: Value | undefined): Value | null => {
  if (isNullish(a) || isNullish(b)) return null;
  if (a instanceof Date && b instanceof Date) return Long.fromNumber(a.getTime() - b.getTime());
  if (a instanceof Date && isNumeric(b)) return shifted(a, negate(b));
  if (isNumeric(a) && isNumeric(b)) return add(a, negate(b));
  throw new MongoError('TypeMismatch', `can't $subtract ${typeName(b)} from ${typeName(a)}`);
};

const product = (values: readonly (Value | undefined)[]): Value | null => {
  if (values.some(isNullish)) return null;
  let result: Numeric = new Int32(1);
  for (const value of values) {
    if (!isNumeric(value))
      throw new MongoError('TypeMismatch', `$multiply only supports numeric types, not ${typeName(value)}`);
    result = multiply(result, value);
  }
  return result;
};

const divide = (a: Value | undefined, b: Value | undefined): Value | null => {
  if (isNullish(a) || isNullish(b)) return null;
  if (!isNumeric(a) || !isNumeric(b))
    throw new MongoError('TypeMismatch', `$divide only supports numeric types, not ${typeName(a)} and ${typeName(b)}`);
  if (toNumber(b) === 0) throw new MongoError('BadValue', "can't $divide by zero");
  if (a instanceof Decimal128 || b instanceof Decimal128) return divideDecimal(a, b);
  return new Double(toNumber(a) / toNumber(b));
};

const modulo = (a: Value | undefined, b: Value | undefined): Value | null => {
  if (isNullish(a) || isNullish(b)) return null;
  if (!isNumeric(a) || !isNumeric(b))
    throw new MongoError(16611, `$mod only supports numeric types, not ${typeName(a)} and ${typeName(b)}`);
  if (a instanceof Decimal128 || b instanceof Decimal128) throw notSupported('$mod on decimals');
  if (toNumber(b) === 0) throw new MongoError(16610, "can't $mod by zero");
  if (a instanceof Double || b instanceof Double) return new Double(toNumber(a) % toNumber(b));
  const rest = BigInt(a.toString()) % BigInt(b.toString());
  return isLong(a) || isLong(b) ? Long.fromBigInt(rest) : new Int32(Number(rest));
};

const absolute = (value: Value | undefined): Value | null => {
  if (isNullish(value)) return null;
  if (!isNumeric(value))
    throw new MongoError('TypeMismatch', `$abs only supports numeric types, not ${typeName(value)}`);
  if (isLong(value) && value.equals(Long.MIN_VALUE)) throw new MongoError(28680, "can't take $abs of long long min");
  return toNumber(value) < 0 ? negate(value) : value instanceof Double ? new Double(Math.abs(value.value)) : value;
};

export const NUMBER_OPERATORS: Readonly<Record<string, Compile>> = {
  $add: variadic(addAll),
  $subtract: fixed(2, ([a, b]) => subtract(a, b)),
  $multiply: variadic(product),
  $divide: fixed(2, ([a, b]) => divide(a, b)),
  $mod: fixed(2, ([a, b]) => modulo(a, b)),
  $abs: fixed(1, ([value]) => absolute(value)),
};
