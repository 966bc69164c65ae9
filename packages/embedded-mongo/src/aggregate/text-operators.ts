import { compareUtf8 } from '../bson/compare.ts';
import {
  aliasOf,
  Binary,
  Decimal128,
  Double,
  Int32,
  int,
  isLong,
  isNullish,
  isNumeric,
  Timestamp,
  typeCode,
  type Value,
} from '../bson/types.ts';
import { MongoError, notSupported } from '../errors.ts';
import { wholeNumber } from '../query/leaf.ts';
import { type Compile, fixed, named, variadic } from './arguments.ts';
import { toText } from './conversion-operators.ts';
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
  if (value instanceof Date || value instanceof Int32 || isLong(value) || value instanceof Decimal128)
    return String(toText(value));
  if (value instanceof Double || value instanceof Timestamp) throw notSupported(`${name} of a ${typeName(value)}`);
  throw new MongoError(16007, `can't convert from BSON type ${typeName(value)} to String (${name})`);
}

function int32(value: Value | undefined, what: string, code: number): number {
  if (!isNumeric(value)) throw new MongoError(code, `$substrCP: ${what} must be a numeric type`);
  const whole = wholeNumber(value);
  if (whole === undefined || Math.abs(whole) > 2147483647)
    throw new MongoError(code + 1, `$substrCP: ${what} cannot be represented as a 32-bit integral value`);
  return whole;
}

function substring(values: readonly (Value | undefined)[]): string {
  const [input, start, length] = values;
  const text = isNullish(input) ? '' : typeof input === 'string' ? input : stringOf(input, '$substrCP');
  const from = int32(start, 'starting index', 34450);
  const count = int32(length, 'length', 34452);
  if (count < 0) throw new MongoError(34454, '$substrCP: length must be a nonnegative integer.');
  if (from < 0) throw new MongoError(34455, '$substrCP: the starting index must be nonnegative integer.');
  return [...text].slice(from, from + count).join('');
}

const wholeOf = (value: Value | undefined, code: number): number => {
  if (!isNumeric(value)) throw new MongoError(code, '$substrBytes: start and length must be numbers');
  return Math.trunc(Number(value.toString()));
};

/** $substrBytes: cut by bytes, never inside of a character. */
function substringBytes(values: readonly (Value | undefined)[]): string {
  const [input, start, length] = values;
  const bytes = Buffer.from(
    isNullish(input) ? '' : typeof input === 'string' ? input : stringOf(input, '$substrBytes'),
  );
  const from = wholeOf(start, 16034);
  const count = wholeOf(length, 16035);
  if (from < 0) throw new MongoError(50752, '$substrBytes: starting index must be non-negative');
  const end = count < 0 ? bytes.length : Math.min(bytes.length, from + count);
  const continues = (at: number): boolean => ((bytes[at] ?? 0) & 0xc0) === 0x80;
  if (from >= bytes.length) return '';
  if (continues(from))
    throw new MongoError(28656, '$substrBytes: Invalid range, starting index is a UTF-8 continuation byte.');
  if (continues(end))
    throw new MongoError(28657, '$substrBytes: Invalid range, ending index is in the middle of a UTF-8 character.');
  return bytes.toString('utf8', from, end);
}

const split = (text: Value | undefined, by: Value | undefined): Value | null => {
  if (isNullish(text) || isNullish(by)) return null;
  if (typeof text !== 'string' || typeof by !== 'string')
    throw new MongoError(40085, '$split requires string arguments');
  if (by === '') throw new MongoError(40087, '$split requires a non-empty separator');
  return text.split(by);
};

/** What $trim takes away when not told. */
const SPACES = [...'\0 \t\n\v\f\r\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a'];

const trim =
  (left: boolean, right: boolean): Compile =>
  (spec, name) => {
    const args = named(spec, name, ['input'], ['chars'], 50694);
    const input = compileExpression(args.get('input') as Value);
    const chars = args.has('chars') ? compileExpression(args.get('chars') as Value) : undefined;
    return (scope) => {
      const value = input(scope);
      if (isNullish(value)) return null;
      if (typeof value !== 'string') throw new MongoError(50699, `${name} requires its input to be a string`);
      const wanted = chars ? chars(scope) : undefined;
      if (chars && isNullish(wanted)) return null;
      if (chars && typeof wanted !== 'string') throw new MongoError(50700, `${name} requires 'chars' to be a string`);
      return trimmed(value, typeof wanted === 'string' ? [...wanted] : SPACES, left, right);
    };
  };

function trimmed(text: string, chars: readonly string[], left: boolean, right: boolean): string {
  const points = [...text];
  let [start, end] = [0, points.length];
  while (left && start < end && chars.includes(points[start] as string)) start++;
  while (right && end > start && chars.includes(points[end - 1] as string)) end--;
  return points.slice(start, end).join('');
}

const strLen =
  (measure: (text: string) => number, code: number): Compile =>
  (spec, name) =>
    fixed(1, ([value]) => {
      if (typeof value !== 'string') throw new MongoError(code, `${name} requires a string argument`);
      return int(measure(value));
    })(spec, name);

export const TEXT_OPERATORS: Readonly<Record<string, Compile>> = {
  $concat: variadic(concat),
  $toUpper: asciiCase(true),
  $toLower: asciiCase(false),
  $substrCP: fixed(3, substring),
  $substrBytes: fixed(3, substringBytes),
  $substr: fixed(3, substringBytes),
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
  $binarySize: fixed(1, ([value]) => {
    if (isNullish(value)) return null;
    if (typeof value === 'string') return int(Buffer.byteLength(value));
    if (value instanceof Binary) return int(value.position);
    throw new MongoError(51276, '$binarySize requires a string or BinData argument');
  }),
};
