import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isSegmentName } from '@concert/sync/journal/files';

/** The bytes of a segment; null when it has gone since it was seen: then its text is in the database. */
function read(path: string): Uint8Array | null {
  try {
    return readFileSync(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/**
 * Copies the segments of a journal that may be in use; answers their names. They go oldest first, so those before one
 * that has gone are not needed either, and without it would look damaged. The last one may end in the middle of an entry
 * that nobody was told of yet.
 */
export function copyJournal(from: string, to: string): string[] {
  if (!existsSync(from)) return [];
  let copied: string[] = [];
  for (const name of readdirSync(from).filter(isSegmentName).sort()) {
    const bytes = read(join(from, name));
    if (bytes === null) {
      for (const needless of copied) rmSync(join(to, needless));
      copied = [];
      continue;
    }
    mkdirSync(to, { recursive: true, mode: 0o700 });
    writeFileSync(join(to, name), bytes, { mode: 0o600, flag: 'wx', flush: true });
    copied.push(name);
  }
  return copied;
}
