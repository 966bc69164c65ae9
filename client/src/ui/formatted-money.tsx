import { useFormat } from '../platform/format.ts';

/** An amount in its currency, as the language writes it; digits of equal width, so that columns line up. */
export function FormattedMoney({ value }: { value: { readonly amount: string; readonly currency: string } }) {
  const format = useFormat();
  return <span style={{ fontVariantNumeric: 'tabular-nums' }}>{format.money(value)}</span>;
}
