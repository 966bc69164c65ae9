import { compareUtf8 } from '../bson/compare.ts';
import {
  aliasOf,
  Binary,
  Decimal128,
  Double,
  Int32,
  int,
  isDoc,
  isLong,
  isNullish,
  isNumeric,
  Long,
  ObjectId,
  typeCode,
  type Value,
} from '../bson/types.ts';
import { MongoError, notSupported } from '../errors.ts';
import { type Compile, fixed, named, operands, variadic } from './arguments.ts';
import { isTrue } from './basic-operators.ts';
import { compileExpression } from './expression.ts';

const typeName = (value: Value): string => aliasOf(typeCode(value));

const concat = (values: readonly (Value | undefined)[]): string | null => {
  let text = '';
  for (const value of values) {
    if (isNullish(value)) return null;
    if (typeof value !== 'string') throw new MongoError(16702, `$concat only supports strings, not ${typeName(value)}`);
    text += value;
  }
  return text;
};

/** MongoDB changes the case of ASCII letters only. */
const asciiCase =
  (upper: boolean): Compile =>
  (spec, name) =>
    fixed(1, ([value]) => {
      if (isNullish(value)) return '';
      const text = typeof value === 'string' ? value : stringOf(value, name);
      return upper
        ? text.replace(/[a-z]+/g, (part) => part.toUpperCase())
        : text.replace(/[A-Z]+/g, (part) => part.toLowerCase());
    })(spec, name);

function stringOf(value: Value, name: string): string {
  if (value instanceof Date || value instanceof Int32 || isLong(value)) return String(toText(value));
  throw new MongoError(16007, `can't convert from BSON type ${typeName(value)} to String (${name})`);
}

/** $toString, for the types whose text is the same everywhere. */
function toText(value: Value | undefined): Value | null {
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
  else throw conversionFailed(value, name);
  const limit = wide ? 63n : 31n;
  if (whole >= 2n ** limit || whole < -(2n ** limit)) throw conversionFailed(value, name);
  return wide ? Long.fromBigInt(whole) : new Int32(Number(whole));
}

function toDouble(value: Value | undefined): Value | null {
  if (isNullish(value)) return null;
  if (typeof value === 'boolean') return new Double(value ? 1 : 0);
  if (value instanceof Date) return new Double(value.getTime());
  if (isNumeric(value) && !(value instanceof Decimal128)) return new Double(Number(value.toString()));
  if (typeof value === 'string' && /^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(value)) return new Double(Number(value));
  throw conversionFailed(value, 'double');
}

function toDate(value: Value | undefined): Value | null {
  if (isNullish(value)) return null;
  if (value instanceof Date) return value;
  if (value instanceof ObjectId) return value.getTimestamp();
  if (isNumeric(value) && !(value instanceof Decimal128) && !(value instanceof Int32))
    return new Date(Math.trunc(Number(value.toString())));
  if (
    typeof value === 'string' &&
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/.test(value) &&
    !Number.isNaN(Date.parse(value))
  )
    return new Date(value);
  if (typeof value === 'string') throw notSupported('$toDate of this text form');
  throw conversionFailed(value, 'date');
}

function substring(values: readonly (Value | undefined)[]): string {
  const [text, start, length] = values;
  if (isNullish(text)) return '';
  if (typeof text !== 'string') throw new MongoError(34450, '$substrCP: string argument must be a string');
  if (!(start instanceof Int32) || !(length instanceof Int32))
    throw new MongoError(34451, '$substrCP: start and length must be whole numbers');
  if (start.value < 0 || length.value < 0)
    throw new MongoError(34454, '$substrCP: start and length must not be negative');
  return [...text].slice(start.value, start.value + length.value).join('');
}

const split = (text: Value | undefined, by: Value | undefined): Value | null => {
  if (isNullish(text) || isNullish(by)) return null;
  if (typeof text !== 'string' || typeof by !== 'string')
    throw new MongoError(40085, '$split requires string arguments');
  if (by === '') throw new MongoError(40087, '$split requires a non-empty separator');
  return text.split(by);
};

const TRIMMED = '\\0\\u0020\\t\\n\\v\\f\\r\\u00a0\\u1680\\u2000-\\u200a';

const trim =
  (left: boolean, right: boolean): Compile =>
  (spec, name) => {
    const args = named(spec, name, ['input'], ['chars'], 50694);
    if (args.has('chars')) throw notSupported(`${name} with chars`);
    const input = compileExpression(args.get('input') as Value);
    const pattern = new RegExp(
      [left ? `^[${TRIMMED}]+` : '', right ? `[${TRIMMED}]+$` : ''].filter(Boolean).join('|'),
      'g',
    );
    return (scope) => {
      const value = input(scope);
      if (isNullish(value)) return null;
      if (typeof value !== 'string') throw new MongoError(50699, `${name} requires its input to be a string`);
      return value.replace(pattern, '');
    };
  };

const strLen =
  (measure: (text: string) => number, code: number): Compile =>
  (spec, name) =>
    fixed(1, ([value]) => {
      if (typeof value !== 'string') throw new MongoError(code, `${name} requires a string argument`);
      return int(measure(value));
    })(spec, name);

const pad = (value: number, length: number): string => String(value).padStart(length, '0');

const FORMATS: Readonly<Record<string, (date: Date) => string>> = {
  Y: (date) => pad(date.getUTCFullYear(), 4),
  m: (date) => pad(date.getUTCMonth() + 1, 2),
  d: (date) => pad(date.getUTCDate(), 2),
  H: (date) => pad(date.getUTCHours(), 2),
  M: (date) => pad(date.getUTCMinutes(), 2),
  S: (date) => pad(date.getUTCSeconds(), 2),
  L: (date) => pad(date.getUTCMilliseconds(), 3),
  '%': () => '%',
};

/** $dateToString in UTC; other time zones and the week formats are refused. */
const dateToString: Compile = (spec, name) => {
  const args = named(spec, name, ['date'], ['format', 'timezone', 'onNull'], 18534);
  const zone = args.get('timezone');
  if (zone !== undefined && zone !== 'UTC' && zone !== 'GMT') throw notSupported('$dateToString with a time zone');
  const format = args.get('format') ?? '%Y-%m-%dT%H:%M:%S.%LZ';
  if (typeof format !== 'string') throw new MongoError(18533, '$dateToString requires that format be a string');
  const pieces = format.replace(/%(.?)/g, (_whole, letter: string) => {
    if (!FORMATS[letter]) throw notSupported(`%${letter} in $dateToString`);
    return '';
  });
  if (pieces.includes('%')) throw new MongoError(18535, 'Unmatched % at the end of the format string');
  const input = compileExpression(args.get('date') as Value);
  const onNull = args.has('onNull') ? compileExpression(args.get('onNull') as Value) : () => null;
  return (scope) => {
    const value = input(scope);
    if (isNullish(value)) return onNull(scope);
    const date = toInstant(value);
    return format.replace(/%(.)/g, (_whole, letter: string) => FORMATS[letter]?.(date) ?? '');
  };
};

function toInstant(value: Value): Date {
  if (value instanceof Date) return inYears(value);
  if (value instanceof ObjectId) return value.getTimestamp();
  throw new MongoError(16006, `can't convert from BSON type ${typeName(value)} to Date`);
}

function inYears(date: Date): Date {
  const year = date.getUTCFullYear();
  if (year < 0 || year > 9999)
    throw new MongoError(18537, `$dateToString is only defined on year 0-9999, tried to use year ${year}`);
  return date;
}

const datePart =
  (part: (date: Date) => number): Compile =>
  (spec, name) => {
    if (isDoc(spec) && (spec.has('timezone') || spec.has('date'))) {
      const args = named(spec, name, ['date'], ['timezone'], 40535);
      const zone = args.get('timezone');
      if (zone !== undefined && zone !== 'UTC' && zone !== 'GMT') throw notSupported(`${name} with a time zone`);
      return datePart(part)(args.get('date') as Value, name);
    }
    const [input] = operands(spec, name, 1, 1);
    return (scope) => {
      const value = input?.(scope);
      return isNullish(value) ? null : int(part(value instanceof Date ? value : toInstant(value)));
    };
  };

const dayOfYear = (date: Date): number =>
  Math.floor(
    (Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()) - Date.UTC(date.getUTCFullYear(), 0, 1)) /
      86400000,
  ) + 1;

export const TEXT_OPERATORS: Readonly<Record<string, Compile>> = {
  $concat: variadic(concat),
  $toUpper: asciiCase(true),
  $toLower: asciiCase(false),
  $toString: fixed(1, ([value]) => toText(value)),
  $toObjectId: fixed(1, ([value]) => toObjectId(value)),
  $toInt: fixed(1, ([value]) => toWhole(value, false)),
  $toLong: fixed(1, ([value]) => toWhole(value, true)),
  $toDouble: fixed(1, ([value]) => toDouble(value)),
  $toDate: fixed(1, ([value]) => toDate(value)),
  $toBool: fixed(1, ([value]) => (isNullish(value) ? null : isTrue(value))),
  $substrCP: fixed(3, substring),
  $split: fixed(2, ([text, by]) => split(text, by)),
  $trim: trim(true, true),
  $ltrim: trim(true, false),
  $rtrim: trim(false, true),
  $strLenCP: strLen((text) => [...text].length, 34471),
  $strLenBytes: strLen((text) => Buffer.byteLength(text), 34473),
  $strcasecmp: fixed(2, ([a, b]) => {
    const [left, right] = [a, b].map((value) =>
      isNullish(value) ? '' : typeof value === 'string' ? value : stringOf(value, '$strcasecmp'),
    );
    const upper = (text = ''): string => text.replace(/[a-z]+/g, (part) => part.toUpperCase());
    return int(Math.sign(compareUtf8(upper(left), upper(right))));
  }),
  $dateToString: dateToString,
  $year: datePart((date) => date.getUTCFullYear()),
  $month: datePart((date) => date.getUTCMonth() + 1),
  $dayOfMonth: datePart((date) => date.getUTCDate()),
  $dayOfWeek: datePart((date) => date.getUTCDay() + 1),
  $dayOfYear: datePart(dayOfYear),
  $hour: datePart((date) => date.getUTCHours()),
  $minute: datePart((date) => date.getUTCMinutes()),
  $second: datePart((date) => date.getUTCSeconds()),
  $millisecond: datePart((date) => date.getUTCMilliseconds()),
  $binarySize: fixed(1, ([value]) => {
    if (isNullish(value)) return null;
    if (typeof value === 'string') return int(Buffer.byteLength(value));
    if (value instanceof Binary) return int(value.position);
    throw new MongoError(51276, '$binarySize requires a string or BinData argument');
  }),
};
