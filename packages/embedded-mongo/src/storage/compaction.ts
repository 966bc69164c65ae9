import { existsSync, linkSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Job, JobResult } from '../backup/job.ts';
import type { Key } from '../bson/key.ts';
import { spawnSource } from '../child-process.ts';
import type { Marks } from './data-file.ts';
import { reasonOf, syncDirectory } from './directory.ts';
import { OutOfSpace } from './engine.ts';
import { eraseDirectory } from './erase.ts';
import { type Data, openData } from './lmdb-data.ts';
import { lockCopying, makeCopyingLock } from './lock.ts';
import { hasRoom, openSpace } from './space.ts';

/** What was committed while a copy was made: the last value of each key, null where it was removed. */
export type Tail = { readonly changes: Map<Key, Uint8Array | null> };

/** The engine whose data file is to be replaced. */
export type CompactionHost = {
  readonly directory: string;
  readonly marks: Marks;
  /** The number of the last commit. */
  readonly sequence: number;
  /** How far the data file is in use. */
  used(): number;
  /** From now on each commit is also noted in what this gives. */
  record(): Tail;
  /** Commits wait from now on; resolves when none is on its way. */
  holdWrites(): Promise<void>;
  /** Ends both. */
  letWrite(): void;
  /** Commits that wait and all later ones fail. */
  refuseWrites(cause: unknown): void;
  /** Calls back when nobody has a snapshot. */
  whenAlone<T>(then: () => T): Promise<T>;
  /** Reads from another open file; gives the one that was read from. */
  use(data: Data): Data;
  /** Opens the data file under its name again, to be read and written from now on. */
  reopen(): void;
};

/** Where the new file is made and the old one ends; it is there only while one of both is. */
const workIn = (directory: string): string => join(directory, 'compacting');
const dataIn = (directory: string): string => join(directory, 'data.mdb');

/**
 * Ends what a compaction that was broken off has left. Whatever the moment was, the data file under its name is whole
 * and has all that was acknowledged; beside it lies an unfinished copy, or the old file: maybe still the data file
 * itself, under a second name, which is only taken away then.
 */
export async function finishCompaction(directory: string): Promise<void> {
  await makeCopyingLock(directory);
  if (!existsSync(workIn(directory))) return;
  const lock = await lockCopying(directory);
  try {
    // The old file must not be overwritten as long as a loss of power could bring it back under the name of the data.
    syncDirectory(directory);
    await eraseDirectory(workIn(directory));
  } finally {
    await lock.release();
  }
}

/** The old file has lost its name and the new one may not have got it for good. */
class Uncertain extends Error {
  constructor(cause: unknown) {
    super(`the data file could not be replaced safely, restart the database: ${reasonOf(cause)}`, { cause });
    this.name = 'Uncertain';
  }
}

/**
 * Puts a compacted file in the place of the data file. It is copied by another process while reads and writes go on;
 * then writes wait, what was written meanwhile is taken over into the copy, and the copy takes the name of the data
 * file. The old file keeps a second name until its bytes are overwritten. Killed at any moment, the data file is either
 * the old or the new one, and each holds all that was acknowledged until then.
 * @returns by how many bytes the file became shorter
 */
export async function compactDataFile(host: CompactionHost, check: () => void, signal: AbortSignal): Promise<number> {
  const work = workIn(host.directory);
  const checkStop = (): void => signal.throwIfAborted();
  const lock = await lockCopying(host.directory);
  try {
    await eraseDirectory(work, checkStop);
    const freed = await copyAndReplace(host, work, check, signal);
    await eraseDirectory(work, checkStop);
    return freed;
  } catch (cause) {
    // What cannot be erased now is erased by the next compaction, or at the next start.
    if (!(cause instanceof Uncertain)) await eraseDirectory(work, checkStop).catch(() => undefined);
    throw cause;
  } finally {
    await lock.release();
  }
}

async function copyAndReplace(
  host: CompactionHost,
  work: string,
  check: () => void,
  signal: AbortSignal,
): Promise<number> {
  const tail = host.record();
  try {
    check();
    await makeCopy(host, work, signal);
    check();
    await host.holdWrites();
    await takeOver(tail, work, host.sequence);
    check();
    const freed = await replace(host, work);
    host.letWrite();
    return freed;
  } catch (cause) {
    // A write must not be acknowledged into a file that a loss of power could take the name from.
    if (cause instanceof Uncertain) host.refuseWrites(cause);
    else host.letWrite();
    throw cause;
  }
}

/** Makes the copy in a process of its own, which also clears from it what is left over within its pages. */
async function makeCopy(host: CompactionHost, work: string, signal: AbortSignal): Promise<void> {
  const { directory } = host;
  signal.throwIfAborted();
  if (!hasRoom(directory, host.used())) throw new OutOfSpace(new Error(`the copy needs ${host.used()} bytes`));
  mkdirSync(work, { mode: 0o700 });
  syncDirectory(directory);
  const job: Job = { type: 'copy', from: directory, file: dataIn(work) };
  const { child, exited } = spawnSource(new URL('../backup/job.ts', import.meta.url), job);
  const stop = (): void => void child.kill('SIGKILL');
  signal.addEventListener('abort', stop);
  try {
    const result = await new Promise<JobResult>((done, failed) => {
      child.once('error', failed);
      child.once('message', (message: JobResult) => done(message));
      void exited.then(({ code, signal: by }) =>
        failed(signal.reason ?? new Error(`the process that copies the data ended by itself (${by ?? code})`)),
      );
    });
    // It reads the data file until it is gone.
    await exited;
    if (result.type === 'failed') throw new Error(result.message);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/**
 * Commits to the copy what was committed during its making. Where in that time the copy stands does not matter: what it
 * has already gets the same value once more. Removed or replaced in the copy is then only what was so after the
 * compaction was asked for.
 */
async function takeOver({ changes }: Tail, work: string, sequence: number): Promise<void> {
  if (changes.size === 0) return;
  const list = [...changes].map(([key, value]) => ({ key, value }));
  const space = openSpace(work, 1);
  try {
    space.take(list);
  } finally {
    space.close();
  }
  const copy = openData(dataIn(work));
  try {
    await copy.commit(list, sequence);
  } finally {
    await copy.close();
  }
}

async function replace(host: CompactionHost, work: string): Promise<number> {
  const { directory, sequence } = host;
  const [data, copy] = [dataIn(directory), dataIn(work)];
  const [before, after] = [statSync(data).size, statSync(copy).size];
  // Reads go on in the copy while the old file is being closed: what was written through takes turns to be closed.
  const bridge = openData(copy);
  try {
    if (bridge.sequence() !== sequence)
      throw new Error(`the copy has come to commit ${bridge.sequence()} instead of ${sequence}`);
    // Noted before: a file that is shorter than noted would be taken for damaged at the next start.
    host.marks.note({ sequence, bytes: Math.min(before, after) });
    await host.marks.sync();
    linkSync(data, join(work, 'old.mdb'));
    syncDirectory(work);
  } catch (cause) {
    void bridge.close();
    throw cause;
  }
  await host.whenAlone(() => host.use(bridge).close());
  await host.whenAlone(() => {
    // All in one turn: nothing can be read in between. Nothing was written through the bridge, so it closes at once.
    void bridge.close();
    try {
      renameSync(copy, data);
    } finally {
      reopen(host);
    }
  });
  try {
    syncDirectory(directory);
    syncDirectory(work);
  } catch (cause) {
    throw new Uncertain(cause);
  }
  return Math.max(0, before - after);
}

function reopen(host: CompactionHost): void {
  try {
    // It speaks of commits of the file that had this name.
    rmSync(`${dataIn(host.directory)}-lock`, { force: true });
    host.reopen();
  } catch (cause) {
    throw new Uncertain(cause);
  }
}
