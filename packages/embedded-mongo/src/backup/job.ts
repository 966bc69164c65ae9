import { copyData } from '../storage/copy.ts';
import { createBackup } from './create.ts';
import { BackupError, type Manifest } from './manifest.ts';
import { restoreBackup } from './restore.ts';
import { verifyCopy } from './verify.ts';

/** What is asked of the process that works on a backup. A copy is one half of a compaction, which has the lock for it. */
export type Job = BackupJob | { readonly type: 'copy'; readonly from: string; readonly file: string };

export type BackupJob =
  | { readonly type: 'backup'; readonly dataDir: string; readonly to: string }
  | { readonly type: 'restore'; readonly from: string; readonly dataDir: string }
  | { readonly type: 'verify'; readonly from: string };

export type JobResult =
  | { readonly type: 'done'; readonly manifest: Manifest }
  | { readonly type: 'copied' }
  | { readonly type: 'failed'; readonly message: string };

/**
 * Works on a backup in a process of its own: it takes no time from who asked, and damage that ends the storage
 * engine's native code ends this process only. It ends with who asked.
 */
async function main(): Promise<void> {
  process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
  const job: Job = JSON.parse(process.argv[2] ?? '{}');
  const result = await run(job).catch((error): JobResult => {
    if (!(error instanceof BackupError)) console.error('embedded-mongo: unexpected error', error);
    return { type: 'failed', message: error instanceof Error ? error.message : String(error) };
  });
  process.send?.(result, () => process.exit(0));
}

async function run(job: Job): Promise<JobResult> {
  if (job.type === 'copy') {
    process.umask(0o077);
    await copyData(job.from, job.file);
    return { type: 'copied' };
  }
  return { type: 'done', manifest: await runBackup(job) };
}

function runBackup(job: BackupJob): Promise<Manifest> {
  if (job.type === 'backup') return createBackup(job.dataDir, job.to);
  if (job.type === 'restore') return restoreBackup(job.from, job.dataDir);
  return verifyCopy(job.from);
}

await main();
