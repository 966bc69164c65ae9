import { existsSync, lstatSync, readdirSync, rmdirSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { syncDirectory } from './directory.ts';

const BLOCK = Buffer.alloc(4 * 1024 * 1024);

/**
 * Overwrites a file with zeros, durably, and removes it: a removed file leaves its bytes in the free blocks of the disk.
 * Where the file system writes in place this takes them away. It does not reach copies that are made below or beside
 * the file: a disk that spreads its writes over spare blocks (every SSD), file systems that write everything anew
 * (btrfs, ZFS, overlays) or keep data in their journal, snapshots, backups of the machine, and memory that was swapped
 * out. An encrypted disk whose key is thrown away, and the deletion of snapshots, are the means against those.
 * A file that has another name is only taken this name: its bytes are in use under the other one.
 * @param check asked between two blocks; what it throws ends the work, and the file is still there
 */
export async function eraseFile(file: string, check: () => void = () => undefined): Promise<void> {
  const kind = lstatSync(file, { throwIfNoEntry: false });
  if (!kind) return;
  if (kind.isFile() && kind.nlink === 1) await overwrite(file, kind.size, check);
  rmSync(file);
}

async function overwrite(file: string, size: number, check: () => void): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    for (let at = 0; at < size; ) {
      check();
      at += (await handle.write(BLOCK, 0, Math.min(BLOCK.length, size - at), at)).bytesWritten;
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Overwrites and removes all files of a directory, and the directory itself, if it is there. */
export async function eraseDirectory(directory: string, check?: () => void): Promise<void> {
  if (!existsSync(directory)) return;
  for (const name of readdirSync(directory)) await eraseFile(join(directory, name), check);
  syncDirectory(directory);
  rmdirSync(directory);
}
