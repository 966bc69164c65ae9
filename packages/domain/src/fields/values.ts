/** An amount of money, excluding VAT: `{amount: "12000.00", currency: "EUR"}`. */
export type Money = { readonly amount: string; readonly currency: string };
/** An amount from `min` to `max`. */
export type MoneyRange = { readonly min: string; readonly max: string; readonly currency: string };
/** A measured number and what it counts. */
export type Quantity = { readonly value: string; readonly unit: string };
/** A row with its id and the columns that have a value. */
export type Row = { readonly id: string; readonly [column: string]: FieldValue };
/** A valid value of a field, as JSON. */
export type FieldValue = string | number | boolean | Money | MoneyRange | Quantity | readonly string[] | readonly Row[];
/** The fields that have a valid value, by id. */
export type FieldValues = { readonly [fieldId: string]: FieldValue };

/** Whether a value of untrusted JSON stands for "nothing entered". */
export function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  if (typeof value === 'string') return value.trim() === '';
  if (Array.isArray(value)) return value.length === 0;
  if (!isRecord(value)) return false;
  // A form that has chosen a currency or a unit but no number has entered nothing yet.
  const numbers = ['amount', 'min', 'max', 'value'].filter((key) => Object.hasOwn(value, key));
  return numbers.length > 0 && numbers.every((key) => value[key] === '' || value[key] === null);
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
