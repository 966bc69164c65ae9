import { accessSync, closeSync, constants, fsyncSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'no permission',
  EPERM: 'no permission',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a part of the path is not a directory',
  ENOENT: 'the path does not exist',
  ENAMETOOLONG: 'the path is too long',
  EEXIST: 'it exists already',
  EADDRINUSE: 'it is in use',
};

/** Why an operation on a file failed, in words. */
export function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return REASONS[code] ?? (error instanceof Error ? error.message : String(error));
}

/**
 * Makes a directory and what lies above it, for this user only, unless it is there. Throws an Error of one line when
 * that cannot be, or when it cannot be written.
 */
export function makeDirectory(directory: string): void {
  let isThere = false;
  try {
    const kind = statSync(directory, { throwIfNoEntry: false });
    isThere = kind !== undefined;
    if (!kind) makeStepwise(directory);
    else if (kind.isDirectory()) accessSync(directory, constants.R_OK | constants.W_OK | constants.X_OK);
    else throw new Error('it is not a directory');
  } catch (cause) {
    throw new Error(`${directory} cannot be ${isThere ? 'written' : 'made'}: ${reasonOf(cause)}`, { cause });
  }
}

// Node's own recursive making never ends where a directory is there but none can be made in it, as below /proc.
function makeStepwise(directory: string): void {
  const above = dirname(directory);
  if (above !== directory && !statSync(above, { throwIfNoEntry: false })) makeStepwise(above);
  try {
    mkdirSync(directory, { mode: 0o700 });
  } catch (error) {
    const taken = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    if (!taken || !statSync(directory).isDirectory()) throw error;
  }
}

/** Makes the content of a file durable. */
export function syncFile(file: string): void {
  const descriptor = openSync(file, 'r+');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Makes the names in a directory durable; Windows does so by itself and cannot be asked to. */
export function syncDirectory(directory: string): void {
  if (process.platform === 'win32') return;
  const descriptor = openSync(directory, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
