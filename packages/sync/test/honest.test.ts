import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import * as Y from 'yjs';
import type { RefusedEdit } from '../src/index.ts';
import { type Client, connectClient, startServer, storedText, type TestServer, until } from './harness.ts';
import { RawClient } from './raw-client.ts';

let server: TestServer;
let refused: RefusedEdit[];
const clients: Client[] = [];
const open = (person: string, options: Parameters<typeof connectClient>[3] = {}): Client => {
  const client = connectClient(server, 'doc', person, options);
  clients.push(client);
  return client;
};
const synced = (...all: Client[]) => until(() => all.every(({ provider }) => provider.synced), 'all synced');
const agree = (...all: Client[]) =>
  until(() => new Set(all.map(({ text }) => text.toString())).size === 1, 'all read the same');

beforeEach(async () => {
  refused = [];
  server = await startServer({ onRefused: (edit) => refused.push(edit) });
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy();
  await server.stop();
  expect(refused).toEqual([]);
});

describe('honest clients are never refused', () => {
  test('[S17] a paste of 400 kB in one piece and one in thousands of pieces', async () => {
    const ada = open('ada');
    const bob = open('bob');
    await synced(ada, bob);
    ada.text.insert(0, 'x'.repeat(400_000));
    ada.doc.transact(() => {
      const xml = ada.doc.getXmlFragment('xml');
      for (let i = 0; i < 2_500; i++) {
        const paragraph = new Y.XmlElement('paragraph');
        paragraph.insert(0, [new Y.XmlText(`Paragraph ${i} of a long report about street lights.`)]);
        xml.insert(i, [paragraph]);
      }
    });
    await until(() => bob.doc.getXmlFragment('xml').length === 2_500 && bob.text.length === 400_000, 'bob reads');
    bob.text.insert(0, 'ok');
    await agree(ada, bob);
  }, 120_000);

  test('[S13] an offline backlog of 500 edits, with typing while the socket opens', async () => {
    const ada = open('ada');
    const bob = open('bob');
    await synced(ada, bob);
    ada.provider.disconnect();
    for (let i = 0; i < 500; i++) {
      ada.text.insert(Math.floor(ada.text.length / 2), String(i));
      if (i % 7 === 0) ada.text.delete(0, 1);
    }
    bob.text.insert(0, 'meanwhile ');
    ada.provider.connect();
    const type = ({ status }: { status: string }) => {
      if (status === 'connected') for (const letter of 'typed at once') ada.text.insert(ada.text.length, letter);
    };
    ada.provider.on('status', type);
    await until(() => bob.text.toString().includes('typed at once'), 'bob reads the backlog');
    await agree(ada, bob);
    expect(await storedText(server.engine, 'doc')).toBe(ada.text.toString());
  });

  test('[S9] a second tab of the same person, and a reload under a new clientID', async () => {
    const first = open('ada');
    await synced(first);
    first.text.insert(0, 'one ');
    const second = open('ada');
    await until(() => second.text.toString() === 'one ', 'the second tab reads');
    second.text.insert(4, 'two ');
    await until(() => first.text.toString() === 'one two ', 'the first tab reads');
    first.provider.disconnect();
    const reloaded = new Y.Doc();
    Y.applyUpdate(reloaded, Y.encodeStateAsUpdate(first.doc));
    const third = open('ada', { doc: reloaded });
    await synced(third);
    third.text.insert(8, 'three');
    await until(() => second.text.toString() === 'one two three', 'the second tab reads the third');
  });

  test("[S11] a local copy that holds other people's text arrives as an update", async () => {
    const ada = open('ada');
    const bob = open('bob');
    await synced(ada, bob);
    ada.text.insert(0, 'by ada ');
    await until(() => bob.text.length === 7, 'bob reads');
    bob.text.insert(7, 'by bob');
    bob.text.delete(0, 3);
    await agree(ada, bob);
    const copy = Y.encodeStateAsUpdate(bob.doc);
    bob.provider.disconnect();
    const reloaded = open('bob');
    await synced(reloaded);
    Y.applyUpdate(reloaded.doc, copy, 'local copy');
    reloaded.text.insert(0, '>');
    await agree(ada, reloaded);
    expect(ada.text.toString()).toBe('>ada by bob');
  });

  test("[S11] a local copy with other people's text and something new is taken", async () => {
    const ada = open('ada');
    await synced(ada);
    ada.text.insert(0, 'by ada');
    await until(async () => (await storedText(server.engine, 'doc')) === 'by ada', 'stored');
    const copy = new Y.Doc();
    Y.applyUpdate(copy, Y.encodeStateAsUpdate(ada.doc));
    const raw = await RawClient.open(server, 'doc', 'bob');
    raw.update(Y.encodeStateAsUpdate(copy));
    copy.getText('body').insert(6, ' and bob');
    raw.update(Y.encodeStateAsUpdate(copy));
    await until(() => raw.saved().updates === 2, 'both count as durable');
    await until(() => ada.text.toString() === 'by ada and bob', 'ada reads');
    raw.end();
    copy.destroy();
  });

  test('[S11] the same offline backlog sent by two tabs is stored once', async () => {
    const first = open('ada');
    await synced(first);
    first.provider.disconnect();
    first.text.insert(0, 'written offline');
    const copy = Y.encodeStateAsUpdate(first.doc);
    const second = open('ada');
    Y.applyUpdate(second.doc, copy, 'local copy');
    first.provider.connect();
    await synced(first, second);
    const bob = open('bob');
    await until(() => bob.text.toString() === 'written offline', 'bob reads it once');
  });

  test('[S15] undo and redo across two people', async () => {
    const ada = open('ada');
    const bob = open('bob');
    await synced(ada, bob);
    const undo = new Y.UndoManager(ada.text, { captureTimeout: 0 });
    ada.text.insert(0, 'first ');
    ada.text.insert(6, 'second ');
    await until(() => bob.text.length === 13, 'bob reads');
    bob.text.insert(6, 'between ');
    await agree(ada, bob);
    for (let i = 0; i < 20; i++) {
      undo.undo();
      undo.undo();
      undo.redo();
      undo.redo();
    }
    undo.undo();
    await until(() => bob.text.toString() === 'first between ', 'bob reads the undo');
    await agree(ada, bob);
    undo.destroy();
  });

  test('[S24] a client that is up to date gets no text again, and nothing is stored for it', async () => {
    const ada = open('ada');
    await synced(ada);
    ada.text.insert(0, 'some text');
    ada.text.delete(0, 4);
    await until(() => server.engine.stats().commits >= 1, 'stored');
    await until(() => server.engine.stats().backlogBytes === 0, 'all stored');
    const { seq } = await server.engine.readState('doc');
    ada.provider.disconnect();
    ada.provider.connect();
    await synced(ada);
    const raw = await RawClient.open(server, 'doc', 'ada');
    raw.step2(Y.encodeStateAsUpdate(ada.doc));
    await until(() => raw.saved().step2s === 2, 'both step 2 messages count');
    raw.end();
    expect((await server.engine.readState('doc')).seq).toBe(seq);
  });
});
