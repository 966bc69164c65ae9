import { open, type RangeOptions, type RootDatabase, type Transaction } from 'lmdb';
import { type Key, u32, u64 } from '../bson/key.ts';
import { MongoError } from '../errors.ts';
import { lacksFreeList } from './data-file.ts';
import type { Change } from './engine.ts';
import type { View } from './transactions.ts';

type Database = RootDatabase<Buffer, Key>;

/** An open data file. */
export type Data = View & {
  /** Whether there is an entry with gte <= key < lt. */
  holds(gte: Key, lt: Key): boolean;
  /** The number of the last commit. */
  sequence(): number;
  /** Applies all changes under the number of a commit, or none. */
  commit(changes: readonly Change[], sequence: number): Promise<void>;
  /** The last commit, to be read while others are made. */
  snapshot(): View & { release(): void };
  /** Writes the last commit to a new file, without free pages. */
  copy(file: string): Promise<void>;
  /** Closes the file before it returns when nothing was written through it; otherwise when the promise resolves. */
  close(): Promise<void>;
};

/** Keys go into the buffers of the library as they are. A key that has no room must throw, or it would be cut. */
const keyEncoder = {
  writeKey: (key: Key, target: Buffer, at: number): number => {
    if (at + key.length > target.length) throw new RangeError('the key has no room');
    return at + target.write(key, at, 'latin1');
  },
  readKey: (source: Buffer, from: number, to: number): Key => source.toString('latin1', from, to),
};

// The number of the last commit; it stands in the range of the catalog's keys and is nobody else's business.
const SEQUENCE: Key = `${u32(0)}s`;

/**
 * Opens a data file. Only batches of finished changes are written: the library's transactions do not roll back when
 * their callback throws, and nothing here needs a callback.
 */
export function openData(path: string, readOnly = false): Data {
  const db = open<Buffer, Key>({
    path,
    readOnly,
    encoding: 'binary',
    keyEncoder,
    // A commit must have reached the disk when its promise resolves.
    overlappingSync: false,
    // New pages begin as zeros: else whatever lay in the memory of the process would come into the file with them.
    noMemInit: false,
  });
  const sequence = (): number => {
    const value = db.get(SEQUENCE);
    return value ? Number(value.readBigUInt64BE()) : 0;
  };
  const commitAs = (changes: readonly Change[], number: number): Promise<void> =>
    commit(db, [...changes, { key: SEQUENCE, value: Buffer.from(u64(number), 'latin1') }]);
  let isCopy = !readOnly && lacksFreeList(path);
  return {
    get: (key) => get(db, key),
    range: ranger(db),
    holds: prober(db),
    sequence,
    commit: async (changes, number) => {
      // LMDB crashes when the first commit to a copy frees so many pages that their list has no room in one page (lmdb
      // 3.5.6, mdb_cursor_last of an empty list). A commit that changes nothing begins the list.
      if (isCopy) await commitAs([], sequence());
      isCopy = false;
      await commitAs(changes, number);
    },
    snapshot: () => {
      const transaction = db.useReadTransaction();
      return {
        get: (key) => get(db, key, transaction),
        range: ranger(db, transaction),
        release: () => transaction.done(),
      };
    },
    copy: (file) => db.backup(file, true),
    close: () => db.close(),
  };
}

// What LMDB says when a page is not what it must be: PAGE_NOTFOUND, CORRUPTED, BAD_TXN after one of them.
const DAMAGE = [-30797, -30796, -30782];

function damage(error: unknown): unknown {
  const isDamage = error instanceof Error && 'code' in error && DAMAGE.includes(Number(error.code));
  if (!isDamage) return error;
  return new MongoError('DataCorruptionDetected', `the data file is damaged (${error.message}); restore a backup`);
}

function get(db: Database, key: Key, transaction?: Transaction): Uint8Array | undefined {
  try {
    return transaction ? db.get(key, { transaction }) : db.get(key);
  } catch (error) {
    throw damage(error);
  }
}

type Range = (gte: Key, lt: Key, reverse?: boolean) => Generator<readonly [Key, Uint8Array]>;

/**
 * Ranges of a database. The library makes much for each of its ranges, and reads the bounds when one is begun: so they
 * are made for as many as are read at a time and used again.
 */
function ranger(db: Database, transaction?: Transaction): Range {
  const idle: { readonly bounds: RangeOptions; readonly entries: Iterable<{ key: Key; value: Buffer }> }[] = [];
  const made = (): (typeof idle)[number] => {
    const bounds: RangeOptions = transaction ? { transaction } : {};
    return { bounds, entries: db.getRange(bounds) };
  };
  return function* (gte, lt, reverse = false) {
    if (gte >= lt) return;
    const { bounds, entries } = idle.pop() ?? made();
    bounds.start = reverse ? lt : gte;
    bounds.end = reverse ? gte : lt;
    bounds.reverse = reverse;
    bounds.exclusiveStart = reverse;
    bounds.inclusiveEnd = reverse;
    try {
      for (const { key, value } of entries) if (key < lt && key >= gte && key !== SEQUENCE) yield [key, value];
    } catch (error) {
      throw damage(error);
    } finally {
      idle.push({ bounds, entries });
    }
  };
}

/**
 * Whether a range holds anything. What a range of the library needs is made once: it reads its bounds each time it is
 * begun, and here it is read to its end before the next one begins.
 */
function prober(db: Database): Data['holds'] {
  const bounds: RangeOptions = { limit: 1 };
  const keys = db.getKeys(bounds);
  return (gte, lt) => {
    bounds.start = gte;
    bounds.end = lt;
    try {
      if (gte < lt) for (const _ of keys) return true;
      return false;
    } catch (error) {
      throw damage(error);
    }
  };
}

async function commit(db: Database, changes: readonly Change[]): Promise<void> {
  const pending = new Set<Promise<unknown>>();
  const batch = db.batch(() => {
    // Within a batch the library answers nearly every change with one and the same promise.
    for (const { key, value } of changes) pending.add(value === null ? db.remove(key) : db.put(key, value as Buffer));
  });
  // Every promise is watched: one rejected without a listener would end the process.
  const results = await Promise.allSettled([batch, ...pending]);
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
}
