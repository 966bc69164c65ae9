import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { open } from 'lmdb';

/** Another process has the data directory. */
class DirectoryInUse extends Error {
  constructor(directory: string, pid: number) {
    super(`the data directory ${directory} is in use by process ${pid}; stop that process or choose another directory`);
    this.name = 'DirectoryInUse';
  }
}

const POLL_MS = 25;

/**
 * Takes the data directory for this process until `release`, waiting a while for a holder that is just ending.
 * LMDB's table of readers is the lock: every process that reads has an entry, guarded by a lock that the kernel frees
 * when the process ends in whatever way. The check and the own entry are made inside one write transaction, so two
 * processes can never both find the table empty.
 */
export async function lockDirectory(directory: string, patienceMs = 5000): Promise<{ release(): Promise<void> }> {
  const db = open<string, string>({ path: join(directory, 'lock.mdb'), maxReaders: 64 });
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
      throw new DirectoryInUse(directory, other ?? 0);
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
