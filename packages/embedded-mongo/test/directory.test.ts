import { createHash } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { MongoClient } from 'mongodb';
import { backup, startEmbeddedMongo } from '../src/index.ts';
import { openInstance } from '../src/instance.ts';
import { kill } from './kill.ts';
import { useMounts } from './mounts.ts';
import { useProcesses } from './processes.ts';
import { newDirectory } from './server.ts';

const { directory, cli, run, serve, start } = useProcesses();
const { mount } = useMounts();
const withMount = mount ? test : test.skip;
const asRoot = process.getuid?.() === 0 ? test : test.skip;

const ping = async (url: string): Promise<unknown> => {
  const client = new MongoClient(url);
  try {
    return await client.db('t').command({ ping: 1 });
  } finally {
    await client.close();
  }
};

describe('[S4] the lock of a data directory', () => {
  test('trap 4: two processes never share one: the second one is told who has it, in one line', async () => {
    const dataDir = directory();
    const first = await start({ dataDir });
    const inUse = `the data directory ${dataDir} is in use by process ${first.pid}; stop that process or choose another directory`;
    const [second, third] = await Promise.all([
      startEmbeddedMongo({ dataDir }).catch((error: Error) => error.message),
      cli('--data', dataDir, '--port', '0'),
    ]);
    expect(second).toBe(inUse);
    expect(third).toEqual({ code: 1, output: '', errors: `embedded-mongo: ${inUse}\n` });
    await first.stop();
    await start({ dataDir });
  }, 120_000);

  test('goes with its process: after kill -9 the next start takes the lock files that were left', async () => {
    const dataDir = directory();
    await kill(await start({ dataDir }));
    expect(readdirSync(dataDir)).toEqual(expect.arrayContaining(['lock.mdb', 'mongo.sock']));
    const next = await start({ dataDir });
    expect(await ping(next.url)).toEqual({ ok: 1 });
  }, 120_000);

  test('is taken by exactly one of two that start at the same moment', async () => {
    const dataDir = directory();
    const results = await Promise.allSettled([startEmbeddedMongo({ dataDir }), startEmbeddedMongo({ dataDir })]);
    const won = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    const lost = results.flatMap((result) => (result.status === 'rejected' ? [String(result.reason)] : []));
    expect(won).toHaveLength(1);
    expect(lost).toEqual([expect.stringMatching(`in use by process ${won[0]?.pid}`)]);
    expect(await ping(won[0]?.url ?? '')).toEqual({ ok: 1 });
    await won[0]?.stop();
  }, 120_000);
});

describe('[S5] [S7] damage is told in one line and nothing is touched:', () => {
  const SIZE = 2000;
  const good = join(newDirectory(), 'data');
  let someId: Buffer;

  beforeAll(async () => {
    const server = await startEmbeddedMongo({ dataDir: good });
    const client = new MongoClient(server.url);
    const things = client.db('t').collection('things');
    await things.createIndex({ a: 1 });
    for (let round = 0; round < 4; round++)
      await things.insertMany(Array.from({ length: SIZE / 4 }, (_, a) => ({ a, text: 'x'.repeat(200) })));
    const some = await things.findOne({ a: 100 });
    someId = Buffer.from(some?._id.id ?? []);
    await client.close();
    await server.stop();
  }, 120_000);

  afterAll(() => rmSync(join(good, '..'), { recursive: true, force: true }));

  /** A copy of a directory with documents, changed. */
  function damaged(change: (dataDir: string) => void): string {
    const dataDir = join(directory(), 'data');
    cpSync(good, dataDir, { recursive: true });
    change(dataDir);
    return dataDir;
  }

  const hashes = (dataDir: string): Record<string, string> =>
    Object.fromEntries(
      ['data.mdb', 'FORMAT', 'COMMITTED']
        .filter((name) => existsSync(join(dataDir, name)))
        .map((name) => [
          name,
          createHash('sha256')
            .update(readFileSync(join(dataDir, name)))
            .digest('hex'),
        ]),
    );
  const edit =
    (name: string, change: (bytes: Buffer) => Buffer | undefined) =>
    (dataDir: string): void => {
      const bytes = readFileSync(join(dataDir, name));
      writeFileSync(join(dataDir, name), change(bytes) ?? bytes);
    };
  const flip = (...places: number[]) =>
    edit('data.mdb', (bytes) => {
      for (const at of places) bytes[at] = (bytes[at] ?? 0) ^ 0xff;
      return undefined;
    });
  /** The place in the file of the newest of the two heads. */
  const newest = (dataDir: string): number => {
    const bytes = readFileSync(join(dataDir, 'data.mdb'));
    return bytes.readBigUInt64LE(152) > bytes.readBigUInt64LE(4096 + 152) ? 0 : 4096;
  };
  const flipNewest =
    (at: number) =>
    (dataDir: string): void =>
      flip(newest(dataDir) + at)(dataDir);

  test.each<[string, RegExp, (dataDir: string) => void]>([
    [
      'an empty file',
      /data\.mdb has 0 bytes, the last commit left \d+/,
      (dir) => truncateSync(join(dir, 'data.mdb'), 0),
    ],
    ['a file cut to 100 bytes', /data\.mdb has 100 bytes/, (dir) => truncateSync(join(dir, 'data.mdb'), 100)],
    ['a file cut in half', /data\.mdb has 8192 bytes/, (dir) => truncateSync(join(dir, 'data.mdb'), 8192)],
    [
      'a file that lacks its end',
      /the last commit left/,
      (dir) => truncateSync(join(dir, 'data.mdb'), statSync(join(dir, 'data.mdb')).size - 4096),
    ],
    ['a missing file', /data\.mdb is missing/, (dir) => rmSync(join(dir, 'data.mdb'))],
    [
      'a foreign file',
      /does not begin as such a file does/,
      edit('data.mdb', (bytes) => Buffer.alloc(bytes.length, 'foreign ')),
    ],
    ['zeros', /does not begin as such a file does/, edit('data.mdb', (bytes) => Buffer.alloc(bytes.length))],
    ['an overwritten head', /does not begin as such a file does/, edit('data.mdb', (bytes) => bytes.fill(0, 0, 8192))],
    ['overwritten pages', /points to nowhere/, edit('data.mdb', (bytes) => bytes.fill(0, 8192))],
    ['another magic number', /does not begin as such a file does/, flip(24)],
    ['another page size', /does not begin as such a file does/, flip(48)],
    ['another version of the second head', /the head of data\.mdb was changed/, flip(4096 + 28)],
    ['a root that is none', /points to nowhere|commits are missing/, flipNewest(136)],
    ['flags of the tree', /commits are missing|damaged/, flipNewest(100)],
    ['an older number of the last commit', /commits are missing/, flipNewest(152)],
    [
      'a changed byte in an entry of an index',
      /is damaged \(t\.things: index _id_ lacks \d+ entries of one document\)/,
      edit('data.mdb', (bytes) => {
        // In an entry the kind of the value stands before it, in BSON the end of its name.
        for (let at = bytes.indexOf(someId); at >= 0; at = bytes.indexOf(someId, at + 1))
          if (bytes[at - 1] === 35) bytes[at] = 0;
        return undefined;
      }),
    ],
    ['no FORMAT', /holds data without a FORMAT file/, (dir) => rmSync(join(dir, 'FORMAT'))],
    ['a FORMAT that cannot be read', /FORMAT cannot be read: "hello"/, edit('FORMAT', () => Buffer.from('hello'))],
    [
      'a newer format',
      /written by a newer version \(format 99, this one knows 2\)/,
      edit('FORMAT', () => Buffer.from('embedded-mongo 99\n')),
    ],
  ])('%s', async (_title, message, change) => {
    const dataDir = damaged(change);
    const before = hashes(dataDir);
    await expect(openInstance({ dataDir })).rejects.toThrow(message);
    expect(hashes(dataDir)).toEqual(before);
  });

  test('the command line says it and ends with code 1', async () => {
    const dataDir = damaged((dir) => truncateSync(join(dir, 'data.mdb'), 8192));
    const before = hashes(dataDir);
    const { code, output, errors } = await cli('--data', dataDir, '--port', '0');
    expect({ code, output, lines: errors.trim().split('\n').length }).toEqual({ code: 1, output: '', lines: 1 });
    expect(errors).toMatch(/^embedded-mongo: the data in .* is damaged \(.*\): nothing was changed; restore a backup/);
    expect(hashes(dataDir)).toEqual(before);
    await expect(backup({ dataDir, to: join(directory(), 'backup') })).rejects.toThrow(/is damaged/);
  }, 120_000);

  test('a changed byte in a document is refused with 246 and found by validate', async () => {
    const dataDir = damaged((dir) =>
      edit('data.mdb', (bytes) => {
        const at = bytes.lastIndexOf('x'.repeat(200));
        bytes[at + 50] = 'y'.charCodeAt(0);
        return undefined;
      })(dir),
    );
    const server = await start({ dataDir });
    const client = new MongoClient(server.url);
    const db = client.db('t');
    await expect(db.collection('things').find().toArray()).rejects.toMatchObject({
      code: 246,
      codeName: 'DataCorruptionDetected',
      errorResponse: { errmsg: expect.stringMatching(/^document \d+ of t\.things is damaged in the data file/) },
    });
    expect(await db.command({ validate: 'things' })).toMatchObject({
      valid: false,
      errors: expect.arrayContaining([expect.stringMatching(/^document \d+ of t\.things is damaged/)]),
    });
    // The others can still be read and written.
    expect(await db.collection('things').insertOne({ a: -1 })).toMatchObject({ acknowledged: true });
    await client.close();
  }, 120_000);

  test('a crash of native code on damaged pages ends the database only, and says why', async () => {
    const dataDir = damaged((dir) =>
      edit('data.mdb', (bytes) => {
        // Every page but the heads and the roots of both trees.
        const head = newest(dir);
        const roots = [88, 136].map((at) => Number(bytes.readBigInt64LE(head + at)));
        for (let page = 2; page * 4096 < bytes.length; page++)
          if (!roots.includes(page)) bytes.fill(0xee, page * 4096 + 18, (page + 1) * 4096);
        return undefined;
      })(dir),
    );
    const outcome = await startEmbeddedMongo({ dataDir }).then(
      async (server) => {
        const ended = new Promise<string>((resolve) => server.onExit(({ message }) => resolve(message)));
        const client = new MongoClient(server.url);
        const refused = client
          .db('t')
          .collection('things')
          .find()
          .toArray()
          .then(
            () => 'nothing was noticed',
            (error) => (error.code === 246 ? 'DataCorruptionDetected is damaged' : ended),
          );
        const said = await refused;
        await client.close();
        await server.stop();
        return said;
      },
      (error) => String(error),
    );
    expect(outcome).toMatch(/damaged/);
  }, 120_000);
});

test('[S5] a directory of format 1, whose documents have no checksum, is read, written and marked with the new format', async () => {
  const dataDir = directory();
  const before = await start({ dataDir });
  const client = new MongoClient(before.url);
  await client.db('t').collection('x').insertOne({ a: 1 });
  await client.close();
  await before.stop();
  writeFileSync(join(dataDir, 'FORMAT'), 'embedded-mongo 1\n');
  await start({ dataDir });
  expect(readFileSync(join(dataDir, 'FORMAT'), 'utf8')).toBe('embedded-mongo 2\n');
}, 120_000);

describe('[R4] the path of a data directory', () => {
  const works = async (dataDir: string): Promise<void> => {
    const server = await start({ dataDir });
    expect(await ping(server.url)).toEqual({ ok: 1 });
    await server.stop();
    expect(readdirSync(dataDir)).toContain('data.mdb');
  };

  test('may have spaces and letters of any script', () => works(join(directory(), 'été à Lyon – данные 数据 %20')));

  test('may be relative', () => works(relative(process.cwd(), join(directory(), 'a', 'b'))));

  test('may be too long for a socket: that lies in a private temporary directory, gone afterwards', async () => {
    const dataDir = join(directory(), 'd'.repeat(100));
    const server = await start({ dataDir });
    const socket = decodeURIComponent(/^mongodb:\/\/([^/]+)\//.exec(server.url)?.[1] ?? '');
    expect(statSync(socket).mode & 0o777).toBe(0o600);
    expect(statSync(join(socket, '..')).mode & 0o777).toBe(0o700);
    expect(socket.startsWith(dataDir)).toBe(false);
    expect(await ping(server.url)).toEqual({ ok: 1 });
    await server.stop();
    expect(existsSync(join(socket, '..'))).toBe(false);
  }, 120_000);

  test('trap 8: holds a socket and files that only their owner can open', async () => {
    const dataDir = directory();
    const server = await start({ dataDir });
    for (const name of readdirSync(dataDir))
      expect([name, statSync(join(dataDir, name)).mode & 0o077]).toEqual([name, 0]);
    await server.stop();
    expect(existsSync(join(dataDir, 'mongo.sock'))).toBe(false);
  }, 120_000);

  test.each<[string, () => string, RegExp]>([
    ['a file', () => join(import.meta.dirname, 'server.ts'), /server\.ts cannot be written: it is not a directory/],
    [
      'below a file',
      () => join(import.meta.dirname, 'server.ts', 'x'),
      /cannot be made: a part of the path is not a directory/,
    ],
    ['where nothing can be made', () => '/proc/nope/deeper', /\/proc\/nope\/deeper cannot be made: /],
    ['too long', () => join(directory(), 'd'.repeat(300)), /cannot be made: the path is too long/],
  ])(
    'is refused in one line when it is %s',
    async (_title, path, message) => {
      const { code, errors } = await cli('--data', path(), '--port', '0');
      expect({ code, lines: errors.trim().split('\n').length }).toEqual({ code: 1, lines: 1 });
      expect(errors).toMatch(message);
    },
    120_000,
  );

  withMount(
    'is refused when the file system is read-only',
    async () => {
      const made = mount?.('4m');
      const dataDir = join(made?.path ?? '', 'data');
      mkdirSync(dataDir);
      made?.readOnly();
      await expect(startEmbeddedMongo({ dataDir })).rejects.toThrow(
        /data cannot be written: the file system is read-only/,
      );
      await expect(startEmbeddedMongo({ dataDir: `${dataDir}2` })).rejects.toThrow(
        /data2 cannot be made: the file system is read-only/,
      );
    },
    120_000,
  );

  asRoot(
    'is refused when there is no permission',
    async () => {
      const NOBODY = 65534;
      const dataDir = join(directory(), 'closed');
      mkdirSync(dataDir);
      chmodSync(dataDir, 0o500);
      chownSync(join(dataDir, '..'), NOBODY, NOBODY);
      chownSync(dataDir, NOBODY, NOBODY);
      const source = `
      process.setgid(${NOBODY}); process.setuid(${NOBODY});
      const { makeDirectory } = await import(${JSON.stringify(new URL('../src/storage/directory.ts', import.meta.url).href)});
      for (const path of [process.argv[1], process.argv[1] + '/below'])
        try { makeDirectory(path); console.log('made'); } catch (error) { console.log(error.message); }
    `;
      const { lines } = run('--input-type=module', '--eval', source, dataDir);
      expect((await lines.next()).value).toBe(`${dataDir} cannot be written: no permission`);
      expect((await lines.next()).value).toBe(`${dataDir}/below cannot be made: no permission`);
    },
    120_000,
  );
});

describe('[R3] a port', () => {
  test('that is in use is refused in one line', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const address = other.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const { code, errors } = await cli('--data', directory(), '--port', String(port));
    expect({ code, errors }).toEqual({
      code: 1,
      errors: `embedded-mongo: port ${port} cannot be listened on: it is in use\n`,
    });
    await new Promise((resolve) => other.close(resolve));
  }, 120_000);

  test.each(['65536', '1e3'])(
    '%p is refused',
    async (port) => {
      const { code, errors } = await cli('--data', directory(), `--port=${port}`);
      expect(code).toBe(1);
      expect(errors).toMatch(/--port must be a number from 0 to 65535/);
    },
    120_000,
  );

  test('0 is any free one', async () => {
    const { url } = await serve(directory());
    expect(await ping(url)).toEqual({ ok: 1 });
  }, 120_000);
});

test('[S1] documents, indexes and their order are kept over a restart', async () => {
  const dataDir = directory();
  for (const round of [1, 2, 3]) {
    const server = await start({ dataDir });
    const client = new MongoClient(server.url);
    const things = client.db('t').collection<{ _id: string }>('things');
    await things.createIndex({ a: 1 }, { unique: true, sparse: true });
    await things.insertOne({ _id: `z${9 - round}` });
    expect((await things.find().toArray()).map(({ _id }) => _id)).toEqual(['z8', 'z7', 'z6'].slice(0, round));
    expect(await things.estimatedDocumentCount()).toBe(round);
    await client.close();
    await server.stop();
  }
}, 120_000);
