import { createHash } from 'node:crypto';
import { exactly } from './compare.ts';
import { compareExact, type Exact, fromDouble } from './decimal.ts';
import {
  Binary,
  BSONRegExp,
  Code,
  canonicalType,
  Double,
  Int32,
  isNumeric,
  type Numeric,
  ObjectId,
  Timestamp,
  type Value,
} from './types.ts';

/**
 * A key: a string whose code units are bytes, so that `<` on keys is memcmp. Encoded values compare as MongoDB
 * compares the values, and no encoded value is a prefix of another one's.
 */
export type Key = string;

const scratch = Buffer.alloc(8);
const char = String.fromCharCode;
const OBJECT_ID = 35;

/** Encodes a value; `undefined` (missing) is the caller's to map to null where MongoDB does. */
export function encodeKey(value: Value | undefined): Key {
  return char(canonicalType(value)) + payload(value);
}

/** The key of an ObjectId whose bytes are given. */
export const objectIdKey = (bytes: Key): Key => char(OBJECT_ID) + bytes;

/** The same in reverse order. */
export function invert(key: Key): Key {
  const bytes = Buffer.from(key, 'latin1');
  for (let i = 0; i < bytes.length; i++) bytes[i] = 255 - (bytes[i] ?? 0);
  return bytes.toString('latin1');
}

function payload(value: Value | undefined): Key {
  if (value === undefined || value === null) return '';
  if (isNumeric(value)) return numberKey(value);
  if (typeof value === 'string') return textKey(value);
  if (value instanceof ObjectId) return latin1(value.id);
  if (typeof value === 'boolean') return value ? '\x01' : '\x00';
  if (value instanceof Date) return dateKey(value.getTime());
  if (value instanceof Map) return documentKey(value);
  if (Array.isArray(value)) return `${value.map(encodeKey).join('')}\x00`;
  if (value instanceof Binary)
    return u32(value.position) + char(value.sub_type) + latin1(value.buffer.subarray(0, value.position));
  if (value instanceof Timestamp) return u32(value.t) + u32(value.i);
  if (value instanceof BSONRegExp) return textKey(value.pattern) + textKey(value.options);
  if (value instanceof Code) return textKey(String(value.code));
  return '';
}

function documentKey(value: ReadonlyMap<string, Value>): Key {
  let key = '';
  for (const [name, item] of value) key += char(canonicalType(item)) + textKey(name) + payload(item);
  return `${key}\x00`;
}

const latin1 = (bytes: Uint8Array): Key =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');

// A zero byte inside a text becomes 00 FF, the end is 00 01: an end is lower than any continuation.
function textKey(text: string): Key {
  const bytes = /[\u0080-\uffff]/.test(text) ? Buffer.from(text, 'utf8').toString('latin1') : text;
  return `${bytes.includes('\x00') ? bytes.replaceAll('\x00', '\x00\xff') : bytes}\x00\x01`;
}

export function u32(value: number): Key {
  return char((value >>> 24) & 255, (value >>> 16) & 255, (value >>> 8) & 255, value & 255);
}

/** A non-negative safe integer in eight bytes. */
export function u64(value: number): Key {
  return u32(Math.floor(value / 0x100000000)) + u32(value);
}

function dateKey(ms: number): Key {
  scratch.writeBigUInt64BE(BigInt.asUintN(64, BigInt(ms) ^ (1n << 63n)));
  return scratch.toString('latin1', 0, 8);
}

/** IEEE bits made order-preserving: the sign bit is flipped, negative numbers are inverted. */
function doubleKey(value: number): Key {
  scratch.writeDoubleBE(value === 0 ? 0 : value);
  if ((scratch[0] ?? 0) & 0x80) for (let i = 0; i < 8; i++) scratch[i] = 255 - (scratch[i] ?? 0);
  else scratch[0] = (scratch[0] ?? 0) | 0x80;
  return scratch.toString('latin1', 0, 8);
}

// 00 = NaN · 01 <floor as double> 00 = exactly that double · 01 <floor> 01 <exact decimal> = between it and the next.
function numberKey(value: Numeric): Key {
  if (value instanceof Int32) return `\x01${doubleKey(value.value)}\x00`;
  if (value instanceof Double) return Number.isNaN(value.value) ? '\x00' : `\x01${doubleKey(value.value)}\x00`;
  const exact = exactly(value);
  if (exact === 'NaN') return '\x00';
  if (typeof exact === 'string') return `\x01${doubleKey(Number(exact))}\x00`;
  const floor = floorDouble(exact);
  const isExact = Number.isFinite(floor) && compareExact(fromDouble(floor), exact) === 0;
  return `\x01${doubleKey(floor)}${isExact ? '\x00' : `\x01${decimalKey(exact)}`}`;
}

/** The largest double that is not above the number. */
function floorDouble(exact: Exact): number {
  const nearest = Number(`${exact.coefficient}e${exact.exponent}`);
  if (nearest === Number.POSITIVE_INFINITY) return Number.MAX_VALUE;
  if (nearest === Number.NEGATIVE_INFINITY || compareExact(fromDouble(nearest), exact) <= 0) return nearest;
  return nextBelow(nearest);
}

function nextBelow(value: number): number {
  if (value === 0) return -Number.MIN_VALUE;
  scratch.writeDoubleBE(value);
  const bits = scratch.readBigUInt64BE();
  scratch.writeBigUInt64BE(value > 0 ? bits - 1n : bits + 1n);
  return scratch.readDoubleBE();
}

/** Magnitude (place of the first digit), then the digits without trailing zeros; inverted for negative numbers. */
function decimalKey(exact: Exact): Key {
  const negative = exact.coefficient < 0n;
  const all = (negative ? -exact.coefficient : exact.coefficient).toString();
  const magnitude = all.length + exact.exponent + 0x8000;
  const key = `${char(magnitude >> 8)}${char(magnitude & 0xff)}${all.replace(/0+$/, '')}\x00`;
  return negative ? invert(key) : key;
}

/** LMDB takes keys of at most 1 978 bytes; longer ones keep their head and end in a digest of the whole. */
const MAX_KEY = 1900;

/** Shortens a key that the store could not take. A shortened key orders by its head only: check the document again. */
export function bounded(key: Key): { key: Key; cut: boolean } {
  if (key.length <= MAX_KEY) return { key, cut: false };
  const digest = createHash('sha256').update(Buffer.from(key, 'latin1')).digest().toString('latin1');
  return { key: key.slice(0, MAX_KEY - 32) + digest, cut: true };
}

/** The first key after all keys that begin with the given one. */
export function after(prefix: Key): Key {
  let end = prefix.length;
  while (end > 0 && prefix.charCodeAt(end - 1) === 0xff) end--;
  if (end === 0) return '\xff'.repeat(prefix.length + 1);
  return prefix.slice(0, end - 1) + char(prefix.charCodeAt(end - 1) + 1);
}
