import type { Locale } from '@concert/contract';
import { cpvLabel, loadCpv, ris3Label, territoryLabel } from '@concert/domain/codes/codes.ts';
import type { CodeList, Field } from '@concert/domain/fields/types.ts';
import type { FieldValue, Row } from '@concert/domain/fields/values.ts';
import type { ExportField, ExportValue } from '@concert/editor/export-input.ts';

const cpv = await loadCpv();

const CODE_LABEL: Readonly<Record<CodeList, (code: string, locale: Locale) => string | undefined>> = {
  cpv: (code, locale) => cpvLabel(cpv, code, locale),
  territories: territoryLabel,
  ris3: ris3Label,
};

const YES_NO: Readonly<Record<Locale, readonly [string, string]>> = {
  fr: ['Oui', 'Non'],
  en: ['Yes', 'No'],
  it: ['Sì', 'No'],
};

/** In what language, and what ids mean: whatever is not named shows as it is stored. */
export type Wording = { readonly locale: Locale; readonly names: ReadonlyMap<string, string> };

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isRow = (value: unknown): value is Row => isObject(value) && typeof value.id === 'string';

const amount = (value: unknown, currency: unknown, locale: Locale): string => {
  const style = { style: 'currency', currency: String(currency), maximumFractionDigits: 2 } as const;
  return new Intl.NumberFormat(locale, style).format(Number(value));
};

const number = (value: unknown, locale: Locale): string =>
  new Intl.NumberFormat(locale, { maximumFractionDigits: 10 }).format(Number(value));

// A calendar date has no time zone: any one does, as long as it is the same on both sides.
const date = (value: string, locale: Locale): string =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(`${value}T00:00:00Z`));

const partsOf = (value: unknown): Readonly<Record<string, unknown>> => (isObject(value) ? value : {});

/** One value as a reader of the language writes it. */
function words(field: Field, value: FieldValue, { locale, names }: Wording): string {
  const one = (item: unknown) => String(item);
  const list = Array.isArray(value) ? value : [value];
  const parts = partsOf(value);
  switch (field.type) {
    case 'choice':
      return field.options.find((option) => option.value === value)?.label[locale] ?? one(value);
    case 'boolean':
      return YES_NO[locale][value === true ? 0 : 1];
    case 'integer':
      return number(value, locale);
    case 'decimal':
      return field.unit === undefined ? number(value, locale) : `${number(value, locale)} ${field.unit}`;
    case 'date':
      return date(one(value), locale);
    case 'money':
      return amount(parts.amount, parts.currency, locale);
    case 'money-range':
      return `${amount(parts.min, parts.currency, locale)} – ${amount(parts.max, parts.currency, locale)}`;
    case 'quantity':
      return `${number(parts.value, locale)} ${one(parts.unit)}`;
    case 'codes':
      return list.map((code) => `${one(code)} ${CODE_LABEL[field.list](one(code), locale) ?? ''}`.trim()).join(' · ');
    case 'organisation':
    case 'person':
    case 'documents':
    case 'row-refs':
      return list.map((id) => names.get(one(id)) ?? one(id)).join(' · ');
    case 'rows':
      return rowsInWords(field.columns, list.filter(isRow), { locale, names });
    default:
      return one(value);
  }
}

/** Rows within a row, as lines: a table within a cell helps nobody. */
const rowsInWords = (columns: readonly Field[], rows: readonly Row[], wording: Wording): string =>
  rows.map((row) => cellsOf(columns, row, wording).filter(Boolean).join(' · ')).join('\n');

const cellsOf = (columns: readonly Field[], row: Row, wording: Wording): string[] =>
  columns.map((column) => {
    const value = row[column.id];
    return value === undefined ? '' : words(column, value, wording);
  });

/** A valid value of a field, labelled; rows become a table of the columns that say anything. */
export function fieldInWords(field: Field, value: FieldValue, wording: Wording): ExportField {
  return { label: field.label[wording.locale], value: valueInWords(field, value, wording) };
}

function valueInWords(field: Field, value: FieldValue, wording: Wording): ExportValue {
  if (field.type !== 'rows' || !Array.isArray(value)) return { type: 'text', text: words(field, value, wording) };
  const rows = value.filter(isRow);
  const columns = field.columns.filter((column) => rows.some((row) => row[column.id] !== undefined));
  return {
    type: 'table',
    header: columns.map((column) => column.label[wording.locale]),
    rows: rows.map((row) => cellsOf(columns, row, wording)),
  };
}
