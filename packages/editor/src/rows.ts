import { generateKeyBetween } from 'fractional-indexing';
import * as Y from 'yjs';
import type { FieldLayout } from './layout.ts';

/** The key under which a row keeps its place among the others: a fractional index, compared as bytes. */
export const ORDER = 'order';

/** Row ids are made where the row is made; anything else under a rows field is not a row. */
export const ROW_ID = /^[A-Za-z0-9_-]{1,64}$/;

/** The rows of a field with their ids, in the order everybody sees: by order key, equal or broken keys by id. */
export function orderedRows(rows: Y.Map<unknown>): { id: string; row: Y.Map<unknown>; order: string }[] {
  const found: { id: string; row: Y.Map<unknown>; order: string }[] = [];
  for (const [id, row] of rows.entries()) {
    if (row instanceof Y.Map && ROW_ID.test(id)) found.push({ id, row, order: orderOf(row) });
  }
  return found.sort((a, b) => compare(a.order, b.order) || compare(a.id, b.id));
}

/**
 * Adds an empty row with its texts and inner rows made, so that two people filling it at once share them.
 * `after` is the id of the row before it, undefined for the first place. Call it inside a transaction.
 */
export function insertRow(
  rows: Y.Map<unknown>,
  columns: readonly FieldLayout[],
  { id, after }: { id: string; after: string | undefined },
): Y.Map<unknown> {
  const row = new Y.Map<unknown>();
  rows.set(id, row);
  row.set(ORDER, keyAfter(rows, id, after));
  ensureRowContainers(row, columns);
  return row;
}

/** Moves a row behind another one (undefined: to the first place) by writing one key. */
export function moveRow(rows: Y.Map<unknown>, id: string, after: string | undefined): void {
  const row = rows.get(id);
  if (row instanceof Y.Map) row.set(ORDER, keyAfter(rows, id, after));
}

/** Makes the texts and inner rows that a row lacks. */
export function ensureRowContainers(row: Y.Map<unknown>, columns: readonly FieldLayout[]): void {
  for (const column of columns) {
    if (column.type === 'long-text' && !(row.get(column.id) instanceof Y.Text)) row.set(column.id, new Y.Text());
    if (column.type === 'rows' && !(row.get(column.id) instanceof Y.Map)) row.set(column.id, new Y.Map());
  }
}

function keyAfter(rows: Y.Map<unknown>, id: string, after: string | undefined): string {
  const others = orderedRows(rows).filter((entry) => entry.id !== id);
  const at = others.findIndex((entry) => entry.id === after);
  // An unknown neighbour has gone meanwhile: the end is the safe place. No neighbour asked for: the front.
  const before = after === undefined ? -1 : at === -1 ? others.length - 1 : at;
  const lower = others[before]?.order;
  const upper = others.slice(before + 1).find(({ order }) => lower === undefined || order > lower)?.order;
  return keyBetween(lower, upper);
}

/** Keys written by others may be broken; then the row goes behind everything with a well-formed key. */
function keyBetween(lower: string | undefined, upper: string | undefined): string {
  const low = lower !== undefined && isKey(lower) ? lower : null;
  const high = upper !== undefined && isKey(upper) && (low === null || low < upper) ? upper : null;
  return generateKeyBetween(low, high);
}

function isKey(key: string): boolean {
  try {
    generateKeyBetween(key, null);
    return true;
  } catch {
    // The library has no other way to say that a key is malformed.
    return false;
  }
}

function orderOf(row: Y.Map<unknown>): string {
  const order = row.get(ORDER);
  return typeof order === 'string' && order.length <= 256 ? order : '';
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
