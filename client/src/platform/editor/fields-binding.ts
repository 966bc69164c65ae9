import type { FieldLayout } from '@concert/editor/layout.ts';
import { insertRow, moveRow as moveRowBehind, orderedRows } from '@concert/editor/rows.ts';
import { uuidv4 } from 'lib0/random';
import { useCallback, useRef, useSyncExternalStore } from 'react';
import * as Y from 'yjs';

/** Origin of every change made through a form: what the undo of this page covers beside the text. */
export const FIELDS_ORIGIN = 'fields';

/** Where fields live: the `fields` of a document, or one row of a field. */
export type FieldMap = Y.Map<unknown>;

export type RowEntry = { readonly id: string; readonly row: FieldMap; readonly order: string };

/** Runs a change so that undo covers it. */
export function change(map: FieldMap, run: () => void): void {
  if (map.doc) Y.transact(map.doc, run, FIELDS_ORIGIN);
}

/** Writes a value; undefined empties the field. An equal value writes nothing: it would only take a colleague's away. */
export function setValue(map: FieldMap, key: string, value: unknown): void {
  if (JSON.stringify(map.get(key)) === JSON.stringify(value)) return;
  change(map, () => {
    if (value === undefined) map.delete(key);
    else map.set(key, value);
  });
}

/** The rows of a field in their order; nothing when the field holds something else. */
export const readRows = (rows: unknown): RowEntry[] => (rows instanceof Y.Map ? orderedRows(rows) : []);

/** The text of a field; made at the first keystroke where the template did not bring it. */
export function textOf(map: FieldMap, key: string): Y.Text {
  const found = map.get(key);
  if (found instanceof Y.Text) return found;
  const text = new Y.Text(typeof found === 'string' ? found : '');
  change(map, () => map.set(key, text));
  return text;
}

function rowsOf(map: FieldMap, key: string): Y.Map<unknown> {
  const found = map.get(key);
  if (found instanceof Y.Map) return found;
  const rows = new Y.Map<unknown>();
  map.set(key, rows);
  return rows;
}

/** Adds a row behind the others and answers its id. `values` are the plain values it starts with. */
export function addRow(
  map: FieldMap,
  key: string,
  columns: readonly FieldLayout[],
  values: Readonly<Record<string, unknown>> = {},
): string {
  const id = uuidv4();
  change(map, () => {
    const rows = rowsOf(map, key);
    const row = insertRow(rows, columns, { id, after: orderedRows(rows).at(-1)?.id });
    for (const [name, value] of Object.entries(values)) row.set(name, value);
  });
  return id;
}

export function removeRow(map: FieldMap, key: string, id: string): void {
  const rows = map.get(key);
  if (rows instanceof Y.Map) change(map, () => rows.delete(id));
}

/** Puts a removed row back where it was. `kept` is a copy made before it went; it can be put back once. */
export function restoreRow(map: FieldMap, key: string, id: string, kept: FieldMap): void {
  change(map, () => {
    const rows = rowsOf(map, key);
    if (!rows.has(id)) rows.set(id, kept);
  });
}

/** Puts a row at a place among its fellows; only its own order key changes, so that others may move rows meanwhile. */
export function moveRow(map: FieldMap, key: string, id: string, to: number): void {
  const rows = map.get(key);
  const entries = readRows(rows);
  const others = entries.filter((entry) => entry.id !== id);
  if (!(rows instanceof Y.Map) || others.length === entries.length) return;
  const place = Math.max(0, Math.min(to, others.length));
  if (entries[place]?.id === id) return;
  change(map, () => moveRowBehind(rows, id, others[place - 1]?.id));
}

/** The value of a field, live. */
export function useValue(map: FieldMap, key: string): unknown {
  const subscribe = useCallback(
    (changed: () => void) => {
      const observe = (event: Y.YMapEvent<unknown>) => event.keysChanged.has(key) && changed();
      map.observe(observe);
      return () => map.unobserve(observe);
    },
    [map, key],
  );
  return useSyncExternalStore(subscribe, () => map.get(key));
}

/** The rows of a field, live: it changes when rows come, go or move, not when their cells change. */
export function useRows(map: FieldMap, key: string): readonly RowEntry[] {
  const rows = useValue(map, key);
  const seen = useRef<readonly RowEntry[]>([]);
  const subscribe = useCallback(
    (changed: () => void) => {
      if (!(rows instanceof Y.Map)) return () => undefined;
      const observe = (events: readonly Y.YEvent<Y.Map<unknown>>[]) => {
        if (events.some((event) => event.target === rows || event.changes.keys.has('order'))) changed();
      };
      rows.observeDeep(observe);
      return () => rows.unobserveDeep(observe);
    },
    [rows],
  );
  return useSyncExternalStore(subscribe, () => {
    const next = readRows(rows);
    const same = next.length === seen.current.length && next.every((entry, at) => sameRow(entry, seen.current[at]));
    if (!same) seen.current = next;
    return seen.current;
  });
}

const sameRow = (a: RowEntry, b: RowEntry | undefined): boolean =>
  a.id === b?.id && a.row === b.row && a.order === b.order;

/** Counts the changes of a shared type at any depth: what is computed from it hangs on that number. */
export function useDeepRevision(type: FieldMap): number {
  const revision = useRef(0);
  const subscribe = useCallback(
    (changed: () => void) => {
      const observe = () => {
        revision.current += 1;
        changed();
      };
      type.observeDeep(observe);
      return () => type.unobserveDeep(observe);
    },
    [type],
  );
  return useSyncExternalStore(subscribe, () => revision.current);
}
