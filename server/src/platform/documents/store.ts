import { join } from 'node:path';
import { openJournaledStore, type StoreBehind } from '@concert/sync/journal-store';
import type { MongoStore } from '@concert/sync/mongo-store';
import type { Config } from '../config.ts';
import type { Log } from '../log.ts';

/** Where in DATA_DIR text lies between being saved and being in the embedded database. */
export const JOURNAL = 'journal';

/** The store of the text, and what is asked of it beside the engine. */
export type TextStore = {
  readonly store: StoreBehind;
  /**
   * Resolves when everything durable of a document is in the database. What is made of a text comes after it there, so
   * that the database never tells of text that it does not have: not without its journal, and not in a backup.
   */
  settle(documentId: string): Promise<void>;
  /** Bytes that are durable in the journal and not in the database yet; 0 where there is no journal. */
  waitingBytes(): number;
  close(): Promise<void>;
};

/**
 * The store of the text. Before the embedded database, which one process alone writes to, lies a journal; whatever an
 * earlier process has left in it is in the database when this resolves. A bus means that others write there too.
 * @throws JournalDamaged when the journal cannot be trusted
 */
export async function openStore(
  database: MongoStore,
  { mongodbUrl, redisUrl, dataDir }: Config,
  log: Log,
): Promise<TextStore> {
  const direct = {
    store: database,
    settle: async () => undefined,
    waitingBytes: () => 0,
    close: async () => undefined,
  };
  if (mongodbUrl !== undefined) return direct;
  const store = await openJournaledStore({ files: join(dataDir, JOURNAL), inner: database, log });
  if (redisUrl === undefined)
    return {
      store,
      settle: (documentId) => store.settle(documentId),
      waitingBytes: () => store.waitingBytes,
      close: () => store.close(),
    };
  await store.close();
  return direct;
}
