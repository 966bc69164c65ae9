import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from '@jest/globals';
import { MongoClient } from 'mongodb';
import { startEmbeddedMongo } from '../src/index.ts';
import { newDirectory } from './server.ts';

const directories: string[] = [];
const processes: ChildProcess[] = [];

afterEach(async () => {
  for (const child of processes.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  for (const directory of directories.splice(0)) rmSync(directory, { recursive: true, force: true });
});

function directory(): string {
  const made = newDirectory();
  directories.push(made);
  return made;
}

const LOADER = createRequire(import.meta.url)
  .resolve('tsx/package.json')
  .replace('package.json', 'dist/loader.mjs');

const CLI = fileURLToPath(new URL('../src/cli.ts', import.meta.url));

/** A process that starts a database, writes, says so, and then waits to be killed. */
const PARENT = `
  import { MongoClient } from 'mongodb';
  const { startEmbeddedMongo } = await import(${JSON.stringify(new URL('../src/index.ts', import.meta.url).href)});
  const server = await startEmbeddedMongo({ dataDir: process.argv[1] });
  await new MongoClient(server.url).db('t').collection('x').insertOne({ a: 1 });
  console.log('written');
`;

function run(...args: string[]): { child: ChildProcess; lines: AsyncIterator<string>; errors: () => string } {
  const { NODE_OPTIONS: _ignored, ...env } = process.env;
  const child = spawn(process.execPath, ['--import', LOADER, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd: fileURLToPath(new URL('.', import.meta.url)),
    env,
  });
  processes.push(child);
  let errors = '';
  child.stderr?.on('data', (text) => {
    errors += text;
  });
  if (!child.stdout) throw new Error('no output');
  return { child, lines: createInterface({ input: child.stdout })[Symbol.asyncIterator](), errors: () => errors };
}

async function startCli(dataDir: string): Promise<{ child: ChildProcess; url: string }> {
  const { child, lines, errors } = run(CLI, '--data', dataDir, '--port', '0');
  const { value } = await lines.next();
  const url = /^embedded-mongo is ready on (mongodb:\/\/127\.0\.0\.1:\d+)$/.exec(value ?? '')?.[1];
  if (!url) throw new Error(`not ready: ${value} ${errors()}`);
  return { child, url: `${url}/?directConnection=true` };
}

async function failing(...args: string[]): Promise<string> {
  const { child, errors } = run(CLI, ...args);
  const [code] = await once(child, 'exit');
  expect(code).toBe(1);
  return errors();
}

describe('durability', () => {
  test('after kill -9 under writers every acknowledged write is there and all indexes agree', async () => {
    const dataDir = directory();
    let acknowledged = 0;
    const known = new Map<string, number>();
    for (let round = 0; round < 3; round++) {
      const { child, url } = await startCli(dataDir);
      const client = new MongoClient(url, { serverSelectionTimeoutMS: 500 });
      const things = client.db('t').collection<{ _id: string; n: number; tags: string[] }>('things');
      await things.createIndex({ n: 1 });
      await things.createIndex({ tags: 1, n: -1 });
      const target = acknowledged + 300;
      let killed = false;
      const writers = Array.from({ length: 8 }, async (_, writer) => {
        for (let i = 0; !killed; i++) {
          const _id = `${round}-${writer}-${i}`;
          try {
            await things.insertOne({ _id, n: i, tags: [`w${writer}`, `r${round}`] });
            known.set(_id, i);
            await things.updateOne({ _id }, { $inc: { n: 1000 } });
            known.set(_id, i + 1000);
          } catch {
            return;
          }
          acknowledged += 2;
          if (acknowledged >= target && !killed) {
            killed = true;
            child.kill('SIGKILL');
          }
        }
      });
      await Promise.all(writers);
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
      await client.close();
    }
    const { url } = await startCli(dataDir);
    const client = new MongoClient(url);
    const things = client.db('t').collection<{ _id: string; n: number }>('things');
    const stored = new Map((await things.find().toArray()).map(({ _id, n }) => [_id, n]));
    for (const [id, n] of known) expect(stored.get(id)).toBeGreaterThanOrEqual(n);
    expect(await client.db('t').command({ validate: 'things' })).toMatchObject({ valid: true, errors: [] });
    await client.close();
  }, 60_000);

  test('a database ends with its parent, and the next one starts at once on the same data', async () => {
    const dataDir = directory();
    const { child, lines } = run('--input-type=module', '--eval', PARENT, dataDir);
    expect((await lines.next()).value).toBe('written');
    child.kill('SIGKILL');
    await once(child, 'exit');
    const next = await startEmbeddedMongo({ dataDir });
    const client = new MongoClient(next.url);
    expect(await client.db('t').collection('x').countDocuments()).toBe(1);
    await client.close();
    await next.stop();
  }, 30_000);
});

describe('the data directory', () => {
  test('is taken by one process: a second one is told who has it', async () => {
    const dataDir = directory();
    const first = await startEmbeddedMongo({ dataDir });
    await expect(startEmbeddedMongo({ dataDir })).rejects.toThrow(`in use by process ${first.pid}`);
    await first.stop();
    const second = await startEmbeddedMongo({ dataDir });
    await second.stop();
  }, 30_000);

  test('of a newer format is refused and nothing in it is touched', async () => {
    const dataDir = directory();
    writeFileSync(join(dataDir, 'FORMAT'), 'embedded-mongo 99\n');
    await expect(startEmbeddedMongo({ dataDir })).rejects.toThrow(/newer version/);
    expect(readdirSync(dataDir)).toEqual(['FORMAT']);
    expect(readFileSync(join(dataDir, 'FORMAT'), 'utf8')).toBe('embedded-mongo 99\n');
  });

  test('holds a socket that only its owner can open', async () => {
    const dataDir = directory();
    const server = await startEmbeddedMongo({ dataDir });
    expect(statSync(join(dataDir, 'mongo.sock')).mode & 0o777).toBe(0o600);
    await server.stop();
    expect(existsSync(join(dataDir, 'mongo.sock'))).toBe(false);
  });

  test('may have a path too long for a socket', async () => {
    const dataDir = join(directory(), 'd'.repeat(100));
    mkdirSync(dataDir);
    const server = await startEmbeddedMongo({ dataDir });
    const client = new MongoClient(server.url);
    expect(await client.db('t').command({ ping: 1 })).toEqual({ ok: 1 });
    await client.close();
    await server.stop();
  });

  test('keeps documents, indexes and their order over a restart', async () => {
    const dataDir = directory();
    for (const round of [1, 2, 3]) {
      const server = await startEmbeddedMongo({ dataDir });
      const client = new MongoClient(server.url);
      const things = client.db('t').collection<{ _id: string }>('things');
      await things.createIndex({ a: 1 }, { unique: true, sparse: true });
      await things.insertOne({ _id: `z${9 - round}` });
      expect((await things.find().toArray()).map(({ _id }) => _id)).toEqual(['z8', 'z7', 'z6'].slice(0, round));
      expect(await things.estimatedDocumentCount()).toBe(round);
      await client.close();
      await server.stop();
    }
  }, 30_000);
});

test('the end of the database is told to who started it, unless it was stopped', async () => {
  const server = await startEmbeddedMongo({ dataDir: directory() });
  const exit = new Promise((resolve) => server.onExit(resolve));
  process.kill(server.pid as number, 'SIGKILL');
  expect(await exit).toEqual({ code: null, signal: 'SIGKILL' });
});

test.each([
  ['no directory', [], /--data is missing/],
  ['an unknown option', ['--nope'], /nope/],
  ['a port that is none', ['--data', 'x', '--port', '99999'], /--port must be a number/],
])('the command line refuses %s with a clear line', async (_title, args, message) => {
  expect(await failing(...args)).toMatch(message);
});

test('the command line refuses a data directory that is a file', async () => {
  const file = join(directory(), 'file');
  writeFileSync(file, '');
  expect(await failing('--data', file)).toMatch(/is not a directory/);
});
