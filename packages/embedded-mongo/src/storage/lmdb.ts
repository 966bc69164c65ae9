import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { open, type RangeOptions, type RootDatabase, type Transaction } from 'lmdb';
import { type Key, u32, u64 } from '../bson/key.ts';
import { MongoError } from '../errors.ts';
import { checkDataFile, DamagedData, openMarks, readMark } from './data-file.ts';
import { makeDirectory } from './directory.ts';
import type { Change, Engine } from './engine.ts';
import { openSpace } from './space.ts';
import type { View } from './transactions.ts';

type Database = RootDatabase<Buffer, Key>;

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
 * The engine on LMDB. Only batches of finished changes are written: the library's transactions do not roll back when
 * their callback throws, and nothing here needs a callback. Throws DamagedData when the file is not what was written.
 */
export function lmdbEngine(directory: string): Engine {
  makeDirectory(directory);
  checkDataFile(directory);
  const db = openChecked(directory);
  let sequence = sequenceOf(db);
  const marks = openMarks(directory);
  const space = openSpace(directory);
  return {
    get: (key) => get(db, key),
    range: ranger(db),
    holds: prober(db),
    commit: async (changes) => {
      if (changes.length === 0) return;
      space.take(changes);
      const next = sequence + 1;
      await commit(db, [...changes, { key: SEQUENCE, value: Buffer.from(u64(next), 'latin1') }]);
      sequence = next;
      marks.note({ sequence, bytes: space.size() });
    },
    snapshot: () => {
      const transaction = db.useReadTransaction();
      return {
        get: (key) => get(db, key, transaction),
        range: ranger(db, transaction),
        release: () => transaction.done(),
      };
    },
    close: async () => {
      await db.close();
      marks.close();
      space.close();
    },
  };
}

function openChecked(directory: string): Database {
  try {
    const db = openData(join(directory, 'data.mdb'));
    const lost = (readMark(directory)?.sequence ?? 0) - sequenceOf(db);
    if (lost <= 0) return db;
    void db.close();
    throw new DamagedData(directory, `its last ${lost} commits are missing`);
  } catch (cause) {
    if (cause instanceof DamagedData) throw cause;
    throw new DamagedData(directory, cause instanceof Error ? cause.message : String(cause));
  }
}

function openData(path: string, readOnly = false): Database {
  return open<Buffer, Key>({
    path,
    readOnly,
    encoding: 'binary',
    keyEncoder,
    // A commit must have reached the disk when its promise resolves.
    overlappingSync: false,
  });
}

function sequenceOf(db: Database): number {
  const value = db.get(SEQUENCE);
  return value ? Number(value.readBigUInt64BE()) : 0;
}

const COPY_ATTEMPTS = 5;

/**
 * Copies the data of a directory to a new file as it was at one instant, without what is free in it. Another process
 * may have the directory and write: LMDB gives this one the last commit and keeps it as long as the copy takes.
 */
export async function copyData(directory: string, file: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const db = openData(join(directory, 'data.mdb'), true);
    try {
      await db.backup(file, true);
      return;
    } catch (error) {
      // The data has outgrown what was mapped when the file was opened, a moment ago.
      if (attempt === COPY_ATTEMPTS || !String(error).includes('MDB_MAP_RESIZED')) throw error;
      rmSync(file, { force: true });
    } finally {
      await db.close();
    }
  }
}

/**
 * Opens the data file of a backup for reading only and changes nothing in its directory: the file in which LMDB keeps
 * its readers is made beside a link to the data, elsewhere.
 */
export function openCopy(directory: string): { readonly view: View; close(): Promise<void> } {
  const own = mkdtempSync(join(tmpdir(), 'embedded-mongo-'));
  const path = join(own, 'data.mdb');
  symlinkSync(resolve(directory, 'data.mdb'), path);
  const db = openData(path, true);
  return {
    view: {
      get: (key) => get(db, key),
      range: ranger(db),
    },
    close: async () => {
      await db.close();
      rmSync(own, { recursive: true, force: true });
    },
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
function prober(db: Database): Engine['holds'] {
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
