import { type CompareStrings, compare } from '../bson/compare.ts';
import { fromDecimal128 } from '../bson/decimal.ts';
import {
  Binary,
  BSONRegExp,
  canonicalType,
  Decimal128,
  Double,
  Int32,
  isDoc,
  isLong,
  isNumeric,
  MaxKey,
  MinKey,
  Timestamp,
  TYPE_ALIASES,
  typeCode,
  type Value,
} from '../bson/types.ts';
import { MongoError } from '../errors.ts';
import { regexOf } from './regex.ts';

/** Tests one value that a path reached; `undefined` is a missing field. */
export type LeafTest = (value: Value | undefined) => boolean;

const bad = (message: string): MongoError => new MongoError('BadValue', message);

export function equalsTest(operand: Value, strings: CompareStrings): LeafTest {
  if (operand === null) return (value) => value === undefined || value === null;
  const type = canonicalType(operand);
  return (value) => value !== undefined && canonicalType(value) === type && compare(value, operand, strings) === 0;
}

export type Order = '$gt' | '$gte' | '$lt' | '$lte';

const ACCEPTS: Readonly<Record<Order, (order: number) => boolean>> = {
  $gt: (order) => order > 0,
  $gte: (order) => order >= 0,
  $lt: (order) => order < 0,
  $lte: (order) => order <= 0,
};

const isNaNValue = (value: Value): boolean =>
  (value instanceof Double && Number.isNaN(value.value)) || (value instanceof Decimal128 && value.toString() === 'NaN');

/** Ranges compare within one type only; MinKey and MaxKey compare with everything. */
export function rangeTest(operator: Order, operand: Value, strings: CompareStrings): LeafTest {
  const accepts = ACCEPTS[operator];
  if (operand instanceof BSONRegExp) throw bad(`Can't have RegEx as arg to predicate over field`);
  if (operand instanceof MinKey || operand instanceof MaxKey)
    return (value) => accepts(compare(value ?? null, operand, strings));
  if (operand === null) {
    const hit = operator === '$gte' || operator === '$lte';
    return (value) => hit && (value === undefined || value === null);
  }
  const type = canonicalType(operand);
  const nan = isNaNValue(operand);
  return (value) => {
    if (value === undefined || canonicalType(value) !== type) return false;
    if (type === 10 && (nan || isNaNValue(value)))
      return nan && isNaNValue(value) && (operator === '$gte' || operator === '$lte');
    return accepts(compare(value, operand, strings));
  };
}

/** A condition on one value out of a list: equality, or a regular expression. */
export function inTest(operand: Value, strings: CompareStrings, name = '$in'): LeafTest {
  if (!Array.isArray(operand)) throw bad(`${name} needs an array`);
  const tests = operand.map((item): LeafTest => {
    if (item instanceof BSONRegExp) return regexTest(item);
    if (isDoc(item) && [...item.keys()][0]?.startsWith('$')) throw bad(`cannot nest $ under ${name}`);
    return equalsTest(item, strings);
  });
  return (value) => tests.some((test) => test(value));
}

/** Texts that match; a stored regular expression matches when it is the same one. */
export function regexTest(operand: Value, options?: Value): LeafTest {
  const regex = regexOf(operand, options);
  const pattern = operand instanceof BSONRegExp ? operand.pattern : operand;
  const flags = options ?? (operand instanceof BSONRegExp ? operand.options : '');
  return (value) => {
    if (typeof value === 'string') return regex.test(value);
    return value instanceof BSONRegExp && value.pattern === pattern && value.options === flags;
  };
}

/** $type: numbers, aliases, "number", or a list of them. */
export function typeTest(operand: Value): LeafTest {
  const codes = new Set<number>();
  for (const item of Array.isArray(operand) ? operand : [operand]) for (const code of typeCodes(item)) codes.add(code);
  if (codes.size === 0) throw new MongoError('FailedToParse', '$type must match at least one type');
  return (value) => value !== undefined && codes.has(typeCode(value));
}

function typeCodes(item: Value): readonly number[] {
  if (typeof item === 'string') {
    if (item === 'number') return [1, 16, 18, 19];
    const code = TYPE_ALIASES[item];
    if (code === undefined) throw bad(`Unknown type name alias: ${item}`);
    return [code];
  }
  if (!isNumeric(item)) throw new MongoError('TypeMismatch', 'type must be represented as a number or a string');
  const code = Number(item.toString());
  if (!Object.values(TYPE_ALIASES).includes(code)) throw bad(`Invalid numerical type code: ${code}`);
  return [code];
}

export function sizeTest(operand: Value): LeafTest {
  const size = wholeNumber(operand);
  if (size === undefined) throw bad('Failed to parse $size. Expected an integer');
  if (size < 0) throw bad('Failed to parse $size. Expected a non-negative number');
  return (value) => Array.isArray(value) && value.length === size;
}

/** The value of a number without a fraction, or undefined. */
export function wholeNumber(value: Value | undefined): number | undefined {
  if (!isNumeric(value)) return undefined;
  const number = Number(value.toString());
  return Number.isSafeInteger(number) ? number : undefined;
}

export function modTest(operand: Value): LeafTest {
  if (!Array.isArray(operand)) throw bad('malformed mod, needs to be an array');
  if (operand.length < 2) throw bad('malformed mod, not enough elements');
  if (operand.length > 2) throw bad('malformed mod, too many elements');
  const [divisor, remainder] = operand.map((item) => truncated(item));
  if (divisor === undefined) throw bad('malformed mod, divisor not a number');
  if (remainder === undefined) throw bad('malformed mod, remainder not a number');
  if (divisor === 0n) throw bad('divisor cannot be 0');
  return (value) => {
    const number = isNumeric(value) ? truncated(value) : undefined;
    return number !== undefined && number % divisor === remainder;
  };
}

function truncated(value: Value | undefined): bigint | undefined {
  if (value instanceof Int32) return BigInt(value.value);
  if (isLong(value)) return value.toBigInt();
  if (value instanceof Decimal128) return wholePart(value);
  if (!(value instanceof Double) || !Number.isFinite(value.value)) return undefined;
  return inLong(BigInt(Math.trunc(value.value)));
}

function wholePart(value: Decimal128): bigint | undefined {
  const exact = fromDecimal128(value);
  // What has more than 19 digits before its point is no 64-bit number.
  if (typeof exact === 'string' || exact.coefficient.toString().length + exact.exponent > 20) return undefined;
  const { coefficient, exponent } = exact;
  if (-exponent > 34) return 0n;
  return inLong(exponent >= 0 ? coefficient * 10n ** BigInt(exponent) : coefficient / 10n ** BigInt(-exponent));
}

const inLong = (value: bigint): bigint | undefined => (BigInt.asIntN(64, value) === value ? value : undefined);

export type BitOperator = '$bitsAllSet' | '$bitsAllClear' | '$bitsAnySet' | '$bitsAnyClear';

/** $bits…: a mask as number, positions or binary, on whole numbers and binaries. */
export function bitsTest(operator: BitOperator, operand: Value): LeafTest {
  const positions = bitPositions(operator, operand);
  return (value) => {
    const bit = bitReader(value);
    if (!bit) return false;
    switch (operator) {
      case '$bitsAllSet':
        return positions.every(bit);
      case '$bitsAllClear':
        return !positions.some(bit);
      case '$bitsAnySet':
        return positions.some(bit);
      case '$bitsAnyClear':
        return !positions.every(bit);
    }
  };
}

function bitPositions(operator: string, operand: Value): number[] {
  if (Array.isArray(operand)) {
    return operand.map((item) => {
      const position = wholeNumber(item);
      if (position === undefined || position < 0)
        throw bad(`Failed to parse bit position. Expected a non-negative integer`);
      return position;
    });
  }
  if (operand instanceof Binary) {
    const bytes = operand.buffer.subarray(0, operand.position);
    return [...Array(bytes.length * 8).keys()].filter((i) => ((bytes[i >> 3] ?? 0) >> (i & 7)) & 1);
  }
  if (!isNumeric(operand)) throw bad(`${operator} takes an Array, a number, or a BinData but received something else`);
  const mask = isLong(operand) ? operand.toNumber() : wholeNumber(operand);
  if (mask === undefined || mask < 0)
    throw new MongoError('FailedToParse', `${operator}: expected a non-negative whole number`);
  const bits = isLong(operand) ? operand.toBigInt() : BigInt(mask);
  return [...Array(64).keys()].filter((i) => (bits >> BigInt(i)) & 1n);
}

function bitReader(value: Value | undefined): ((position: number) => boolean) | undefined {
  if (value instanceof Binary) {
    const bytes = value.buffer.subarray(0, value.position);
    return (position) => (((bytes[position >> 3] ?? 0) >> (position & 7)) & 1) === 1;
  }
  if (!isNumeric(value) || value instanceof Timestamp) return undefined;
  if (value instanceof Double && !Number.isInteger(value.value)) return undefined;
  if (value instanceof Decimal128 && wholeNumber(value) === undefined) return undefined;
  const bits = isLong(value) ? value.toBigInt() : BigInt(Number(value.toString()));
  if (bits >= 2n ** 63n || bits < -(2n ** 63n)) return undefined;
  return (position) => ((bits >> BigInt(Math.min(position, 63))) & 1n) === 1n;
}
