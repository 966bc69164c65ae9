import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Db } from 'mongodb';
import type { Log } from '../log.ts';

const RESTORED = 'restored';

/** Notes that this folder comes from a backup, for the first start on it. */
export const markRestored = (dataDir: string): void =>
  writeFileSync(join(dataDir, RESTORED), '', { mode: 0o600, flush: true });

/**
 * At the first start on a restored folder: ends every session and mailed link. A session that was ended after the
 * backup, because its cookie was stolen perhaps, must not be good again.
 */
export async function afterRestore(db: Db, dataDir: string, log: Log): Promise<void> {
  if (!existsSync(join(dataDir, RESTORED))) return;
  const { deletedCount } = await db.collection('sessions').deleteMany({});
  // So with the links of letters: one that was used after the backup must not work a second time.
  await db.collection('letters').deleteMany({});
  rmSync(join(dataDir, RESTORED));
  log.warn({ sessions: deletedCount }, 'the data were restored from a backup: every session was ended');
}
