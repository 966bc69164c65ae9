import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { IndexDescription } from 'mongodb';
import type { Namespace } from 'socket.io';
import type { RoomsMeasured } from './measure.ts';

/** In whose name a template is written: nobody's. No person has this id. */
export const SYSTEM_AUTHOR = 'system';

/** Whose rights, and where, have changed. All given properties must match; `personIds` is any of them. */
export type RightsChange = {
  readonly personId?: string;
  readonly personIds?: readonly string[];
  readonly workspaceId?: string;
  readonly documentId?: string;
  readonly credentialId?: string;
};

/** The live documents, as slices use them. Built on `@concert/sync`; a slice never sees a socket. */
export type Rooms = {
  /**
   * Everything accepted and durable of a document, as one Yjs update (V1), with its position in the log.
   * @throws Problem SERVICE_UNAVAILABLE `store-unavailable` when the database does not answer
   */
  read(documentId: string): Promise<{ update: Uint8Array; seq: number }>;
  /**
   * Who writes under the Yjs clientIDs of a document (rule S9 of the engine), of all or of those among the given ones.
   * The template's and unknown ones are absent.
   * @throws Problem SERVICE_UNAVAILABLE `store-unavailable` when the database does not answer
   */
  authors(documentId: string, among?: readonly number[]): Promise<ReadonlyMap<number, string>>;
  /**
   * What became durable after a position, record by record; null when it is not kept apart any more.
   * @throws Problem SERVICE_UNAVAILABLE `store-unavailable` when the database does not answer
   */
  readAfter(documentId: string, seq: number): Promise<readonly { seq: number; updates: Uint8Array[] }[] | null>;
  /** Position of the last durable record of a document, 0 when there is none. */
  head(documentId: string): Promise<number>;
  /**
   * Applies an edit made by the server in a person's name (title, restore) or in nobody's (template): `edit` gets the current state
   * and answers the update to add. It is stored, then relayed, like any other edit; edits of one document are serialised.
   * @throws Problem SERVICE_UNAVAILABLE `store-unavailable` when the database does not answer; an edit that was begun
   * by then may still be stored
   */
  edit(
    documentId: string,
    personId: string,
    edit: (state: Uint8Array) => Uint8Array | Promise<Uint8Array>,
  ): Promise<void>;
  /** Called when new content has become durable; `personIds` are its authors, `SYSTEM_AUTHOR` left out. */
  onDurable(listener: (documentId: string, change: { seq: number; personIds: readonly string[] }) => void): void;
  /** Called when somebody has opened or left a document: not for every move of a caret. */
  onPresence(listener: (documentId: string) => void): void;
  /** Whether anybody has the document open now. */
  isOpen(documentId: string): boolean;
  /** Who has a document open now, by document. */
  present(): ReadonlyMap<string, readonly { id: string; name: string; color: string }[]>;
  /** How the live documents of this instance fare. */
  measured(): RoomsMeasured;
  /** Rights changed: every matching socket of this instance is judged again, within a second. */
  invalidate(match: RightsChange): Promise<void>;
};

/** The live documents as the composition root runs them. */
export type RunningRooms = Rooms & {
  readonly indexes: Readonly<Record<string, readonly IndexDescription[]>>;
  /** Answers an upgrade under `/sync`; false for every other address. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  /** Opens documents in this namespace of Socket.IO too, for networks that let no WebSocket through. */
  serveFallback(namespace: Namespace): void;
  /**
   * Lets accepted text become durable, for a bounded time, closes every socket with 1012, ends.
   * @throws when some of the text could not be saved
   */
  stop(): Promise<void>;
};
