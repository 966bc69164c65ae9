import { randomUUID } from 'node:crypto';
import { createEncoder, toUint8Array, writeVarUint8Array } from 'lib0/encoding';
import { Binary, type Collection, type Db, type IndexDescription, MongoServerError } from 'mongodb';
import { ByteReader } from './gate/reader.ts';
import {
  AppendConflict,
  type AppendRecord,
  type Claim,
  type Compaction,
  type StoredDocument,
  type Turn,
  type UpdateStore,
} from './ports.ts';
import { eachRecord, type NumberedRecord } from './records.ts';

/**
 * One room's share of one group commit; `data` holds its updates, each with its length before it. With `counts` a row
 * stands for several records, the last of which is `seq`; alone without `shared`, where nobody else takes numbers.
 */
type UpdateRow = { documentId: string; seq: number; data: Binary; counts?: number[] };
/** A part of a snapshot. Several generations may be there; the head says which one counts. */
type PartRow = { _id: string; documentId: string; generation: string; part: number; data: Binary; fence: number };
/** Points to the snapshot that counts; `_id` is the document's. */
type HeadRow = {
  _id: string;
  generation: string;
  parts: number;
  throughSeq: number;
  fence?: number;
  digest?: Binary | null;
};
/** Whose turn it is to compact a document; `_id` is the document's. */
type TurnRow = { _id: string; fence: number; until: Date };
type ClientRow = { documentId: string; clientId: number; ownerId: string };

const durable = { writeConcern: { w: 'majority', j: true } } as const;
/** BSON documents end at 16 MB. */
const partBytes = 12_000_000;
/** A bigger digest is made again at each load: the document is big enough for that not to matter. */
const digestBytes = 1_000_000;
/** The driver writes a command into 17 MB; what is bigger can never be sent, however often it is tried. */
const commandBytes = 14_000_000;
const duplicateKey = 11000;
const loadAttempts = 5;

/** What uniqueness and speed rest on, by collection: create these before the first use. */
export const storeIndexes = {
  doc_updates: [{ key: { documentId: 1, seq: 1 }, unique: true }],
  doc_snapshots: [{ key: { documentId: 1, generation: 1, part: 1 } }],
  doc_clients: [{ key: { documentId: 1, clientId: 1 }, unique: true }],
} satisfies Record<string, IndexDescription[]>;

export type MongoStoreOptions = {
  /**
   * Several processes append to the same documents: then an append also looks whether another process has compacted
   * beyond it, which takes the records away that would have been in its way.
   */
  shared?: boolean;
};

/** Documents in MongoDB: `doc_updates`, `doc_snapshots`, `doc_heads`, `doc_turns`, `doc_clients`. */
export class MongoStore implements UpdateStore {
  readonly #updates: Collection<UpdateRow>;
  readonly #parts: Collection<PartRow>;
  readonly #heads: Collection<HeadRow>;
  readonly #turns: Collection<TurnRow>;
  readonly #clients: Collection<ClientRow>;
  readonly #shared: boolean;

  constructor(db: Db, { shared = false }: MongoStoreOptions = {}) {
    this.#shared = shared;
    this.#updates = db.collection('doc_updates');
    this.#parts = db.collection('doc_snapshots');
    this.#heads = db.collection('doc_heads');
    this.#turns = db.collection('doc_turns');
    this.#clients = db.collection('doc_clients');
  }

  /**
   * Reads again when a compaction replaced the snapshot meanwhile.
   * @throws when some of the document is missing
   */
  async load(documentId: string): Promise<StoredDocument> {
    for (let attempt = 0; attempt < loadAttempts; attempt++) {
      const head = await this.#heads.findOne({ _id: documentId });
      const throughSeq = head?.throughSeq ?? 0;
      const [snapshot, rows] = await Promise.all([
        head ? this.#readSnapshot(documentId, head) : null,
        this.#updates
          .find({ documentId, seq: { $gt: throughSeq } })
          .sort({ seq: 1 })
          .toArray(),
      ]);
      const after = await this.#heads.findOne({ _id: documentId }, { projection: { generation: 1 } });
      if (after?.generation !== head?.generation || snapshot === undefined) continue;
      const records = recordsAfter(rows, throughSeq);
      if (records === null) break;
      const seq = records.at(-1)?.seq ?? throughSeq;
      if (seq === 0 && (await this.#hasParts(documentId))) break;
      const digest = head?.digest ? bytesOf(head.digest) : null;
      return { snapshot, digest, tail: records.flatMap(({ updates }) => updates), seq };
    }
    throw incomplete(documentId);
  }

  /** Whether there is a snapshot, whole or not: then there were records, and there is something that points to it. */
  async #hasParts(documentId: string): Promise<boolean> {
    return (await this.#parts.findOne({ documentId }, { projection: { _id: 1 } })) !== null;
  }

  async #readSnapshot(documentId: string, head: HeadRow): Promise<Uint8Array | undefined> {
    const parts = await this.#parts.find({ documentId, generation: head.generation }).sort({ part: 1 }).toArray();
    return parts.length === head.parts ? Buffer.concat(parts.map(({ data }) => bytesOf(data))) : undefined;
  }

  /** The number of the last durable record of a document, 0 when there is none: what `load` would answer as `seq`. */
  async head(documentId: string): Promise<number> {
    // In this order: what a compaction takes away in between, the head already tells.
    const last = await this.#updates.findOne({ documentId }, { projection: { seq: 1 }, sort: { seq: -1 } });
    const head = await this.#heads.findOne({ _id: documentId }, { projection: { throughSeq: 1 } });
    return Math.max(last?.seq ?? 0, head?.throughSeq ?? 0);
  }

  async append(records: AppendRecord[]): Promise<void> {
    const rows = records.map(({ documentId, seq, updates, counts }) => ({
      ...{ documentId, seq, data: pack(updates) },
      ...(counts && { counts }),
    }));
    const repeated: UpdateRow[] = [];
    for (const some of inCommands(rows)) repeated.push(...(await insertNew(this.#updates, some)));
    const conflicts: string[] = [];
    for (const { documentId, seq, data } of repeated) {
      // A write to the record with the same bytes both compares them and waits until they are durable.
      const { matchedCount } = await this.#updates.updateOne({ documentId, seq, data }, { $set: { seq } }, durable);
      if (matchedCount === 0) conflicts.push(documentId);
    }
    if (this.#shared) conflicts.push(...(await this.#overtaken(records)));
    if (conflicts.length > 0) throw new AppendConflict(conflicts);
  }

  /** The documents of which a snapshot covers these records, with what they hold or without: nobody reads them. */
  async #overtaken(records: AppendRecord[]): Promise<string[]> {
    const ids = records.map(({ documentId }) => documentId);
    const heads = await this.#heads.find({ _id: { $in: ids } }, { projection: { throughSeq: 1 } }).toArray();
    const through = new Map(heads.map(({ _id, throughSeq }) => [_id, throughSeq]));
    return records.filter(({ documentId, seq }) => seq <= (through.get(documentId) ?? 0)).map((row) => row.documentId);
  }

  async loadAfter(documentId: string, seq: number): Promise<{ seq: number; updates: Uint8Array[] }[] | null> {
    const rows = await this.#updates
      .find({ documentId, seq: { $gt: seq } })
      .sort({ seq: 1 })
      .toArray();
    // In this order: as long as no snapshot goes beyond `seq`, nothing of what was read had been taken away.
    const head = await this.#heads.findOne({ _id: documentId }, { projection: { throughSeq: 1 } });
    if ((head?.throughSeq ?? 0) > seq) return null;
    const records = recordsAfter(rows, seq);
    if (records === null) throw incomplete(documentId);
    return records;
  }

  async claim(claims: Claim[]): Promise<{ documentId: string; clientId: number; ownerId: string }[]> {
    const rows = claims.map(({ documentId, clientId, personId }) => ({ documentId, clientId, ownerId: personId }));
    const taken = await insertNew(this.#clients, rows);
    const owned = rows.filter((row) => !taken.includes(row));
    for (const { documentId, clientId } of taken) {
      const row = await this.#clients.findOne({ documentId, clientId });
      if (row) owned.push({ documentId, clientId, ownerId: row.ownerId });
    }
    return owned.map(({ documentId, clientId, ownerId }) => ({ documentId, clientId, ownerId }));
  }

  /** Of all clientIDs, or of those among the given ones. */
  async owners(documentId: string, among?: readonly number[]): Promise<Map<number, string>> {
    const clients = among === undefined ? {} : { clientId: { $in: [...among] } };
    const rows = await this.#clients.find({ documentId, ...clients }).toArray();
    return new Map(rows.map(({ clientId, ownerId }) => [clientId, ownerId]));
  }

  async takeTurn(documentId: string, ms: number): Promise<Turn | null> {
    const now = Date.now();
    try {
      const row = await this.#turns.findOneAndUpdate(
        { _id: documentId, until: { $lte: new Date(now) } },
        { $inc: { fence: 1 }, $set: { until: new Date(now + ms) } },
        { upsert: true, returnDocument: 'after', ...durable },
      );
      return row && { fence: row.fence };
    } catch (error) {
      // The record is there, and somebody's time has not run out.
      if (error instanceof MongoServerError && error.code === duplicateKey) return null;
      throw error;
    }
  }

  async endTurn(documentId: string, { fence }: Turn): Promise<void> {
    await this.#turns.updateOne({ _id: documentId, fence }, { $set: { until: new Date(0) } });
  }

  /** A crash between the steps leaves parts or records that nobody reads; never less than there was. */
  async compact(documentId: string, { snapshot, digest, throughSeq, fence }: Compaction): Promise<void> {
    const generation = randomUUID();
    const parts = await this.#writeParts(documentId, generation, snapshot, fence);
    const before = await this.#heads.findOne({ _id: documentId }, { projection: { digest: 0 } });
    const kept = digest.length <= digestBytes ? new Binary(digest) : null;
    if (!(await this.#flip({ _id: documentId, generation, parts, throughSeq, fence, digest: kept }, before))) {
      await this.#parts.deleteMany({ documentId, generation });
      return;
    }
    await this.#updates.deleteMany({ documentId, seq: { $lte: throughSeq } });
    if (before) await this.#parts.deleteMany({ documentId, generation: before.generation });
    // What earlier turns left, should they have crashed; a later one may be at work by now.
    await this.#parts.deleteMany({ documentId, fence: { $lt: fence } });
  }

  async #writeParts(documentId: string, generation: string, snapshot: Uint8Array, fence: number): Promise<number> {
    const parts = Math.max(1, Math.ceil(snapshot.length / partBytes));
    for (let part = 0; part < parts; part++) {
      const data = new Binary(snapshot.subarray(part * partBytes, (part + 1) * partBytes));
      const row = { _id: `${generation}/${part}`, documentId, generation, part, data, fence };
      await this.#parts.insertOne(row, durable);
    }
    return parts;
  }

  /** Makes a snapshot the one that counts, unless a later turn or one that covers more was there before. */
  async #flip(head: HeadRow, before: HeadRow | null): Promise<boolean> {
    if (before && (before.throughSeq >= head.throughSeq || (before.fence ?? 0) >= (head.fence ?? 0))) return false;
    const { _id, ...rest } = head;
    if (before) {
      const { matchedCount } = await this.#heads.updateOne(
        { _id, generation: before.generation },
        { $set: rest },
        durable,
      );
      return matchedCount === 1;
    }
    return (await insertNew(this.#heads, [head])).length === 0;
  }
}

const incomplete = (documentId: string) => new Error(`the records of document ${documentId} are incomplete`);

/**
 * Inserts rows and answers those that a unique index kept out; the others are durable. As a bare command: the driver's
 * `insertMany` takes up to a quarter more time over the same, and this runs many times a second.
 */
async function insertNew<Row extends object>(collection: Collection<Row>, rows: Row[]): Promise<Row[]> {
  const answer = await collection.db.command({
    insert: collection.collectionName,
    documents: rows,
    ordered: false,
    ...durable,
  });
  if (answer.writeConcernError) throw new MongoServerError(answer.writeConcernError);
  const failures: { index: number; code: number; errmsg?: string }[] = answer.writeErrors ?? [];
  const other = failures.find(({ code }) => code !== duplicateKey);
  if (other) throw new MongoServerError(other);
  return failures.map(({ index }) => rows[index]).filter((row) => row !== undefined);
}

/** The same rows in so many parts that each fits into one command. */
function* inCommands(rows: readonly UpdateRow[]): Generator<UpdateRow[]> {
  let part: UpdateRow[] = [];
  let bytes = 0;
  for (const row of rows) {
    if (part.length > 0 && bytes + row.data.position > commandBytes) {
      yield part;
      part = [];
      bytes = 0;
    }
    part.push(row);
    bytes += row.data.position;
  }
  if (part.length > 0) yield part;
}

function pack(updates: readonly Uint8Array[]): Binary {
  const encoder = createEncoder();
  for (const update of updates) writeVarUint8Array(encoder, update);
  return new Binary(toUint8Array(encoder));
}

function unpack(data: Binary): Uint8Array[] {
  const reader = new ByteReader(bytesOf(data));
  const updates: Uint8Array[] = [];
  while (reader.left > 0) updates.push(reader.varBytes());
  return updates;
}

/** The records after `seq` that these rows hold, in order; null when one is missing. */
function recordsAfter(rows: readonly UpdateRow[], seq: number): NumberedRecord[] | null {
  const records: NumberedRecord[] = [];
  let at = seq;
  for (const { data, ...row } of rows) {
    for (const record of eachRecord({ ...row, updates: unpack(data) })) {
      // A snapshot may end in the middle of a row.
      if (record.seq <= at) continue;
      if (record.seq !== at + 1) return null;
      records.push(record);
      at = record.seq;
    }
  }
  return records;
}

const bytesOf = (data: Binary): Uint8Array => data.buffer.subarray(0, data.position);
