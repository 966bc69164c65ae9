// The slow and obvious order of values that the product's is compared with. It shares nothing with it but the types.
import {
  Binary,
  Code,
  Decimal128,
  Double,
  Int32,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
  type Value,
} from '../../src/bson/types.ts';

export type Missing = Value | undefined;

/** The types from the lowest to the highest; the first that holds is the one. */
const TYPES: readonly ((value: Missing) => boolean)[] = [
  (value) => value instanceof MinKey,
  (value) => value === undefined,
  (value) => value === null,
  isNumber,
  (value) => typeof value === 'string',
  (value) => value instanceof Map,
  (value) => Array.isArray(value),
  (value) => value instanceof Binary,
  (value) => value instanceof ObjectId,
  (value) => typeof value === 'boolean',
  (value) => value instanceof Date,
  (value) => value instanceof Timestamp,
  (value) => typeof value === 'object' && value !== null && '_bsontype' in value && value._bsontype === 'BSONRegExp',
  (value) => value instanceof Code,
  (value) => value instanceof MaxKey,
];

export function isNumber(value: Missing): value is Int32 | Double | Long | Decimal128 {
  if (value instanceof Timestamp) return false;
  return value instanceof Int32 || value instanceof Double || value instanceof Long || value instanceof Decimal128;
}

export const typeRank = (value: Missing): number => TYPES.findIndex((holds) => holds(value));

export function compareValues(a: Missing, b: Missing): number {
  if (typeRank(a) !== typeRank(b)) return typeRank(a) < typeRank(b) ? -1 : 1;
  if (isNumber(a) && isNumber(b)) return compareNumbers(a, b);
  if (typeof a === 'string' && typeof b === 'string') return Buffer.compare(Buffer.from(a), Buffer.from(b));
  if (a instanceof Map && b instanceof Map) return compareFields([...a], [...b]);
  if (Array.isArray(a) && Array.isArray(b)) {
    const pairs = (list: Value[]) => list.map((item): [string, Value] => ['', item]);
    return compareFields(pairs(a), pairs(b));
  }
  return compareRest(a, b);
}

function compareRest(a: Missing, b: Missing): number {
  if (typeof a === 'boolean' && typeof b === 'boolean') return a === b ? 0 : a ? 1 : -1;
  if (a instanceof Date && b instanceof Date) return sign(BigInt(a.getTime()) - BigInt(b.getTime()));
  if (a instanceof ObjectId && b instanceof ObjectId) return Buffer.compare(Buffer.from(a.id), Buffer.from(b.id));
  if (a instanceof Timestamp && b instanceof Timestamp)
    return sign((BigInt(a.t) << 32n) + BigInt(a.i) - ((BigInt(b.t) << 32n) + BigInt(b.i)));
  if (a instanceof Binary && b instanceof Binary) return Buffer.compare(binaryBytes(a), binaryBytes(b));
  const text = (value: Missing): string => JSON.stringify(value);
  return text(a) === text(b) ? 0 : text(a) < text(b) ? -1 : 1;
}

/** Length, subtype and content in one: their order is the order of binaries. */
function binaryBytes(value: Binary): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(value.position);
  return Buffer.concat([length, Buffer.from([value.sub_type]), Buffer.from(value.buffer.subarray(0, value.position))]);
}

function compareFields(a: [string, Value][], b: [string, Value][]): number {
  const [first, ...restA] = a;
  const [second, ...restB] = b;
  if (!first || !second) return a.length - b.length;
  if (typeRank(first[1]) !== typeRank(second[1])) return typeRank(first[1]) - typeRank(second[1]);
  if (first[0] !== second[0]) return Buffer.compare(Buffer.from(first[0]), Buffer.from(second[0]));
  return compareValues(first[1], second[1]) || compareFields(restA, restB);
}

const sign = (value: bigint): number => (value < 0n ? -1 : value > 0n ? 1 : 0);

type Fraction = { readonly top: bigint; readonly bottom: bigint };

function compareNumbers(a: Missing, b: Missing): number {
  const specials = ['NaN', '-Infinity', 'finite', 'Infinity'];
  const [x, y] = [String(a), String(b)].map((text) => (specials.includes(text) ? text : 'finite')) as [string, string];
  if (x !== 'finite' || y !== 'finite') return specials.indexOf(x) - specials.indexOf(y);
  const [left, right] = [fraction(a), fraction(b)];
  return sign(left.top * right.bottom - right.top * left.bottom);
}

function fraction(value: Missing): Fraction {
  if (!(value instanceof Double)) return decimalFraction(String(value));
  let { value: top } = value;
  let bottom = 1n;
  while (!Number.isInteger(top)) {
    top *= 2;
    bottom *= 2n;
  }
  return { top: BigInt(top), bottom };
}

function decimalFraction(text: string): Fraction {
  const [digits = '', exponent = '0'] = text.split('E');
  const [whole = '', part = ''] = digits.split('.');
  const power = Number(exponent) - part.length;
  const top = BigInt(whole + part);
  return power >= 0 ? { top: top * 10n ** BigInt(power), bottom: 1n } : { top, bottom: 10n ** BigInt(-power) };
}

export const same = (a: Missing, b: Missing): boolean => compareValues(a, b) === 0;
