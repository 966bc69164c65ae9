import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startEmbeddedMongo } from '@concert/embedded-mongo';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Db, MongoClient } from 'mongodb';
import { type JournaledStore, openJournaledStore } from '../src/journal-store.ts';
import { MongoStore, storeIndexes } from '../src/mongo-store.ts';
import { quiet, until } from './journal-scene.ts';
import { describeStore } from './store.contract.ts';
import { describeStoreRaces } from './store-races.contract.ts';

let folder: string;
let database: Awaited<ReturnType<typeof startEmbeddedMongo>>;
let client: MongoClient;
let made = 0;
const opened: JournaledStore[] = [];
const children: ChildProcess[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sync-journal-'));
  database = await startEmbeddedMongo({ dataDir: join(folder, 'db') });
  client = await MongoClient.connect(database.url);
}, 120_000);
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  for (const store of opened) await store.close();
  await client.close();
  await database.stop();
  await rm(folder, { recursive: true, force: true });
});

async function place(): Promise<{ db: Db; name: string; directory: string }> {
  made += 1;
  const name = `journal-${made}`;
  const db = client.db(name);
  for (const [collection, indexes] of Object.entries(storeIndexes))
    await db.collection(collection).createIndexes(indexes);
  return { db, name, directory: join(folder, name) };
}

async function open({ db, directory }: { db: Db; directory: string }, flushMs: number): Promise<JournaledStore> {
  const store = await openJournaledStore({
    ...{ files: directory, inner: new MongoStore(db), log: quiet },
    limits: { flushMs },
  });
  opened.push(store);
  return store;
}

describeStore('a journal before MongoDB', async () => open(await place(), 3_600_000));
describeStore('a journal before MongoDB that is always being emptied', async () => open(await place(), 0));
describeStoreRaces('a journal before MongoDB', async () => open(await place(), 5));

const update = (...values: number[]): Uint8Array => new Uint8Array(values);

test('[S56] a row that stands for several records is read as these, and a snapshot may end in its middle', async () => {
  const store = new MongoStore((await place()).db);
  await store.append([{ documentId: 'a', seq: 1, updates: [update(1)] }]);
  const row = { documentId: 'a', seq: 4, updates: [update(2), update(3), update(33), update(4)], counts: [1, 2, 1] };
  for (let time = 0; time < 2; time++) await store.append([row]);
  await store.append([{ documentId: 'a', seq: 5, updates: [update(5)] }]);
  const plain = async (seq: number) =>
    (await store.loadAfter('a', seq))?.map((record) => [record.seq, ...record.updates.map(([value]) => value)]);
  const all = [
    [1, 1],
    [2, 2],
    [3, 3, 33],
    [4, 4],
    [5, 5],
  ];
  expect(await plain(0)).toEqual(all);
  expect(await plain(2)).toEqual(all.slice(2));
  expect((await store.load('a')).tail.map(([value]) => value)).toEqual([1, 2, 3, 33, 4, 5]);
  expect([(await store.load('a')).seq, await store.head('a')]).toEqual([5, 5]);
  await store.compact('a', { snapshot: update(99), digest: update(), throughSeq: 3, fence: 1 });
  const { tail, seq } = await store.load('a');
  expect([tail.map(([value]) => value), seq]).toEqual([[4, 5], 5]);
  expect(await plain(3)).toEqual(all.slice(3));
});

test('[S5] a row that would begin behind a hole keeps the document from opening', async () => {
  const store = new MongoStore((await place()).db);
  await store.append([{ documentId: 'a', seq: 1, updates: [update(1)] }]);
  await store.append([{ documentId: 'a', seq: 4, updates: [update(3), update(4)], counts: [1, 1] }]);
  await expect(store.load('a')).rejects.toThrow('incomplete');
});

test('[S57] only its user may read a journal', async () => {
  const at = await place();
  const store = await open(at, 3_600_000);
  await store.append([{ documentId: 'a', seq: 1, updates: [update(1)] }]);
  const [name = '', ...more] = await readdir(at.directory);
  expect(more).toEqual([]);
  expect((await stat(at.directory)).mode & 0o777).toBe(0o700);
  expect((await stat(join(at.directory, name))).mode & 0o777).toBe(0o600);
  await store.close();
  expect(await readdir(at.directory)).toEqual([]);
});

/** Runs a process that appends; answers what it was told to be durable by the time at which it was killed. */
async function killedAfter({ directory, name }: { directory: string; name: string }, lines: number) {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', join(fileURLToPath(new URL('.', import.meta.url)), 'journal-child.ts')].concat([
      directory,
      database.url,
      name,
    ]),
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  children.push(child);
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    said += chunk;
  });
  const count = () => said.split('\n').length - 1;
  await until(() => count() >= lines || child.exitCode !== null);
  expect(child.exitCode).toBeNull();
  child.kill('SIGKILL');
  await once(child, 'close');
  return said.slice(0, said.lastIndexOf('\n')).split('\n');
}

test('[S57] a process that is killed while it journals loses and doubles nothing that it acknowledged', async () => {
  const at = await place();
  for (const lines of [1, 40, 150, 700]) {
    const acknowledged = await killedAfter(at, lines);
    // What it had sent to the database is carried out before this is: else that would happen behind the next one's back.
    await at.db.collection('turn').insertOne({}, { writeConcern: { w: 'majority', j: true } });
    const store = await open(at, 3_600_000);
    expect(await readdir(at.directory)).toEqual([]);
    for (const documentId of ['a', 'b', 'c']) {
      const { tail, seq } = await store.load(documentId);
      expect(tail.map((text) => Number.parseInt(Buffer.from(text).toString(), 10))).toEqual(
        Array.from({ length: seq }, (_, i) => i + 1),
      );
      const last = acknowledged.findLast((line) => line.startsWith(documentId));
      expect(seq).toBeGreaterThanOrEqual(Number(last?.split(' ')[1] ?? 0));
    }
    await store.close();
  }
}, 240_000);
