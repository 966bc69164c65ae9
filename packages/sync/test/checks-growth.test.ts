import { describe, expect, test } from '@jest/globals';
import * as Y from 'yjs';
import { type Client, storedText, until } from './harness.ts';
import { craft, RawClient, textItem } from './raw-client.ts';
import { compacted, type Scene, setScene } from './scene.ts';

/** A small document, soon full. */
const CAP = 20_000;
const soonCompacted = { compactBytes: 4_000, compactRecords: 50, roomIdleMs: 50, messagesPerSecond: 1_000_000 };

const allSaved = ({ server }: Scene): Promise<void> =>
  until(() => server.engine.stats().backlogBytes === 0, 'all stored');

/** What the same text takes when somebody types it once, without ever taking anything back. */
function honestBytes({ doc, text }: Client): number {
  const once = new Y.Doc();
  once.getText('body').insert(0, text.toString());
  for (const [key, value] of doc.getMap('fields')) once.getMap('fields').set(key, value);
  const { length } = Y.encodeStateAsUpdate(once);
  once.destroy();
  return length;
}

/** The bytes that a document loads from, after its room was put away. */
async function storedBytes(scene: Scene): Promise<number> {
  for (const client of [scene.ada, scene.bob]) client.provider.disconnect();
  return (await compacted(scene)).length;
}

describe('a document that grows to its limit', () => {
  const scene = setScene({ ...soonCompacted, documentBytes: CAP });

  test('[S18] [check 25] what does not fit is refused with 4413, and the text before it stays and can be loaded', async () => {
    const { ada, bob } = scene;
    while (ada.closes.length === 0 && ada.text.length < 2 * CAP) {
      const before = ada.text.length;
      ada.text.insert(before, 'A paragraph of an honest report. '.repeat(20));
      await until(() => ada.closes.length > 0 || bob.text.length === ada.text.length, 'bob reads, or it is full');
    }
    expect(ada.closes).toEqual([4413]);
    expect(bob.text.length).toBeGreaterThan(CAP * 0.9);
    expect(await storedText(scene.server.engine, 'doc')).toBe(bob.text.toString());
    const newcomer = scene.open('carol');
    await until(() => newcomer.provider.synced, 'carol is here');
    expect(newcomer.text.toString()).toBe(bob.text.toString());
    newcomer.provider.disconnect();
    expect(await storedBytes(scene)).toBeLessThan(CAP);
    const later = scene.open('dora');
    await until(() => later.provider.synced, 'dora is here');
    expect(later.text.toString()).toBe(bob.text.toString());
  });

  test('[S71] [check 25] the size that can be read is the one that refuses', async () => {
    const raw = await RawClient.open(scene.server, 'doc', 'carol');
    const edit = (client: number, length: number) =>
      craft([{ client, clock: 0, structs: [textItem('x'.repeat(length))] }]);
    raw.update(edit(5, CAP * 0.9));
    await until(() => raw.saved().updates === 1, 'the first is saved');
    const size = (await scene.server.engine.readState('doc')).update.length;
    const overhead = edit(6, 1_000).length - 1_000;
    raw.update(edit(6, CAP - size - overhead));
    await until(() => raw.saved().updates === 2, 'what just fits is saved');
    raw.update(edit(7, 10));
    expect(await raw.closed()).toBe(4413);
  });

  test('[S18] [check 25] taking text out makes room again', async () => {
    const { ada, bob } = scene;
    bob.text.insert(0, 'x'.repeat(CAP * 0.9));
    await until(() => ada.text.length === bob.text.length, 'ada reads');
    ada.text.insert(0, 'y'.repeat(CAP * 0.5));
    await until(() => ada.closes.length > 0, 'ada is refused');
    expect(ada.closes).toEqual([4413]);
    bob.text.delete(0, CAP * 0.8);
    await allSaved(scene);
    await storedBytes(scene);
    const again = scene.open('ada');
    await until(() => again.provider.synced, 'ada is back');
    again.text.insert(0, 'z'.repeat(CAP * 0.5));
    await allSaved(scene);
    await until(async () => (await storedText(scene.server.engine, 'doc')).startsWith('zzz'), 'it fits');
    expect(again.closes).toEqual([]);
  });
});

describe('what a document takes', () => {
  const scene = setScene(soonCompacted);

  test('[S25] [check 25] undone and redone three thousand times, a document takes what Yjs keeps of it, not what was sent', async () => {
    const { ada, bob } = scene;
    const undo = new Y.UndoManager(ada.text, { captureTimeout: 0 });
    ada.text.insert(0, 'the paragraph that comes and goes '.repeat(30));
    for (let round = 0; round < 30; round++) {
      for (let i = 0; i < 50; i++) {
        undo.undo();
        undo.redo();
      }
      await until(() => bob.doc.store.clients.size > 0 && bob.text.length === ada.text.length, 'bob follows');
    }
    undo.destroy();
    expect(ada.closes).toEqual([]);
    const vector = ({ doc }: Client): string => Buffer.from(Y.encodeStateVector(doc)).toString('hex');
    await until(() => vector(bob) === vector(ada), 'bob holds all');
    expect(await storedBytes(scene)).toBeLessThan(1.1 * Y.encodeStateAsUpdate(bob.doc).length + 100);
  }, 120_000);

  test('[S25] [check 25] typed letter by letter in one place, text takes as much as if it had been pasted', async () => {
    const raw = await RawClient.open(scene.server, 'doc', 'carol');
    const doc = new Y.Doc();
    const typed: Uint8Array[] = [];
    doc.on('update', (update: Uint8Array) => typed.push(update));
    for (let i = 0; i < 8_000; i++) doc.getText('body').insert(i, 'abcdefghij '[i % 11] ?? ' ');
    for (let sent = 0; sent < typed.length; sent += 250) {
      for (const update of typed.slice(sent, sent + 250)) raw.update(update);
      await until(() => raw.saved().updates >= Math.min(typed.length, sent + 250), 'they are saved');
    }
    expect(raw.closeCode).toBeNull();
    raw.end();
    doc.destroy();
    await until(() => scene.ada.text.length === 8_006, 'ada reads');
    const honest = honestBytes(scene.ada);
    expect(await storedBytes(scene)).toBeLessThan(1.1 * honest + 100);
  }, 120_000);
});
