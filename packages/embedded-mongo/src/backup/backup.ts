import { resolve } from 'node:path';
import { spawnSource } from '../child-process.ts';
import type { BackupJob, JobResult } from './job.ts';
import { BackupError, type Manifest } from './manifest.ts';

/** What a backup holds, in numbers. */
export type BackupSummary = {
  /** ISO 8601, UTC: every write acknowledged before this instant is in the backup. */
  readonly instant: string;
  /** The version of the data's format. */
  readonly format: number;
  readonly bytes: number;
  readonly collections: number;
  readonly documents: number;
};

/**
 * Makes a backup of a data directory in an empty or new directory, whether or not a database runs on it and writes.
 * Rejects with BackupError, whose message is one line.
 */
export function backup(options: { readonly dataDir: string; readonly to: string }): Promise<BackupSummary> {
  return run({ type: 'backup', dataDir: resolve(options.dataDir), to: resolve(options.to) });
}

/**
 * Checks a backup and makes an empty or new directory a data directory with its content.
 * Rejects with BackupError, whose message is one line; then no data is left in that directory.
 */
export function restore(options: { readonly from: string; readonly dataDir: string }): Promise<BackupSummary> {
  return run({ type: 'restore', from: resolve(options.from), dataDir: resolve(options.dataDir) });
}

/**
 * Checks every file of a backup against its manifest, and every document and index entry in it; changes nothing.
 * Rejects with BackupError that says what is wrong.
 */
export function verifyBackup(options: { readonly from: string }): Promise<BackupSummary> {
  return run({ type: 'verify', from: resolve(options.from) });
}

const DOING = { backup: 'making the backup', restore: 'restoring the backup', verify: 'checking the backup' } as const;

async function run(job: BackupJob): Promise<BackupSummary> {
  const { child, exited } = spawnSource(new URL('./job.ts', import.meta.url), job);
  const result = await new Promise<JobResult>((done, failed) => {
    child.once('error', failed);
    child.once('message', (message: JobResult) => done(message));
    void exited.then(({ code, signal }) =>
      failed(
        new BackupError(
          `the process ${DOING[job.type]} ended by itself (${signal ?? code}): the data it read may be damaged`,
        ),
      ),
    );
  });
  await exited;
  if (result.type !== 'done')
    throw new BackupError(result.type === 'failed' ? result.message : 'nothing was backed up');
  return summary(result.manifest);
}

function summary({ instant, format, files, collections }: Manifest): BackupSummary {
  return {
    instant,
    format,
    bytes: files.reduce((sum, file) => sum + file.bytes, 0),
    collections: collections.length,
    documents: collections.reduce((sum, collection) => sum + collection.documents, 0),
  };
}
