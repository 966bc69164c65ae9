import type { z } from 'zod';
import { type InvalidReason, isInvalidReason } from './reasons.ts';
import { type CodeChecks, isListType, itemSchema, MAX_CODES, MAX_ROWS } from './schema.ts';
import type { Field, Kind } from './types.ts';
import { type FieldValue, type FieldValues, isEmpty, isRecord, type Row } from './values.ts';

/** A value that does not fit: `budget`, `territories.2` (place in the list), `outcomes.o1.target` (row id, column). */
export type Invalid = { readonly path: string; readonly reason: InvalidReason };

export type Parsed = { readonly values: FieldValues; readonly invalid: readonly Invalid[] };

const ROW_ID = /^[A-Za-z0-9_-]{1,64}$/;
/** Enough to see what is wrong; a hostile map must not answer with a megabyte of complaints. */
const MAX_INVALID = 500;

/**
 * [F1] Sorts untrusted JSON of a kind's fields: every valid value is kept, even beside an invalid one in the same row
 * or list; [F2] every invalid one is reported with a stable reason; [F3] what the kind does not know is ignored, what is
 * empty is absent; [F4] never throws, whatever the JSON.
 */
export function parseFields(kind: Kind, json: unknown, codes: CodeChecks): Parsed {
  const invalid: Invalid[] = [];
  const report = (path: string, reason: InvalidReason): void => {
    if (invalid.length < MAX_INVALID) invalid.push({ path, reason });
  };
  const fields = kind.sections.flatMap(({ fields }) => fields);
  const source = isRecord(json) ? json : {};
  const values = parseRecord(fields, source, '', { codes, report, rowIds: rowIdsOf(fields, source) });
  return { values, invalid };
}

type Context = {
  readonly codes: CodeChecks;
  readonly report: (path: string, reason: InvalidReason) => void;
  readonly rowIds: ReadonlyMap<string, ReadonlySet<string>>;
};

function parseRecord(
  fields: readonly Field[],
  source: Readonly<Record<string, unknown>>,
  prefix: string,
  context: Context,
): FieldValues {
  const values: Record<string, FieldValue> = {};
  for (const field of fields) {
    const given = Object.hasOwn(source, field.id) ? source[field.id] : undefined;
    if (isEmpty(given)) continue;
    const value = parseValue(field, given, prefix + field.id, context);
    if (value !== undefined) values[field.id] = value;
  }
  return values;
}

function parseValue(field: Field, given: unknown, path: string, context: Context): FieldValue | undefined {
  if (field.type === 'rows') return parseRows(field.columns, given, path, context);
  const schema = schemaFor(field, context.codes);
  return isListType(field.type) ? parseList(field, schema, given, path, context) : check(schema, given, path, context);
}

function parseRows(columns: readonly Field[], given: unknown, path: string, context: Context): Row[] | undefined {
  if (!Array.isArray(given)) {
    context.report(path, 'not-a-list');
    return undefined;
  }
  if (given.length > MAX_ROWS) context.report(path, 'too-many');
  const seen = new Set<string>();
  const rows: Row[] = [];
  for (const [at, row] of given.slice(0, MAX_ROWS).entries()) {
    if (!isRecord(row) || typeof row.id !== 'string' || !ROW_ID.test(row.id) || seen.has(row.id)) {
      context.report(`${path}.${at}`, 'not-a-row');
      continue;
    }
    seen.add(row.id);
    rows.push({ ...parseRecord(columns, row, `${path}.${row.id}.`, context), id: row.id });
  }
  return rows.length === 0 ? undefined : rows;
}

function parseList(
  field: Field,
  schema: z.ZodType,
  given: unknown,
  path: string,
  context: Context,
): string[] | undefined {
  if (!Array.isArray(given)) {
    context.report(path, 'not-a-list');
    return undefined;
  }
  if (given.length > MAX_CODES) context.report(path, 'too-many');
  const items = new Set<string>();
  for (const [at, item] of given.slice(0, MAX_CODES).entries()) {
    const value = check(schema, item, `${path}.${at}`, context);
    // [F5] A reference to a row that somebody has deleted since is no error: it has become empty.
    const gone = field.type === 'row-refs' && !context.rowIds.get(field.of)?.has(String(value));
    if (typeof value === 'string' && !gone) items.add(value);
  }
  return items.size === 0 ? undefined : [...items].sort();
}

function check(schema: z.ZodType, given: unknown, path: string, context: Context): FieldValue | undefined {
  const result = schema.safeParse(given);
  if (result.success && isFieldValue(result.data)) return result.data;
  const reason = result.error?.issues[0]?.message ?? '';
  context.report(path, isInvalidReason(reason) ? reason : 'not-text');
  return undefined;
}

/** What the schemas of single values let through: text, numbers, booleans and records of texts. */
const isFieldValue = (value: unknown): value is FieldValue =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' || isRecord(value);

/** The ids of the rows of each top-level rows field. */
function rowIdsOf(fields: readonly Field[], source: Readonly<Record<string, unknown>>): Map<string, Set<string>> {
  const ids = new Map<string, Set<string>>();
  for (const field of fields) {
    const rows = field.type === 'rows' && Object.hasOwn(source, field.id) ? source[field.id] : undefined;
    if (!Array.isArray(rows)) continue;
    const found = rows.slice(0, MAX_ROWS).map((row) => (isRecord(row) ? String(row.id) : ''));
    ids.set(field.id, new Set(found));
  }
  return ids;
}

const made = new WeakMap<CodeChecks, WeakMap<Field, z.ZodType>>();

/** Schemas are made once per field: fields are parsed after every pause in the writing. */
function schemaFor(field: Field, codes: CodeChecks): z.ZodType {
  const known = made.get(codes) ?? new WeakMap<Field, z.ZodType>();
  made.set(codes, known);
  const schema = known.get(field) ?? itemSchema(field, codes);
  known.set(field, schema);
  return schema;
}
