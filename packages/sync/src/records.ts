import type { AppendRecord } from './ports.ts';

/** One record of a document: what one commit brought to it. */
export type NumberedRecord = { seq: number; updates: Uint8Array[] };

/** The records that one row stands for, each under its own number, in order. */
export function eachRecord({ seq, updates, counts }: Omit<AppendRecord, 'documentId'>): NumberedRecord[] {
  if (!counts) return [{ seq, updates }];
  let from = 0;
  return counts.map((count, i) => {
    const record = { seq: seq - counts.length + 1 + i, updates: updates.slice(from, from + count) };
    from += count;
    return record;
  });
}

/** Whether two records hold the same updates, cut in the same way. */
export const sameUpdates = (a: readonly Uint8Array[], b: readonly Uint8Array[]): boolean =>
  a.length === b.length && a.every((update, i) => Buffer.compare(update, b[i] ?? new Uint8Array()) === 0);

/** The size of updates in bytes. */
export const sizeOf = (updates: readonly Uint8Array[]): number => updates.reduce((sum, { length }) => sum + length, 0);
