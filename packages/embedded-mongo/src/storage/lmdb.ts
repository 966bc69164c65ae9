import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { open, type RootDatabase } from 'lmdb';
import type { Key } from '../bson/key.ts';
import { type Change, type Engine, OutOfSpace } from './engine.ts';

const bytes = (key: Key): Buffer => Buffer.from(key, 'latin1');
const text = (key: Uint8Array): Key => Buffer.from(key.buffer, key.byteOffset, key.byteLength).toString('latin1');

/**
 * The engine on LMDB. Only batches are used for writing: the library's transaction callbacks do not roll back when
 * they throw, and the layers above need none, since they hand over finished changes.
 */
export function lmdbEngine(directory: string): Engine {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const db = open<Buffer, Buffer>({
    path: join(directory, 'data.mdb'),
    encoding: 'binary',
    keyEncoding: 'binary',
    // A commit must have reached the disk when its promise resolves.
    overlappingSync: false,
  });
  return {
    get: (key) => db.get(bytes(key)),
    range: (gte, lt, reverse = false) => range(db, gte, lt, reverse),
    commit: (changes) => commit(db, changes),
    backup: async (target) => {
      mkdirSync(target, { recursive: true, mode: 0o700 });
      await db.backup(join(target, 'data.mdb'), true);
    },
    close: () => db.close(),
  };
}

function* range(
  db: RootDatabase<Buffer, Buffer>,
  gte: Key,
  lt: Key,
  reverse: boolean,
): Generator<readonly [Key, Uint8Array]> {
  if (gte >= lt) return;
  const bounds = reverse
    ? { start: bytes(lt), end: bytes(gte), exclusiveStart: true, inclusiveEnd: true, reverse }
    : { start: bytes(gte), end: bytes(lt) };
  for (const entry of db.getRange(bounds)) {
    const key = text(entry.key);
    if (key >= lt || key < gte) continue;
    yield [key, entry.value];
  }
}

async function commit(db: RootDatabase<Buffer, Buffer>, changes: readonly Change[]): Promise<void> {
  const pending: Promise<unknown>[] = [];
  try {
    const batch = db.batch(() => {
      for (const { key, value } of changes) {
        pending.push(value === null ? db.remove(bytes(key)) : db.put(bytes(key), value as Buffer));
      }
    });
    // Every promise is watched: one rejected without a listener would end the process.
    const results = await Promise.allSettled([batch, ...pending]);
    const failed = results.find((result) => result.status === 'rejected');
    if (failed) throw failed.reason;
  } catch (cause) {
    if (isFull(cause)) throw new OutOfSpace(cause);
    throw cause;
  }
}

/** LMDB reports ENOSPC (or a full map) by number and text; the library wraps it in a commit error. */
function isFull(error: unknown): boolean {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause ?? commitError(cause)) {
    const code = 'code' in cause ? cause.code : undefined;
    if (code === 28 || code === 'ENOSPC' || /no space left|MDB_MAP_FULL|disk quota/i.test(cause.message)) return true;
  }
  return false;
}

const commitError = (error: Error): unknown => ('commitError' in error ? error.commitError : undefined);
