import { Decimal128 } from './types.ts';

/** A finite decimal number: coefficient × 10^exponent, exact. */
export type Exact = { readonly coefficient: bigint; readonly exponent: number };
export type Special = 'NaN' | 'Infinity' | '-Infinity';

const PRECISION = 34;
const MIN_EXPONENT = -6176;
const MAX_EXPONENT = 6111;

/** Reads "[-]digits[.digits][E±n]", NaN and ±Infinity; null for anything else. */
function parseDecimal(text: string): Exact | Special | null {
  if (text === 'NaN' || text === 'Infinity' || text === '-Infinity') return text;
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(text);
  const whole = match?.[2] ?? '';
  const fraction = match?.[3] ?? '';
  if (!match || whole + fraction === '') return null;
  const coefficient = BigInt(whole + fraction) * (match[1] === '-' ? -1n : 1n);
  return { coefficient, exponent: Number(match[4] ?? 0) - fraction.length };
}

export function fromDecimal128(value: Decimal128): Exact | Special {
  return parseDecimal(value.toString()) ?? 'NaN';
}

/** The exact decimal expansion of a finite double. */
export function fromDouble(value: number): Exact {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  const biased = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  const mantissa = (biased === 0 ? fraction : fraction | 0x10000000000000n) * (value < 0 ? -1n : 1n);
  const power = (biased === 0 ? 1 : biased) - 1075;
  if (power >= 0) return { coefficient: mantissa << BigInt(power), exponent: 0 };
  return { coefficient: mantissa * 5n ** BigInt(-power), exponent: power };
}

const pow10 = (n: number): bigint => 10n ** BigInt(n);
const digits = (n: bigint): number => (n < 0n ? -n : n).toString().length;

/** Compares exactly. Magnitudes far apart are told by their digits, so that 1E6000 never becomes a huge integer. */
export function compareExact(a: Exact, b: Exact): number {
  const signA = a.coefficient === 0n ? 0 : a.coefficient < 0n ? -1 : 1;
  const signB = b.coefficient === 0n ? 0 : b.coefficient < 0n ? -1 : 1;
  if (signA !== signB) return signA < signB ? -1 : 1;
  if (signA === 0) return 0;
  const magnitudeA = digits(a.coefficient) + a.exponent;
  const magnitudeB = digits(b.coefficient) + b.exponent;
  if (magnitudeA !== magnitudeB) return magnitudeA < magnitudeB === signA > 0 ? -1 : 1;
  const low = Math.min(a.exponent, b.exponent);
  const left = a.coefficient * pow10(a.exponent - low);
  const right = b.coefficient * pow10(b.exponent - low);
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Divides and rounds half to even. */
function divideHalfEven(value: bigint, by: bigint): bigint {
  const quotient = value / by;
  const rest = value - quotient * by;
  const twice = (rest < 0n ? -rest : rest) * 2n;
  const up = twice > by || (twice === by && quotient % 2n !== 0n);
  return up ? quotient + (value < 0n ? -1n : 1n) : quotient;
}

/** Rounds to the 34 digits and the exponent range of IEEE 754 decimal128. */
export function toDecimal128(value: Exact | Special): Decimal128 {
  if (typeof value === 'string') return Decimal128.fromString(value);
  let { coefficient, exponent } = value;
  const excess = Math.max(digits(coefficient) - PRECISION, MIN_EXPONENT - exponent, 0);
  if (excess > 0 && coefficient !== 0n) {
    coefficient = excess > 7000 ? 0n : divideHalfEven(coefficient, pow10(excess));
    exponent += excess;
    if (digits(coefficient) > PRECISION) return toDecimal128({ coefficient, exponent });
  }
  if (coefficient === 0n) exponent = Math.min(Math.max(exponent, MIN_EXPONENT), MAX_EXPONENT);
  if (exponent > MAX_EXPONENT) {
    const pad = exponent - MAX_EXPONENT;
    if (digits(coefficient) + pad > PRECISION)
      return Decimal128.fromString(coefficient < 0n ? '-Infinity' : 'Infinity');
    coefficient *= pow10(pad);
    exponent = MAX_EXPONENT;
  }
  return Decimal128.fromString(`${coefficient}E${exponent}`);
}

export function addExact(a: Exact, b: Exact): Exact {
  // Beyond 100 digits apart the smaller one cannot reach the 34 kept digits except as a rounding tie, never here.
  if (a.coefficient === 0n || b.coefficient === 0n) return addZero(a, b);
  const [high, low] = a.exponent >= b.exponent ? [a, b] : [b, a];
  const gap = high.exponent - low.exponent;
  if (gap > digits(low.coefficient) + 100) {
    const nudge = low.coefficient < 0n ? -1n : 1n;
    return { coefficient: high.coefficient * pow10(100) + nudge, exponent: high.exponent - 100 };
  }
  return { coefficient: high.coefficient * pow10(gap) + low.coefficient, exponent: low.exponent };
}

function addZero(a: Exact, b: Exact): Exact {
  const [other, zero] = a.coefficient === 0n ? [b, a] : [a, b];
  const gap = other.exponent - zero.exponent;
  if (gap <= 0) return other;
  // The ideal exponent of a sum is the lower one, as far as 34 digits allow.
  const room = other.coefficient === 0n ? gap : Math.min(gap, Math.max(0, PRECISION - digits(other.coefficient)));
  return { coefficient: other.coefficient * pow10(room > 6200 ? 0 : room), exponent: other.exponent - room };
}

export function multiplyExact(a: Exact, b: Exact): Exact {
  return { coefficient: a.coefficient * b.coefficient, exponent: a.exponent + b.exponent };
}
