import { compareExact, type Exact, fromDecimal128, fromDouble, type Special } from './decimal.ts';
import {
  Binary,
  BSONRegExp,
  Code,
  canonicalType,
  Decimal128,
  type Doc,
  Double,
  Int32,
  isNumeric,
  type Numeric,
  ObjectId,
  Timestamp,
  type Value,
} from './types.ts';

/** Compares two strings; a collator's compare function, or the default order of UTF-8 bytes. */
export type CompareStrings = (a: string, b: string) => number;

/** UTF-8 byte order: UTF-16 code units differ from it only where surrogates meet the last units of the plane. */
export function compareUtf8(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const left = a.charCodeAt(i);
    const right = b.charCodeAt(i);
    if (left === right) continue;
    const leftSurrogate = left >= 0xd800 && left <= 0xdfff;
    const rightSurrogate = right >= 0xd800 && right <= 0xdfff;
    if (leftSurrogate !== rightSurrogate && left >= 0xd800 && right >= 0xd800) return leftSurrogate ? 1 : -1;
    return left < right ? -1 : 1;
  }
  return a.length < b.length ? -1 : 1;
}

/** MongoDB's order over all values, `undefined` being a missing field. */
export function compare(a: Value | undefined, b: Value | undefined, strings: CompareStrings = compareUtf8): number {
  const left = canonicalType(a);
  const right = canonicalType(b);
  if (left !== right) return left < right ? -1 : 1;
  if (a === undefined || b === undefined || a === null || b === null) return 0;
  if (isNumeric(a) && isNumeric(b)) return compareNumbers(a, b);
  if (typeof a === 'string' && typeof b === 'string') return strings(a, b);
  if (a instanceof Map && b instanceof Map) return compareDocs(a, b, strings);
  if (Array.isArray(a) && Array.isArray(b)) return compareArrays(a, b, strings);
  return compareScalars(a, b);
}

/** Equality in the same sense: 1, 1.0 and Long 1 are equal; field order counts. */
export function equal(a: Value | undefined, b: Value | undefined, strings: CompareStrings = compareUtf8): boolean {
  return compare(a, b, strings) === 0;
}

function compareScalars(a: Value, b: Value): number {
  if (typeof a === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b);
  if (a instanceof Date && b instanceof Date) return Math.sign(a.getTime() - b.getTime());
  if (a instanceof ObjectId && b instanceof ObjectId) return Buffer.compare(a.id, b.id);
  if (a instanceof Binary && b instanceof Binary) return compareBinary(a, b);
  if (a instanceof Timestamp && b instanceof Timestamp) return a.t - b.t || a.i - b.i;
  if (a instanceof BSONRegExp && b instanceof BSONRegExp)
    return compareUtf8(a.pattern, b.pattern) || compareUtf8(a.options, b.options);
  if (a instanceof Code && b instanceof Code) return compareUtf8(String(a.code), String(b.code));
  return 0;
}

function compareBinary(a: Binary, b: Binary): number {
  if (a.position !== b.position) return a.position < b.position ? -1 : 1;
  if (a.sub_type !== b.sub_type) return a.sub_type < b.sub_type ? -1 : 1;
  return Buffer.compare(a.buffer.subarray(0, a.position), b.buffer.subarray(0, b.position));
}

/** Field by field: type, then name, then value; a document that ends first is lower. */
function compareDocs(a: Doc, b: Doc, strings: CompareStrings): number {
  const right = b.entries();
  for (const [name, value] of a) {
    const next = right.next();
    if (next.done) return 1;
    const [otherName, other] = next.value;
    const order =
      canonicalType(value) - canonicalType(other) || compareUtf8(name, otherName) || compare(value, other, strings);
    if (order !== 0) return Math.sign(order);
  }
  return right.next().done ? 0 : -1;
}

function compareArrays(a: readonly Value[], b: readonly Value[], strings: CompareStrings): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const order = compare(a[i], b[i], strings);
    if (order !== 0) return order;
  }
  return Math.sign(a.length - b.length);
}

/** Exact comparison across the four numeric types; NaN is the lowest and equals itself. */
function compareNumbers(a: Numeric, b: Numeric): number {
  if (!(a instanceof Int32 || a instanceof Double) || !(b instanceof Int32 || b instanceof Double))
    return compareWide(a, b);
  const left = a.value;
  const right = b.value;
  if (left === right) return 0;
  if (Number.isNaN(left)) return Number.isNaN(right) ? 0 : -1;
  if (Number.isNaN(right)) return 1;
  return left < right ? -1 : 1;
}

const SPECIAL_RANK: Readonly<Record<Special, number>> = { NaN: -2, '-Infinity': -1, Infinity: 1 };

function compareWide(a: Numeric, b: Numeric): number {
  const left = exactly(a);
  const right = exactly(b);
  if (typeof left === 'string' || typeof right === 'string') {
    const rankLeft = typeof left === 'string' ? SPECIAL_RANK[left] : 0;
    const rankRight = typeof right === 'string' ? SPECIAL_RANK[right] : 0;
    return Math.sign(rankLeft - rankRight);
  }
  return compareExact(left, right);
}

/** The exact value of a number. */
export function exactly(value: Numeric): Exact | Special {
  if (value instanceof Int32) return { coefficient: BigInt(value.value), exponent: 0 };
  if (value instanceof Decimal128) return fromDecimal128(value);
  if (value instanceof Double) {
    if (Number.isNaN(value.value)) return 'NaN';
    if (!Number.isFinite(value.value)) return value.value > 0 ? 'Infinity' : '-Infinity';
    return fromDouble(value.value);
  }
  return { coefficient: value.toBigInt(), exponent: 0 };
}
