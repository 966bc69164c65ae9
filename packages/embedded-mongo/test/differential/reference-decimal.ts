// Decimal sums and products the slow way: as whole numbers of the smallest unit, then rounded digit by digit.

/** coefficient × 10^exponent */
export type Plain = { readonly coefficient: bigint; readonly exponent: number };

const scaled = ({ coefficient, exponent }: Plain, unit: number): bigint => coefficient * 10n ** BigInt(exponent - unit);

export function sum(a: Plain, b: Plain): Plain {
  const unit = Math.min(a.exponent, b.exponent);
  return rounded({ coefficient: scaled(a, unit) + scaled(b, unit), exponent: unit });
}

export function product(a: Plain, b: Plain): Plain {
  return rounded({ coefficient: a.coefficient * b.coefficient, exponent: a.exponent + b.exponent });
}

/** At most 34 digits: what is cut off is rounded to the nearest, halves to the even digit. */
function rounded({ coefficient, exponent }: Plain): Plain {
  const text = String(coefficient < 0n ? -coefficient : coefficient);
  if (text.length <= 34) return { coefficient, exponent };
  const [kept, cut] = [text.slice(0, 34), text.slice(34)];
  const half = `5${'0'.repeat(cut.length - 1)}`;
  const up = cut > half || (cut === half && Number(kept[33]) % 2 === 1);
  const magnitude = BigInt(kept) + (up ? 1n : 0n);
  const signed = coefficient < 0n ? -magnitude : magnitude;
  const carried = String(magnitude).length > 34;
  return { coefficient: carried ? signed / 10n : signed, exponent: exponent + cut.length + (carried ? 1 : 0) };
}
