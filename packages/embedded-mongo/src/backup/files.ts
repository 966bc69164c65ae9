import { closeSync, fsyncSync, openSync, readdirSync, writeSync } from 'node:fs';
import { makeDirectory } from '../storage/directory.ts';
import { BackupError } from './manifest.ts';

/** Makes a directory that is not there; refuses one that holds anything. Throws BackupError. */
export function emptyDirectory(directory: string): void {
  try {
    makeDirectory(directory);
  } catch (cause) {
    throw new BackupError(cause instanceof Error ? cause.message : String(cause), { cause });
  }
  if (readdirSync(directory).length > 0)
    throw new BackupError(`${directory} is not empty: nothing was written; choose an empty directory`);
}

/** Writes a file that must not exist yet, durably. */
export function writeNew(file: string, text: string): void {
  const descriptor = openSync(file, 'wx', 0o600);
  try {
    writeSync(descriptor, text);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
