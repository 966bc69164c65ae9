import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  watch,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Collection, MongoClient } from 'mongodb';
import { BackupError, readManifest } from '../src/backup/manifest.ts';
import { restoreBackup } from '../src/backup/restore.ts';
import { verifyCopy } from '../src/backup/verify.ts';
import { backup, restore, startEmbeddedMongo, verifyBackup } from '../src/index.ts';
import { until, useProcesses } from './processes.ts';
import { newDirectory } from './server.ts';

const { directory, run, cli, serve, start } = useProcesses();

type Thing = { _id: string; n: number; tags: string[] };

async function filled(dataDir: string, count: number): Promise<void> {
  const server = await startEmbeddedMongo({ dataDir });
  const client = new MongoClient(server.url);
  const things = client.db('t').collection<Thing>('things');
  await things.createIndex({ tags: 1, n: -1 });
  await things.insertMany(Array.from({ length: count }, (_, n) => ({ _id: `${n}`, n, tags: ['a', `t${n % 7}`] })));
  await client.close();
  await server.stop();
}

/** Data and a backup of it, made once. */
const COUNT = 5000;
const example = { root: '', to: '' };

beforeAll(async () => {
  example.root = newDirectory();
  example.to = join(example.root, 'backup');
  await filled(join(example.root, 'data'), COUNT);
  await backup({ dataDir: join(example.root, 'data'), to: example.to });
}, 120_000);

afterAll(() => rmSync(example.root, { recursive: true, force: true }));

/** A copy of the backup, to be damaged. */
function copied(): { root: string; to: string } {
  const root = directory();
  cpSync(example.to, join(root, 'backup'), { recursive: true });
  return { root, to: join(root, 'backup') };
}

describe('[B1] a backup under load', () => {
  /** Writes until it is stopped and keeps what was acknowledged. */
  function writer(
    things: Collection<Thing>,
    name: string,
    isOver: () => boolean,
  ): { acknowledged: Map<string, number>; ended: Promise<void> } {
    const acknowledged = new Map<string, number>();
    const ended = (async () => {
      for (let i = 0; !isOver(); i++) {
        const _id = `${name}-${i}`;
        await things.insertOne({ _id, n: i, tags: [name, 'all'] });
        acknowledged.set(_id, i);
        if (i % 3 === 0) {
          await things.updateOne({ _id }, { $set: { n: i + 1000 } });
          acknowledged.set(_id, i + 1000);
        }
      }
    })();
    return { acknowledged, ended };
  }

  test('holds every write acknowledged before it began, agrees with itself, and is restored as it was', async () => {
    const root = directory();
    const server = await start({ dataDir: join(root, 'data') });
    const client = new MongoClient(server.url);
    const things = client.db('t').collection<Thing>('things');
    await things.createIndex({ n: 1 });
    await things.createIndex({ tags: 1, n: -1 });
    let over = false;
    const writers = Array.from({ length: 8 }, (_, i) => writer(things, `w${i}`, () => over));
    await until(() => writers.every(({ acknowledged }) => acknowledged.size > 40));
    const before = new Map(writers.flatMap(({ acknowledged }) => [...acknowledged]));
    const { documents } = await server.backup(join(root, 'backup'));
    const during = await things.countDocuments();
    over = true;
    await Promise.all(writers.map(({ ended }) => ended));
    await client.close();
    expect(documents).toBeGreaterThanOrEqual(before.size);
    expect(documents).toBeLessThanOrEqual(during);
    expect(await verifyBackup({ from: join(root, 'backup') })).toMatchObject({ documents, collections: 1 });

    await restore({ from: join(root, 'backup'), dataDir: join(root, 'restored') });
    const restored = await start({ dataDir: join(root, 'restored') });
    const again = new MongoClient(restored.url);
    const copies = again.db('t').collection<Thing>('things');
    const stored = new Map((await copies.find().toArray()).map(({ _id, n }) => [_id, n]));
    expect(stored.size).toBe(documents);
    for (const [id, n] of before) expect(stored.get(id)).toBeGreaterThanOrEqual(n);
    expect(await again.db('t').command({ validate: 'things', full: true })).toMatchObject({ valid: true, errors: [] });
    await again.close();
  }, 120_000);

  test('is made by the command line beside a server that listens on a port', async () => {
    const root = directory();
    const { url } = await serve(join(root, 'data'));
    const client = new MongoClient(url);
    await client.db('t').collection('x').insertOne({ a: 1 });
    const made = await cli('backup', '--data', join(root, 'data'), '--to', join(root, 'backup'));
    expect(made).toMatchObject({ code: 0, errors: '' });
    expect(made.output).toMatch(/^backup written to .*: 1 documents in 1 collections, \d+ bytes, as of \d{4}-/);
    await client.db('t').collection('x').insertOne({ a: 2 });
    await client.close();
    expect(await cli('verify', '--from', join(root, 'backup'))).toMatchObject({
      code: 0,
      output: expect.stringMatching(/is good: 1 documents in 1 collections/),
    });
    expect(await cli('restore', '--from', join(root, 'backup'), '--data', join(root, 'restored'))).toMatchObject({
      code: 0,
      errors: '',
    });
    expect(await verifyBackup({ from: join(root, 'backup') })).toMatchObject({ documents: 1 });
  }, 120_000);
});

test('[B1] a backup of the memory engine is refused', async () => {
  const root = directory();
  const server = await start({ dataDir: root, engine: 'memory' });
  await expect(server.backup(join(root, 'backup'))).rejects.toThrow(/memory engine keeps nothing/);
  expect(existsSync(join(root, 'backup'))).toBe(false);
});

describe('[B2] a backup that is not what was written is recognised', () => {
  const flip = (file: string, at: number): void => {
    const bytes = readFileSync(file);
    bytes[at < 0 ? bytes.length + at : at] = (bytes[at < 0 ? bytes.length + at : at] ?? 0) ^ 1;
    writeFileSync(file, bytes);
  };
  const change = (to: string, name: string, edit: (text: string) => string): void =>
    writeFileSync(join(to, name), edit(readFileSync(join(to, name), 'utf8')));

  test.each<[string, RegExp, (to: string) => void]>([
    ['a changed byte in the data', /content of data\.mdb was changed/, (to) => flip(join(to, 'data.mdb'), 9000)],
    ['a changed last byte', /content of data\.mdb was changed/, (to) => flip(join(to, 'data.mdb'), -1)],
    ['a shortened file', /data\.mdb has \d+ bytes instead of/, (to) => truncateSync(join(to, 'data.mdb'), 4096)],
    ['missing data', /data\.mdb is missing/, (to) => rmSync(join(to, 'data.mdb'))],
    ['a missing FORMAT', /FORMAT is missing/, (to) => rmSync(join(to, 'FORMAT'))],
    ['a changed FORMAT', /FORMAT was changed/, (to) => change(to, 'FORMAT', (text) => text.replace('2', '1'))],
    ['a missing manifest', /not a finished backup/, (to) => rmSync(join(to, 'MANIFEST.json'))],
    [
      'a changed manifest',
      /MANIFEST\.json was changed/,
      (to) => change(to, 'MANIFEST.json', (text) => text.replace('5000', '5001')),
    ],
    [
      'an added space in the manifest',
      /MANIFEST\.json was changed/,
      (to) => change(to, 'MANIFEST.json', (text) => `${text} `),
    ],
    ['half a manifest', /MANIFEST\.json was changed/, (to) => truncateSync(join(to, 'MANIFEST.json'), 200)],
    [
      'a newer format',
      /made by a newer version \(format 99, this one knows 2\)/,
      (to) => change(to, 'MANIFEST.json', (text) => text.replace('"format": 2', '"format": 99')),
    ],
  ])(
    '%s',
    async (_title, message, damage) => {
      const { root, to } = copied();
      damage(to);
      await expect(verifyCopy(to)).rejects.toThrow(message);
      await expect(restoreBackup(to, join(root, 'restored'))).rejects.toThrow(message);
      expect(existsSync(join(root, 'restored'))).toBe(false);
    },
    120_000,
  );

  test('every changed byte of a manifest', () => {
    const { to } = copied();
    const file = join(to, 'MANIFEST.json');
    const good = readFileSync(file);
    for (let at = 0; at < good.length; at++) {
      const bytes = Buffer.from(good);
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      writeFileSync(file, bytes);
      expect(() => readManifest(to)).toThrow(BackupError);
    }
  });
});

describe('[B3] a restore', () => {
  test('refuses a directory that holds anything, and leaves it as it is', async () => {
    const { to } = copied();
    const dataDir = join(example.root, 'data');
    const before = readFileSync(join(dataDir, 'data.mdb'));
    const names = readdirSync(dataDir);
    await expect(restore({ from: to, dataDir })).rejects.toThrow(/is not empty: nothing was written/);
    expect(readdirSync(dataDir)).toEqual(names);
    expect(readFileSync(join(dataDir, 'data.mdb')).equals(before)).toBe(true);
    await expect(backup({ dataDir, to })).rejects.toThrow(/is not empty: nothing was written/);
    expect(await verifyBackup({ from: to })).toMatchObject({ documents: COUNT });
  }, 120_000);

  test('that was broken off is not taken for data', async () => {
    const { root, to } = copied();
    const dataDir = join(root, 'restored');
    mkdirSync(dataDir);
    writeFileSync(join(dataDir, 'RESTORING'), '');
    writeFileSync(join(dataDir, 'data.mdb.restoring'), 'x');
    await expect(startEmbeddedMongo({ dataDir })).rejects.toThrow(/holds an unfinished restore/);
    await expect(restore({ from: to, dataDir })).rejects.toThrow(/holds an unfinished restore/);
    expect(readdirSync(dataDir).sort()).toEqual(['RESTORING', 'data.mdb.restoring']);
  }, 120_000);

  test.each([
    ['a directory without data', 'nothing'],
    ['a directory that is not there', 'nope'],
  ])('a backup of %s is refused and leaves nothing', async (_title, name) => {
    const root = directory();
    mkdirSync(join(root, 'nothing'));
    await expect(backup({ dataDir: join(root, name), to: join(root, 'backup') })).rejects.toThrow(/holds no data/);
    expect(readdirSync(root)).toEqual(['nothing']);
  });
});

describe('[B4] kill -9', () => {
  const JOB = new URL('../src/backup/job.ts', import.meta.url).pathname;

  /** Kills a job on a backup as soon as a file is there. */
  async function killedAt(file: string, job: unknown): Promise<void> {
    const begun = watch(dirname(dirname(file)));
    const { child } = run(JOB, JSON.stringify(job));
    const exit = once(child, 'exit');
    // The process takes its time to start; from its first file on every moment counts.
    await Promise.race([once(begun, 'change'), exit]);
    begun.close();
    await until(() => existsSync(file) || child.exitCode !== null);
    child.kill('SIGKILL');
    await exit;
  }

  test.each(['FORMAT', 'data.mdb', 'MANIFEST.json.new', 'MANIFEST.json'])(
    'of a backup that has come to %s leaves a whole backup or none',
    async (name) => {
      const to = join(directory(), 'backup');
      await killedAt(join(to, name), { type: 'backup', dataDir: join(example.root, 'data'), to });
      if (existsSync(join(to, 'MANIFEST.json'))) await verifyCopy(to);
      else await expect(verifyCopy(to)).rejects.toThrow(/is not a finished backup/);
    },
    120_000,
  );

  test.each(['RESTORING', 'data.mdb.restoring', 'data.mdb', 'FORMAT'])(
    'of a restore that has come to %s leaves all of the data or what is not taken for data',
    async (name) => {
      const dataDir = join(directory(), 'restored');
      await killedAt(join(dataDir, name), { type: 'restore', from: example.to, dataDir });
      if (existsSync(join(dataDir, 'RESTORING'))) {
        await expect(startEmbeddedMongo({ dataDir })).rejects.toThrow(/unfinished restore/);
        return;
      }
      const server = await start({ dataDir });
      const client = new MongoClient(server.url);
      expect(await client.db('t').collection('things').countDocuments()).toBe(COUNT);
      await client.close();
    },
    120_000,
  );
});
