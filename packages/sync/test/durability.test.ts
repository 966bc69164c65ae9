import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import * as Y from 'yjs';
import { ByteReader } from '../src/gate/reader.ts';
import { AppendConflict } from '../src/index.ts';
import { FaultyStore } from './faulty-store.ts';
import { type Client, connectClient, startServer, storedText, type TestServer, until } from './harness.ts';
import { craft, RawClient, textItem } from './raw-client.ts';

let store: FaultyStore;
let server: TestServer;
const clients: Client[] = [];
const raws: RawClient[] = [];
const limits = { retryMinMs: 5, retryMaxMs: 20, appendTimeoutMs: 100 };

const open = (person: string, documentId = 'doc'): Client => {
  const client = connectClient(server, documentId, person);
  clients.push(client);
  return client;
};
const openRaw = async (person: string): Promise<RawClient> => {
  const raw = await RawClient.open(server, 'doc', person);
  raws.push(raw);
  return raw;
};
const letter = (client: number, clock: number, text: string): Uint8Array =>
  craft([{ client, clock, structs: [clock === 0 ? textItem(text) : textItem(text, [client, clock - 1])] }]);

beforeEach(async () => {
  store = new FaultyStore();
  server = await startServer({ store, limits });
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy();
  for (const raw of raws.splice(0)) raw.end();
  await server.stop();
});

describe('while the store fails', () => {
  test('[S1] [S3] nothing is relayed or acknowledged, and all of it is when the store returns', async () => {
    const writer = await openRaw('ada');
    const reader = open('bob');
    await until(() => reader.provider.synced, 'bob synced');
    writer.update(letter(5, 0, 'a'));
    await until(() => writer.saved().updates === 1 && reader.text.length === 1, 'the first letter is through');
    store.mode = 'fail';
    for (let clock = 1; clock < 20; clock++) writer.update(letter(5, clock, 'a'));
    const before = store.attempts;
    await until(() => store.attempts > before + 3, 'some attempts');
    expect(writer.saved().updates).toBe(1);
    expect(reader.text.toString()).toBe('a');
    expect(await storedText(server.engine, 'doc')).toBe('a');
    const newcomer = open('carol');
    await until(() => newcomer.provider.synced, 'carol synced');
    expect(newcomer.text.toString()).toBe('a');
    store.mode = 'work';
    await until(() => writer.saved().updates === 20, 'all acknowledged');
    await until(() => reader.text.length === 20 && newcomer.text.length === 20, 'all relayed');
  });

  test('[S5] a commit whose answer was lost is not doubled by its repetition', async () => {
    const writer = await openRaw('ada');
    writer.update(letter(5, 0, 'x'));
    await until(() => writer.saved().updates === 1, 'the first letter is through');
    store.mode = 'lose-answer';
    writer.update(letter(5, 1, 'y'));
    const before = store.attempts;
    await until(() => store.attempts > before + 2, 'some attempts');
    expect(writer.saved().updates).toBe(1);
    store.mode = 'work';
    await until(() => writer.saved().updates === 2, 'acknowledged');
    const { tail, seq } = await store.load('doc');
    expect({ records: tail.length, seq }).toEqual({ records: 2, seq: 2 });
  });

  test('[S3] a store that never answers is asked again', async () => {
    const writer = await openRaw('ada');
    writer.update(letter(5, 0, 'x'));
    await until(() => writer.saved().updates === 1, 'the first letter is through');
    store.mode = 'hang';
    writer.update(letter(5, 1, 'y'));
    await until(() => store.attempts >= 2, 'asked');
    store.mode = 'work';
    await until(() => writer.saved().updates === 2, 'acknowledged');
  });

  test('[S9] a clientID is not used before its claim is durable', async () => {
    const writer = await openRaw('ada');
    store.mode = 'fail';
    writer.update(letter(5, 0, 'x'));
    writer.update(letter(5, 1, 'y'));
    await until(() => server.engine.stats().backlogBytes === 0, 'nothing accepted');
    expect(writer.saved().updates).toBe(0);
    store.mode = 'work';
    await until(() => writer.saved().updates === 2, 'acknowledged in order');
    expect(await storedText(server.engine, 'doc')).toBe('xy');
  });

  test('[S9] who owns a clientID outlives the process', async () => {
    const writer = await openRaw('ada');
    writer.update(letter(5, 0, 'x'));
    await until(() => writer.saved().updates === 1, 'stored');
    await server.stop();
    server = await startServer({ store, limits });
    const thief = await openRaw('mallory');
    thief.update(letter(5, 1, 'y'));
    expect(await thief.closed()).toBe(4422);
    const owner = await openRaw('ada');
    owner.update(letter(5, 1, 'z'));
    await until(() => owner.saved().updates === 1, 'the owner goes on');
    expect(await storedText(server.engine, 'doc')).toBe('xz');
  });

  test('[S7] a repeated update is not acknowledged before the first one is durable', async () => {
    const writer = await openRaw('ada');
    writer.update(letter(5, 0, 'x'));
    await until(() => writer.saved().updates === 1, 'the first letter is through');
    store.mode = 'fail';
    writer.update(letter(5, 1, 'y'));
    writer.update(letter(5, 1, 'y'));
    const before = store.attempts;
    await until(() => store.attempts > before + 2, 'some attempts');
    expect(writer.saved().updates).toBe(1);
    store.mode = 'work';
    await until(() => writer.saved().updates === 3, 'both acknowledged');
  });

  test('[S7] what is sent again while its commit is under way is acknowledged with it', async () => {
    const writer = await openRaw('ada');
    writer.update(letter(5, 0, 'x'));
    await until(() => writer.saved().updates === 1, 'the first letter is through');
    store.mode = 'fail';
    const before = store.attempts;
    writer.update(letter(5, 1, 'y'));
    await until(() => store.attempts > before, 'its commit is under way');
    writer.update(letter(5, 1, 'y'));
    const answers = writer.framesOf(0).length;
    writer.step1();
    await until(() => writer.framesOf(0).length > answers, 'the repetition was judged');
    const then = store.attempts;
    await until(() => store.attempts > then, 'one more attempt');
    expect(writer.saved().updates).toBe(1);
    store.mode = 'work';
    await until(() => writer.saved().updates === 3, 'both acknowledged');
  });

  test('[S3] [S26] a room whose people have left stays until what they wrote is durable', async () => {
    await server.stop();
    server = await startServer({ store, limits: { ...limits, roomIdleMs: 20, keepaliveMs: 60 } });
    await store.claim([{ documentId: 'doc', clientId: 5, personId: 'ada' }]);
    const writer = await openRaw('ada');
    store.mode = 'fail';
    writer.update(letter(5, 0, 'xy'));
    await until(() => server.engine.stats().backlogBytes > 0, 'accepted');
    writer.end();
    await until(() => server.engine.stats().connections === 0, 'nobody is there');
    const before = store.attempts;
    await until(() => store.attempts > before + 8, 'some attempts');
    store.mode = 'work';
    await until(() => server.engine.stats().rooms === 0, 'the room is unloaded');
    expect(await storedText(server.engine, 'doc')).toBe('xy');
  });

  test('[S6] the server says to have only what is durable', async () => {
    const ada = open('ada');
    await until(() => ada.provider.synced, 'ada synced');
    ada.text.insert(0, 'x');
    await until(() => server.engine.stats().commits === 1, 'stored');
    store.mode = 'fail';
    ada.text.insert(1, 'y');
    await until(() => server.engine.stats().backlogBytes > 0, 'accepted');
    const newcomer = await openRaw('bob');
    const question = new ByteReader(newcomer.framesOf(0)[1] ?? new Uint8Array());
    question.skip(2);
    expect([...Y.decodeStateVector(question.varBytes())]).toEqual([[ada.doc.clientID, 1]]);
    store.mode = 'work';
  });

  test('[S39] an edit of the server is done when it is durable', async () => {
    const author = { personId: 'system' };
    await server.engine.applyServerUpdate('doc', () => letter(7, 0, 'x'), author);
    store.mode = 'fail';
    let done = false;
    const before = store.attempts;
    const edit = server.engine
      .applyServerUpdate('doc', () => letter(7, 1, 'y'), author)
      .then(() => {
        done = true;
      });
    await until(() => store.attempts > before + 1, 'some attempts');
    expect(done).toBe(false);
    store.mode = 'work';
    await edit;
    expect(await storedText(server.engine, 'doc')).toBe('xy');
  });
});

describe('bounds and conflicts', () => {
  test('[S18] an edit that fits into no record of the store is refused, and holds nothing up', async () => {
    await server.stop();
    server = await startServer({ store, limits: { ...limits, recordBytes: 2_000 } });
    const author = { personId: 'system' };
    const big = server.engine.applyServerUpdate('doc', () => letter(7, 0, 'x'.repeat(3_000)), author);
    await expect(big).rejects.toThrow('too-big');
    await server.engine.applyServerUpdate('doc', () => letter(8, 0, 'y'), author);
    expect(await storedText(server.engine, 'doc')).toBe('y');
  });

  test('[S4] a full backlog closes the sender with 4503 and keeps what was accepted', async () => {
    await server.stop();
    server = await startServer({ store, limits: { ...limits, backlogBytes: 2_000 } });
    const writer = await openRaw('ada');
    writer.update(letter(5, 0, 'x'));
    await until(() => writer.saved().updates === 1, 'the first letter is through');
    store.mode = 'fail';
    for (let i = 0; i < 4; i++) writer.update(letter(5, 1 + i * 900, 'y'.repeat(900)));
    expect(await writer.closed()).toBe(4503);
    store.mode = 'work';
    await until(() => server.engine.stats().backlogBytes === 0, 'all stored');
    expect(await storedText(server.engine, 'doc')).toBe(`x${'y'.repeat(1_800)}`);
  });

  test('[S5] a record number taken by another instance closes with 1012; people come back and nothing is lost', async () => {
    const ada = open('ada');
    await until(() => ada.provider.synced, 'ada synced');
    ada.text.insert(0, 'one ');
    await until(() => server.engine.stats().commits === 1, 'stored');
    const other = letter(77, 0, 'elsewhere ');
    await store.claim([{ documentId: 'doc', clientId: 77, personId: 'zoe' }]);
    await store.append([{ documentId: 'doc', seq: 2, updates: [other] }]);
    ada.text.insert(4, 'two ');
    await until(() => ada.text.toString().includes('elsewhere'), 'ada reads the other text');
    expect(ada.closes).toEqual([1012]);
    await until(() => ada.provider.synced, 'ada synced again');
    const text = ada.text.toString();
    expect(text).toContain('one two ');
    const bob = open('bob');
    await until(() => bob.text.toString() === text, 'bob reads the same');
    expect(new AppendConflict(['doc']).documentIds).toEqual(['doc']);
  });

  test('[S2] writers in many rooms share commits', async () => {
    const rooms = Array.from({ length: 20 }, (_, i) => open('ada', `doc-${i}`));
    await until(() => rooms.every(({ provider }) => provider.synced), 'all synced');
    for (let round = 0; round < 10; round++) {
      for (const { text } of rooms) text.insert(0, 'x');
      await new Promise((resolve) => setImmediate(resolve));
    }
    for (const { text } of rooms) expect(text.length).toBe(10);
    for (let i = 0; i < 20; i++) {
      await until(async () => (await storedText(server.engine, `doc-${i}`)).length === 10, 'stored');
    }
    expect(store.largestCommit).toBeGreaterThan(1);
    expect(store.attempts).toBeLessThan(100);
  });

  test('[S18] a document at its limit refuses more and keeps what it has', async () => {
    await server.stop();
    server = await startServer({ store, limits: { ...limits, documentBytes: 5_000 } });
    const writer = await openRaw('ada');
    writer.update(letter(5, 0, 'x'.repeat(4_000)));
    await until(() => writer.saved().updates === 1, 'stored');
    writer.update(letter(5, 4_000, 'y'.repeat(1_500)));
    expect(await writer.closed()).toBe(4413);
    expect((await storedText(server.engine, 'doc')).length).toBe(4_000);
  });
});

describe('compaction and unloading', () => {
  test('[S25] [S26] an idle room is compacted and unloaded, and opens again with the same text', async () => {
    await server.stop();
    server = await startServer({ store, limits: { ...limits, roomIdleMs: 50, keepaliveMs: 150 } });
    const ada = open('ada');
    await until(() => ada.provider.synced, 'ada synced');
    for (let i = 0; i < 30; i++) ada.text.insert(i, 'x');
    ada.text.delete(0, 10);
    await until(() => ada.text.length === 20 && server.engine.stats().backlogBytes === 0, 'typed');
    await until(async () => (await storedText(server.engine, 'doc')).length === 20, 'stored');
    ada.provider.disconnect();
    await until(() => server.engine.stats().rooms === 0, 'the room is unloaded');
    const { snapshot, tail } = await store.load('doc');
    expect(tail).toEqual([]);
    expect(snapshot).not.toBeNull();
    const bob = open('bob');
    await until(() => bob.text.length === 20, 'bob reads');
    ada.provider.connect();
    ada.text.insert(0, 'again');
    await until(() => bob.text.length === 25, 'bob reads more');
  });

  test('[S25] a document that everybody has left is compacted for a tenth of what it takes while people write', async () => {
    await server.stop();
    server = await startServer({ store, limits: { ...limits, compactRecords: 50, keepaliveMs: 60 } });
    const writer = await openRaw('ada');
    const write = async (clock: number) => {
      writer.update(letter(5, clock, 'x'));
      await until(() => writer.saved().updates === clock + 1, 'stored');
    };
    for (let clock = 0; clock < 12; clock++) await write(clock);
    expect((await store.load('doc')).snapshot).toBeNull();
    writer.end();
    await until(async () => (await store.load('doc')).snapshot !== null, 'compacted');
    expect(server.engine.stats().rooms).toBe(1);
    expect(await store.load('doc')).toMatchObject({ tail: [], seq: 12 });
  });

  test('[S49] who does not have the turn compacts nothing, and later does', async () => {
    await server.stop();
    server = await startServer({ store, limits: { ...limits, compactRecords: 3 } });
    const turn = await store.takeTurn('doc', 60_000);
    const writer = await openRaw('ada');
    let clock = 0;
    const write = async () => {
      writer.update(letter(5, clock, 'x'));
      clock += 1;
      await until(() => writer.saved().updates === clock, 'stored');
    };
    for (let i = 0; i < 4; i++) await write();
    await until(() => store.refusedTurns > 0, 'the turn is refused');
    if (turn) await store.endTurn('doc', turn);
    await until(async () => {
      await write();
      return store.compactions.some(({ fence }) => fence === 2);
    }, 'compacted');
    expect(store.compactions.every(({ fence, throughSeq }) => fence >= 2 && fence < 100 && throughSeq > 4)).toBe(true);
  });

  test('[S25] compaction under way loses nothing that is typed meanwhile', async () => {
    await server.stop();
    server = await startServer({ store, limits: { ...limits, compactRecords: 5, inlineStateBytes: 100 } });
    const ada = open('ada');
    const bob = open('bob');
    await until(() => ada.provider.synced && bob.provider.synced, 'both synced');
    for (let i = 0; i < 200; i++) {
      (i % 2 ? ada : bob).text.insert(0, `${i} `);
      if (i % 5 === 0) await until(() => ada.text.toString() === bob.text.toString(), 'both agree');
    }
    await until(() => ada.text.length === bob.text.length && ada.text.toString() === bob.text.toString(), 'both agree');
    await until(async () => (await store.load('doc')).snapshot !== null, 'compacted');
    const stored = new Y.Doc();
    await until(async () => {
      const { snapshot, tail } = await store.load('doc');
      for (const update of snapshot ? [snapshot, ...tail] : tail) Y.applyUpdate(stored, update);
      return stored.getText('body').toString() === ada.text.toString();
    }, 'the store agrees');
    stored.destroy();
    const carol = open('carol');
    await until(() => carol.text.toString() === ada.text.toString(), 'carol reads the same');
  });
});

test('[S25] a snapshot that takes long to make covers no more than it holds', async () => {
  await server.stop();
  const before = new Y.Doc();
  before.clientID = 7;
  // Each letter before the one before: nothing of it can be joined.
  for (let i = 0; i < 20_000; i++) before.getText('body').insert(0, 'x');
  await store.append([{ documentId: 'doc', seq: 1, updates: [Y.encodeStateAsUpdate(before)] }]);
  before.destroy();
  server = await startServer({ store, limits: { ...limits, compactRecords: 3 } });
  const writer = await openRaw('ada');
  let typed = 0;
  // Letter after letter becomes durable while the worker is busy.
  while (store.compactions.length === 0) {
    writer.update(letter(5, typed, 'y'));
    typed += 1;
    await until(() => writer.saved().updates === typed, 'stored');
  }
  await until(async () => (await store.load('doc')).snapshot !== null, 'compacted');
  const { snapshot, tail } = await store.load('doc');
  const read = new Y.Doc();
  for (const update of snapshot ? [snapshot, ...tail] : tail) Y.applyUpdate(read, update);
  expect(read.getText('body').toString().replaceAll('x', '')).toBe('y'.repeat(typed));
  read.destroy();
});

describe('leaving', () => {
  test('[S38] drain makes accepted text durable, then closes with 1012', async () => {
    const ada = open('ada');
    await until(() => ada.provider.synced, 'ada synced');
    ada.text.insert(0, 'last words');
    await until(() => server.engine.stats().commits === 1, 'stored');
    store.mode = 'fail';
    ada.text.insert(10, '!');
    await until(() => server.engine.stats().backlogBytes > 0, 'accepted');
    const drained = server.engine.drain();
    store.mode = 'work';
    expect(await drained).toBe(0);
    await until(() => ada.closes.length > 0, 'ada is told');
    expect(ada.closes[0]).toBe(1012);
    expect((await store.load('doc')).tail.length).toBe(2);
  });
});
