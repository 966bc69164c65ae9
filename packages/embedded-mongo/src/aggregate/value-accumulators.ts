import { add, DoubleSum, toNumber, wholeResult } from '../bson/arithmetic.ts';
import { compare, equal } from '../bson/compare.ts';
import { encodeKey } from '../bson/key.ts';
import {
  Decimal128,
  type Doc,
  Double,
  Int32,
  isLong,
  isNullish,
  isNumeric,
  Long,
  type Numeric,
  type Value,
} from '../bson/types.ts';
import { notSupported } from '../errors.ts';
import type { Collation } from '../query/collation.ts';
import { type Held, sizeOf } from '../query/execution.ts';
import { divideDecimal } from './decimal-math.ts';
import { mergeInto } from './object-operators.ts';

/** Gathers values. */
type Accumulator = { add(value: Value | undefined): void; result(): Value | undefined };
export type NewAccumulator = (collation: Collation, held?: Held) => Accumulator;

/** Adds up numbers of any type and remembers how many there were; other values are ignored. */
class Total {
  count = 0;
  private whole = 0n;
  private wide = false;
  private real: DoubleSum | undefined;
  private decimal: Numeric | undefined;

  add(value: Value | undefined): void {
    if (!isNumeric(value)) return;
    this.count++;
    if (value instanceof Decimal128) this.decimal = add(this.decimal ?? new Int32(0), value);
    else if (value instanceof Double) {
      this.real ??= new DoubleSum();
      this.real.add(value.value);
    } else {
      this.wide ||= isLong(value);
      this.whole += BigInt(value.toString());
    }
  }

  sum(): Numeric {
    const whole = wholeResult(this.whole, this.wide);
    if (this.decimal) {
      if (this.real) throw notSupported('the sum of decimals and doubles');
      return whole ? add(this.decimal, whole) : this.decimal;
    }
    if (!this.real) return whole ?? new Double(Number(this.whole));
    const sum = new DoubleSum();
    sum.add(this.real.value);
    sum.add(Number(this.whole));
    return new Double(sum.value);
  }
}

const sum: NewAccumulator = () => {
  const total = new Total();
  return { add: (value) => total.add(value), result: () => total.sum() };
};

const average: NewAccumulator = () => {
  const total = new Total();
  return {
    add: (value) => total.add(value),
    result: () => {
      if (total.count === 0) return null;
      const all = total.sum();
      if (all instanceof Decimal128) return divideDecimal(all, Long.fromNumber(total.count));
      return new Double(toNumber(all) / total.count);
    },
  };
};

const extreme =
  (wanted: -1 | 1): NewAccumulator =>
  (collation) => {
    let best: Value | undefined;
    return {
      add: (value) => {
        if (isNullish(value)) return;
        if (best === undefined || Math.sign(compare(value, best, collation.compare)) === wanted) best = value;
      },
      result: () => best ?? null,
    };
  };

const first: NewAccumulator = () => {
  let seen = false;
  let kept: Value | undefined;
  return {
    add: (value) => {
      if (!seen) kept = value;
      seen = true;
    },
    result: () => kept ?? null,
  };
};

const last: NewAccumulator = () => {
  let kept: Value | undefined;
  return {
    add: (value) => {
      kept = value;
    },
    result: () => kept ?? null,
  };
};

const push: NewAccumulator = (_collation, held) => {
  const list: Value[] = [];
  return {
    add: (value) => {
      if (value === undefined) return;
      held?.add(sizeOf(value));
      list.push(value);
    },
    result: () => list,
  };
};

const addToSet: NewAccumulator = (collation, held) => {
  const list: Value[] = [];
  const keys = new Set<string>();
  const isKnown = (value: Value): boolean => {
    if (!collation.simple) return list.some((item) => equal(item, value, collation.compare));
    const before = keys.size;
    return keys.add(encodeKey(value)).size === before;
  };
  return {
    add: (value) => {
      if (value === undefined || isKnown(value)) return;
      held?.add(sizeOf(value));
      list.push(value);
    },
    result: () => list,
  };
};

/** The spread of numbers around their mean, by Welford's method in doubles. */
const deviation =
  (least: 1 | 2): NewAccumulator =>
  () => {
    let count = 0;
    let mean = 0;
    let squares = 0;
    return {
      add: (value) => {
        if (!isNumeric(value)) return;
        const number = toNumber(value);
        count++;
        const delta = number - mean;
        mean += delta / count;
        squares += delta * (number - mean);
      },
      result: () => (count < least ? null : new Double(Math.sqrt(squares / (count - least + 1)))),
    };
  };

const mergeObjects: NewAccumulator = () => {
  const merged: Doc = new Map();
  return { add: (value) => mergeInto(merged, value), result: () => merged };
};

/** The accumulators that work on values alone; as expressions they take the elements of an array. */
export const VALUE_ACCUMULATORS = {
  $sum: sum,
  $avg: average,
  $min: extreme(-1),
  $max: extreme(1),
  $first: first,
  $last: last,
  $push: push,
  $addToSet: addToSet,
  $mergeObjects: mergeObjects,
  $stdDevPop: deviation(1),
  $stdDevSamp: deviation(2),
} as const satisfies Record<string, NewAccumulator>;
