import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedMongo } from '@concert/embedded-mongo';
import { expect, test } from '@jest/globals';
import { MongoClient } from 'mongodb';
import { defaultLimits } from '../src/limits.ts';
import { MongoStore, storeIndexes } from '../src/mongo-store.ts';

test('[S3] what has gathered while the store was away is stored, however much it is, and when it is repeated too', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'sync-big-'));
  const database = await startEmbeddedMongo({ dataDir });
  const client = await MongoClient.connect(database.url);
  try {
    const db = client.db('big');
    for (const [collection, indexes] of Object.entries(storeIndexes))
      await db.collection(collection).createIndexes(indexes);
    const store = new MongoStore(db);
    const { commitBytes, recordBytes } = defaultLimits;
    for (const [documents, bytes] of [
      [5, commitBytes / 5],
      [1, recordBytes],
    ] as const) {
      const records = Array.from({ length: documents }, (_, index) => ({
        documentId: `${documents}-${index}`,
        seq: 1,
        updates: [new Uint8Array(bytes).fill(index + 1)],
      }));
      await store.append(records);
      // The first answer may have been lost.
      await store.append(records);
      for (const { documentId, updates } of records) {
        const { tail } = await store.load(documentId);
        expect(tail.map((update) => Buffer.compare(update, updates[0] ?? new Uint8Array()))).toEqual([0]);
      }
    }
  } finally {
    await client.close();
    await database.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}, 120_000);
