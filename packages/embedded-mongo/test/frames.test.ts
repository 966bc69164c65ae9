import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { BSON } from 'bson';
import fc from 'fast-check';
import { MongoClient } from 'mongodb';
import { type EmbeddedMongo, startEmbeddedMongo } from '../src/index.ts';
import { newDirectory } from './server.ts';

const directory = newDirectory();
let server: EmbeddedMongo;
let path: string;

beforeAll(async () => {
  server = await startEmbeddedMongo({ dataDir: directory, engine: 'memory' });
  path = decodeURIComponent(/^mongodb:\/\/([^/]+)/.exec(server.url)?.[1] ?? '');
}, 120_000);
afterAll(async () => {
  await server.stop();
  rmSync(directory, { recursive: true, force: true });
});

async function open(): Promise<Socket> {
  const socket = connect(path);
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
}

/** Sends bytes and waits for the answer, or for the socket to be closed by the server. */
async function sent(bytes: Uint8Array): Promise<Buffer | 'closed'> {
  const socket = await open();
  const answer = new Promise<Buffer | 'closed'>((resolve) => {
    socket.once('data', resolve);
    socket.once('close', () => resolve('closed'));
  });
  socket.write(bytes);
  const result = await answer;
  socket.destroy();
  return result;
}

type Frame = { flags?: number; opcode?: number; sections?: Uint8Array[]; length?: number; tail?: Uint8Array };

const body = (document: object): Buffer => Buffer.concat([Buffer.from([0]), BSON.serialize(document)]);

function sequence(name: string, documents: readonly object[]): Buffer {
  const content = Buffer.concat([Buffer.from(`${name}\0`), ...documents.map((document) => BSON.serialize(document))]);
  const head = Buffer.alloc(5);
  head[0] = 1;
  head.writeInt32LE(content.length + 4, 1);
  return Buffer.concat([head, content]);
}

function frame({ flags = 0, opcode = 2013, sections = [], length, tail = Buffer.alloc(0) }: Frame): Buffer {
  const content = Buffer.concat([...sections, tail]);
  const head = Buffer.alloc(20);
  head.writeInt32LE(length ?? head.length + content.length, 0);
  head.writeInt32LE(7, 4);
  head.writeInt32LE(opcode, 12);
  head.writeUInt32LE(flags, 16);
  return Buffer.concat([head, content]);
}

const replyOf = (bytes: Buffer | 'closed'): Record<string, unknown> =>
  bytes === 'closed' ? {} : BSON.deserialize(bytes.subarray(21));
const ANSWER_LENGTH = 21 + BSON.serialize({ ok: new BSON.Int32(1) }).length;
const ping = frame({ sections: [body({ ping: 1, $db: 'admin' })] });

test('a whole message is answered, with a checksum too', async () => {
  const answer = await sent(ping);
  expect(replyOf(answer)).toEqual({ ok: 1 });
  expect((answer as Buffer).readInt32LE(8)).toBe(7);
  expect(
    replyOf(await sent(frame({ flags: 1, sections: [body({ ping: 1, $db: 'admin' })], tail: Buffer.alloc(4) }))),
  ).toEqual({ ok: 1 });
});

test('documents come in a sequence of their own', async () => {
  const sections = [body({ insert: 'c', $db: 'frames' }), sequence('documents', [{ _id: 1 }, { _id: 2 }])];
  expect(replyOf(await sent(frame({ sections })))).toEqual({ n: 2, ok: 1 });
});

test('a message in single bytes and two messages in one piece are the same to the server', async () => {
  const socket = await open();
  let received = 0;
  const all = new Promise<void>((resolve) => {
    socket.on('data', (chunk) => {
      received += chunk.length;
      if (received >= 3 * ANSWER_LENGTH) resolve();
    });
  });
  for (const byte of ping) socket.write(Buffer.from([byte]));
  socket.write(Buffer.concat([ping, ping]));
  await all;
  socket.destroy();
});

test('a message that wants no answer gets none, and the next one is answered', async () => {
  const silent = frame({ flags: 2, sections: [body({ ping: 1, $db: 'admin' })] });
  const other = frame({ sections: [body({ buildInfo: 1, $db: 'admin' })] });
  expect(replyOf(await sent(Buffer.concat([silent, other])))).toHaveProperty('version');
});

test.each<[string, Buffer]>([
  ['a length below the header', frame({ length: 3 })],
  ['a negative length', frame({ length: -1 })],
  ['a length above 48 MB', frame({ length: 48_000_001 })],
  ['an unknown operation', frame({ opcode: 2001, sections: [body({ ping: 1 })] })],
  ['unknown required flags', frame({ flags: 8, sections: [body({ ping: 1, $db: 'admin' })] })],
  ['no section', frame({ sections: [Buffer.alloc(6, 1)] })],
  ['two bodies', frame({ sections: [body({ ping: 1, $db: 'admin' }), body({ ping: 1, $db: 'admin' })] })],
  [
    'an unknown kind of section',
    frame({ sections: [body({ ping: 1, $db: 'admin' }), Buffer.from([9, 5, 0, 0, 0, 0])] }),
  ],
  ['a section longer than its message', frame({ sections: [Buffer.from([0, 255, 0, 0, 0, 0])] })],
  [
    'a field given twice',
    frame({ sections: [body({ insert: 'c', documents: [], $db: 'x' }), sequence('documents', [])] }),
  ],
])('%s closes the socket', async (_title, bytes) => {
  expect(await sent(bytes)).toBe('closed');
});

test('broken BSON inside of a whole message is answered with an error', async () => {
  const broken = body({ ping: 1, $db: 'admin' });
  broken[5] = 0x77;
  expect(replyOf(await sent(frame({ sections: [broken] })))).toMatchObject({ ok: 0, code: 2 });
});

test('no bytes end the server', async () => {
  const whole = frame({
    sections: [body({ insert: 'c', $db: 'frames', ordered: false }), sequence('documents', [{ a: 'text', b: [1] }])],
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.integer({ min: 4, max: whole.length - 1 }), fc.nat(255)), { minLength: 1, maxLength: 4 }),
      async (changes) => {
        const bytes = Buffer.from(whole);
        for (const [at, byte] of changes) bytes[at] = byte;
        const socket = await open();
        socket.end(bytes);
        socket.resume();
        await once(socket, 'close');
      },
    ),
    { numRuns: 200 },
  );
  const client = new MongoClient(server.url);
  expect(await client.db('t').command({ ping: 1 })).toEqual({ ok: 1 });
  await client.close();
}, 120_000);
