import {
  aliasOf,
  Decimal128,
  Double,
  Int32,
  isDoc,
  isLong,
  isNullish,
  isNumeric,
  Long,
  ObjectId,
  TYPE_ALIASES,
  typeCode,
  type Value,
} from '../bson/types.ts';
import { MongoError, notSupported } from '../errors.ts';
import { type Compile, fixed } from './arguments.ts';
import { isTrue } from './basic-operators.ts';
import { parseDate } from './date-text.ts';
import { toDecimal } from './decimal-math.ts';
import { compileExpression, type Evaluate } from './expression.ts';

const typeName = (value: Value): string => aliasOf(typeCode(value));

/** $toString, for the types whose text is the same everywhere. */
export function toText(value: Value | undefined): Value | null {
  if (isNullish(value)) return null;
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (value instanceof ObjectId) return value.toHexString();
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Int32 || isLong(value) || value instanceof Decimal128) return value.toString();
  if (value instanceof Double) {
    const number = value.value;
    if (Number.isInteger(number) && Math.abs(number) < 1e15) return Object.is(number, -0) ? '-0' : String(number);
    throw notSupported('$toString of a fractional double');
  }
  throw new MongoError(
    241,
    `Unsupported conversion from ${typeName(value)} to string in $convert with no onError value`,
  );
}

const conversionFailed = (value: Value, to: string): MongoError =>
  new MongoError(
    241,
    `Failed to parse or unsupported conversion from ${typeName(value)} to ${to} in $convert with no onError value`,
  );

function toObjectId(value: Value | undefined): Value | null {
  if (isNullish(value)) return null;
  if (value instanceof ObjectId) return value;
  if (typeof value === 'string' && /^[0-9a-f]{24}$/i.test(value)) return ObjectId.createFromHexString(value);
  throw conversionFailed(value, 'objectId');
}

function toWhole(value: Value | undefined, wide: boolean): Value | null {
  if (isNullish(value)) return null;
  const name = wide ? 'long' : 'int';
  let whole: bigint;
  if (typeof value === 'boolean') whole = value ? 1n : 0n;
  else if (typeof value === 'string' && /^[+-]?\d+$/.test(value)) whole = BigInt(value.replace(/^\+/, ''));
  else if (value instanceof Double && Number.isFinite(value.value)) whole = BigInt(Math.trunc(value.value));
  else if (value instanceof Int32 || isLong(value)) whole = BigInt(value.toString());
  else if (value instanceof Date && wide) whole = BigInt(value.getTime());
  else if (value instanceof Decimal128) throw notSupported(`$to${wide ? 'Long' : 'Int'} of a decimal`);
  else throw conversionFailed(value, name);
  const limit = wide ? 63n : 31n;
  if (whole >= 2n ** limit || whole < -(2n ** limit)) throw conversionFailed(value, name);
  return wide ? Long.fromBigInt(whole) : new Int32(Number(whole));
}

function toDouble(value: Value | undefined): Value | null {
  if (isNullish(value)) return null;
  if (typeof value === 'boolean') return new Double(value ? 1 : 0);
  if (value instanceof Date) return new Double(value.getTime());
  if (isNumeric(value)) return new Double(Number(value.toString()));
  if (typeof value === 'string' && /^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(value)) return new Double(Number(value));
  throw conversionFailed(value, 'double');
}

function toDate(value: Value | undefined): Value | null {
  if (isNullish(value)) return null;
  if (value instanceof Date) return value;
  if (value instanceof ObjectId) return value.getTimestamp();
  if (isNumeric(value) && !(value instanceof Decimal128) && !(value instanceof Int32)) {
    const date = new Date(Math.trunc(Number(value.toString())));
    if (Number.isNaN(date.getTime())) throw conversionFailed(value, 'date');
    return date;
  }
  if (typeof value === 'string') return parseDate(value, undefined);
  throw conversionFailed(value, 'date');
}

function toBool(value: Value | undefined): Value | null {
  return isNullish(value) ? null : isTrue(value);
}

function toDecimalValue(value: Value | undefined): Value | null {
  if (isNullish(value)) return null;
  if (typeof value === 'boolean') return Decimal128.fromString(value ? '1' : '0');
  if (value instanceof Date) return Decimal128.fromString(String(value.getTime()));
  if (isNumeric(value)) return toDecimal(value);
  if (typeof value === 'string' && /^[+-]?\d{1,34}(\.\d{0,20})?$/.test(value) && value.replace(/\D/g, '').length <= 34)
    return Decimal128.fromString(value);
  if (typeof value === 'string' && /^[+-]?(\d|\.\d|inf|nan)/i.test(value))
    throw notSupported('$toDecimal of this text form');
  throw conversionFailed(value, 'decimal');
}

type Convert = (value: Value | undefined) => Value | null;

const CONVERSIONS: ReadonlyMap<number, Convert> = new Map<number, Convert>([
  [1, toDouble],
  [2, toText],
  [7, toObjectId],
  [8, toBool],
  [9, toDate],
  [16, (value) => toWhole(value, false)],
  [18, (value) => toWhole(value, true)],
  [19, toDecimalValue],
]);

const KNOWN = ['input', 'to', 'onError', 'onNull'];

/** $convert to a type given by name or number; `onError` stands in for what cannot be converted. */
const convert: Compile = (spec, name) => {
  if (!isDoc(spec)) throw new MongoError('FailedToParse', '$convert expects an object of named arguments');
  for (const key of spec.keys())
    if (!KNOWN.includes(key)) throw new MongoError('FailedToParse', `$convert found an unknown argument: ${key}`);
  for (const key of ['input', 'to'])
    if (!spec.has(key)) throw new MongoError('FailedToParse', `Missing '${key}' parameter to ${name}`);
  const part = (key: string): Evaluate | undefined =>
    spec.has(key) ? compileExpression(spec.get(key) as Value) : undefined;
  const [input, to, onError, onNull] = KNOWN.map(part);
  return (scope) => {
    const target = to?.(scope);
    const value = input?.(scope);
    const conversion = isNullish(target) ? undefined : conversionTo(target);
    if (isNullish(value)) return onNull ? onNull(scope) : null;
    if (!conversion) return null;
    try {
      return conversion(value);
    } catch (error) {
      if (onError && error instanceof MongoError && error.code === 241) return onError(scope);
      throw error;
    }
  };
};

function conversionTo(target: Value): Convert {
  const code =
    typeof target === 'string' ? TYPE_ALIASES[target] : isNumeric(target) ? Number(String(target)) : undefined;
  if (typeof target === 'string' && code === undefined)
    throw new MongoError('BadValue', `Unknown type name: ${target}`);
  if (code === undefined) throw new MongoError('FailedToParse', "$convert's 'to' argument must be a string or number");
  const conversion = CONVERSIONS.get(code);
  if (!conversion) throw notSupported(`$convert to ${aliasOf(code)}`);
  return conversion;
}

const by = (conversion: Convert): Compile => fixed(1, ([value]) => conversion(value));

export const CONVERSION_OPERATORS: Readonly<Record<string, Compile>> = {
  $convert: convert,
  $toString: by(toText),
  $toObjectId: by(toObjectId),
  $toInt: by((value) => toWhole(value, false)),
  $toLong: by((value) => toWhole(value, true)),
  $toDouble: by(toDouble),
  $toDecimal: by(toDecimalValue),
  $toDate: by(toDate),
  $toBool: by(toBool),
};
