/**
 * Everything durable about one document. `digest` tells what the snapshot contains, where it was stored with one; `tail`
 * is what came after it; `seq` is the highest record number in it all, 0 for a new document.
 */
export type StoredDocument = {
  snapshot: Uint8Array | null;
  digest: Uint8Array | null;
  tail: Uint8Array[];
  seq: number;
};

/**
 * One room's share of a group commit: consecutive updates under one record number. With `counts` it stands for as many
 * consecutive records, the last of which is `seq`, and tells how many of the updates belong to each.
 */
export type AppendRecord = { documentId: string; seq: number; updates: Uint8Array[]; counts?: number[] };

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
  /**
   * The records after `seq`, in order and without a hole; null when a snapshot has taken the place of some of them:
   * then only `load` tells what they held.
   */
  loadAfter(documentId: string, seq: number): Promise<{ seq: number; updates: Uint8Array[] }[] | null>;
  /**
   * Takes the turn to compact a document, for `ms` at most; null while another writer has it. Its fence is higher than
   * that of every turn before, and goes with what is done in this turn.
   */
  takeTurn(documentId: string, ms: number): Promise<Turn | null>;
  /** Gives the turn back; harmless when it has long been somebody else's. */
  endTurn(documentId: string, turn: Turn): Promise<void>;
  /**
   * Puts a snapshot in the place of the records up to `throughSeq`, atomically for every later `load`. Does nothing when
   * a later turn, or a snapshot that covers more, has been there before.
   */
  compact(documentId: string, compaction: Compaction): Promise<void>;
}

/** The right to compact a document for a while. */
export type Turn = { fence: number };

/** `digest` comes back with the snapshot; a store may leave a big one away, as it can be made again. */
export type Compaction = { snapshot: Uint8Array; digest: Uint8Array; throughSeq: number; fence: number };

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

/** Somebody's presence as another instance tells it; `state` is the text of JSON, `null` when gone. */
export type RemoteState = {
  clientId: number;
  clock: number;
  state: string;
  personId: string;
  name: string;
  color: string;
};

/**
 * What instances tell each other about a document:
 * - `record`: this record is durable; without its updates, they are to be read in the store.
 * - `presence`: these sockets of mine are present so, or gone.
 * - `who`: tell me who is present.
 */
export type News =
  | { kind: 'record'; seq: number; updates: Uint8Array[] | null }
  | { kind: 'presence'; states: RemoteState[] }
  | { kind: 'who' };

/**
 * How several instances hear of each other. News may be lost, doubled and come in any order: the store is the truth,
 * and what was missed is read there.
 */
export interface Bus {
  /** Tells the other instances; never waits, never throws. */
  publish(documentId: string, news: News): void;
  /** Hears what other instances tell of a document. Answers how to stop. */
  subscribe(documentId: string, listener: (news: News) => void): () => void;
  /** Whether the others can be heard now. */
  isReady(): boolean;
  /** Called when the others can be heard again after a break. Answers how to stop. */
  onReturn(listener: () => void): () => void;
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
