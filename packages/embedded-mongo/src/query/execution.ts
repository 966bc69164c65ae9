import { type Doc, isNumeric, type Value } from '../bson/types.ts';
import { MongoError } from '../errors.ts';
import type { Collection, Index } from '../storage/catalog.ts';

/** How many steps pass between two looks at the clock. */
const STEPS = 64;

/** Something a paused cursor relies on when it goes on: the collection, and the index it reads. */
type Reliance = {
  readonly collection: Collection;
  readonly index: Index | undefined;
  /** An index that has become multikey gives documents twice and in another order. */
  readonly multikey: boolean;
};

const isMultikey = (index: Index | undefined): boolean => index?.traits.multikey.some(Boolean) === true;

/** One run of a command: its time, what it has examined, and what it must find unchanged when a cursor goes on. */
export class Execution {
  keysExamined = 0;
  docsExamined = 0;
  private steps = 0;
  /** Milliseconds left when paused, and the moment of the end while running. */
  private left: number;
  private end: number;
  private readonly reliances = new Map<string, Reliance>();

  /** `maxTimeMS` of 0 or none means no limit. */
  constructor(maxTimeMS = 0) {
    this.left = maxTimeMS > 0 ? maxTimeMS : Number.POSITIVE_INFINITY;
    this.end = performance.now() + this.left;
  }

  /** Called for each document or key. Throws MaxTimeMSExpired. */
  step(): void {
    if (++this.steps % STEPS === 0) this.checkTime();
  }

  checkTime(): void {
    if (performance.now() > this.end) throw new MongoError('MaxTimeMSExpired', 'operation exceeded time limit');
  }

  /** Between two batches of a cursor no time is used. */
  pause(): void {
    this.left = Math.max(0, this.end - performance.now());
  }

  resume(): void {
    this.end = performance.now() + this.left;
  }

  relyOn(collection: Collection, index: Index | undefined): void {
    const key = `${collection.id}/${index?.id ?? ''}`;
    if (!this.reliances.has(key)) this.reliances.set(key, { collection, index, multikey: isMultikey(index) });
  }

  /** Throws QueryPlanKilled when a collection or an index that the cursor reads is gone or not what it was. */
  checkReliances(lookup: (db: string, name: string) => Collection | undefined): void {
    for (const { collection, index, multikey } of this.reliances.values()) {
      const now = lookup(collection.db, collection.name);
      if (now?.id !== collection.id) throw killed(`collection ${collection.db}.${collection.name} dropped`);
      if (!index) continue;
      if (!now.indexes.some(({ id }) => id === index.id)) throw killed(`index '${index.name}' dropped`);
      if (isMultikey(index) !== multikey) throw killed(`index '${index.name}' now holds arrays`);
    }
  }
}

const killed = (why: string): MongoError =>
  new MongoError('QueryPlanKilled', `cursor killed between two batches :: caused by :: ${why}`);

/** What a sort or a group may hold, in bytes. */
export const MAX_BLOCKING_BYTES = 100 * 1024 * 1024;

/** Counts the bytes that one blocking stage holds. */
export class Held {
  private bytes = 0;
  private readonly message: string;

  constructor(stage: 'Sort' | '$group' | '$facet' | '$graphLookup') {
    this.message =
      stage === 'Sort'
        ? `Sort exceeded memory limit of ${MAX_BLOCKING_BYTES} bytes, but did not opt in to external sorting.`
        : `Exceeded memory limit for ${stage}, but didn't allow external spilling`;
  }

  /** Throws QueryExceededMemoryLimitNoDiskUseAllowed; nothing is ever put on the disk. */
  add(bytes: number): void {
    this.bytes += bytes;
    if (this.bytes > MAX_BLOCKING_BYTES) throw new MongoError('QueryExceededMemoryLimitNoDiskUseAllowed', this.message);
  }

  release(bytes: number): void {
    this.bytes -= bytes;
  }
}

/** About what a value takes, as BSON would: containers by their content, everything else by its length. */
export function sizeOf(value: Value | undefined): number {
  if (value === undefined || value === null || typeof value === 'boolean') return 1;
  if (typeof value === 'string') return value.length + 5;
  if (Array.isArray(value)) return value.reduce((sum: number, item) => sum + sizeOf(item) + 3, 5);
  if (value instanceof Map) return sizeOfDocument(value);
  if (isNumeric(value)) return 8;
  return '_bsontype' in value && value._bsontype === 'Binary' ? value.position + 5 : 12;
}

function sizeOfDocument(document: Doc): number {
  let size = 5;
  for (const [name, value] of document) size += name.length + 2 + sizeOf(value);
  return size;
}
