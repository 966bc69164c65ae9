import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedMongo } from '@concert/embedded-mongo';
import { afterAll, beforeAll } from '@jest/globals';
import { MongoClient } from 'mongodb';
import { MemoryStore } from '../src/index.ts';
import { MongoStore, storeIndexes } from '../src/mongo-store.ts';
import { describeStoreRaces } from './store-races.contract.ts';

let dataDir: string;
let database: Awaited<ReturnType<typeof startEmbeddedMongo>>;
let client: MongoClient;
let databases = 0;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'sync-races-'));
  database = await startEmbeddedMongo({ dataDir });
  client = await MongoClient.connect(database.url);
}, 120_000);
afterAll(async () => {
  await client.close();
  await database.stop();
  await rm(dataDir, { recursive: true, force: true });
});

async function openStore(shared: boolean): Promise<MongoStore> {
  databases += 1;
  const db = client.db(`races-${databases}`);
  for (const [collection, indexes] of Object.entries(storeIndexes))
    await db.collection(collection).createIndexes(indexes);
  return new MongoStore(db, { shared });
}

describeStoreRaces('memory', async () => new MemoryStore());
describeStoreRaces('MongoDB of one process', () => openStore(false));
describeStoreRaces('MongoDB of several processes', () => openStore(true));
