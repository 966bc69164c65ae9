import { afterEach, expect, test } from '@jest/globals';
import * as Y from 'yjs';
import { encodeDigest, knowledgeOf, readDigest } from '../src/gate/digest.ts';
import type { Knowledge } from '../src/gate/knowledge.ts';
import { ByteReader } from '../src/gate/reader.ts';
import { MemoryStore } from '../src/index.ts';
import { startServer, type TestServer, until } from './harness.ts';
import { craft, RawClient, textItem } from './raw-client.ts';

/** A whole text by several hands, some of it deleted; always the same for a seed. */
function written(seed: number, edits: number): Uint8Array {
  let state = seed;
  const random = (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    // The low bits of such a generator hardly change.
    return (state >>> 8) % below;
  };
  const docs = [11, 22, 33].map((clientId) => {
    const doc = new Y.Doc();
    doc.clientID = clientId;
    return doc;
  });
  for (let edit = 0; edit < edits; edit++) {
    const doc = docs[random(3)] as Y.Doc;
    const text = doc.getText('body');
    if (random(4) === 0 && text.length > 3) text.delete(random(text.length - 2), 2);
    else text.insert(random(text.length + 1), 'some words '.slice(0, 1 + random(10)));
    if (edit % 7 === 0) for (const other of docs) Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
  }
  const [first, ...others] = docs as [Y.Doc, ...Y.Doc[]];
  for (const other of others) Y.applyUpdate(first, Y.encodeStateAsUpdate(other));
  return Y.encodeStateAsUpdate(first);
}

const told = ({ clocks, deleted }: Knowledge) => ({
  clocks: [...clocks].sort(([a], [b]) => a - b),
  deleted: deleted.flat(),
});

let server: TestServer | undefined;
const raws: RawClient[] = [];
afterEach(async () => {
  for (const raw of raws.splice(0)) raw.end();
  await server?.stop();
});
const open = async (person: string, join = true): Promise<RawClient> => {
  const raw = await RawClient.open(server as TestServer, 'doc', person, { join });
  raws.push(raw);
  return raw;
};

test('[S53] a digest tells what reading the text tells', () => {
  for (const seed of [1, 2, 3, 4, 5]) {
    const state = written(seed, 300);
    const knowledge = knowledgeOf(state);
    expect(knowledge.deleted.flat().length).toBeGreaterThan(0);
    expect(told(readDigest(encodeDigest(knowledge)))).toEqual(told(knowledge));
  }
  expect(told(readDigest(encodeDigest(knowledgeOf())))).toEqual({ clocks: [], deleted: [] });
});

test('[S53] opened by digest and tail, a text is known: what it holds adds nothing, what is new is taken', async () => {
  const store = new MemoryStore();
  const whole = written(7, 400);
  const later = craft([{ client: 44, clock: 0, structs: [textItem('later')] }]);
  const { state, digest } = { state: whole, digest: encodeDigest(knowledgeOf(whole)) };
  await store.claim([11, 22, 33, 44].map((clientId) => ({ documentId: 'doc', clientId, personId: 'ada' })));
  await store.append([{ documentId: 'doc', seq: 1, updates: [whole] }]);
  await store.compact('doc', { snapshot: state, digest, throughSeq: 1, fence: 1 });
  await store.append([{ documentId: 'doc', seq: 2, updates: [later] }]);
  server = await startServer({ store });
  const bob = await open('bob');
  bob.update(whole);
  bob.update(later);
  await until(() => bob.saved().updates === 2, 'both count as stored');
  expect((await store.load('doc')).seq).toBe(2);
  bob.update(craft([{ client: 55, clock: 0, structs: [textItem('new')] }]));
  await until(() => bob.saved().updates === 3, 'the new one is stored');
  expect((await store.load('doc')).seq).toBe(3);
  bob.update(craft([{ client: 44, clock: 5, structs: [textItem('!', [44, 4])] }]));
  expect(await bob.closed()).toBe(4422);
});

test('[S53] compaction stores the digest of what it stores', async () => {
  const store = new MemoryStore();
  server = await startServer({ store, limits: { compactRecords: 2 } });
  const ada = await open('ada');
  ada.update(written(3, 50));
  ada.update(craft([{ client: 44, clock: 0, structs: [textItem('more')] }]));
  await until(() => ada.saved().updates === 2, 'stored');
  for (let clock = 4; (await store.load('doc')).snapshot === null; clock += 1) {
    ada.update(craft([{ client: 44, clock, structs: [textItem('x', [44, clock - 1])] }]));
    await until(() => ada.saved().updates === clock - 1, 'stored');
  }
  const { snapshot, digest } = await store.load('doc');
  expect(told(readDigest(digest ?? new Uint8Array()))).toEqual(told(knowledgeOf(snapshot ?? new Uint8Array())));
});

test('[S23] a newcomer to a big text that is being written gets it once, and step 2 last', async () => {
  const store = new MemoryStore();
  const big = craft([{ client: 5, clock: 0, structs: [textItem('x'.repeat(100_000))] }]);
  await store.claim([{ documentId: 'doc', clientId: 5, personId: 'ada' }]);
  await store.append([{ documentId: 'doc', seq: 1, updates: [big] }]);
  server = await startServer({ store });
  const ada = await open('ada');
  ada.update(craft([{ client: 5, clock: 100_000, structs: [textItem('y', [5, 99_999])] }]));
  await until(() => ada.saved().updates === 1, 'stored');
  const bob = await open('bob');
  const doc = new Y.Doc();
  const kinds = bob.framesOf(0).map((frame) => {
    const message = new ByteReader(frame);
    message.skip(2);
    if (frame[1] !== 0) Y.applyUpdate(doc, message.varBytes());
    return frame[1];
  });
  expect(kinds).toEqual([2, 1, 0]);
  expect(doc.getText('body').toString()).toBe(`${'x'.repeat(100_000)}y`);
  expect(bob.framesOf(0).reduce((sum, frame) => sum + frame.length, 0)).toBeLessThan(100_200);
  doc.destroy();
});
