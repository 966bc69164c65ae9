import type { Field } from '@concert/domain/fields/types.ts';

/** Real ids by the short ids of the demonstration's texts. */
export type SeedIds = {
  readonly people: ReadonlyMap<string, string>;
  readonly organisations: ReadonlyMap<string, string>;
  readonly documents: ReadonlyMap<string, string>;
};

type Values = Readonly<Record<string, unknown>>;

const isValues = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Puts real ids in the place of short ones, by the type of each field; what names nothing known stays as written. */
export function withRealIds(fields: readonly Field[], values: Values, ids: SeedIds): Record<string, unknown> {
  const real: Record<string, unknown> = { ...values };
  for (const field of fields) {
    const value = values[field.id];
    if (value !== undefined) real[field.id] = realValue(field, value, ids);
  }
  return real;
}

function realValue(field: Field, value: unknown, ids: SeedIds): unknown {
  const looked = (known: ReadonlyMap<string, string>, id: unknown) =>
    typeof id === 'string' ? (known.get(id) ?? id) : id;
  if (field.type === 'organisation') return looked(ids.organisations, value);
  if (field.type === 'person') return looked(ids.people, value);
  if (field.type === 'documents' && Array.isArray(value)) return value.map((id) => looked(ids.documents, id));
  if (field.type === 'rows' && Array.isArray(value))
    return value.map((row: unknown) => (isValues(row) ? withRealIds(field.columns, row, ids) : row));
  return value;
}
