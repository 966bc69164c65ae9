import { z } from 'zod';
import type { InvalidReason } from './reasons.ts';
import type { CodeList, Field, Kind } from './types.ts';

/** Whether a code belongs to a list. Passed in, because the largest list weighs a megabyte. */
export type CodeChecks = Readonly<Record<CodeList, (code: string) => boolean>>;

export const MAX_TEXT = 500;
export const MAX_LONG_TEXT = 100_000;
export const MAX_ROWS = 200;
export const MAX_CODES = 50;
const MAX_URL = 2048;
const MAX_UNIT = 80;

const because = (reason: InvalidReason): { error: InvalidReason } => ({ error: reason });

const textUpTo = (length: number) => z.string(because('not-text')).max(length, because('too-long'));
const decimal = z.string(because('not-a-decimal')).regex(/^-?\d{1,15}(\.\d{1,6})?$/, because('not-a-decimal'));
// What is no amount ends the check there: a range must not be compared by what it cannot count.
const amount = z.string(because('not-money')).regex(/^\d{1,12}(\.\d{1,2})?$/, { ...because('not-money'), abort: true });
const currency = z.string(because('not-money')).regex(/^[A-Z]{3}$/, because('not-money'));
const id = z.string(because('not-an-id')).regex(/^[A-Za-z0-9_-]{1,64}$/, because('not-an-id'));

const cents = (value: string): bigint => {
  const [whole = '', part = ''] = value.split('.');
  return BigInt(whole + part.padEnd(2, '0'));
};

const moneyRange = z
  .object({ min: amount, max: amount, currency }, because('not-money'))
  .refine(({ min, max }) => cents(min) <= cents(max), because('min-above-max'));

/** Only addresses that may be shown as a link: absolute, http or https, without credentials or hidden characters. */
const url = z
  .string(because('not-an-address'))
  .max(MAX_URL, because('too-long'))
  .refine((value) => {
    if (!/^https?:\/\/[^/]/i.test(value) || /[\p{Cc}\p{Cf}\p{Z}\\]/u.test(value) || !URL.canParse(value)) return false;
    const { username, password } = new URL(value);
    return username === '' && password === '';
  }, because('not-an-address'));

/**
 * The schema of one value of a field; lists are lists of valid items. Its only messages are the stable reasons of
 * `reasons.ts`. Codes and ids come out sorted and unique, rows with the columns of the field only.
 */
export function fieldSchema(field: Field, codes: CodeChecks): z.ZodType {
  if (field.type === 'rows') {
    const columns = Object.fromEntries(
      field.columns.map((column) => [column.id, fieldSchema(column, codes).optional()]),
    );
    return listOf(z.object({ ...columns, id }, because('not-a-row')), MAX_ROWS);
  }
  return isListType(field.type) ? setOf(itemSchema(field, codes)) : itemSchema(field, codes);
}

const LIST_TYPES = ['codes', 'documents', 'row-refs'] as const;

/** Whether the value of a field is a list of plain items. */
export const isListType = (type: Field['type']): boolean => LIST_TYPES.some((one) => one === type);

/** The schema of one item of a list field, or of the whole value of any other field but rows. */
export function itemSchema(field: Field, codes: CodeChecks): z.ZodType {
  switch (field.type) {
    case 'text':
      return textUpTo(field.maxLength ?? MAX_TEXT);
    case 'long-text':
      return textUpTo(MAX_LONG_TEXT);
    case 'choice':
      return z.enum(
        field.options.map(({ value }) => value),
        because('not-an-option'),
      );
    case 'boolean':
      return z.boolean(because('not-a-boolean'));
    case 'integer':
      return z
        .int(because('not-an-integer'))
        .min(field.min ?? Number.MIN_SAFE_INTEGER, because('out-of-range'))
        .max(field.max ?? Number.MAX_SAFE_INTEGER, because('out-of-range'));
    case 'decimal':
      return decimal;
    case 'date':
      return z.iso.date(because('not-a-date'));
    case 'money':
      return z.object({ amount, currency }, because('not-money'));
    case 'money-range':
      return moneyRange;
    case 'quantity':
      return z.object({ value: decimal, unit: textUpTo(MAX_UNIT) }, because('not-a-quantity'));
    case 'codes':
      return z.string(because('unknown-code')).refine(codes[field.list], because('unknown-code'));
    case 'url':
      return url;
    case 'organisation':
    case 'person':
    case 'documents':
    case 'row-refs':
      return id;
    case 'rows':
      return fieldSchema(field, codes);
  }
}

const listOf = (item: z.ZodType, most: number) => z.array(item, because('not-a-list')).max(most, because('too-many'));

const setOf = (item: z.ZodType) => listOf(item, MAX_CODES).transform((items) => [...new Set(items)].sort());

/** The strict schema of all fields of a kind: every field optional, nothing else allowed. */
export const kindSchema = (kind: Kind, codes: CodeChecks) =>
  z.strictObject(
    Object.fromEntries(
      kind.sections.flatMap(({ fields }) => fields.map((field) => [field.id, fieldSchema(field, codes).optional()])),
    ),
  );
