import { Binary, BSONRegExp, Code, Decimal128, Double, Int32, Long, MaxKey, MinKey, ObjectId, Timestamp } from 'bson';

export { Binary, BSONRegExp, Code, Decimal128, Double, Int32, Long, MaxKey, MinKey, ObjectId, Timestamp };

/** A document. A Map, because a plain object would move integer-like names to the front. */
export type Doc = Map<string, Value>;

/** A value exactly as BSON types it; `undefined` stands for a missing field wherever that can happen. */
export type Value =
  | null
  | boolean
  | string
  | Date
  | Int32
  | Double
  | Long
  | Decimal128
  | ObjectId
  | Binary
  | BSONRegExp
  | Timestamp
  | MinKey
  | MaxKey
  | Code
  | Raw
  | Doc
  | Value[];

/** An already encoded document, written as it is. It appears in replies and among the documents of an insert only. */
export class Raw {
  readonly kind = 'raw';
  readonly bytes: Uint8Array;
  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }
}

export type Numeric = Int32 | Double | Long | Decimal128;

/** BSON type numbers and the aliases that $type accepts. */
export const TYPE_ALIASES: Readonly<Record<string, number>> = {
  double: 1,
  string: 2,
  object: 3,
  array: 4,
  binData: 5,
  undefined: 6,
  objectId: 7,
  bool: 8,
  date: 9,
  null: 10,
  regex: 11,
  dbPointer: 12,
  javascript: 13,
  symbol: 14,
  javascriptWithScope: 15,
  int: 16,
  timestamp: 17,
  long: 18,
  decimal: 19,
  minKey: -1,
  maxKey: 127,
};

const ALIAS_BY_CODE = new Map(Object.entries(TYPE_ALIASES).map(([alias, code]) => [code, alias]));

/** The alias of a BSON type number. */
export const aliasOf = (code: number): string => ALIAS_BY_CODE.get(code) ?? String(code);

const CODE_BY_CLASS: Readonly<Record<string, number>> = {
  Double: 1,
  Binary: 5,
  ObjectId: 7,
  BSONRegExp: 11,
  Code: 13,
  Int32: 16,
  Timestamp: 17,
  Long: 18,
  Decimal128: 19,
  MinKey: -1,
  MaxKey: 127,
};

/** The BSON type number of a value (Int32 16, Double 1, …). */
export function typeCode(value: Value): number {
  if (typeof value === 'string') return 2;
  if (typeof value === 'boolean') return 8;
  if (value === null) return 10;
  if (value instanceof Map || value instanceof Raw) return 3;
  if (Array.isArray(value)) return 4;
  if (value instanceof Date) return 9;
  return CODE_BY_CLASS[value._bsontype] ?? 3;
}

const CANONICAL: Readonly<Record<number, number>> = {
  [-1]: 1,
  10: 5,
  1: 10,
  16: 10,
  18: 10,
  19: 10,
  2: 15,
  3: 20,
  4: 25,
  5: 30,
  7: 35,
  8: 40,
  9: 45,
  17: 47,
  11: 50,
  13: 60,
  127: 127,
};

/** A value's place in MongoDB's order of types: all numbers share one, a missing field comes just before null. */
export function canonicalType(value: Value | undefined): number {
  return value === undefined ? 3 : (CANONICAL[typeCode(value)] ?? 20);
}

export const isDoc = (value: Value | undefined): value is Doc => value instanceof Map;
export const isLong = (value: Value | undefined): value is Long =>
  value instanceof Long && !(value instanceof Timestamp);
export const isNumeric = (value: Value | undefined): value is Numeric =>
  value instanceof Int32 || value instanceof Double || value instanceof Decimal128 || isLong(value);
export const isNullish = (value: Value | undefined): value is null | undefined => value === undefined || value === null;

/** Builds a document from pairs given as an object; names must not look like integers. */
export function doc(fields: Readonly<Record<string, Value | undefined>>): Doc {
  const result: Doc = new Map();
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) result.set(name, value);
  return result;
}

export const int = (value: number): Int32 => new Int32(value);

/** A deep copy of containers; scalars are never changed in place and are shared. */
export function clone<T extends Value>(value: T): T;
export function clone(value: Value): Value {
  if (value instanceof Map) {
    const copy: Doc = new Map();
    for (const [name, item] of value) copy.set(name, clone(item));
    return copy;
  }
  return Array.isArray(value) ? value.map((item) => clone(item)) : value;
}
