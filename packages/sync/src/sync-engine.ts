import type { ConnectOptions, Newcomer } from './connection.ts';
import type { EngineSocket } from './engine-socket.ts';
import type { Limits } from './limits.ts';
import type { Meter } from './meter.ts';
import type { Bus, Clock, InvalidationMatch, Log, RefusedEdit, UpdateStore } from './ports.ts';

export type SyncEngineOptions = {
  store: UpdateStore;
  /** Connects several instances; by default this engine is alone. */
  bus?: Bus;
  /** Bounds that differ from {@link defaultLimits}. */
  limits?: Partial<Limits>;
  clock?: Clock;
  /** Where warnings go; nowhere by default. */
  log?: Log;
  /** Watches what happens; nobody by default. */
  meter?: Meter;
  /** Called for every edit that the gate refused. */
  onRefused?: (edit: RefusedEdit) => void;
  /** The current editor schema; clients that name an older one are closed with 4426. */
  schema?: number;
};

/** Somebody on a document. */
export type Present = { documentId: string; personId: string; name: string; color: string };

export type SyncStats = {
  rooms: number;
  connections: number;
  /** Bytes accepted and not yet durable. */
  backlogBytes: number;
  commits: number;
  failedCommits: number;
  refusedEdits: number;
};

/** An edit of the server that the gate does not take. */
export class EditRefused extends Error {
  constructor(reason: string) {
    super(`edit refused: ${reason}`);
    this.name = 'EditRefused';
  }
}

export interface SyncEngine {
  /**
   * Why a socket may not come in now, or null. Asked before the upgrade, such a socket can be opened to be refused alone:
   * nothing that it sends is kept. The answer is counted as a close.
   */
  refusal(options: Newcomer): { code: number; reason: string } | null;
  /** Takes over an open socket whose person was let in; call it in the same turn in which the socket opened. */
  connect(socket: EngineSocket, options: ConnectOptions): void;
  /**
   * Edits a document for somebody, through the same store and relay; edits of one document run one after the other.
   * @param edit gets the document's state and answers an update (both format V1); an empty answer changes nothing.
   * It must use a clientID that is new or this author's own.
   * @returns when the edit is durable
   * @throws {EditRefused}, and whatever `edit` or the store throw
   */
  applyServerUpdate(
    documentId: string,
    edit: (state: Uint8Array) => Uint8Array | Promise<Uint8Array>,
    author: { personId: string },
  ): Promise<void>;
  /** Everything durable as one update, with its state vector and the number of its last record. */
  readState(documentId: string): Promise<{ update: Uint8Array; stateVector: Uint8Array; seq: number }>;
  /** Rights have changed: checks all sockets concerned of this instance anew. Resolves when done. */
  invalidate(match: InvalidationMatch): Promise<void>;
  /**
   * Looks whether sockets still have their rights though nobody says that these have changed: messages go on meanwhile,
   * and a look that fails changes nothing.
   */
  review(match: InvalidationMatch): Promise<void>;
  /** The sessions that hold sockets of this instance, and whose they are. */
  sessions(): ReadonlyMap<string, string>;
  /** Who is on the documents that are open here, through whatever instance, once per person and document. */
  presence(documentId?: string): Present[];
  /** Hears of every commit of a document, after it is durable. Answers how to stop. */
  onDurable(listener: (documentId: string, commit: { seq: number; personIds: string[] }) => void): () => void;
  /** Hears when somebody opened or left a document. Answers how to stop. */
  onPresence(listener: (documentId: string) => void): () => void;
  stats(): SyncStats;
  /**
   * Lets what was accepted become durable (for a bounded time), then closes all sockets with 1012. Answers how many
   * bytes were given up; nobody was told that these are saved.
   */
  drain(): Promise<number>;
  /** Ends everything at once. */
  stop(): Promise<void>;
}
