import { randomBytes } from 'node:crypto';
import {
  closeSync,
  copyFileSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, test } from '@jest/globals';
import { type Collection, type Document, MongoClient } from 'mongodb';
import { backup, verifyBackup } from '../src/index.ts';
import { kill } from './kill.ts';
import { useMounts } from './mounts.ts';
import { until, useProcesses } from './processes.ts';
import { codeOf } from './server.ts';

const { directory, start } = useProcesses();
const { mount } = useMounts();
const withMount = mount ? test : test.skip;

const clients: MongoClient[] = [];
afterEach(async () => {
  // The driver (7.9), closed just after its server was killed, now and then waits for ever.
  for (const client of clients.splice(0)) await Promise.race([client.close(), wait(2_000)]);
});

type Thing = Document & { _id: string };

async function open(dataDir: string) {
  const server = await start({ dataDir });
  const client = new MongoClient(server.url);
  clients.push(client);
  const db = client.db('t');
  return { server, client, db, boxes: db.collection<Thing>('boxes'), things: db.collection<Thing>('things') };
}

/** Which of these texts are in any file of a directory, however deep. */
function foundIn(path: string, texts: readonly string[]): string[] {
  const found = new Set<string>();
  for (const name of readdirSync(path)) {
    const file = join(path, name);
    const kind = lstatSync(file);
    if (kind.isDirectory()) for (const text of foundIn(file, texts)) found.add(text);
    if (!kind.isFile()) continue;
    const bytes = readFileSync(file);
    for (const text of texts) if (bytes.includes(text)) found.add(text);
  }
  return [...found];
}

/** Rewrites one document many times with values nobody else has; gives the earlier ones, and the last one. */
async function rewritten(boxes: Collection<Thing>, pad: (at: number) => number) {
  const values = Array.from({ length: 25 }, () => randomBytes(16).toString('hex'));
  for (const [at, value] of values.entries())
    await boxes.replaceOne({ _id: 'box' }, { votes: value, pad: 'p'.repeat(pad(at)) }, { upsert: true });
  const last = values.pop() ?? '';
  return { values, last };
}

/** Documents of all sizes, so that the file has leaves, and values with pages of their own. */
const many = (count: number): Thing[] =>
  Array.from({ length: count }, (_, i) => ({ _id: `${i}`, i, text: 'x'.repeat(i % 40 === 0 ? 9000 + i : i % 700) }));

describe('[S9] after compact nothing in the data directory holds what was replaced before', () => {
  test.each<[string, (at: number) => number]>([
    ['small documents', () => 0],
    ['documents that grow and become smaller', (at) => (at % 5) * 300],
    ['documents with pages of their own', (at) => 20_000 - at * 500],
  ])(
    '%s',
    async (_title, pad) => {
      const root = directory();
      const dataDir = join(root, 'data');
      const { boxes, things, db, server } = await open(dataDir);
      await things.insertMany(many(500));
      await boxes.createIndex({ votes: 1 });
      const { values, last } = await rewritten(boxes, pad);

      // What is looked for can be found: the data file has earlier versions. A backup never has.
      expect(foundIn(dataDir, values)).not.toEqual([]);
      expect(foundIn(dataDir, [last])).toEqual([last]);
      await server.backup(join(root, 'backup'));
      expect(foundIn(join(root, 'backup'), values)).toEqual([]);
      expect(foundIn(join(root, 'backup'), [last])).toEqual([last]);

      const size = lstatSync(join(dataDir, 'data.mdb')).size;
      const { bytesFreed, ok } = await db.command({ compact: 'boxes' });
      expect({ ok, size: lstatSync(join(dataDir, 'data.mdb')).size }).toEqual({ ok: 1, size: size - bytesFreed });
      expect(bytesFreed).toBeGreaterThan(0);
      expect(foundIn(dataDir, values)).toEqual([]);
      expect(foundIn(dataDir, [last])).toEqual([last]);
      expect(existsSync(join(dataDir, 'compacting'))).toBe(false);

      expect(await boxes.findOne()).toMatchObject({ votes: last });
      expect(await things.countDocuments()).toBe(500);
      await boxes.insertOne({ _id: 'other' });
      await server.stop();
      const again = await open(dataDir);
      expect(await again.boxes.countDocuments()).toBe(2);
      for (const name of ['boxes', 'things'])
        expect(await again.db.command({ validate: name })).toMatchObject({ valid: true, errors: [] });
    },
    120_000,
  );

  test('nor what was dropped', async () => {
    const dataDir = directory();
    const { boxes, things, db } = await open(dataDir);
    await things.insertMany(many(10));
    const secret = randomBytes(16).toString('hex');
    await boxes.insertMany(Array.from({ length: 5000 }, (_, i) => ({ _id: `${i}`, secret })));
    await boxes.drop();
    expect(foundIn(dataDir, [secret])).toEqual([secret]);
    await db.command({ compact: 'things' });
    expect(foundIn(dataDir, [secret])).toEqual([]);
  }, 120_000);
});

test('[S9] compact disturbs nobody: readers, writers, open cursors, sessions, validate and backups go on', async () => {
  const root = directory();
  const dataDir = join(root, 'data');
  const { server, client, db, things } = await open(dataDir);
  await things.createIndex({ i: 1 });
  await things.insertMany(many(3000));
  const session = client.startSession();
  const cursor = things.find({}, { batchSize: 50, session }).sort({ i: 1 });
  const seen: string[] = [];
  for (let n = 0; n < 120; n++) seen.push((await cursor.next())?._id ?? '');

  let over = false;
  const acknowledged = new Map<string, number>();
  const writer = async (name: string): Promise<void> => {
    for (let n = 0; !over; n++) {
      await things.insertOne({ _id: `${name}-${n}`, n });
      acknowledged.set(`${name}-${n}`, n);
      if (n % 2 === 0) continue;
      await things.updateOne({ _id: `${name}-${n - 1}` }, { $set: { n: -n } });
      acknowledged.set(`${name}-${n - 1}`, -n);
    }
  };
  const reader = async (): Promise<void> => {
    while (!over) expect(await things.findOne({ _id: '40' })).toMatchObject({ i: 40 });
  };
  const validator = async (): Promise<void> => {
    while (!over) expect(await db.command({ validate: 'things' })).toMatchObject({ valid: true, errors: [] });
  };
  const others = ['a', 'b', 'c', 'd'].map(writer).concat(reader(), validator());
  const backups: Promise<unknown>[] = [];
  for (let round = 0; round < 4; round++) {
    backups.push(server.backup(join(root, `backup-${round}`)));
    // Two at a time, and the backup at any moment of them.
    const asked = ['things', 'things'].map((name) => db.command({ compact: name }));
    for (const { ok } of await Promise.all(asked)) expect(ok).toBe(1);
    for (let n = 0; n < 60; n++) seen.push((await cursor.next())?._id ?? '');
  }
  over = true;
  await Promise.all([...others, ...backups]);
  for await (const { _id } of cursor) seen.push(_id);
  const first = seen.filter((id) => !id.includes('-'));
  expect(first).toHaveLength(3000);
  expect(new Set(first).size).toBe(3000);
  await session.endSession();
  for (let round = 0; round < 4; round++)
    expect(await verifyBackup({ from: join(root, `backup-${round}`) })).toMatchObject({ collections: 1 });

  expect(acknowledged.size).toBeGreaterThan(100);
  const check = async (collection: Collection<Thing>): Promise<void> => {
    const stored = new Map((await collection.find({ n: { $exists: true } }).toArray()).map(({ _id, n }) => [_id, n]));
    expect(stored).toEqual(acknowledged);
  };
  await check(things);
  await kill(server);
  const again = await open(dataDir);
  await check(again.things);
  expect(await again.db.command({ validate: 'things' })).toMatchObject({ valid: true, errors: [] });
}, 180_000);

describe('[S9] kill -9 during compact', () => {
  /** Compacts again and again while others write, until the moment has come; gives what was acknowledged. */
  async function killedWhen(dataDir: string, isTime: () => boolean | Promise<boolean>): Promise<Set<string>> {
    const { server, db, things } = await open(dataDir);
    const acknowledged = new Set<string>();
    let over = false;
    const ignore = (): void => undefined;
    const writers = [0, 1, 2].map(async (writer) => {
      for (let n = 0; !over; n++) {
        await things.insertOne({ _id: `w${writer}-${n}` });
        acknowledged.add(`w${writer}-${n}`);
      }
    });
    const compacting = (async () => {
      while (!over) await db.command({ compact: 'things' });
    })();
    for (const promise of [...writers, compacting]) promise.catch(ignore);
    while (!(await isTime())) await new Promise((resolve) => setImmediate(resolve));
    over = true;
    await kill(server);
    return acknowledged;
  }

  async function filled(): Promise<{ dataDir: string; values: string[] }> {
    const dataDir = directory();
    const { server, things, boxes } = await open(dataDir);
    await things.insertMany(many(4000));
    const { values } = await rewritten(boxes, () => 500);
    await server.stop();
    return { dataDir, values };
  }

  async function check(dataDir: string, acknowledged: ReadonlySet<string>, values: readonly string[]): Promise<void> {
    const { db, things, boxes, server } = await open(dataDir);
    expect(existsSync(join(dataDir, 'compacting'))).toBe(false);
    const ids = new Set((await things.find({}, { projection: { _id: 1 } }).toArray()).map(({ _id }) => _id));
    for (const id of acknowledged) expect(ids).toContain(id);
    expect([...ids].filter((id) => !id.startsWith('w'))).toHaveLength(4000);
    expect(await db.command({ validate: 'things' })).toMatchObject({ valid: true, errors: [] });
    await db.command({ compact: 'boxes' });
    expect(foundIn(dataDir, values)).toEqual([]);
    expect(await boxes.countDocuments()).toBe(1);
    await server.stop();
  }

  test.each(['compacting', 'compacting/data.mdb', 'compacting/data.mdb-lock', 'compacting/old.mdb'])(
    'that has come to %s loses nothing, and the next start ends it',
    async (name) => {
      const { dataDir, values } = await filled();
      const acknowledged = await killedWhen(dataDir, () => existsSync(join(dataDir, name)));
      await check(dataDir, acknowledged, values);
    },
    120_000,
  );

  test('at random moments loses nothing', async () => {
    const { dataDir, values } = await filled();
    for (let round = 0; round < 4; round++) {
      const at = Date.now() + 200 + Math.random() * 1500;
      await check(dataDir, await killedWhen(dataDir, () => wait(5).then(() => Date.now() > at)), values);
    }
  }, 180_000);
});

describe('[S9] what a compaction that was broken off has left', () => {
  async function stopped(): Promise<{ dataDir: string; work: string }> {
    const dataDir = directory();
    const { server, things } = await open(dataDir);
    await things.insertMany(many(200));
    await server.stop();
    const work = join(dataDir, 'compacting');
    mkdirSync(work);
    return { dataDir, work };
  }
  const isWhole = async (dataDir: string): Promise<void> => {
    const { things, db } = await open(dataDir);
    expect(existsSync(join(dataDir, 'compacting'))).toBe(false);
    expect(await things.countDocuments()).toBe(200);
    expect(await db.command({ validate: 'things' })).toMatchObject({ valid: true, errors: [] });
  };

  test('the data file under a second name keeps its bytes', async () => {
    const { dataDir, work } = await stopped();
    copyFileSync(join(dataDir, 'data.mdb'), join(work, 'data.mdb'));
    linkSync(join(dataDir, 'data.mdb'), join(work, 'old.mdb'));
    await isWhole(dataDir);
  }, 60_000);

  test('the old file and an unfinished copy are overwritten before they go', async () => {
    const { dataDir, work } = await stopped();
    const files = ['old.mdb', 'data.mdb'].map((name) => join(work, name));
    for (const file of files) copyFileSync(join(dataDir, 'data.mdb'), file);
    const { size } = lstatSync(join(dataDir, 'data.mdb'));
    const descriptors = files.map((file) => openSync(file, 'r'));
    await isWhole(dataDir);
    for (const descriptor of descriptors) {
      const bytes = Buffer.alloc(size, 1);
      expect(readSync(descriptor, bytes, 0, size, 0)).toBe(size);
      expect(bytes.equals(Buffer.alloc(size))).toBe(true);
      closeSync(descriptor);
    }
  }, 60_000);
});

describe('[S9] a compaction that cannot be', () => {
  test('leaves all as it is when its time is over', async () => {
    const dataDir = directory();
    const { things, db } = await open(dataDir);
    await things.insertMany(many(200));
    expect(await codeOf(db.command({ compact: 'things', maxTimeMS: 1 }))).toBe(50);
    expect(existsSync(join(dataDir, 'compacting'))).toBe(false);
    await things.insertOne({ _id: 'more' });
    expect(await things.countDocuments()).toBe(201);
  }, 60_000);

  test('ends with the database that is stopped', async () => {
    const dataDir = directory();
    const { server, things, db } = await open(dataDir);
    await things.insertMany(many(200));
    const asked = db.command({ compact: 'things' }).catch((error: unknown) => error);
    await until(() => existsSync(join(dataDir, 'compacting')));
    await server.stop();
    await asked;
    const again = await open(dataDir);
    expect(await again.things.countDocuments()).toBe(200);
  }, 60_000);

  withMount(
    'is refused with 14031 on a full disk, and all goes on',
    async () => {
      const { path } = mount?.('24m') ?? { path: '' };
      const dataDir = join(path, 'data');
      const { server, things, db } = await open(dataDir);
      for (let i = 0; i < 130; i++) await things.insertOne({ _id: `${i}`, text: 'x'.repeat(100_000) });
      expect(await codeOf(db.command({ compact: 'things' }))).toBe(14031);
      await things.insertOne({ _id: 'more' });
      expect(await things.countDocuments()).toBe(131);
      await things.deleteMany({ _id: { $ne: 'more' } });
      await server.stop();
    },
    60_000,
  );
});

test('[B5] a backup of a directory in which a compaction was killed is whole', async () => {
  const root = directory();
  const dataDir = join(root, 'data');
  const { server, things, db } = await open(dataDir);
  await things.insertMany(many(4000));
  db.command({ compact: 'things' }).catch(() => undefined);
  await until(() => existsSync(join(dataDir, 'compacting', 'old.mdb')));
  await kill(server);
  expect(await backup({ dataDir, to: join(root, 'backup') })).toMatchObject({ documents: 4000 });
  expect(await verifyBackup({ from: join(root, 'backup') })).toMatchObject({ documents: 4000 });
}, 60_000);
