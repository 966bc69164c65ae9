import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { BSON } from 'bson';
import { MongoClient } from 'mongodb';
import { type EmbeddedMongo, startEmbeddedMongo } from '../src/index.ts';
import { newDirectory } from './server.ts';

const directory = newDirectory();
const sockets: Socket[] = [];
let server: EmbeddedMongo;
let path: string;

beforeAll(async () => {
  server = await startEmbeddedMongo({ dataDir: directory, engine: 'memory' });
  path = decodeURIComponent(/^mongodb:\/\/([^/]+)/.exec(server.url)?.[1] ?? '');
}, 120_000);
afterAll(async () => {
  for (const socket of sockets) socket.destroy();
  await server.stop();
  rmSync(directory, { recursive: true, force: true });
});

async function open(): Promise<Socket> {
  const socket = connect(path);
  sockets.push(socket);
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
}

function header(length: number, opcode: number): Buffer {
  const head = Buffer.alloc(16);
  head.writeInt32LE(length, 0);
  head.writeInt32LE(7, 4);
  head.writeInt32LE(opcode, 12);
  return head;
}

const section = (kind: number, content: Uint8Array): Buffer => Buffer.concat([Buffer.from([kind]), content]);

function message(...sections: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat([Buffer.alloc(4), ...sections]);
  return Buffer.concat([header(16 + content.length, 2013), content]);
}

function sequence(name: string, documents: readonly object[]): Buffer {
  const content = Buffer.concat([Buffer.from(`${name}\0`), ...documents.map((item) => BSON.serialize(item))]);
  const size = Buffer.alloc(4);
  size.writeInt32LE(content.length + 4);
  return section(1, Buffer.concat([size, content]));
}

const command = (document: object): Buffer => section(0, BSON.serialize(document));
const ping = message(command({ ping: 1, $db: 'admin' }));

const isAlive = async (): Promise<boolean> => {
  const client = new MongoClient(server.url);
  const { ok } = await client.db('t').command({ ping: 1 });
  await client.close();
  return ok === 1;
};

test.each<[string, Buffer]>([
  ['a compressed message, which was never agreed on', Buffer.concat([header(30, 2012), Buffer.alloc(14)])],
  ['an OP_INSERT of old', Buffer.concat([header(30, 2002), Buffer.alloc(14)])],
  [
    'an OP_QUERY on a collection',
    Buffer.concat([
      header(45, 2004),
      Buffer.alloc(4),
      Buffer.from('a.b\0'),
      Buffer.alloc(8),
      BSON.serialize({ a: 1 }),
      Buffer.alloc(9),
    ]),
  ],
  ['one byte more than 48 MB', header(48_000_001, 2013)],
  ['a length that is less than a header', header(15, 2013)],
  [
    'two sequences of one name',
    message(command({ insert: 'x', $db: 'a' }), sequence('documents', [{}]), sequence('documents', [{}])),
  ],
  [
    'a sequence without an end of its name',
    message(command({ insert: 'x', $db: 'a' }), section(1, Buffer.from([9, 0, 0, 0, 65, 65, 65, 65, 65]))),
  ],
  [
    'a sequence whose document is longer than it',
    message(command({ insert: 'x', $db: 'a' }), section(1, Buffer.from([12, 0, 0, 0, 97, 0, 99, 0, 0, 0, 0, 0]))),
  ],
  ['bytes after the last section', message(command({ ping: 1, $db: 'admin' }), Buffer.from([0, 1]))],
])('[W1] %s closes the socket, and only that one', async (_title, bytes) => {
  const socket = await open();
  socket.write(bytes);
  await once(socket, 'close');
  expect(await isAlive()).toBe(true);
});

test('[W1] a message of exactly 48 MB is taken', async () => {
  const socket = await open();
  const room = 48_000_000 - message(command({ insert: 'x', $db: 'frames' }), sequence('documents', [])).length;
  const documents: object[] = [];
  const each = BSON.calculateObjectSize({ _id: 0, text: '' });
  for (let left = room, i = 0; left > 0; i++) {
    const size = left > 15_000_000 ? 12_000_000 : left;
    documents.push({ _id: i, text: 'x'.repeat(size - each) });
    left -= size;
  }
  const bytes = message(command({ insert: 'x', $db: 'frames' }), sequence('documents', documents));
  expect(bytes.length).toBe(48_000_000);
  socket.write(bytes);
  const [answer] = await once(socket, 'data');
  expect(BSON.deserialize(answer.subarray(21))).toMatchObject({ n: documents.length, ok: 1 });
  socket.destroy();
}, 120_000);

test('[W1] hundreds of sockets that never finish a message keep nobody from working', async () => {
  const halves = await Promise.all(Array.from({ length: 300 }, open));
  for (const [i, socket] of halves.entries()) socket.write(ping.subarray(0, 1 + (i % (ping.length - 1))));
  expect(await isAlive()).toBe(true);
  for (const socket of halves) socket.destroy();
});

test('[W1] a client that never reads its answers stops being read, and the others go on', async () => {
  const client = new MongoClient(server.url);
  const text = 'x'.repeat(1_000_000);
  await client
    .db('frames')
    .collection('large')
    .insertMany(Array.from({ length: 10 }, () => ({ text })));
  const greedy = await open();
  greedy.pause();
  const find = message(command({ find: 'large', $db: 'frames' }));
  for (let i = 0; i < 200; i++) greedy.write(find);
  const before = await memory(client);
  for (let i = 0; i < 50; i++) await client.db('frames').command({ ping: 1 });
  // 200 answers of 10 MB would be 2 GB.
  expect((await memory(client)) - before).toBeLessThan(500);
  greedy.destroy();
  await client.close();
}, 120_000);

const memory = async (client: MongoClient): Promise<number> =>
  (await client.db('admin').command({ serverStatus: 1 })).mem.resident;

test('[W1] many requests in one piece are answered in their order', async () => {
  const socket = await open();
  const requests = Array.from({ length: 3000 }, (_, i) => {
    const bytes = Buffer.from(ping);
    bytes.writeInt32LE(i, 4);
    return bytes;
  });
  const length = 21 + BSON.serialize({ ok: new BSON.Int32(1) }).length;
  let received = Buffer.alloc(0);
  const all = new Promise<void>((resolve) => {
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk]);
      if (received.length >= 3000 * length) resolve();
    });
  });
  socket.write(Buffer.concat(requests));
  await all;
  expect(requests.map((_, i) => received.readInt32LE(i * length + 8))).toEqual(requests.map((_, i) => i));
});
