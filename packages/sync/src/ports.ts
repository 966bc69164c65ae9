/** Everything durable about one document. `seq` is the highest record number in it, 0 for a new document. */
export type StoredDocument = { snapshot: Uint8Array | null; tail: Uint8Array[]; seq: number };

/** One room's share of a group commit: consecutive updates under one record number. */
export type AppendRecord = { documentId: string; seq: number; updates: Uint8Array[] };

/** The first person who wrote under a Yjs clientID in a document. */
export type Claim = { documentId: string; clientId: number; personId: string };

/** Where documents live. All bytes are Yjs updates in format V1. */
export interface UpdateStore {
  /** Everything durable, in the order in which it was appended. An unknown document is empty. */
  load(documentId: string): Promise<StoredDocument>;
  /**
   * One durable commit over several rooms; resolves only when every record is durable. (documentId, seq) is unique:
   * a record that is there already with the same bytes counts as stored, so a failed call may be repeated as it was.
   * @throws {AppendConflict} when a record number holds other bytes; the records not named in it are durable.
   */
  append(records: AppendRecord[]): Promise<void>;
  /** Records who owns clientIDs; the first durable claim wins. Answers the owner of each one asked for. */
  claim(claims: Claim[]): Promise<{ documentId: string; clientId: number; ownerId: string }[]>;
  /** All owners of a document's clientIDs. */
  owners(documentId: string): Promise<Map<number, string>>;
  /** Puts a snapshot in the place of the records up to `throughSeq`, atomically for every later `load`. */
  compact(documentId: string, compaction: { snapshot: Uint8Array; throughSeq: number }): Promise<void>;
}

/** Another writer took these documents' record numbers: what this process holds of them is out of date. */
export class AppendConflict extends Error {
  readonly documentIds: string[];
  constructor(documentIds: string[]) {
    super(`record numbers already taken in ${documentIds.join(', ')}`);
    this.name = 'AppendConflict';
    this.documentIds = documentIds;
  }
}

/** What a person may do on one document; kept by the connection until it is invalidated. */
export type Grant = { personId: string; name: string; color: string; mode: 'write' | 'read'; workspaceId?: string };

/** Why a person may not be on a document, as the close code that says so. */
export type Refusal = { refused: 4401 | 4403 | 4404 };

/** The access decision, made by the application for each connection. */
export type Authorize<Credentials> = (credentials: Credentials, documentId: string) => Promise<Grant | Refusal>;

/** Whom a change of rights concerns. All given properties must match. */
export type InvalidationMatch = { personId?: string; documentId?: string; workspaceId?: string; sessionId?: string };

/** How several instances hear of each other. The store stays the truth: a lost message costs time, never text. */
export interface Bus {
  publish(documentId: string, record: { seq: number; updates: Uint8Array[] }): void;
  subscribe(documentId: string, listener: (record: { seq: number; updates: Uint8Array[] }) => void): () => void;
  publishInvalidation(match: InvalidationMatch): void;
  onInvalidation(listener: (match: InvalidationMatch) => void): () => void;
}

export interface Clock {
  /** Milliseconds, monotonic or wall: only differences are used. */
  now(): number;
}

export interface Log {
  warn(details: Record<string, unknown>, message: string): void;
  error(details: Record<string, unknown>, message: string): void;
}

/** An edit that the gate refused, for the audit trail. */
export type RefusedEdit = { documentId: string; personId: string; reason: string; clientIds: number[] };
