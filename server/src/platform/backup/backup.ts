import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type BackupSummary, backup, restore, verifyBackup } from '@concert/embedded-mongo';
import { z } from 'zod';
import { JOURNAL } from '../documents/store.ts';
import { copyJournal } from './journal.ts';
import { lastBackupFile, lastBackupNote } from './last-backup.ts';
import { markRestored } from './restored.ts';
import { UNFINISHED } from './unfinished.ts';

/** What goes wrong with a backup, in one line for the person at the terminal. */
export class BackupFailed extends Error {
  override readonly name = 'BackupFailed';
}

/** Where things are in DATA_DIR, and under the same names in a backup. */
const DATABASE = 'db';
const SECRET = 'auth-secret';
const MANIFEST = 'concert-backup.json';
const OWN_FILES = [SECRET];
const FORMAT = 1;

const Manifest = z.object({
  format: z.literal(FORMAT),
  /** Every write acknowledged before the backup began is in it; no write that was acknowledged after this instant. */
  at: z.string(),
  files: z.array(
    z.object({ name: z.union([z.literal(SECRET), z.string().regex(/^journal\/\d{12}\.log$/)]), sha256: z.string() }),
  ),
});
type Manifest = z.infer<typeof Manifest>;

const sha256 = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');
const isEmpty = (folder: string): boolean => !existsSync(folder) || readdirSync(folder).length === 0;

/** @throws BackupFailed */
function makeEmpty(folder: string): void {
  if (!isEmpty(folder)) throw new BackupFailed(`${folder} is not empty: choose a new folder`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
}

function copyPrivate(from: string, to: string): void {
  writeFileSync(to, readFileSync(from), { mode: 0o600, flag: 'wx', flush: true });
}

function readManifest(folder: string): Manifest {
  const path = join(folder, MANIFEST);
  if (!existsSync(path)) throw new BackupFailed(`${folder} is no backup of Concert, or one that was not completed`);
  try {
    return Manifest.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (cause) {
    throw new BackupFailed(`the backup ${folder} is damaged: ${MANIFEST} cannot be read`, { cause });
  }
}

function checkFiles(folder: string, { files }: Manifest): void {
  for (const { name, sha256: wanted } of files) {
    const path = join(folder, name);
    if (!existsSync(path) || sha256(path) !== wanted)
      throw new BackupFailed(`the backup ${folder} is damaged: ${name} is not what it was`);
  }
}

type BackupOptions = { readonly dataDir: string; readonly to: string; readonly withSecret: boolean };

/**
 * Backs up an installation on the embedded database, in use or not. Uploaded files are in the database; beside it are
 * the journal, with text that is not in the database yet, and the secret, without which two-step sign-in and mailed links
 * of the restored installation would not work.
 * @throws BackupFailed, and the database's own BackupError
 */
export async function backUp(options: BackupOptions): Promise<BackupSummary> {
  const { dataDir, to } = options;
  if (!existsSync(join(dataDir, DATABASE))) throw new BackupFailed(`${dataDir} holds no data of Concert`);
  makeEmpty(to);
  const summary = await copyTo(to, options);
  // For administrators to see; the backup is complete with or without it.
  writeFileSync(lastBackupFile(dataDir), lastBackupNote(summary.instant), { mode: 0o600 });
  return summary;
}

/** Copies database and files; broken off, it takes away what it has made. */
async function copyTo(to: string, { dataDir, withSecret }: BackupOptions): Promise<BackupSummary> {
  try {
    // In this order: what leaves the journal after it was copied is in the database by then.
    const segments = copyJournal(join(dataDir, JOURNAL), join(to, JOURNAL)).map((name) => `${JOURNAL}/${name}`);
    const summary = await backup({ dataDir: join(dataDir, DATABASE), to: join(to, DATABASE) });
    const secrets = OWN_FILES.filter((name) => withSecret && existsSync(join(dataDir, name)));
    for (const name of secrets) copyPrivate(join(dataDir, name), join(to, name));
    const names = [...secrets, ...segments];
    const files = names.map((name) => ({ name, sha256: sha256(join(to, name)) }));
    // Written last: a backup without it was broken off.
    const manifest = { format: FORMAT, at: summary.instant, files };
    writeFileSync(join(to, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600, flush: true });
    return summary;
  } catch (error) {
    for (const name of [...OWN_FILES, JOURNAL, DATABASE, MANIFEST])
      rmSync(join(to, name), { recursive: true, force: true });
    throw error;
  }
}

/** Reads a whole backup and compares it with what it says of itself. @throws BackupFailed, BackupError */
export async function verify(from: string): Promise<BackupSummary> {
  checkFiles(from, readManifest(from));
  return verifyBackup({ from: join(from, DATABASE) });
}

/**
 * Makes a new installation from a backup, after checking it. Broken off, it leaves a folder that no server starts on.
 * @throws BackupFailed, BackupError
 */
export async function restoreTo(options: { readonly from: string; readonly dataDir: string }): Promise<BackupSummary> {
  const { from, dataDir } = options;
  const manifest = readManifest(from);
  await verify(from);
  makeEmpty(dataDir);
  writeFileSync(join(dataDir, UNFINISHED), '', { mode: 0o600, flush: true });
  const summary = await restore({ from: join(from, DATABASE), dataDir: join(dataDir, DATABASE) });
  for (const { name } of manifest.files) {
    mkdirSync(dirname(join(dataDir, name)), { recursive: true, mode: 0o700 });
    copyPrivate(join(from, name), join(dataDir, name));
  }
  markRestored(dataDir);
  rmSync(join(dataDir, UNFINISHED));
  return summary;
}

/** Whether a backup holds the secret of its installation. */
export const holdsSecret = (folder: string): boolean =>
  existsSync(join(folder, SECRET)) && statSync(join(folder, SECRET)).isFile();
