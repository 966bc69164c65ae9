/** A share of something: more than (`strict`), or at least, `num`/`den`. */
export type Share = { readonly num: number; readonly den: number; readonly strict: boolean };

/** Whole numbers alone: nothing that is typed in may throw or bring a fraction into a count. */
const whole = (value: number): bigint => (Number.isFinite(value) ? BigInt(Math.trunc(value)) : 0n);

/** Exact at any size: products of weights pass what a float holds. */
export const compareProducts = (left: readonly [number, number], right: readonly [number, number]): -1 | 0 | 1 => {
  const difference = whole(left[0]) * whole(left[1]) - whole(right[0]) * whole(right[1]);
  if (difference === 0n) return 0;
  return difference > 0n ? 1 : -1;
};

/** [V18] Whether `got` is more than, or at least, the share of `of`. Of nothing there is no share. */
export function reaches(share: Share, got: number, of: number): boolean {
  if (of <= 0) return false;
  const order = compareProducts([got, share.den], [of, share.num]);
  return share.strict ? order > 0 : order >= 0;
}

/** [V19] The smallest multiple of `grain` that reaches the share of `of`; at least one grain. */
export function neededFor(share: Share, of: number, grain: number): number {
  const step = whole(grain) > 0n ? whole(grain) : 1n;
  const den = whole(share.den) > 0n ? whole(share.den) : 1n;
  const product = whole(Math.max(of, 0)) * whole(share.num);
  const steps = share.strict ? product / (den * step) + 1n : (product + den * step - 1n) / (den * step);
  return Number((steps > 0n ? steps : 1n) * step);
}

/** `value * num / den`, cut to a whole number. */
export const scaled = (value: number, num: number, den: number): number =>
  whole(den) === 0n ? 0 : Number((whole(value) * whole(num)) / whole(den));

/** The greatest number of which all of these are multiples; 1 of none. */
export function grainOf(values: readonly number[]): number {
  const divisor = (one: number, other: number): number => (other > 0 ? divisor(other, one % other) : one);
  return values.reduce((grain, value) => divisor(Math.max(value, 0), grain), 0) || 1;
}
