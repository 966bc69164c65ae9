import { encode } from '../bson/encode.ts';
import { type Doc, doc, Long, Raw, type Value } from '../bson/types.ts';
import { MongoError } from '../errors.ts';

const FIRST_BATCH = 101;
const BATCH_BYTES = 16 * 1024 * 1024;
const IDLE_MS = 10 * 60 * 1000;
const MAX_OPEN = 1000;

/** Where the documents of a cursor come from. `park` is called after each batch, `resume` before the next one. */
export type Source = {
  readonly documents: Iterable<Doc | Raw>;
  /** Throws when the cursor cannot go on, e.g. because its collection is gone. */
  resume?(): void;
  park?(): void;
};

/** Who asks: the connection, and the session as text when the command carries one. */
export type Asker = { readonly connectionId: number; readonly session: string | undefined };

export type BatchOptions = {
  readonly size?: number | undefined;
  readonly single?: boolean | undefined;
  readonly noTimeout?: boolean | undefined;
  /** No more documents than this will come: with the last of them the cursor is exhausted. */
  readonly most?: number | undefined;
};

type Cursor = {
  readonly namespace: string;
  readonly source: Source;
  readonly iterator: Iterator<Doc | Raw>;
  readonly session: string | undefined;
  readonly noTimeout: boolean;
  /** A document that did not fit the last batch. */
  waiting: Raw | undefined;
  left: number;
  /** The connection that used it last: with it the cursor ends. */
  connectionId: number;
  usedAt: number;
};

type Batch = { readonly documents: Raw[]; readonly done: boolean };

/** Open cursors: they hold a place to go on from, not results. */
export class Cursors {
  private readonly open = new Map<string, Cursor>();
  private lastId = BigInt(Date.now()) << 16n;

  /** The `cursor` of a reply with the first batch; the rest waits under an id. */
  start(namespace: string, source: Source, asker: Asker, options: BatchOptions = {}): Doc {
    const cursor: Cursor = {
      namespace,
      source,
      iterator: source.documents[Symbol.iterator](),
      session: asker.session,
      noTimeout: options.noTimeout === true,
      waiting: undefined,
      left: options.most ?? Number.POSITIVE_INFINITY,
      connectionId: asker.connectionId,
      usedAt: Date.now(),
    };
    const { documents, done } = nextBatch(cursor, options.size ?? FIRST_BATCH);
    const id = done || options.single ? 0n : this.keep(cursor);
    if (id === 0n) close(cursor);
    return doc({ cursor: doc({ firstBatch: documents as Value[], id: Long.fromBigInt(id), ns: namespace }) });
  }

  /** The next batch. Throws CursorNotFound, and what the cursor's own source throws; the cursor is gone then. */
  more(id: Long, namespace: string, size: number | undefined, asker: Asker): Doc {
    const key = id.toString();
    const cursor = this.open.get(key);
    if (!cursor) throw new MongoError('CursorNotFound', `cursor id ${id} not found`);
    if (cursor.namespace !== namespace)
      throw new MongoError(
        'Unauthorized',
        `Requested getMore on namespace '${namespace}', but cursor belongs to a different namespace ${cursor.namespace}`,
      );
    checkSession(cursor, id, asker);
    const { documents, done } = this.goOn(key, cursor, size || Number.POSITIVE_INFINITY);
    cursor.connectionId = asker.connectionId;
    cursor.usedAt = Date.now();
    if (done) this.close(key, cursor);
    return doc({
      cursor: doc({ nextBatch: documents as Value[], id: done ? Long.fromNumber(0) : id, ns: namespace }),
    });
  }

  /** Closes cursors and says which were there. */
  kill(ids: readonly Long[]): { killed: Long[]; missing: Long[] } {
    const killed = ids.filter((id) => {
      const cursor = this.open.get(id.toString());
      if (cursor) this.close(id.toString(), cursor);
      return cursor !== undefined;
    });
    return { killed, missing: ids.filter((id) => !killed.includes(id)) };
  }

  /** Closes the cursors that were last used over a connection that is gone. */
  closeConnection(connectionId: number): void {
    this.closeWhere((cursor) => cursor.connectionId === connectionId);
  }

  /** Closes the cursors of sessions that have ended. */
  closeSessions(sessions: ReadonlySet<string>): void {
    this.closeWhere(({ session }) => session !== undefined && sessions.has(session));
  }

  /** Forgets cursors that nobody has asked for in ten minutes. */
  expire(now = Date.now()): void {
    this.closeWhere(({ noTimeout, usedAt }) => !noTimeout && now - usedAt > IDLE_MS);
  }

  get size(): number {
    return this.open.size;
  }

  private goOn(key: string, cursor: Cursor, size: number): Batch {
    try {
      cursor.source.resume?.();
      return nextBatch(cursor, size);
    } catch (error) {
      this.close(key, cursor);
      throw error;
    }
  }

  private keep(cursor: Cursor): bigint {
    let own = 0;
    for (const { connectionId } of this.open.values()) if (connectionId === cursor.connectionId) own++;
    if (own >= MAX_OPEN) {
      close(cursor);
      throw new MongoError('ExceededMemoryLimit', `this connection has ${MAX_OPEN} open cursors already`);
    }
    this.lastId += 1n;
    this.open.set(this.lastId.toString(), cursor);
    return this.lastId;
  }

  private closeWhere(wanted: (cursor: Cursor) => boolean): void {
    for (const [key, cursor] of this.open) if (wanted(cursor)) this.close(key, cursor);
  }

  private close(key: string, cursor: Cursor): void {
    this.open.delete(key);
    close(cursor);
  }
}

function close(cursor: Cursor): void {
  cursor.iterator.return?.();
  cursor.source.park?.();
}

/** A cursor belongs to the session it was made in. */
function checkSession(cursor: Cursor, id: Long, asker: Asker): void {
  if (cursor.session === asker.session) return;
  if (cursor.session === undefined)
    throw new MongoError(50736, `Cannot run getMore on cursor ${id}, which was not created in a session, in a session`);
  if (asker.session === undefined)
    throw new MongoError(50737, `Cannot run getMore on cursor ${id}, which was created in a session, without an lsid`);
  throw new MongoError(50738, `Cannot run getMore on cursor ${id}, which was created in another session`);
}

/** As many documents as are asked for and fit 16 MB, but at least one. */
function nextBatch(cursor: Cursor, size: number): Batch {
  const documents: Raw[] = [];
  let bytes = 0;
  try {
    while (documents.length < size && cursor.left > 0) {
      const next = cursor.waiting ?? pull(cursor);
      if (!next) return { documents, done: true };
      cursor.waiting = undefined;
      if (documents.length > 0 && bytes + next.bytes.length > BATCH_BYTES) {
        cursor.waiting = next;
        break;
      }
      documents.push(next);
      bytes += next.bytes.length + 12;
      cursor.left--;
    }
    return { documents, done: cursor.left <= 0 };
  } finally {
    cursor.source.park?.();
  }
}

function pull(cursor: Cursor): Raw | undefined {
  const next = cursor.iterator.next();
  if (next.done) return undefined;
  if (next.value instanceof Raw) return next.value;
  const bytes = encode(next.value);
  if (bytes.length > BATCH_BYTES + 16 * 1024)
    throw new MongoError('BSONObjectTooLarge', `BSONObj size: ${bytes.length} is invalid. Size must be at most 16MB`);
  return new Raw(bytes);
}

/** A cursor over a list that is there already. */
export const listed = (documents: readonly (Doc | Raw)[]): { source: Source; most: number } => ({
  source: { documents },
  most: documents.length,
});
