// Appends to a journal until it is killed, and says each record that was acknowledged: `document seq` a line.
import { MongoClient } from 'mongodb';
import { openJournaledStore } from '../src/journal-store.ts';
import { MongoStore } from '../src/mongo-store.ts';
import { quiet } from './journal-scene.ts';

const [directory = '', url = '', name = ''] = process.argv.slice(2);
const client = await MongoClient.connect(url);
const store = await openJournaledStore({
  ...{ files: directory, inner: new MongoStore(client.db(name)), log: quiet },
  limits: { flushMs: 20, segmentBytes: 5_000, segmentMs: 50 },
});
const documents = ['a', 'b', 'c'];
const heads = await Promise.all(documents.map((documentId) => store.head(documentId)));
const first = Math.max(...heads) + 1;
for (let number = first; ; number++) {
  const written = documents.filter((_, i) => number > (heads[i] ?? 0));
  // Records differ in length, so that an entry may end anywhere.
  const text = Buffer.from(`${number};`.padEnd(number % 200, '.'));
  await store.append(written.map((documentId) => ({ documentId, seq: number, updates: [text] })));
  process.stdout.write(written.map((documentId) => `${documentId} ${number}\n`).join(''));
}
