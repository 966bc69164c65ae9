import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { MongoClient, type MongoClientOptions } from 'mongodb';
import { type EmbeddedMongo, startEmbeddedMongo } from '../src/index.ts';
import { codeOf, newDirectory } from './server.ts';

const USER = { username: 'concert,=é', password: 'a pass:word/ü' };

describe.each([
  ['lmdb', undefined],
  ['memory', 0],
] as const)('[W6] authentication on %s', (engine, port) => {
  const directory = newDirectory();
  let server: EmbeddedMongo;
  const clients: MongoClient[] = [];

  beforeAll(async () => {
    server = await startEmbeddedMongo({
      dataDir: directory,
      engine,
      ...(port === undefined ? {} : { port }),
      auth: USER,
    });
  }, 120_000);
  afterAll(async () => {
    await Promise.all(clients.map((client) => client.close()));
    await server.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  function client(user?: { username: string; password: string }, options: MongoClientOptions = {}): MongoClient {
    const credentials = user ? `${encodeURIComponent(user.username)}:${encodeURIComponent(user.password)}@` : '';
    const made = new MongoClient(server.url.replace('mongodb://', `mongodb://${credentials}`), options);
    clients.push(made);
    return made;
  }

  test('the right password opens the database', async () => {
    const db = client(USER).db('own');
    await db.collection<{ _id: number }>('things').insertOne({ _id: 1 });
    expect(await db.collection('things').findOne()).toEqual({ _id: 1 });
    const { authInfo } = await db.command({ connectionStatus: 1 });
    expect(authInfo.authenticatedUsers).toEqual([{ user: USER.username, db: 'admin' }]);
  });

  test('the mechanism may be named, and every connection proves itself', async () => {
    const db = client(USER, { authMechanism: 'SCRAM-SHA-256', minPoolSize: 5 }).db('own');
    await Promise.all(Array.from({ length: 20 }, () => db.command({ ping: 1 })));
    expect(await db.collection('things').countDocuments()).toBeGreaterThanOrEqual(0);
  });

  test('another mechanism is refused', async () => {
    expect(await codeOf(client(USER, { authMechanism: 'SCRAM-SHA-1' }).db('own').command({ ping: 1 }))).toBe(334);
  });

  test.each([
    ['a wrong password', { ...USER, password: 'wrong' }],
    ['an unknown user', { ...USER, username: 'nobody' }],
  ])('%s is refused with 18', async (_title, user) => {
    expect(await codeOf(client(user).db('own').command({ ping: 1 }))).toBe(18);
  });

  test('without credentials everything but hello is refused with 13', async () => {
    const db = client().db('own');
    expect(await db.command({ hello: 1 })).toMatchObject({ isWritablePrimary: true });
    for (const command of [
      { find: 'things' },
      { listDatabases: 1 },
      { insert: 'things', documents: [{}] },
      { serverStatus: 1 },
    ])
      expect(await codeOf(db.command(command))).toBe(13);
    expect(await codeOf(db.command({ saslContinue: 1, conversationId: 1, payload: Buffer.alloc(0) }))).toBe(17);
    expect(await codeOf(db.command({ saslStart: 1, mechanism: 'SCRAM-SHA-256', payload: Buffer.from('x') }))).toBe(18);
  });

  test('hello names the mechanism to those who ask', async () => {
    const reply = await client()
      .db('admin')
      .command({ hello: 1, saslSupportedMechs: `admin.${USER.username}` });
    expect(reply.saslSupportedMechs).toEqual(['SCRAM-SHA-256']);
  });

  test('nobody sends much before a proof', async () => {
    const { hosts } = client().options;
    const [host] = hosts;
    const socket = host?.socketPath ? connect(host.socketPath) : connect(host?.port ?? 0, '127.0.0.1');
    socket.on('error', () => undefined);
    const head = Buffer.alloc(16);
    head.writeInt32LE(1_000_000, 0);
    socket.write(head);
    await once(socket, 'close');
  });

  test('the password cannot be seen among the processes', () => {
    expect(readFileSync(`/proc/${server.pid}/cmdline`, 'utf8')).not.toContain('pass:word');
  });
});

test('[W6] a server without a user refuses credentials with 18', async () => {
  const directory = newDirectory();
  const server = await startEmbeddedMongo({ dataDir: directory, engine: 'memory' });
  const client = new MongoClient(server.url.replace('mongodb://', 'mongodb://a:b@'));
  expect(await codeOf(client.db('x').command({ ping: 1 }))).toBe(18);
  await client.close();
  await server.stop();
  rmSync(directory, { recursive: true, force: true });
}, 120_000);

test('[W6] the command line takes the user from a file', async () => {
  const directory = newDirectory();
  const file = join(directory, 'user');
  writeFileSync(file, 'me:secret\n', { mode: 0o600 });
  const cli = fileURLToPath(new URL('../src/cli.ts', import.meta.url));
  const args = ['--import', 'tsx', cli, '--data', join(directory, 'data'), '--port', '0', '--auth-file', file];
  const { NODE_OPTIONS: _own, ...env } = process.env;
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  const [line] = await once(child.stdout, 'data');
  const url = /mongodb:\/\/\S+/.exec(String(line))?.[0] ?? '';
  const client = new MongoClient(url.replace('mongodb://', 'mongodb://me:secret@'), { directConnection: true });
  expect(await client.db('x').command({ ping: 1 })).toEqual({ ok: 1 });
  expect(await client.db('x').collection('y').countDocuments()).toBe(0);
  await client.close();
  child.kill('SIGTERM');
  await ended;
  rmSync(directory, { recursive: true, force: true });
}, 120_000);
