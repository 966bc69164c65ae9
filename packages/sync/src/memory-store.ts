import { AppendConflict, type AppendRecord, type Claim, type StoredDocument, type UpdateStore } from './ports.ts';

type Stored = {
  snapshot: Uint8Array | null;
  throughSeq: number;
  records: Map<number, Uint8Array[]>;
  owners: Map<number, string>;
};

/** Keeps documents in memory: for tests, and as the shortest description of what a store does. */
export class MemoryStore implements UpdateStore {
  readonly #documents = new Map<string, Stored>();

  #document(documentId: string): Stored {
    let document = this.#documents.get(documentId);
    if (!document) {
      document = { snapshot: null, throughSeq: 0, records: new Map(), owners: new Map() };
      this.#documents.set(documentId, document);
    }
    return document;
  }

  async load(documentId: string): Promise<StoredDocument> {
    const { snapshot, throughSeq, records } = this.#document(documentId);
    const numbers = [...records.keys()].sort((a, b) => a - b);
    const tail = numbers.flatMap((seq) => records.get(seq) ?? []);
    return { snapshot, tail, seq: numbers.at(-1) ?? throughSeq };
  }

  async append(records: AppendRecord[]): Promise<void> {
    const conflicts: string[] = [];
    for (const { documentId, seq, updates } of records) {
      const document = this.#document(documentId);
      const present = document.records.get(seq);
      if (present ? !sameUpdates(present, updates) : seq <= document.throughSeq) conflicts.push(documentId);
      else document.records.set(seq, updates);
    }
    if (conflicts.length > 0) throw new AppendConflict(conflicts);
  }

  async claim(claims: Claim[]): Promise<{ documentId: string; clientId: number; ownerId: string }[]> {
    return claims.map(({ documentId, clientId, personId }) => {
      const { owners } = this.#document(documentId);
      const ownerId = owners.get(clientId) ?? personId;
      owners.set(clientId, ownerId);
      return { documentId, clientId, ownerId };
    });
  }

  async owners(documentId: string): Promise<Map<number, string>> {
    return new Map(this.#document(documentId).owners);
  }

  async compact(documentId: string, compaction: { snapshot: Uint8Array; throughSeq: number }): Promise<void> {
    const document = this.#document(documentId);
    if (compaction.throughSeq <= document.throughSeq) return;
    document.snapshot = compaction.snapshot;
    document.throughSeq = compaction.throughSeq;
    for (const seq of document.records.keys()) if (seq <= compaction.throughSeq) document.records.delete(seq);
  }
}

function sameUpdates(a: Uint8Array[], b: Uint8Array[]): boolean {
  return a.length === b.length && a.every((update, i) => Buffer.compare(update, b[i] ?? new Uint8Array()) === 0);
}
