import { CLOSE } from '@concert/contract';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { until } from './harness.ts';
import { frameOf, type RawPeer, rawPeer } from './raw-peer.ts';
import { type Person, startTarget, type Target } from './target.ts';
import { openWriter, type Writer } from './writer.ts';

let target: Target;
let anna: Person;
let mallory: Person;
const ended: (() => void)[] = [];
beforeAll(async () => {
  target = await startTarget();
  [anna, mallory] = [await target.join('anna'), await target.join('mallory')];
}, 120_000);
afterAll(async () => {
  for (const end of ended) end();
  await target.stop();
});

const STEP_1 = Buffer.from([0, 0, 1, 0]);
const MEGABYTE = Buffer.alloc(1_000_000, 1);

/** A message of the protocol with a payload of so many bytes: 1 for step 2, 2 for an update. */
function message(type: 1 | 2, length: number): Buffer {
  const head = [0, type];
  for (let left = length; ; left = Math.floor(left / 128)) {
    head.push(left > 127 ? (left % 128) | 128 : left);
    if (left <= 127) break;
  }
  return Buffer.concat([Buffer.from(head), Buffer.alloc(length, 1)]);
}

const open = (documentId: string, person: Person): Writer => {
  const writer = openWriter(target.url, person.headers.cookie, documentId);
  ended.push(writer.close);
  return writer;
};

/** Somebody who is let in, and says what they like. */
async function enter(documentId: string): Promise<RawPeer> {
  const peer = rawPeer(target.url, `/sync/${documentId}`, mallory.headers, [frameOf(STEP_1)]);
  ended.push(() => peer.socket.destroy());
  await until('it is let in', () => peer.said().messages.length > 0);
  return peer;
}

/** Two honest people on the document, of whom one reads what the other writes. */
async function pair(documentId: string) {
  const [writer, reader] = [open(documentId, anna), open(documentId, target.owner)];
  await until('both are there', () => writer.provider.synced && reader.provider.synced);
  const readerGets = async (text: string): Promise<void> => {
    writer.doc.getText('test').insert(0, text);
    await until('the other reads it', () => reader.doc.getText('test').toString().startsWith(text));
  };
  return { writer, reader, readerGets };
}

describe('frames beyond the limits', () => {
  const attacks: readonly (readonly [string, (peer: RawPeer) => void])[] = [
    ['an update of 2.1 MB', (peer) => peer.frame(message(2, 2_100_000))],
    ['a step 2 of 8.1 MB', (peer) => peer.frame(message(1, 8_100_000))],
    ['an update of 10 MB', (peer) => peer.frame(message(2, 10_000_000))],
    ['50 MB', (peer) => peer.frame(message(2, 50_000_000))],
    ['101 MB', (peer) => peer.frame(message(2, 101_000_000))],
    ['a length of 2^52', (peer) => peer.begin(2 ** 52)],
    [
      '50 MB in pieces',
      (peer) => {
        for (let piece = 0; piece < 50; piece += 1)
          peer.frame(MEGABYTE, { opcode: piece === 0 ? 2 : 0, fin: piece === 49 });
      },
    ],
    [
      'twenty thousand pieces of one byte',
      (peer) => {
        for (let piece = 0; piece < 20_000; piece += 1)
          peer.frame(Buffer.of(0), { opcode: piece === 0 ? 2 : 0, fin: false });
      },
    ],
  ];

  test('[check 11] every one is closed with 4413, little of it is kept, and others write on', async () => {
    const documentId = await target.createDocument();
    const { writer, reader, readerGets } = await pair(documentId);
    const before = await target.memory();
    for (const [what, attack] of attacks) {
      const peer = await enter(documentId);
      attack(peer);
      expect({ what, code: await until(`${what} is refused`, peer.closedWith) }).toEqual({ what, code: CLOSE.tooBig });
      await readerGets(`after ${what} `);
    }
    const grown = (await target.memory()) - before;
    process.stdout.write(`frames of 330 MB: ${Math.round(grown / 1e6)} MB more\n`);
    expect(grown).toBeLessThan(128_000_000);
    expect(writer.closes.concat(reader.closes)).toEqual([]);
  }, 120_000);

  test('[check 11] nothing is unpacked: compression is not agreed on, and a packed frame is refused', async () => {
    const documentId = await target.createDocument();
    const asking = { ...mallory.headers, 'sec-websocket-extensions': 'permessage-deflate; client_max_window_bits' };
    const peer = rawPeer(target.url, `/sync/${documentId}`, asking, [frameOf(STEP_1)]);
    let answer = '';
    peer.socket.once('data', (chunk: Buffer) => {
      answer = chunk.toString('latin1');
    });
    await until('it is let in', () => peer.said().messages.length > 0);
    expect(answer).not.toMatch(/extensions/i);
    peer.frame(MEGABYTE, { rsv1: true });
    await until('it is cut', () => peer.isOver());
  });

  test('[check 11] the stock client does not come back with what was too big', async () => {
    const documentId = await target.createDocument();
    const writer = open(documentId, mallory);
    writer.provider.disconnect();
    writer.doc.getText('test').insert(0, 'x'.repeat(9_000_000));
    let final = 0;
    writer.provider.on('closed', ({ code }: { code: number }) => {
      final = code;
    });
    writer.provider.connect();
    await until('it is told', () => final !== 0);
    expect(final).toBe(CLOSE.tooBig);
    expect(writer.provider.shouldConnect).toBe(false);
  });

  test('[check 11] an honest paste of 400 kB goes through, and so does what was written in a week offline', async () => {
    const documentId = await target.createDocument();
    const { writer, reader } = await pair(documentId);
    writer.doc.getText('test').insert(0, 'x'.repeat(400_000));
    await until('the paste is read', () => reader.doc.getText('test').length === 400_000);
    writer.provider.disconnect();
    writer.doc.getText('test').insert(0, 'y'.repeat(5_000_000));
    writer.provider.connect();
    await until('the week is read', () => reader.doc.getText('test').length === 5_400_000);
    expect(reader.closes).toEqual([]);
  }, 120_000);
});
