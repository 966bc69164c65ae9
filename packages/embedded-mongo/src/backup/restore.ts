import { constants, copyFileSync, existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { reasonOf, syncDirectory, syncFile } from '../storage/directory.ts';
import { RESTORING } from '../storage/format.ts';
import { emptyDirectory, writeNew } from './files.ts';
import { BackupError, checkFiles, DATA, FORMAT_FILE, type Manifest, readManifest } from './manifest.ts';

/**
 * Makes an empty directory the data directory that the backup was made of. The backup is checked before anything is
 * written and the copy after. A note in the directory says that it is unfinished until all is durable; with it the
 * directory is refused as data. Throws BackupError; then the directory is as empty as it was.
 */
export async function restoreBackup(from: string, dataDir: string): Promise<Manifest> {
  const manifest = readManifest(from);
  await checkFiles(from, manifest);
  refuseUnfinished(dataDir);
  emptyDirectory(dataDir);
  try {
    writeNew(join(dataDir, RESTORING), `${manifest.instant}\n`);
    syncDirectory(dataDir);
  } catch (cause) {
    throw new BackupError(`cannot write to ${dataDir}: ${reasonOf(cause)}`, { cause });
  }
  try {
    if (readdirSync(dataDir).some((name) => name !== RESTORING))
      throw new BackupError(`${dataDir} was taken by another program in the meantime`);
    await fill(from, dataDir, manifest);
  } catch (cause) {
    for (const name of [FORMAT_FILE, DATA, unfinished(DATA), unfinished(FORMAT_FILE), RESTORING])
      rmSync(join(dataDir, name), { force: true });
    if (cause instanceof BackupError) throw cause;
    throw new BackupError(`the backup could not be restored to ${dataDir}: ${reasonOf(cause)}`, { cause });
  }
  return manifest;
}

const unfinished = (name: string): string => `${name}.restoring`;

function refuseUnfinished(dataDir: string): void {
  if (existsSync(join(dataDir, RESTORING)))
    throw new BackupError(`${dataDir} holds an unfinished restore: empty the directory, then restore again`);
}

async function fill(from: string, dataDir: string, manifest: Manifest): Promise<void> {
  for (const name of [DATA, FORMAT_FILE]) {
    const file = join(dataDir, unfinished(name));
    copyFileSync(join(from, name), file, constants.COPYFILE_EXCL);
    syncFile(file);
    renameSync(file, join(dataDir, name));
  }
  await checkFiles(dataDir, manifest);
  syncDirectory(dataDir);
  rmSync(join(dataDir, RESTORING));
  syncDirectory(dataDir);
}
