import {
  AppendConflict,
  type AppendRecord,
  type Claim,
  type Compaction,
  type StoredDocument,
  type Turn,
  type UpdateStore,
} from './ports.ts';
import { eachRecord, sameUpdates } from './records.ts';

type Stored = {
  snapshot: Uint8Array | null;
  digest: Uint8Array | null;
  throughSeq: number;
  records: Map<number, Uint8Array[]>;
  owners: Map<number, string>;
  fence: number;
  turnUntil: number;
  /** The fence of the snapshot. */
  snapshotFence: number;
};

/** Keeps documents in memory: for tests, and as the shortest description of what a store does. */
export class MemoryStore implements UpdateStore {
  readonly #documents = new Map<string, Stored>();

  #document(documentId: string): Stored {
    let document = this.#documents.get(documentId);
    if (!document) {
      document = {
        snapshot: null,
        digest: null,
        throughSeq: 0,
        records: new Map(),
        owners: new Map(),
        fence: 0,
        turnUntil: 0,
        snapshotFence: 0,
      };
      this.#documents.set(documentId, document);
    }
    return document;
  }

  async load(documentId: string): Promise<StoredDocument> {
    const { snapshot, digest, throughSeq, records } = this.#document(documentId);
    const numbers = [...records.keys()].sort((a, b) => a - b);
    const tail = numbers.flatMap((seq) => records.get(seq) ?? []);
    return { snapshot, digest, tail, seq: numbers.at(-1) ?? throughSeq };
  }

  /** The number of the last durable record of a document, 0 when there is none. */
  async head(documentId: string): Promise<number> {
    return (await this.load(documentId)).seq;
  }

  async append(records: AppendRecord[]): Promise<void> {
    const conflicts: string[] = [];
    const single = records.flatMap((row) => eachRecord(row).map((one) => ({ documentId: row.documentId, ...one })));
    for (const { documentId, seq, updates } of single) {
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

  async loadAfter(documentId: string, seq: number): Promise<{ seq: number; updates: Uint8Array[] }[] | null> {
    const { throughSeq, records } = this.#document(documentId);
    if (throughSeq > seq) return null;
    const later = [...records].filter(([number]) => number > seq).sort(([a], [b]) => a - b);
    return later.map(([number, updates]) => ({ seq: number, updates }));
  }

  async takeTurn(documentId: string, ms: number): Promise<Turn | null> {
    const document = this.#document(documentId);
    const now = Date.now();
    if (document.turnUntil > now) return null;
    document.turnUntil = now + ms;
    document.fence += 1;
    return { fence: document.fence };
  }

  async endTurn(documentId: string, { fence }: Turn): Promise<void> {
    const document = this.#document(documentId);
    if (document.fence === fence) document.turnUntil = 0;
  }

  async compact(documentId: string, { snapshot, digest, throughSeq, fence }: Compaction): Promise<void> {
    const document = this.#document(documentId);
    if (throughSeq <= document.throughSeq || fence <= document.snapshotFence) return;
    document.snapshot = snapshot;
    document.digest = digest;
    document.throughSeq = throughSeq;
    document.snapshotFence = fence;
    for (const seq of document.records.keys()) if (seq <= throughSeq) document.records.delete(seq);
  }
}
