import { afterEach, beforeEach, expect } from '@jest/globals';
import * as Y from 'yjs';
import { MemoryStore, type RefusedEdit } from '../src/index.ts';
import type { Limits } from '../src/limits.ts';
import { type Client, connectClient, startServer, storedText, type TestServer, until } from './harness.ts';
import { RawClient } from './raw-client.ts';

/** Two honest people on one document, and whoever comes to disturb them. */
export type Scene = {
  server: TestServer;
  store: MemoryStore;
  ada: Client;
  bob: Client;
  refused: RefusedEdit[];
  /** Opens a socket that sends what it is told to, as `mallory` unless said otherwise. */
  attacker(person?: string): Promise<RawClient>;
  /** Opens one more stock client. */
  open(person: string, options?: Parameters<typeof connectClient>[3]): Client;
  /** The honest two still write to each other, are still connected, and nothing else is stored. */
  honestPairGoesOn(): Promise<void>;
  /** The socket was closed with 4422 for this reason, which was reported once, and the honest two go on. */
  expectRefused(raw: RawClient, reason: string): Promise<void>;
};

/** Sets the scene before each test of a file, and clears it after. */
export function setScene(limits: Partial<Limits> = {}): Scene {
  const raws: RawClient[] = [];
  const clients: Client[] = [];
  const scene = {
    attacker: async (person = 'mallory') => {
      const raw = await RawClient.open(scene.server, 'doc', person);
      raws.push(raw);
      return raw;
    },
    open: (person, options = {}) => {
      const client = connectClient(scene.server, 'doc', person, options);
      clients.push(client);
      return client;
    },
    honestPairGoesOn: async () => {
      const { ada, bob } = scene;
      const before = ada.text.toString();
      bob.text.insert(ada.text.length, '!');
      await until(() => ada.text.toString() === `${before}!`, 'ada reads bob');
      expect(await storedText(scene.server.engine, 'doc')).toBe(`${before}!`);
      expect(ada.closes.concat(bob.closes)).toEqual([]);
    },
    expectRefused: async (raw, reason) => {
      expect(await raw.closed()).toBe(4422);
      expect(scene.refused.map((edit) => edit.reason)).toEqual([expect.stringContaining(reason)]);
      expect(scene.refused[0]).toMatchObject({ documentId: 'doc', personId: 'mallory' });
      await scene.honestPairGoesOn();
    },
  } as Scene;

  beforeEach(async () => {
    scene.refused = [];
    scene.store = new MemoryStore();
    scene.server = await startServer({ store: scene.store, onRefused: (edit) => scene.refused.push(edit), limits });
    scene.ada = scene.open('ada');
    scene.bob = scene.open('bob');
    await until(() => scene.ada.provider.synced && scene.bob.provider.synced, 'both synced');
    scene.ada.text.insert(0, 'honest');
    await until(() => scene.bob.text.toString() === 'honest', 'bob reads');
  });
  afterEach(async () => {
    for (const raw of raws.splice(0)) raw.end();
    for (const client of clients.splice(0)) client.destroy();
    await scene.server.stop();
  });
  return scene;
}

/** What is stored of a document, and that all of it can be read: nothing waits for text that is not there. */
export async function stored(server: TestServer, documentId = 'doc'): Promise<{ bytes: number; seq: number }> {
  const { update, seq } = await server.engine.readState(documentId);
  const doc = new Y.Doc();
  Y.applyUpdate(doc, update);
  expect([doc.store.pendingStructs, doc.store.pendingDs]).toEqual([null, null]);
  doc.destroy();
  return { bytes: update.length, seq };
}

/** Waits until nobody has the document open and all of it is one snapshot, which it answers. Everybody must have left. */
export async function compacted({ server, store }: Scene): Promise<Uint8Array> {
  await until(
    async () => {
      if (server.engine.stats().rooms > 0) return false;
      if ((await store.load('doc')).tail.length === 0) return true;
      // A room that was put away while it was compacted has a tail: opened once more, it goes too.
      await server.engine.readState('doc');
      return false;
    },
    'the document is compacted',
    30_000,
  );
  return (await store.load('doc')).snapshot ?? new Uint8Array();
}
