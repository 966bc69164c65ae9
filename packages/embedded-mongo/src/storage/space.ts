import { closeSync, existsSync, fstatSync, ftruncateSync, openSync, statfsSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { usedBytes } from './data-file.ts';
import { type Change, OutOfSpace } from './engine.ts';

const PAGE = 4096;
/** What is left to the rest of the machine, and to file systems that write everything anew. */
const RESERVE = 1024 * 1024;
const BLOCK = Buffer.alloc(1024 * 1024);
const LARGEST_STEP = 64 * BLOCK.length;
const AHEAD = 8;

/** Room in the data file for commits. */
export type Space = {
  /** Throws OutOfSpace and leaves the file as long as it was. */
  take(changes: readonly Change[]): void;
  /** How long the file is at least. */
  size(): number;
  /** How far the file is in use. */
  used(): number;
  close(): void;
};

/**
 * Room in the data file, taken before each commit: LMDB's native code does not survive a full disk. The file is made
 * longer than what is used of it by writing zeros behind its end, so that the disk may be filled by anybody between
 * that and the commit. How much is used is looked up when all that was free at the last look could have been used.
 * @param aheadCommits for how many commits like the one that finds no room it is made
 */
export function openSpace(directory: string, aheadCommits = AHEAD): Space {
  const descriptor = openSync(join(directory, 'data.mdb'), 'r+');
  let size = 0;
  /** What at least is free in the file. */
  let left = 0;
  const look = (changes: readonly Change[]): void => {
    const used = usedBytes(descriptor);
    size = fstatSync(descriptor).size;
    const wanted = needed(changes, used);
    if (used + wanted > size) size += grow(descriptor, size, used + wanted - size, aheadCommits * wanted);
    left = size - used;
  };
  return {
    take: (changes) => {
      if (needed(changes, size - left) > left) look(changes);
      left -= needed(changes, size - left);
      const { bavail, bsize } = statfsSync(directory);
      if (bavail * bsize < RESERVE) throw new OutOfSpace(new Error(`${bavail * bsize} bytes are free`));
    },
    size: () => size,
    used: () => usedBytes(descriptor),
    close: () => closeSync(descriptor),
  };
}

/** Refuses to begin where not even the files of an empty database have room: LMDB maps them and dies of that. */
export function checkRoom(directory: string): void {
  const tables = ['data.mdb', 'lock.mdb', 'copying.mdb'].flatMap((name) => [name, `${name}-lock`]);
  if ([...tables, 'COMMITTED'].every((name) => existsSync(join(directory, name)))) return;
  if (!hasRoom(directory)) throw new Error(`${directory} cannot be used: the disk is full`);
}

/** Whether the disk has room for so many bytes and for the rest of the machine. */
export function hasRoom(directory: string, bytes = 0): boolean {
  const { bavail, bsize } = statfsSync(directory);
  return bavail * bsize >= bytes + RESERVE;
}

/** LMDB writes changed pages anew: a path of the tree for each change, or at most all there are and what is added. */
function needed(changes: readonly Change[], used: number): number {
  const added = changes.reduce((sum, { key, value }) => sum + key.length + (value?.length ?? 0), 0);
  const pages = changes.length * PAGE;
  return 2 * added + Math.min(3 * pages, used + pages) + 16 * PAGE;
}

/** Adds more than is missing where there is room, so that this is seldom needed. Gives how much it added. */
function grow(descriptor: number, size: number, missing: number, ahead: number): number {
  const ample = Math.max(missing, Math.min(LARGEST_STEP, Math.max(BLOCK.length, size >> 4, ahead)));
  if (!extend(descriptor, size, whole(ample))) return whole(ample);
  const failed = extend(descriptor, size, whole(missing));
  if (failed) throw new OutOfSpace(failed);
  return whole(missing);
}

const whole = (bytes: number): number => Math.ceil(bytes / PAGE) * PAGE;

/** Gives the error when there is no room; then the file is as long as it was. */
function extend(descriptor: number, size: number, by: number): Error | undefined {
  try {
    for (let at = size; at < size + by; )
      at += writeSync(descriptor, BLOCK, 0, Math.min(BLOCK.length, size + by - at), at);
    return undefined;
  } catch (error) {
    ftruncateSync(descriptor, size);
    if (error instanceof Error && 'code' in error && ['ENOSPC', 'EDQUOT', 'EFBIG'].includes(String(error.code)))
      return error;
    throw error;
  }
}
