import { no, type Verdict } from '@concert/contract';
import { type FieldValue, type FieldValues, isRecord } from '../fields/values.ts';

/** Total cost of ownership of one option over the period studied; amounts are decimals with two places. */
export type OptionCost = {
  readonly id: string;
  readonly name: string;
  readonly doNothing: boolean;
  /** Discounted to the day of the investment. */
  readonly total: string;
  /** What it saves against doing nothing (negative: costs more); absent without a do-nothing option. */
  readonly saving?: string;
  /** The year (1 = first) from whose end on it has cost no more than doing nothing; null when that never comes. */
  readonly breakEvenYear?: number | null;
};

export type TotalCosts = {
  readonly ok: true;
  readonly currency: string;
  readonly years: number;
  /** Per cent a year, as used. */
  readonly discountRate: string;
  readonly options: readonly OptionCost[];
};

export type NoTotalCosts = 'no-years' | 'no-options' | 'mixed-currencies' | 'rate-out-of-range';

/** Per cent a year, when the assessment gives none (domain.md §2.1). */
export const DEFAULT_DISCOUNT_RATE = '4';

/**
 * [N1] TCO(N) = I + Σ (Oₜ + Mₜ + Tₜ)/(1+r)ᵗ + E/(1+r)ᴺ − R/(1+r)ᴺ for t = 1…N: investment, operation, maintenance,
 * transition, end of life and residual value. [N2] The sum is exact (whole cents over a common denominator) and rounded
 * once, half away from zero. [N3] Saving and break-even are against the first option marked as doing nothing; costs
 * after year N lie outside the period. `values` are parsed fields of a needs assessment.
 */
export function totalCosts(values: FieldValues): TotalCosts | Exclude<Verdict<NoTotalCosts>, { ok: true }> {
  const { years, discountRate = DEFAULT_DISCOUNT_RATE, options } = values;
  if (typeof years !== 'number' || years < 1) return no('no-years');
  const read = rowsOf(options).map((row) => optionOf(row));
  if (read.length === 0) return no('no-options');
  const currencies = new Set(read.flatMap((option) => [...option.currencies]));
  if (currencies.size > 1) return no('mixed-currencies');
  const factor = typeof discountRate === 'string' ? factorOf(discountRate) : undefined;
  if (factor === undefined) return no('rate-out-of-range');
  const curves = read.map((option) => cumulated(option, years, factor));
  const reference = read.findIndex(({ doNothing }) => doNothing);
  const scale = factor.above ** BigInt(years);
  return {
    ok: true,
    currency: [...currencies][0] ?? 'EUR',
    years,
    discountRate: String(discountRate),
    options: read.map(({ id, name, doNothing }, at) => ({
      id,
      name,
      doNothing,
      total: amountOf(roundedCents(curves[at]?.at(-1) ?? 0n, scale)),
      ...(reference === -1 || reference === at ? {} : against(curves[reference] ?? [], curves[at] ?? [], scale)),
    })),
  };
}

/** 1 + r as a fraction of whole numbers. */
type Factor = { readonly above: bigint; readonly below: bigint };

/** "3.5" (per cent) is 1035/1000: above = 100·10ᵏ + rate·10ᵏ, below = 100·10ᵏ for k decimals. */
function factorOf(rate: string): Factor | undefined {
  const match = /^(-?)(\d{1,15})(?:\.(\d{1,6}))?$/.exec(rate);
  if (!match) return undefined;
  const [, sign, whole = '', part = ''] = match;
  const below = 100n * 10n ** BigInt(part.length);
  const scaled = BigInt(whole + part);
  const above = sign === '-' ? below - scaled : below + scaled;
  // Between −100 % and 100 % (excluded): anything else is a typing error, not a rate.
  return above > 0n && above < 2n * below ? { above, below } : undefined;
}

type Option = {
  readonly id: string;
  readonly name: string;
  readonly doNothing: boolean;
  readonly currencies: ReadonlySet<string>;
  /** Cents. */
  readonly investment: bigint;
  readonly atEnd: bigint;
  readonly yearly: ReadonlyMap<number, bigint>;
};

function optionOf(row: Readonly<Record<string, unknown>>): Option {
  const currencies = new Set<string>();
  const cents = (money: unknown): bigint => {
    if (!isRecord(money) || typeof money.amount !== 'string' || typeof money.currency !== 'string') return 0n;
    currencies.add(money.currency);
    return centsOf(money.amount);
  };
  const yearly = new Map<number, bigint>();
  for (const column of ['operation', 'maintenance', 'transition']) {
    for (const { year, money } of rowsOf(row[column])) {
      if (typeof year === 'number') yearly.set(year, (yearly.get(year) ?? 0n) + cents(money));
    }
  }
  return {
    id: String(row.id),
    name: typeof row.name === 'string' ? row.name : '',
    doNothing: row.doNothing === true,
    investment: cents(row.investment),
    atEnd: cents(row.endOfLife) - cents(row.residual),
    yearly,
    currencies,
  };
}

const rowsOf = (value: FieldValue | unknown): Record<string, unknown>[] =>
  Array.isArray(value) ? value.filter(isRecord) : [];

/** "1234.5" → 123450 cents. Amounts have been validated: at most two decimals. */
function centsOf(amount: string): bigint {
  const [whole = '0', part = ''] = amount.split('.');
  return BigInt(whole + part.padEnd(2, '0').slice(0, 2));
}

/** Cost from the start to the end of each year, in cents × aboveᴺ: cₜ/(a/b)ᵗ = cₜ·bᵗ·aᴺ⁻ᵗ / aᴺ. */
function cumulated(option: Option, years: number, { above, below }: Factor): bigint[] {
  const curve: bigint[] = [];
  let sum = option.investment * above ** BigInt(years);
  for (let year = 1; year <= years; year += 1) {
    const atEnd = year === years ? option.atEnd : 0n;
    const cost = (option.yearly.get(year) ?? 0n) + atEnd;
    sum += cost * below ** BigInt(year) * above ** BigInt(years - year);
    curve.push(sum);
  }
  return curve;
}

/** Break-even compares exact curves; the saving is the difference of the totals as shown, so that it can be checked. */
function against(reference: readonly bigint[], curve: readonly bigint[], scale: bigint) {
  let since = curve.length;
  while (since > 0 && (curve[since - 1] ?? 0n) <= (reference[since - 1] ?? 0n)) since -= 1;
  return {
    saving: amountOf(roundedCents(reference.at(-1) ?? 0n, scale) - roundedCents(curve.at(-1) ?? 0n, scale)),
    breakEvenYear: since === curve.length ? null : since + 1,
  };
}

/** Cents × scale in whole cents, rounded half away from zero. */
function roundedCents(scaled: bigint, scale: bigint): bigint {
  const size = scaled < 0n ? -scaled : scaled;
  const cents = (2n * size + scale) / (2n * scale);
  return scaled < 0n ? -cents : cents;
}

/** Cents as a decimal with two places. */
function amountOf(cents: bigint): string {
  const digits = (cents < 0n ? -cents : cents).toString().padStart(3, '0');
  return `${cents < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
