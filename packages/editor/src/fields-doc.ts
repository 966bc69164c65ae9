import { generateNKeysBetween } from 'fractional-indexing';
import * as Y from 'yjs';
import type { FieldLayout } from './layout.ts';
import { type Budget, copyJson, isRecord, type Json, type Limits, sameJson } from './plain-json.ts';
import { ensureRowContainers, ORDER, orderedRows, ROW_ID } from './rows.ts';

/** The fields of a document as JSON: rows are lists in order, each row with its `id`; long texts are strings. */
export type FieldsJson = { readonly [fieldId: string]: Json };

const LIMITS: Limits = { depth: 4, items: 500, text: 20_000 };
const MAX_LONG_TEXT = 200_000;
const MAX_ROWS = 500;
/** Characters and values a document's fields may amount to in JSON. */
const MAX_TOTAL = 4_000_000;
/** Rows in rows are the deepest a kind goes; one level is to spare. */
const MAX_ROW_LEVELS = 3;

/**
 * Reads the co-edited fields as JSON. Whatever the map holds, this answers: values of a wrong type are copied as they
 * are for validation to name them, shared types in a wrong place are left out, and sizes are cut just above what
 * validation accepts.
 */
export function readFields(fields: Y.Map<unknown>, layout: readonly FieldLayout[]): FieldsJson {
  return readMap(fields, layout, { left: MAX_TOTAL }, 0);
}

function readMap(map: Y.Map<unknown>, layout: readonly FieldLayout[], budget: Budget, level: number): FieldsJson {
  const json: Record<string, Json> = {};
  for (const field of layout) {
    const value = readValue(map.get(field.id), field, budget, level);
    if (value !== undefined && budget.left >= 0) json[field.id] = value;
  }
  return json;
}

function readValue(value: unknown, field: FieldLayout, budget: Budget, level: number): Json | undefined {
  if (value === undefined) return undefined;
  if (value instanceof Y.Map) {
    if (field.type !== 'rows' || level >= MAX_ROW_LEVELS) return undefined;
    return readRows(value, field.columns ?? [], budget, level);
  }
  if (value instanceof Y.Text) {
    const limit = field.type === 'long-text' ? MAX_LONG_TEXT : LIMITS.text;
    return copyJson(value.toString(), { ...LIMITS, text: limit }, budget);
  }
  if (value instanceof Y.AbstractType) return undefined;
  return copyJson(value, field.type === 'long-text' ? { ...LIMITS, text: MAX_LONG_TEXT } : LIMITS, budget);
}

function readRows(rows: Y.Map<unknown>, columns: readonly FieldLayout[], budget: Budget, level: number): Json {
  const read: Json[] = [];
  for (const { id, row } of orderedRows(rows).slice(0, MAX_ROWS + 1)) {
    budget.left -= 1;
    if (budget.left < 0) break;
    read.push({ ...readMap(row, columns, budget, level + 1), id });
  }
  return read;
}

/**
 * Makes every long text and rows container of a document, so that two people filling a field for the first time write
 * into the same one. Done once when the document is made.
 */
export function ensureContainers(fields: Y.Map<unknown>, layout: readonly FieldLayout[]): void {
  ensureRowContainers(fields, layout);
}

/**
 * Makes the fields of the layout equal to `json` with as few changes as possible: equal values are left alone, texts
 * are changed where they differ, rows keep their identity by id, absent fields are emptied. For templates, seeds and
 * for restoring a version. Call it inside a transaction.
 */
export function writeFields(fields: Y.Map<unknown>, layout: readonly FieldLayout[], json: FieldsJson): void {
  for (const field of layout) writeValue(fields, field, json[field.id]);
}

function writeValue(map: Y.Map<unknown>, field: FieldLayout, value: Json | undefined): void {
  if (field.type === 'long-text') writeText(map, field.id, typeof value === 'string' ? value : '');
  else if (field.type === 'rows') writeRows(map, field, Array.isArray(value) ? value : []);
  else if (value === undefined || value === null) {
    if (map.has(field.id)) map.delete(field.id);
  } else if (!sameJson(map.get(field.id), value)) map.set(field.id, value);
}

function writeText(map: Y.Map<unknown>, key: string, wanted: string): void {
  const text = map.get(key);
  if (!(text instanceof Y.Text)) {
    map.set(key, new Y.Text(wanted));
    return;
  }
  const current = text.toString();
  const { start, removed, inserted } = difference(current, wanted);
  if (removed > 0) text.delete(start, removed);
  if (inserted !== '') text.insert(start, inserted);
}

function writeRows(map: Y.Map<unknown>, field: FieldLayout, wanted: readonly Json[]): void {
  const rows = innerMap(map, field.id);
  const entries = rowEntries(wanted, field.id);
  const ids = new Set(entries.map(({ id }) => id));
  for (const key of [...rows.keys()]) if (!ids.has(key)) rows.delete(key);
  const keys = orderKeys(rows, entries);
  for (const [index, { id, values }] of entries.entries()) {
    const row = innerMap(rows, id);
    if (row.get(ORDER) !== keys[index]) row.set(ORDER, keys[index]);
    writeFields(row, field.columns ?? [], values);
  }
}

/** The map under a key, made when there is none. */
function innerMap(map: Y.Map<unknown>, key: string): Y.Map<unknown> {
  const known = map.get(key);
  return isSharedMap(known) ? known : map.set(key, new Y.Map<unknown>());
}

function rowEntries(rows: readonly Json[], fieldId: string): { id: string; values: FieldsJson }[] {
  const seen = new Set<string>();
  return rows.filter(isObject).map((row, index) => {
    const given = typeof row.id === 'string' && ROW_ID.test(row.id) && !seen.has(row.id) ? row.id : undefined;
    const id = given ?? `${fieldId}-${index + 1}`.slice(0, 64);
    seen.add(id);
    return { id, values: row };
  });
}

const isObject = (value: Json): value is { readonly [key: string]: Json } => isRecord(value);
const isSharedMap = (value: unknown): value is Y.Map<unknown> => value instanceof Y.Map;

/** The order keys for the wanted rows: the present ones where they already are in this order, else fresh ones. */
function orderKeys(rows: Y.Map<unknown>, entries: readonly { id: string }[]): string[] {
  const present = orderedRows(rows);
  const same = present.length === entries.length && present.every(({ id }, index) => id === entries[index]?.id);
  return same ? present.map(({ order }) => order) : generateNKeysBetween(null, null, entries.length);
}

/** The one range in which two texts differ, never cutting a surrogate pair. */
function difference(from: string, to: string): { start: number; removed: number; inserted: string } {
  const shorter = Math.min(from.length, to.length);
  let start = 0;
  while (start < shorter && from[start] === to[start]) start += 1;
  if (start > 0 && isHighSurrogate(from, start - 1)) start -= 1;
  let end = 0;
  while (end < shorter - start && from[from.length - 1 - end] === to[to.length - 1 - end]) end += 1;
  if (end > 0 && isLowSurrogate(from, from.length - end)) end -= 1;
  return { start, removed: from.length - end - start, inserted: to.slice(start, to.length - end) };
}

const isHighSurrogate = (text: string, at: number): boolean => (text.charCodeAt(at) & 0xfc00) === 0xd800;
const isLowSurrogate = (text: string, at: number): boolean => (text.charCodeAt(at) & 0xfc00) === 0xdc00;
