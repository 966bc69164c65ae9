import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { loadCatalog } from '../storage/catalog.ts';
import { copyData, openCopy } from '../storage/copy.ts';
import { checkDataFile } from '../storage/data-file.ts';
import { reasonOf, syncDirectory } from '../storage/directory.ts';
import { eraseFile } from '../storage/erase.ts';
import { checkFormat, FORMAT, formatText } from '../storage/format.ts';
import { lockCopyingIfPossible } from '../storage/lock.ts';
import { countRecords } from '../storage/records.ts';
import { emptyDirectory, writeNew } from './files.ts';
import { BackupError, DATA, describeFile, FORMAT_FILE, MANIFEST, type Manifest, writtenManifest } from './manifest.ts';

/**
 * Copies a data directory at one instant, while its server may read and write: LMDB gives a reader of another
 * process the last commit and keeps it as long as the copy takes. Nothing is in it of what was stored before that
 * instant. The manifest is written last.
 * Throws BackupError; then nothing that could be taken for a backup is left.
 */
export async function createBackup(dataDir: string, to: string): Promise<Manifest> {
  if (!existsSync(join(dataDir, FORMAT_FILE)) || !existsSync(join(dataDir, DATA)))
    throw new BackupError(`${dataDir} holds no data of embedded-mongo`);
  try {
    checkFormat(dataDir);
    checkDataFile(dataDir);
  } catch (cause) {
    throw new BackupError(cause instanceof Error ? cause.message : String(cause), { cause });
  }
  emptyDirectory(to);
  process.umask(0o077);
  try {
    // Made only if it is not there: of two backups into one directory the second ends here.
    writeNew(join(to, FORMAT_FILE), formatText());
  } catch (cause) {
    throw new BackupError(`cannot write to ${to}: ${reasonOf(cause)}`, { cause });
  }
  try {
    return await fill(dataDir, to);
  } catch (cause) {
    // An unfinished copy may still have what a finished one has not.
    await eraseFile(join(to, DATA)).catch(() => undefined);
    for (const name of [`${MANIFEST}.new`, MANIFEST, DATA, FORMAT_FILE]) rmSync(join(to, name), { force: true });
    if (cause instanceof BackupError) throw cause;
    throw new BackupError(`the backup of ${dataDir} failed: ${reasonOf(cause)}`, { cause });
  }
}

async function fill(dataDir: string, to: string): Promise<Manifest> {
  const lock = await lockCopyingIfPossible(dataDir);
  const instant = new Date().toISOString();
  try {
    await copyData(dataDir, join(to, DATA));
  } finally {
    await lock.release();
  }
  const files = [await describeFile(to, DATA), await describeFile(to, FORMAT_FILE)];
  const manifest = { format: FORMAT, instant, files, collections: await contents(to) };
  writeNew(join(to, `${MANIFEST}.new`), writtenManifest(manifest));
  renameSync(join(to, `${MANIFEST}.new`), join(to, MANIFEST));
  syncDirectory(to);
  return manifest;
}

async function contents(directory: string): Promise<Manifest['collections']> {
  const copied = openCopy(directory);
  try {
    return [...loadCatalog(copied.view).values()].map((collection) => ({
      db: collection.db,
      name: collection.name,
      documents: countRecords(copied.view, collection),
      indexes: collection.indexes.length,
    }));
  } finally {
    await copied.close();
  }
}
