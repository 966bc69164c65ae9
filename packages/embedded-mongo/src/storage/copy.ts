import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Data, openData } from './lmdb-data.ts';
import { scrubCopy } from './scrub.ts';
import type { View } from './transactions.ts';

const COPY_ATTEMPTS = 5;

/**
 * Copies the data of a directory durably to a new file as it was at one instant, with nothing of what was there before:
 * neither free pages nor what is left over within pages. Another process may have the directory and write: LMDB gives
 * this one the last commit and keeps it as long as the copy takes. It must not be the process that writes, which may
 * move what is being read to another place in its memory. Who calls this has the lock of copying.
 */
export async function copyData(directory: string, file: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const data = openData(join(directory, 'data.mdb'), true);
    try {
      await data.copy(file);
      break;
    } catch (error) {
      // The data has outgrown what was mapped when the file was opened, a moment ago.
      if (attempt === COPY_ATTEMPTS || !String(error).includes('MDB_MAP_RESIZED')) throw error;
      rmSync(file, { force: true });
    } finally {
      await data.close();
    }
  }
  await scrubCopy(file);
}

/**
 * Opens the data file of a backup for reading only and changes nothing in its directory: the file in which LMDB keeps
 * its readers is made beside a link to the data, elsewhere.
 */
export function openCopy(directory: string): { readonly view: View; close(): Promise<void> } {
  const own = mkdtempSync(join(tmpdir(), 'embedded-mongo-'));
  const path = join(own, 'data.mdb');
  symlinkSync(resolve(directory, 'data.mdb'), path);
  const data: Data = openData(path, true);
  return {
    view: data,
    close: async () => {
      await data.close();
      rmSync(own, { recursive: true, force: true });
    },
  };
}
