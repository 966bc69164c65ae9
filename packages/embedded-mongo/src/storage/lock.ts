import { accessSync, constants, existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { open } from 'lmdb';
import { hasRoom } from './space.ts';

/** Another process has the data directory. */
class DirectoryInUse extends Error {
  constructor(directory: string, pid: number) {
    super(`the data directory ${directory} is in use by process ${pid}; stop that process or choose another directory`);
    this.name = 'DirectoryInUse';
  }
}

export type Lock = { release(): Promise<void> };

const POLL_MS = 25;
const COPYING = 'copying.mdb';
/** Longer than any copy takes. */
const COPYING_PATIENCE_MS = 60 * 60_000;

/**
 * Takes the data directory for this process until `release`, waiting a while for a holder that is just ending.
 */
export async function lockDirectory(directory: string, patienceMs = 5000): Promise<Lock> {
  const taken = await takeTable(join(directory, 'lock.mdb'), patienceMs);
  if ('other' in taken) throw new DirectoryInUse(directory, taken.other);
  return taken;
}

/**
 * Takes the right to read the data file from another process, or to put another one in its place, waiting for whoever
 * has it: a backup must never read the file while a compaction overwrites it.
 */
export async function lockCopying(directory: string): Promise<Lock> {
  const taken = await takeTable(join(directory, COPYING), COPYING_PATIENCE_MS);
  if ('other' in taken) throw new Error(`process ${taken.other} has been copying the data for an hour`);
  return taken;
}

/**
 * The same for who only reads the directory. Where no lock can be made none is needed: a directory that cannot be
 * written, or where none was ever made and the disk is full, is compacted by nobody.
 */
export async function lockCopyingIfPossible(directory: string): Promise<Lock> {
  try {
    accessSync(directory, constants.W_OK);
  } catch {
    return { release: () => Promise.resolve() };
  }
  if (!existsSync(join(directory, COPYING)) && !hasRoom(directory)) return { release: () => Promise.resolve() };
  return lockCopying(directory);
}

/** Makes the files of the lock while there is room for them. */
export async function makeCopyingLock(directory: string): Promise<void> {
  await open<string, string>({ path: join(directory, COPYING), maxReaders: 64 }).close();
}

/**
 * LMDB's table of readers as a lock: every process that reads has an entry, guarded by a lock that the kernel frees
 * when the process ends in whatever way. The check and the own entry are made inside one write transaction, so two
 * processes can never both find the table empty.
 */
async function takeTable(file: string, patienceMs: number): Promise<Lock | { readonly other: number }> {
  const db = open<string, string>({ path: file, maxReaders: 64 });
  for (const until = Date.now() + patienceMs; ; await wait(POLL_MS)) {
    const attempt = db.transactionSync(() => {
      db.readerCheck();
      const other = holders(db.readerList()).find((pid) => pid !== process.pid);
      if (other !== undefined) return { other };
      const entry = db.useReadTransaction();
      db.get('holder', { transaction: entry });
      return { entry };
    });
    const { entry, other } = attempt;
    if (entry) {
      return {
        release: async () => {
          entry.done();
          await db.close();
        },
      };
    }
    if (Date.now() >= until) {
      await db.close();
      return { other: other ?? 0 };
    }
  }
}

/** The process ids in LMDB's list of readers: a heading, then a line for each. */
function holders(list: string): number[] {
  return list
    .split('\n')
    .map((line) => Number(/^\s*(\d+)\s/.exec(line)?.[1]))
    .filter((pid) => pid > 0);
}
