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
const KICKED = 'document_closes_total{code="4208"}';

const open = (documentId: string, person: Person): Writer => {
  const writer = openWriter(target.url, person.headers.cookie, documentId);
  ended.push(writer.close);
  return writer;
};

/** Somebody who is let in, hears the beginning, and reads no further. */
async function sleeper(documentId: string): Promise<RawPeer> {
  const peer = rawPeer(target.url, `/sync/${documentId}`, mallory.headers, [frameOf(STEP_1)]);
  ended.push(() => peer.socket.destroy());
  await until('it is let in', () => peer.said().messages.length > 0);
  peer.socket.pause();
  return peer;
}

/** Writes so many pieces of this length, each when the one before is saved; `over` writes each in the place of it. */
async function write(writer: Writer, pieces: number, length: number, over = false): Promise<void> {
  const text = writer.doc.getText('test');
  for (let piece = 0; piece < pieces; piece += 1) {
    const before = writer.acknowledged();
    writer.doc.transact(() => {
      if (over) text.delete(0, text.length);
      text.insert(text.length, 'x'.repeat(length));
    });
    await until('it is saved', () => writer.acknowledged() > before);
  }
}

const lengthOf = ({ doc }: Writer): number => doc.getText('test').length;

describe('who does not read', () => {
  test('[check 12] ten who stop reading are cut with 4208, while others read everything and nothing piles up', async () => {
    const documentId = await target.createDocument();
    const [writer, reader] = [open(documentId, anna), open(documentId, target.owner)];
    await until('both are there', () => writer.provider.synced && reader.provider.synced);
    const peers: RawPeer[] = [];
    for (let n = 0; n < 10; n += 1) peers.push(await sleeper(documentId));
    const before = await target.memory();
    await write(writer, 150, 200_000, true);
    await until('all ten are cut', async () => (await target.metric(KICKED)) === 10);
    await until('only the honest are there', async () => (await target.metric('document_sockets')) === 2);
    const grown = (await target.memory()) - before;
    await until('the other has everything', () => lengthOf(reader) === 200_000);
    expect(writer.closes.concat(reader.closes)).toEqual([]);
    for (const { socket } of peers) socket.resume();
    await until('they find that they are cut', () => peers.every((peer) => peer.isOver()));
    process.stdout.write(`10 sleepers, 30 MB for each: ${Math.round(grown / 1e6)} MB more\n`);
    expect(grown).toBeLessThan(256_000_000);
  }, 120_000);

  test('[check 12] a stock client that was cut comes back by itself and misses nothing', async () => {
    const documentId = await target.createDocument();
    const [writer, phone] = [open(documentId, anna), open(documentId, target.owner)];
    await until('both are there', () => writer.provider.synced && phone.provider.synced);
    const cut = await target.metric(KICKED);
    phone.socket()?.pause();
    await write(writer, 16, 1_000_000);
    await until('it is cut', async () => (await target.metric(KICKED)) === cut + 1);
    phone.socket()?.resume();
    await until('it has everything', () => lengthOf(phone) === 16_000_000);
    expect(phone.closes).toHaveLength(1);
    expect(writer.closes).toEqual([]);
  }, 120_000);

  test('[check 12] an honest phone that stalls for a moment catches up on the same connection', async () => {
    const documentId = await target.createDocument();
    const [writer, phone] = [open(documentId, anna), open(documentId, target.owner)];
    await until('both are there', () => writer.provider.synced && phone.provider.synced);
    phone.socket()?.pause();
    await write(writer, 30, 100_000);
    phone.socket()?.resume();
    await until('it has everything', () => lengthOf(phone) === 3_000_000);
    phone.write();
    await until('and writes again', () => phone.acknowledged() === 1);
    expect(phone.closes.concat(writer.closes)).toEqual([]);
  }, 120_000);
});
