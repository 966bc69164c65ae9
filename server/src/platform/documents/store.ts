import { join } from 'node:path';
import { openJournaledStore, type StoreBehind } from '@concert/sync/journal-store';
import type { MongoStore } from '@concert/sync/mongo-store';
import type { Config } from '../config.ts';
import type { Log } from '../log.ts';

/** Where in DATA_DIR text lies between being saved and being in the embedded database. */
export const JOURNAL = 'journal';

/**
 * The store of the text. Before the embedded database, which one process alone writes to, lies a journal; whatever an
 * earlier process has left in it is in the database when this resolves. A bus means that others write there too.
 * @throws JournalDamaged when the journal cannot be trusted
 */
export async function openStore(
  database: MongoStore,
  { mongodbUrl, redisUrl, dataDir }: Config,
  log: Log,
): Promise<{ store: StoreBehind; close: () => Promise<void> }> {
  const nothing = async () => undefined;
  if (mongodbUrl !== undefined) return { store: database, close: nothing };
  const store = await openJournaledStore({ files: join(dataDir, JOURNAL), inner: database, log });
  if (redisUrl === undefined) return { store, close: () => store.close() };
  await store.close();
  return { store: database, close: nothing };
}
