import { expect, test } from '@jest/globals';
import * as Y from 'yjs';
import type { Accepted, Editor } from '../src/edits.ts';
import { Pending } from '../src/pending.ts';

const editor: Editor = { personId: 'ada', clientIds: new Set(), mayWrite: () => true, isGone: () => false };

const accepted = (update: Uint8Array): Accepted => ({
  editor,
  update,
  fresh: [],
  deletes: [],
  at: 0,
  settled: [],
  lost: [],
});

/** What each of these words, written one after the other, brings. */
function updatesOf(words: readonly string[]): Uint8Array[] {
  const doc = new Y.Doc();
  const updates: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => updates.push(update));
  for (const word of words) doc.getText('t').insert(doc.getText('t').length, word);
  doc.destroy();
  return updates;
}

function textOf(updates: readonly Uint8Array[]): string {
  const doc = new Y.Doc();
  for (const update of updates) Y.applyUpdate(doc, update);
  const text = doc.getText('t').toString();
  doc.destroy();
  return text;
}

const everything = Number.POSITIVE_INFINITY;

test('[S2] what waits goes into a record as one update; a big one stays by itself, in its place', () => {
  const pending = new Pending();
  const big = 'long '.repeat(5_000);
  for (const update of updatesOf(['a', 'b', big, 'c', 'd'])) pending.add(accepted(update));
  const { updates, edits } = pending.begin(everything);
  expect(edits).toBe(5);
  expect(updates.map((update) => textOf([...updates.slice(0, updates.indexOf(update)), update]))).toEqual([
    'ab',
    `ab${big}`,
    `ab${big}cd`,
  ]);
  const { batch, updates: durable } = pending.confirm();
  expect(batch).toHaveLength(5);
  expect(durable).toBe(updates);
  expect(pending.bytes).toBe(0);
  expect(pending.isEmpty).toBe(true);
});

test('[S2] after a conflict the same edits are joined anew, with what came after them', () => {
  const pending = new Pending();
  const [first, second, third] = updatesOf(['a', 'b', 'c']).map(accepted);
  for (const one of [first, second]) if (one) pending.add(one);
  const before = pending.begin(everything);
  expect(textOf(before.updates)).toBe('ab');
  if (third) pending.add(third);
  pending.requeue();
  const after = pending.begin(everything);
  expect({ edits: after.edits, text: textOf(after.updates), records: after.updates.length }).toEqual({
    edits: 3,
    text: 'abc',
    records: 1,
  });
});

test('[S2] a record takes at least one edit, and no more than fit', () => {
  const pending = new Pending();
  const updates = updatesOf(['a', 'b', 'c']);
  for (const update of updates) pending.add(accepted(update));
  expect(pending.begin(1)).toEqual({ updates: [updates[0]], edits: 1 });
  pending.confirm();
  expect(pending.hasWaiting).toBe(true);
  expect(pending.begin(everything).edits).toBe(2);
});
