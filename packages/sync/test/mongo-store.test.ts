import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedMongo } from '@concert/embedded-mongo';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { MongoClient } from 'mongodb';
import { MongoStore, storeIndexes } from '../src/mongo-store.ts';
import { describeStore } from './store.contract.ts';

/** These snapshots are no Yjs updates: there is nothing to tell of them. */
const none = new Uint8Array();
let dataDir: string;
let database: Awaited<ReturnType<typeof startEmbeddedMongo>>;
let client: MongoClient;
let databases = 0;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'sync-store-'));
  database = await startEmbeddedMongo({ dataDir });
  client = await MongoClient.connect(database.url);
}, 120_000);
afterAll(async () => {
  await client.close();
  await database.stop();
  await rm(dataDir, { recursive: true, force: true });
});

async function openStore(): Promise<{ store: MongoStore; database: string }> {
  databases += 1;
  const name = `sync-${databases}`;
  const db = client.db(name);
  for (const [collection, indexes] of Object.entries(storeIndexes))
    await db.collection(collection).createIndexes(indexes);
  return { store: new MongoStore(db, { shared: true }), database: name };
}

describeStore('MongoDB', async () => (await openStore()).store);

test('[S5] the head of a document is its last durable record, compacted or not', async () => {
  const { store } = await openStore();
  const update = new Uint8Array([1]);
  expect(await store.head('a')).toBe(0);
  for (const seq of [1, 2, 3]) await store.append([{ documentId: 'a', seq, updates: [update] }]);
  await store.append([{ documentId: 'b', seq: 1, updates: [update] }]);
  expect(await store.head('a')).toBe(3);
  await store.compact('a', { snapshot: update, digest: none, throughSeq: 3, fence: 1 });
  expect(await store.head('a')).toBe(3);
  await store.append([{ documentId: 'a', seq: 4, updates: [update] }]);
  expect(await store.head('a')).toBe(4);
});

test('[S25] a compaction that crashed before its snapshot counts leaves the document as it was', async () => {
  const { store, database: name } = await openStore();
  await store.append([{ documentId: 'a', seq: 1, updates: [new Uint8Array([1])] }]);
  await client
    .db(name)
    .collection<{ _id: string; documentId: string; generation: string; part: number }>('doc_snapshots')
    .insertOne({ _id: 'torn/0', documentId: 'a', generation: 'torn', part: 0 });
  const { snapshot, tail, seq } = await store.load('a');
  expect({ snapshot, tail: tail.map((update) => [...update]), seq }).toEqual({ snapshot: null, tail: [[1]], seq: 1 });
});

test('[S25] a compaction that crashed before it removed the records does not double them', async () => {
  const { store, database: name } = await openStore();
  await store.append([{ documentId: 'a', seq: 1, updates: [new Uint8Array([1])] }]);
  const row = await client.db(name).collection('doc_updates').findOne({ documentId: 'a', seq: 1 });
  await store.compact('a', { snapshot: new Uint8Array([11]), digest: none, throughSeq: 1, fence: 1 });
  if (row) await client.db(name).collection('doc_updates').insertOne(row);
  const { snapshot, tail, seq } = await store.load('a');
  expect({ snapshot: [...(snapshot ?? [])], tail, seq }).toEqual({ snapshot: [11], tail: [], seq: 1 });
});

test('[S61] a document whose records have a hole is not opened', async () => {
  const { store } = await openStore();
  await store.append([{ documentId: 'a', seq: 2, updates: [new Uint8Array([1])] }]);
  await expect(store.load('a')).rejects.toThrow('incomplete');
});

test('[S61] a document whose snapshot nothing points to any more is not opened as an empty one', async () => {
  const { store, database: name } = await openStore();
  const snapshot = new Uint8Array([11]);
  await store.append([{ documentId: 'a', seq: 1, updates: [new Uint8Array([1])] }]);
  await store.compact('a', { snapshot, digest: none, throughSeq: 1, fence: 1 });
  expect(await store.load('a')).toMatchObject({ seq: 1, snapshot: Buffer.from(snapshot) });
  await client.db(name).collection<{ _id: string }>('doc_heads').deleteOne({ _id: 'a' });
  await expect(store.load('a')).rejects.toThrow('incomplete');
  expect(await store.load('never-written')).toMatchObject({ seq: 0, snapshot: null, tail: [] });
});
