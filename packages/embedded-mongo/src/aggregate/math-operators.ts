import { toNumber } from '../bson/arithmetic.ts';
import { exactly } from '../bson/compare.ts';
import { type Exact, toDecimal128 } from '../bson/decimal.ts';
import {
  Decimal128,
  Double,
  Int32,
  isLong,
  isNullish,
  isNumeric,
  Long,
  type Numeric,
  Timestamp,
  type Value,
} from '../bson/types.ts';
import { MongoError, notSupported } from '../errors.ts';
import { wholeNumber } from '../query/leaf.ts';
import { type Compile, fixed, operands, variadic } from './arguments.ts';
import { typeName } from './array-operators.ts';
import { doubleIn34Digits, nearestDouble, quantized, type Rounding } from './decimal-math.ts';

function numeric(value: Value, name: string, code: number): Numeric {
  if (isNumeric(value)) return value;
  throw new MongoError(code, `${name} only supports numeric types, not ${typeName(value)}`);
}

const isSpecial = (value: Numeric): boolean => typeof exactly(value) === 'string';

/** A whole number that fits 64 bits, in the type of the operand or wider. */
function asWhole(value: bigint, like: Numeric, name: string): Numeric {
  if (value > 2n ** 63n - 1n || value < -(2n ** 63n))
    throw new MongoError(51080, `invalid conversion from Decimal128 result in ${name}`);
  const fits = value >= -(2n ** 31n) && value < 2n ** 31n;
  return isLong(like) || !fits ? Long.fromBigInt(value) : new Int32(Number(value));
}

function placesOf(value: Value, name: string): number {
  const places = isNumeric(value) ? wholeNumber(value) : undefined;
  if (places === undefined) throw new MongoError(51082, `precision argument to ${name} must be a integral value`);
  if (places < -20 || places > 100)
    throw new MongoError(51083, `cannot apply ${name} with precision value ${places} value must be in [-20, 100]`);
  return places;
}

/** Rounds at a decimal place: halves to even, or towards zero. Doubles are rounded by their exact value in 34 digits. */
function atPlace(value: Numeric, places: number, mode: Rounding, name: string): Numeric {
  if (isSpecial(value)) return value;
  if (value instanceof Decimal128) return toDecimal128(quantized(exactly(value) as Exact, -places, mode));
  if (value instanceof Double) {
    const rounded = nearestDouble(quantized(doubleIn34Digits(value.value), -places, mode));
    return new Double(rounded === 0 && (value.value < 0 || Object.is(value.value, -0)) ? -0 : rounded);
  }
  if (places >= 0) return value;
  const { coefficient, exponent } = quantized(exactly(value) as Exact, -places, mode);
  return asWhole(coefficient * 10n ** BigInt(exponent), value, name);
}

const rounding =
  (mode: Rounding): Compile =>
  (spec, name) => {
    const list = operands(spec, name, 1, 2);
    return (scope) => {
      const [value, place] = list.map((evaluate) => evaluate(scope));
      if (isNullish(value)) return null;
      const number = numeric(value, name, 51081);
      if (list.length === 2 && isNullish(place)) return null;
      return atPlace(number, list.length === 2 ? placesOf(place as Value, name) : 0, mode, name);
    };
  };

const toInteger = (mode: 'down' | 'up'): Compile =>
  fixed(1, ([value], _scope, name) => {
    if (isNullish(value)) return null;
    const number = numeric(value, name, 28765);
    if (number instanceof Double)
      return new Double(mode === 'down' ? Math.floor(number.value) : Math.ceil(number.value));
    return number instanceof Decimal128 ? atPlace(number, 0, mode, name) : number;
  });

const squareRoot = (value: Value | undefined, name: string): Value | null => {
  if (isNullish(value)) return null;
  const number = numeric(value, name, 28765);
  if (number instanceof Decimal128) throw notSupported('$sqrt of a decimal');
  if (toNumber(number) < 0) throw new MongoError(28714, "$sqrt's argument must be greater than or equal to 0");
  return new Double(Math.sqrt(toNumber(number)));
};

/** Whole powers of whole numbers; everything else would depend on the mathematics library of the machine. */
const power = (base: Value | undefined, exponent: Value | undefined): Value | null => {
  if (isNullish(base) || isNullish(exponent)) return null;
  if (!isNumeric(base)) throw new MongoError(28762, `$pow's base must be numeric, not ${typeName(base)}`);
  if (!isNumeric(exponent)) throw new MongoError(28763, `$pow's exponent must be numeric, not ${typeName(exponent)}`);
  if (toNumber(base) === 0 && toNumber(exponent) < 0)
    throw new MongoError(28764, '$pow cannot take a base of 0 and a negative exponent');
  const isWhole = (value: Numeric): boolean => value instanceof Int32 || isLong(value);
  const times = wholeNumber(exponent);
  if (!isWhole(base) || !isWhole(exponent) || times === undefined || times < 0 || times > 200)
    throw notSupported('$pow of anything but whole numbers');
  const result = BigInt(base.toString()) ** BigInt(times);
  if (result > 2n ** 63n - 1n || result < -(2n ** 63n)) throw notSupported('$pow beyond 64 bits');
  const isWide = isLong(base) || isLong(exponent) || result >= 2n ** 31n || result < -(2n ** 31n);
  return isWide ? Long.fromBigInt(result) : new Int32(Number(result));
};

const bitwise = (combine: (a: bigint, b: bigint) => bigint, start: bigint): Compile =>
  variadic((values, _scope, name) => {
    let result = start;
    let wide = false;
    let isNull = false;
    for (const value of values) {
      if (isNullish(value)) isNull = true;
      else if (value instanceof Int32 || isLong(value)) {
        wide ||= isLong(value);
        result = combine(result, BigInt(value.toString()));
      } else throw new MongoError('TypeMismatch', `${name} only supports int and long operands.`);
    }
    if (isNull) return null;
    return wide ? Long.fromBigInt(result) : new Int32(Number(result));
  });

const bitNot = (value: Value | undefined): Value | null => {
  if (isNullish(value)) return null;
  if (value instanceof Int32) return new Int32(~value.value);
  if (isLong(value)) return Long.fromBigInt(~value.toBigInt());
  throw new MongoError('TypeMismatch', `$bitNot only supports int and long, not ${typeName(value)}`);
};

const ofTimestamp = (part: (value: Timestamp) => number, code: number): Compile =>
  fixed(1, ([value], _scope, name) => {
    if (isNullish(value)) return null;
    if (!(value instanceof Timestamp))
      throw new MongoError(code, `Argument to ${name} must be a timestamp, but is ${typeName(value)}`);
    return Long.fromNumber(part(value));
  });

const random: Compile = (spec, name) => {
  operands(spec === null || !Array.isArray(spec) ? [] : spec, name, 0, 0);
  return () => new Double(Math.random());
};

export const MATH_OPERATORS: Readonly<Record<string, Compile>> = {
  $round: rounding('halfEven'),
  $trunc: rounding('zero'),
  $floor: toInteger('down'),
  $ceil: toInteger('up'),
  $sqrt: fixed(1, ([value], _scope, name) => squareRoot(value, name)),
  $pow: fixed(2, ([base, exponent]) => power(base, exponent)),
  $bitAnd: bitwise((a, b) => a & b, -1n),
  $bitOr: bitwise((a, b) => a | b, 0n),
  $bitXor: bitwise((a, b) => a ^ b, 0n),
  $bitNot: fixed(1, ([value]) => bitNot(value)),
  $tsSecond: ofTimestamp(({ t }) => t, 5687301),
  $tsIncrement: ofTimestamp(({ i }) => i, 5687302),
  $rand: random,
};
