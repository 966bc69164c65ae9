import type { AppendRecord } from '../ports.ts';
import { type NumberedRecord, sizeOf } from '../records.ts';

type Kept = NumberedRecord & { number: number; bytes: number };

/** What a record costs beside its updates. */
const recordBytes = 64;

/** The records that are in the journal alone, by document, each with the number of its entry. */
export class Waiting {
  readonly #documents = new Map<string, Kept[]>();
  readonly #limits: { batchBytes: number; rowBytes: number };
  /** Of all of them, about. */
  bytes = 0;
  records = 0;
  /** The number of the last entry that came in. */
  newest = 0;

  constructor(limits: { batchBytes: number; rowBytes: number }) {
    this.#limits = limits;
  }

  /** The number of the oldest entry of which something waits. */
  get oldest(): number {
    let oldest = Number.POSITIVE_INFINITY;
    for (const [first] of this.#documents.values()) if (first) oldest = Math.min(oldest, first.number);
    return oldest;
  }

  has(documentId: string): boolean {
    return this.#documents.has(documentId);
  }

  add(number: number, { documentId, seq, updates }: AppendRecord): void {
    const kept = this.#documents.get(documentId) ?? [];
    const bytes = recordBytes + sizeOf(updates);
    kept.push({ seq, updates, number, bytes });
    this.#documents.set(documentId, kept);
    this.bytes += bytes;
    this.records += 1;
    this.newest = number;
  }

  /** What waits of a document, in order; later changes do not show in it. */
  of(documentId: string): NumberedRecord[] {
    return (this.#documents.get(documentId) ?? []).map(({ seq, updates }) => ({ seq, updates }));
  }

  /** A commit for the store behind: one row a document, so that a part of it leaves no hole. */
  batch(): AppendRecord[] {
    const rows: AppendRecord[] = [];
    let room = this.#limits.batchBytes;
    for (const [documentId, kept] of this.#documents) {
      if (room <= 0) break;
      const records = fitting(kept, Math.min(room, this.#limits.rowBytes));
      rows.push(rowOf(documentId, records));
      room -= records.reduce((sum, { bytes }) => sum + bytes, 0);
    }
    return rows;
  }

  /** The store behind has these. */
  settle(rows: readonly AppendRecord[]): void {
    for (const { documentId, seq } of rows) {
      const kept = this.#documents.get(documentId) ?? [];
      const left = kept.filter((record) => record.seq > seq);
      for (const record of kept) if (record.seq <= seq) this.bytes -= record.bytes;
      this.records -= kept.length - left.length;
      if (left.length > 0) this.#documents.set(documentId, left);
      else this.#documents.delete(documentId);
    }
  }
}

/** The first record, and as many after it as fit. */
function fitting(kept: readonly Kept[], maxBytes: number): Kept[] {
  let bytes = 0;
  const end = kept.findIndex((record, i) => {
    bytes += record.bytes;
    return i > 0 && bytes > maxBytes;
  });
  return end === -1 ? [...kept] : kept.slice(0, end);
}

function rowOf(documentId: string, records: readonly Kept[]): AppendRecord {
  const updates = records.flatMap((record) => record.updates);
  const row = { documentId, seq: records.at(-1)?.seq ?? 0, updates };
  return records.length === 1 ? row : { ...row, counts: records.map((record) => record.updates.length) };
}
