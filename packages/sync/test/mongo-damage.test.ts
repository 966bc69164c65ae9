import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedMongo } from '@concert/embedded-mongo';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { MongoClient } from 'mongodb';
import { MongoStore, storeIndexes } from '../src/mongo-store.ts';

const update = new Uint8Array([1]);
let dataDir: string;
let running: { store: MongoStore; client: MongoClient; stop(): Promise<void> } | null = null;

async function start() {
  const database = await startEmbeddedMongo({ dataDir });
  const client = await MongoClient.connect(database.url);
  const db = client.db('sync');
  for (const [collection, indexes] of Object.entries(storeIndexes))
    await db.collection(collection).createIndexes(indexes);
  const stop = async (): Promise<void> => {
    running = null;
    await client.close();
    await database.stop();
  };
  running = { store: new MongoStore(db), client, stop };
  return running;
}

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'sync-damage-'));
});
afterAll(async () => {
  await running?.stop();
  await rm(dataDir, { recursive: true, force: true });
});

test('[S61] a document whose snapshot nothing points to any more is not opened as an empty one', async () => {
  const { store, client, stop } = await start();
  await store.append([{ documentId: 'a', seq: 1, updates: [update] }]);
  await store.compact('a', { snapshot: update, digest: new Uint8Array(), throughSeq: 1, fence: 1 });
  expect(await store.load('a')).toMatchObject({ seq: 1, snapshot: Buffer.from(update) });
  await client.db('sync').collection<{ _id: string }>('doc_heads').deleteOne({ _id: 'a' });
  await expect(store.load('a')).rejects.toThrow('incomplete');
  expect(await store.load('never-written')).toMatchObject({ seq: 0, snapshot: null, tail: [] });
  await stop();
}, 60_000);
