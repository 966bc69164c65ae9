import { join } from 'node:path';
import type { Db, IndexDescription } from 'mongodb';
import { MongoClient } from 'mongodb';
import type { Config } from '../config.ts';
import type { Log } from '../log.ts';

/** The open database, and how to leave it. */
export type Database = {
  readonly db: Db;
  readonly ping: () => Promise<void>;
  readonly close: () => Promise<void>;
};

/**
 * How often the driver looks whether the database is there. When connections end it would look at once, in the middle
 * of their ending, and on a connection that is gone but does not know it yet: then it waits for an answer for ever and
 * the database never comes back (seen with driver 7.9). A least pause longer than the usual one makes it always look
 * by its timer, when all that ended has ended.
 */
const HEARTBEAT = { heartbeatFrequencyMS: 900, minHeartbeatFrequencyMS: 1_000 } as const;

/**
 * Connections to the database. The embedded one does one thing after the other, so more of them would only be more to
 * open. A few are there before they are needed: after a start many come at once. Those of a rush go when it is over.
 */
const poolOf = ({ mongodbUrl }: Pick<Config, 'mongodbUrl'>) =>
  ({ minPoolSize: 4, maxPoolSize: mongodbUrl === undefined ? 8 : 32, maxIdleTimeMS: 60_000 }) as const;

/** Loaded only where it is used: with MONGODB_URL its storage engine need not even be installed. */
async function startEmbedded(dataDir: string) {
  const { startEmbeddedMongo } = await import('@concert/embedded-mongo');
  return startEmbeddedMongo({ dataDir: join(dataDir, 'db') });
}

/**
 * Connects to MONGODB_URL, or starts the embedded database in `dataDir` and connects to that: one way for both.
 * @param onLost called when the embedded database has ended by itself: without it nothing more can be kept
 */
export async function openDatabase(
  config: Pick<Config, 'mongodbUrl' | 'dataDir'>,
  log: Log,
  onLost: () => void,
): Promise<Database> {
  const embedded = config.mongodbUrl === undefined ? await startEmbedded(config.dataDir) : undefined;
  embedded?.onExit((reason) => {
    log.fatal({ reason }, 'the embedded database has ended by itself');
    onLost();
  });
  const url = config.mongodbUrl ?? embedded?.url ?? '';
  const client = new MongoClient(url, {
    appName: 'concert',
    serverSelectionTimeoutMS: 5_000,
    socketTimeoutMS: 30_000,
    ...HEARTBEAT,
    ...poolOf(config),
    writeConcern: { w: 'majority', journal: true },
  });
  try {
    await client.connect();
  } catch (cause) {
    await embedded?.stop();
    throw new Error(`The database cannot be reached: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    });
  }
  // A database named in the address wins, so that one server can hold several installations.
  const db =
    config.mongodbUrl !== undefined && new URL(config.mongodbUrl).pathname.length > 1
      ? client.db()
      : client.db('concert');
  return {
    db,
    ping: async () => {
      await db.command({ ping: 1 });
    },
    close: async () => {
      await client.close();
      await embedded?.stop();
    },
  };
}

/** Creates what is missing of the indexes that the slices declare beside their collections. */
export async function createIndexes(
  db: Db,
  declared: Iterable<Readonly<Record<string, readonly IndexDescription[]>>>,
): Promise<void> {
  for (const indexes of declared)
    for (const [collection, list] of Object.entries(indexes))
      if (list.length > 0) await db.collection(collection).createIndexes([...list]);
}
