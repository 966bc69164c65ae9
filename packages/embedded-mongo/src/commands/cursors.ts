import { encode } from '../bson/encode.ts';
import { type Doc, doc, Long, Raw, type Value } from '../bson/types.ts';
import { MongoError } from '../errors.ts';

const FIRST_BATCH = 101;
const BATCH_BYTES = 16 * 1024 * 1024;
const IDLE_MS = 10 * 60 * 1000;

type Cursor = { readonly namespace: string; rest: Raw[]; usedAt: number };

/** Open cursors: the results that did not fit the answers yet. */
export class Cursors {
  private readonly open = new Map<string, Cursor>();
  private lastId = BigInt(Date.now()) << 16n;

  /** The `cursor` of a reply with the first batch; the rest waits under an id. */
  start(
    namespace: string,
    documents: readonly (Doc | Raw)[],
    batch: { size?: number | undefined; single?: boolean | undefined },
  ): Doc {
    const raws = documents.map((item) => (item instanceof Raw ? item : new Raw(encode(item))));
    const count = fitting(raws, batch.size ?? FIRST_BATCH);
    const rest = batch.single ? [] : raws.slice(count);
    const id = rest.length > 0 ? this.keep({ namespace, rest, usedAt: Date.now() }) : 0n;
    return doc({
      cursor: doc({ firstBatch: raws.slice(0, count) as Value[], id: Long.fromBigInt(id), ns: namespace }),
    });
  }

  /** The next batch. Throws CursorNotFound. */
  more(id: Long, namespace: string, size: number | undefined): Doc {
    const cursor = this.open.get(id.toString());
    if (!cursor) throw new MongoError('CursorNotFound', `cursor id ${id} not found`);
    if (cursor.namespace !== namespace)
      throw new MongoError(
        'Unauthorized',
        `Requested getMore on namespace '${namespace}', but cursor belongs to a different namespace ${cursor.namespace}`,
      );
    const count = fitting(cursor.rest, size || Number.POSITIVE_INFINITY);
    const nextBatch = cursor.rest.slice(0, count);
    cursor.rest = cursor.rest.slice(count);
    cursor.usedAt = Date.now();
    const done = cursor.rest.length === 0;
    if (done) this.open.delete(id.toString());
    return doc({ cursor: doc({ nextBatch: nextBatch as Value[], id: done ? Long.fromNumber(0) : id, ns: namespace }) });
  }

  /** Closes cursors and says which were there. */
  kill(ids: readonly Long[]): { killed: Long[]; missing: Long[] } {
    const killed = ids.filter((id) => this.open.delete(id.toString()));
    return { killed, missing: ids.filter((id) => !killed.includes(id)) };
  }

  /** Forgets cursors that nobody has asked for in ten minutes. */
  expire(now = Date.now()): void {
    for (const [id, cursor] of this.open) if (now - cursor.usedAt > IDLE_MS) this.open.delete(id);
  }

  get size(): number {
    return this.open.size;
  }

  private keep(cursor: Cursor): bigint {
    this.lastId += 1n;
    this.open.set(this.lastId.toString(), cursor);
    return this.lastId;
  }
}

/** How many documents go into one answer: by number, and by size, but at least one. */
function fitting(documents: readonly Raw[], size: number): number {
  let bytes = 0;
  let count = 0;
  for (const {
    bytes: { length },
  } of documents) {
    if (count >= size || (count > 0 && bytes + length > BATCH_BYTES)) break;
    bytes += length + 12;
    count++;
  }
  return count;
}
