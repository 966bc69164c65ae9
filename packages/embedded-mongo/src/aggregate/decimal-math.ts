import { toNumber } from '../bson/arithmetic.ts';
import { exactly } from '../bson/compare.ts';
import { type Exact, fromDouble, type Special, toDecimal128 } from '../bson/decimal.ts';
import { Decimal128, Double, type Numeric } from '../bson/types.ts';
import { notSupported } from '../errors.ts';

const PRECISION = 34;
const pow10 = (n: number): bigint => 10n ** BigInt(n);
const magnitude = (n: bigint): bigint => (n < 0n ? -n : n);
const digitsOf = (n: bigint): number => magnitude(n).toString().length;

/** A number as decimal; a double with its 15 significant digits, as MongoDB converts it. */
export function toDecimal(value: Numeric): Decimal128 {
  if (value instanceof Decimal128) return value;
  if (!(value instanceof Double)) return Decimal128.fromString(value.toString());
  if (!Number.isFinite(value.value)) return Decimal128.fromString(String(value.value));
  return Decimal128.fromString(value.value.toPrecision(15));
}

/** a / b by IEEE 754 decimal128: the exact quotient rounded half to even at 34 digits. `b` is not zero. */
export function divideDecimal(a: Numeric, b: Numeric): Decimal128 {
  const left = exactly(toDecimal(a));
  const right = exactly(toDecimal(b));
  if (typeof left === 'string' || typeof right === 'string')
    return toDecimal128(specialText(toNumber(a) / toNumber(b)));
  return toDecimal128(quotient(left, right));
}

const specialText = (value: number): Special | Exact =>
  Number.isFinite(value) ? { coefficient: 0n, exponent: -6176 } : (String(value) as Special);

function quotient(a: Exact, b: Exact): Exact {
  const ideal = a.exponent - b.exponent;
  if (a.coefficient === 0n) return { coefficient: 0n, exponent: ideal };
  // Enough digits that what is left over only tells whether the quotient was exact.
  const shift = Math.max(0, PRECISION + 2 + digitsOf(b.coefficient) - digitsOf(a.coefficient));
  const scaled = a.coefficient * pow10(shift);
  const whole = scaled / b.coefficient;
  if (scaled % b.coefficient !== 0n) {
    const nudge = scaled < 0n === b.coefficient < 0n ? 1n : -1n;
    return { coefficient: whole * 10n + nudge, exponent: ideal - shift - 1 };
  }
  return towards(whole, ideal - shift, ideal);
}

/** Drops trailing zeros until the exponent is the wanted one. */
function towards(coefficient: bigint, exponent: number, ideal: number): Exact {
  let [value, power] = [coefficient, exponent];
  while (power < ideal && value % 10n === 0n) {
    value /= 10n;
    power++;
  }
  return { coefficient: value, exponent: power };
}

export type Rounding = 'halfEven' | 'zero' | 'down' | 'up';

function roundedQuotient(value: bigint, by: bigint, mode: Rounding): bigint {
  const whole = value / by;
  const rest = value - whole * by;
  if (rest === 0n || mode === 'zero') return whole;
  const step = value < 0n ? -1n : 1n;
  if (mode === 'down') return value < 0n ? whole - 1n : whole;
  if (mode === 'up') return value < 0n ? whole : whole + 1n;
  const twice = magnitude(rest) * 2n;
  return twice > by || (twice === by && whole % 2n !== 0n) ? whole + step : whole;
}

/** The number with the given exponent, e.g. -2 for two decimals. More than 34 digits have no decimal128. */
export function quantized(value: Exact, exponent: number, mode: Rounding): Exact {
  const gap = exponent - value.exponent;
  const coefficient =
    gap <= 0
      ? value.coefficient * pow10(Math.min(-gap, 7000))
      : roundedQuotient(value.coefficient, pow10(Math.min(gap, 7000)), mode);
  if (digitsOf(coefficient) > PRECISION) throw notSupported('rounding to more than 34 digits');
  return { coefficient, exponent };
}

/** The exact value of a double cut to 34 digits. */
export function doubleIn34Digits(value: number): Exact {
  const exact = fromDouble(value);
  const excess = digitsOf(exact.coefficient) - PRECISION;
  if (excess <= 0) return exact;
  return {
    coefficient: roundedQuotient(exact.coefficient, pow10(excess), 'halfEven'),
    exponent: exact.exponent + excess,
  };
}

/** The double nearest to an exact decimal. */
export const nearestDouble = ({ coefficient, exponent }: Exact): number => Number(`${coefficient}e${exponent}`);
