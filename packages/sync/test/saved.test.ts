import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import * as Y from 'yjs';
import { type SavedState, SavedWatcher, sendOnly, sendsBeside } from '../src/saved.ts';
import { FaultyStore } from './faulty-store.ts';
import { type Client, connectClient, startServer, type TestServer, until } from './harness.ts';

let store: FaultyStore;
let server: TestServer;
const clients: Client[] = [];
const open = (person: string, doc?: Y.Doc): { client: Client; saved: SavedWatcher; states: SavedState[] } => {
  const client = connectClient(server, 'doc', person, { saved: true, ...(doc ? { doc } : {}) });
  clients.push(client);
  const saved = new SavedWatcher(client.provider);
  const states: SavedState[] = [];
  saved.subscribe((state) => states.push(state));
  return { client, saved, states };
};

beforeEach(async () => {
  store = new FaultyStore();
  server = await startServer({ store, limits: { retryMinMs: 5, retryMaxMs: 20 } });
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy();
  await server.stop();
});

describe('the saved signal', () => {
  test('[S42] says saving until the store has the text, deletes included', async () => {
    const { client, saved } = open('ada');
    await until(() => saved.state === 'saved', 'saved at first');
    client.text.insert(0, 'hello');
    expect(saved.state).toBe('saving');
    await until(() => saved.state === 'saved', 'saved');
    store.mode = 'fail';
    client.text.delete(0, 2);
    const before = store.attempts;
    await until(() => store.attempts > before + 3, 'attempts');
    expect(saved.state).toBe('saving');
    expect(saved.hasUnsavedChanges).toBe(true);
    store.mode = 'work';
    await until(() => saved.state === 'saved', 'saved');
    expect(saved.hasUnsavedChanges).toBe(false);
  });

  test('[S42] says offline without a connection, and saved only when what was typed meanwhile is stored', async () => {
    const { client, saved, states } = open('ada');
    await until(() => saved.state === 'saved', 'saved at first');
    client.provider.disconnect();
    expect(saved.state).toBe('offline');
    expect(saved.hasUnsavedChanges).toBe(false);
    client.text.insert(0, 'offline');
    expect(saved.hasUnsavedChanges).toBe(true);
    store.mode = 'fail';
    states.length = 0;
    client.provider.connect();
    await until(() => client.provider.synced, 'synced');
    expect(states).toEqual(['saving']);
    store.mode = 'work';
    await until(() => saved.state === 'saved', 'saved');
    expect((await store.load('doc')).seq).toBe(1);
  });

  test("[S42] other people's text changes nothing", async () => {
    const { client, saved, states } = open('ada');
    const bob = open('bob');
    await until(() => saved.state === 'saved' && bob.saved.state === 'saved', 'both saved');
    states.length = 0;
    bob.client.text.insert(0, 'hello');
    await until(() => client.text.length === 5, 'ada reads');
    expect(states).toEqual([]);
  });

  test('[S42] a reader who wrote into his copy is never told that it is saved', async () => {
    const doc = new Y.Doc();
    doc.getText('body').insert(0, 'mine');
    const client = connectClient(server, 'doc', 'rea', { saved: true, doc, mode: 'read' });
    clients.push(client);
    const saved = new SavedWatcher(client.provider);
    await until(() => client.provider.synced, 'synced');
    const bob = open('bob');
    await until(() => bob.saved.state === 'saved', 'bob saved');
    bob.client.text.insert(0, 'x');
    await until(() => client.text.length === 5, 'the reader reads');
    expect(saved.state).toBe('saving');
  });

  test('[S42] a local copy bigger than a message may be, read while the socket opens, is not sent over again', async () => {
    const { client: author } = open('ada');
    const others = open('bob');
    await until(() => author.provider.synced && others.client.provider.synced, 'both synced');
    for (let i = 0; i < 3; i++) author.text.insert(0, 'x'.repeat(900_000));
    await until(() => others.client.text.length === 2_700_000, 'bob reads');
    others.client.provider.disconnect();
    others.client.text.insert(0, 'written off line');
    const copy = Y.encodeStateAsUpdate(others.client.doc);
    const again = connectClient(server, 'doc', 'bob', { saved: true });
    clients.push(again);
    const sends = sendsBeside(again.provider, 'copy');
    sendOnly(again.provider, sends);
    const saved = new SavedWatcher(again.provider, sends);
    again.provider.on('status', ({ status }) => {
      if (status === 'connected') Y.applyUpdate(again.doc, copy, 'copy');
    });
    await until(() => saved.state === 'saved', 'saved');
    await until(() => author.text.toString().startsWith('written off line'), 'ada reads');
    again.text.insert(0, 'and then ');
    await until(() => author.text.toString().startsWith('and then '), 'ada reads on');
    expect(again.closes).toEqual([]);
  });
});
