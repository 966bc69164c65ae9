import type { Locale } from '@concert/contract';
import type { CodeList, Field, Kind } from './types.ts';
import { type FieldValue, type FieldValues, isRecord, type Row } from './values.ts';
import { words } from './words.ts';

/** A field as a reader sees it: a line of text, or a table whose first line is the header. */
export type DisplayValue =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'table'; readonly header: readonly string[]; readonly rows: readonly (readonly string[])[] };

export type DisplayField = { readonly id: string; readonly label: string; readonly value: DisplayValue };

/** How ids and codes are named; undefined when the reader may not know or nothing is known, then the id is shown. */
export type Names = {
  readonly code: (list: CodeList, code: string) => string | undefined;
  readonly organisation: (id: string) => string | undefined;
  readonly person: (id: string) => string | undefined;
  readonly document: (id: string) => string | undefined;
};

const YES = words('oui', 'yes', 'sì');
const NO = words('non', 'no', 'no');

type Reader = { readonly locale: Locale; readonly names: Names; readonly values: FieldValues; readonly kind: Kind };

/** The fields of a section that have a value, in words and in the reader's language. */
export function displayFields(
  kind: Kind,
  sectionId: string,
  values: FieldValues,
  { locale, names }: { readonly locale: Locale; readonly names: Names },
): DisplayField[] {
  const reader: Reader = { locale, names, values, kind };
  const fields = kind.sections.find(({ id }) => id === sectionId)?.fields ?? [];
  return fields.flatMap((field) => {
    const value = values[field.id];
    if (value === undefined) return [];
    return [{ id: field.id, label: field.label[locale], value: displayOf(field, value, reader) }];
  });
}

function displayOf(field: Field, value: FieldValue, reader: Reader): DisplayValue {
  if (field.type !== 'rows') return { type: 'text', text: inWords(field, value, reader) };
  const rows = rowsOf(value);
  // A column that nobody filled would only make the table wider.
  const columns = field.columns.filter(({ id }) => rows.some((row) => row[id] !== undefined));
  return {
    type: 'table',
    header: columns.map(({ label }) => label[reader.locale]),
    rows: rows.map((row) => columns.map((column) => cellOf(column, row[column.id], reader))),
  };
}

const cellOf = (column: Field, value: FieldValue | undefined, reader: Reader): string =>
  value === undefined ? '' : inWords(column, value, reader);

function inWords(field: Field, value: FieldValue, reader: Reader): string {
  const { locale, names } = reader;
  const list = (name: (item: string) => string): string => itemsOf(value).map(name).join(', ');
  switch (field.type) {
    case 'choice':
      return field.options.find((option) => option.value === value)?.label[locale] ?? String(value);
    case 'boolean':
      return (value === true ? YES : NO)[locale];
    case 'integer':
    case 'decimal':
      return numberIn(locale, value) + (field.type === 'decimal' && field.unit ? `\u00a0${field.unit}` : '');
    case 'date':
      return dateIn(locale, String(value));
    case 'money':
      return moneyIn(locale, part(value, 'amount'), part(value, 'currency'));
    case 'money-range':
      return ['min', 'max'].map((end) => moneyIn(locale, part(value, end), part(value, 'currency'))).join(' – ');
    case 'quantity':
      return `${numberIn(locale, part(value, 'value'))} ${part(value, 'unit') ?? ''}`.trim();
    case 'codes':
      return list((code) => codeInWords(field.list, code, names));
    case 'documents':
      return list((id) => names.document(id) ?? id);
    case 'row-refs':
      return list((id) => rowInWords(field.of, id, reader));
    case 'organisation':
      return names.organisation(String(value)) ?? String(value);
    case 'person':
      return names.person(String(value)) ?? String(value);
    case 'rows':
      return rowsOf(value)
        .map((row) => field.columns.map((column) => cellOf(column, row[column.id], reader)).join(' : '))
        .join(' ; ');
    case 'text':
    case 'long-text':
    case 'url':
      return String(value);
  }
}

const codeInWords = (list: CodeList, code: string, names: Names): string => {
  const label = names.code(list, code);
  return label === undefined ? code : `${code} ${label}`;
};

/** A referred row is named by its place and its first words. */
function rowInWords(fieldId: string, rowId: string, { values }: Reader): string {
  const rows = rowsOf(values[fieldId]);
  const at = rows.findIndex(({ id }) => id === rowId);
  const text = Object.entries(rows[at] ?? {}).find(([key, value]) => key !== 'id' && typeof value === 'string')?.[1];
  return at === -1 ? rowId : `${at + 1}. ${String(text ?? '').slice(0, 80)}`.trim();
}

const numberIn = (locale: Locale, value: unknown): string =>
  new Intl.NumberFormat(locale, { maximumFractionDigits: 6 }).format(Number(value));

function moneyIn(locale: Locale, amount: unknown, currency: unknown): string {
  const number = Number(amount);
  const minimumFractionDigits = Number.isInteger(number) ? 0 : 2;
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: String(currency),
    minimumFractionDigits,
    maximumFractionDigits: 2,
  }).format(number);
}

/** A calendar date has no time zone: it is read and written in UTC. */
const dateIn = (locale: Locale, date: string): string =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(`${date}T00:00:00Z`));

const part = (value: unknown, key: string): unknown => (isRecord(value) ? value[key] : undefined);

const rowsOf = (value: FieldValue | undefined): Row[] => (Array.isArray(value) ? value.filter(isRow) : []);
const itemsOf = (value: FieldValue): string[] =>
  Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
const isRow = (item: unknown): item is Row => isRecord(item) && typeof item.id === 'string';
