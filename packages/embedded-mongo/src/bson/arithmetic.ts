import { exactly } from './compare.ts';
import { addExact, multiplyExact, type Special, toDecimal128 } from './decimal.ts';
import { Decimal128, Double, Int32, isLong, Long, type Numeric } from './types.ts';

const MIN_INT = -(2 ** 31);
const MAX_INT = 2 ** 31 - 1;
const MIN_LONG = -(2n ** 63n);
const MAX_LONG = 2n ** 63n - 1n;

/** The double nearest to a number. */
export const toNumber = (value: Numeric): number =>
  value instanceof Int32 || value instanceof Double ? value.value : Number(value.toString());

/** A whole result in the narrowest of the types it may have; `undefined` when it does not even fit 64 bits. */
export function wholeResult(value: bigint, wide: boolean): Int32 | Long | undefined {
  if (value < MIN_LONG || value > MAX_LONG) return undefined;
  if (!wide && value >= MIN_INT && value <= MAX_INT) return new Int32(Number(value));
  return Long.fromBigInt(value);
}

type Whole = (a: bigint, b: bigint) => bigint;
type Real = (a: number, b: number) => number;

/** Adds as MongoDB does: the result has the wider type; int overflows to long, long to double. */
export function add(a: Numeric, b: Numeric): Numeric {
  return combine(
    a,
    b,
    (x, y) => x + y,
    (x, y) => x + y,
    addExact,
  );
}

export function multiply(a: Numeric, b: Numeric): Numeric {
  return combine(
    a,
    b,
    (x, y) => x * y,
    (x, y) => x * y,
    multiplyExact,
  );
}

export function negate(value: Numeric): Numeric {
  if (value instanceof Int32) return wholeResult(-BigInt(value.value), false) ?? new Double(-value.value);
  if (value instanceof Double) return new Double(-value.value);
  if (value instanceof Decimal128) {
    const text = value.toString();
    return text === 'NaN' ? value : Decimal128.fromString(text.startsWith('-') ? text.slice(1) : `-${text}`);
  }
  return wholeResult(-value.toBigInt(), true) ?? new Double(-toNumber(value));
}

function combine(a: Numeric, b: Numeric, whole: Whole, real: Real, exact: typeof addExact): Numeric {
  if (a instanceof Decimal128 || b instanceof Decimal128) return decimal(a, b, real, exact);
  if (a instanceof Double || b instanceof Double) return new Double(real(toNumber(a), toNumber(b)));
  const result = whole(wholeOf(a), wholeOf(b));
  return wholeResult(result, isLong(a) || isLong(b)) ?? new Double(real(toNumber(a), toNumber(b)));
}

function decimal(a: Numeric, b: Numeric, real: Real, exact: typeof addExact): Decimal128 {
  const left = widened(a);
  const right = widened(b);
  if (typeof left === 'string' || typeof right === 'string') {
    // An infinity or NaN is involved: doubles follow the same rules.
    const result = real(toNumber(a), toNumber(b));
    return toDecimal128(String(result) as Special);
  }
  return toDecimal128(exact(left, right));
}

/** A double takes part in decimal arithmetic with its 15 significant digits, as MongoDB converts it. */
function widened(value: Numeric): ReturnType<typeof exactly> {
  return value instanceof Double && Number.isFinite(value.value)
    ? exactly(doubleToDecimal(value.value))
    : exactly(value);
}

function doubleToDecimal(value: number): Decimal128 {
  if (!Number.isFinite(value)) return Decimal128.fromString(String(value));
  return Decimal128.fromString(value.toPrecision(15));
}

const wholeOf = (value: Numeric): bigint => (isLong(value) ? value.toBigInt() : BigInt(toNumber(value)));

/** Adds up doubles with the error term of each addition kept (MongoDB's own summation). */
export class DoubleSum {
  private sum = 0;
  private rest = 0;
  private special = 0;

  add(value: number): void {
    this.special += value;
    const sum = this.sum + value;
    const part = sum - this.sum;
    this.rest += this.sum - (sum - part) + (value - part);
    this.sum = sum;
  }

  get value(): number {
    const total = this.sum + this.rest;
    return Number.isFinite(this.special) && Number.isFinite(total) ? total : this.special;
  }
}
