import { afterEach, beforeEach, expect, test } from '@jest/globals';
import * as Y from 'yjs';
import { MemoryStore } from '../src/index.ts';
import { type Client, connectClient, startServer, type TestServer, until } from './harness.ts';

let store: MemoryStore;
let server: TestServer;
const clients: Client[] = [];
const open = (person: string, doc?: Y.Doc): Client => {
  const client = connectClient(server, 'doc', person, doc === undefined ? {} : { doc });
  clients.push(client);
  return client;
};
const start = () => startServer({ store, limits: { compactRecords: 3 } });

beforeEach(async () => {
  store = new MemoryStore();
  server = await start();
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy();
  await server.stop();
});

/** The stored text in pieces, each with the person whose clientID it stands under. */
async function told(): Promise<string[]> {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, (await server.engine.readState('doc')).update);
  const owners = await store.owners('doc');
  const pieces: string[] = [];
  for (let item = doc.getText('body')._start; item !== null; item = item.right) {
    if (item.deleted || !(item.content instanceof Y.ContentString)) continue;
    pieces.push(`${owners.get(item.id.client) ?? 'nobody'}: ${item.content.str}`);
  }
  doc.destroy();
  return pieces;
}

test('[S60] each piece of the text stays with whoever inserted it, through reload, merge, snapshot and restart', async () => {
  const [ada, bob] = [open('ada'), open('bob')];
  await until(() => ada.provider.synced && bob.provider.synced, 'both are there');
  ada.text.insert(0, 'hello world');
  await until(() => bob.text.length === 11, 'bob reads');
  bob.text.insert(5, ' dear');
  await until(() => ada.text.length === 16, 'ada reads');
  ada.text.delete(0, 1);
  await until(() => bob.text.length === 15, 'bob reads again');
  const expected = ['ada: ello', 'bob:  dear', 'ada:  world'];
  expect(await told()).toEqual(expected);

  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(bob.doc));
  bob.provider.disconnect();
  const reloaded = open('bob', copy);
  await until(() => reloaded.provider.synced, 'bob is back with his copy of everything');
  expect(await told()).toEqual(expected);

  await server.engine.applyServerUpdate(
    'doc',
    (state) => {
      const doc = new Y.Doc();
      Y.applyUpdate(doc, state);
      const before = Y.encodeStateVector(doc);
      doc.getText('body').insert(15, ' !');
      return Y.encodeStateAsUpdate(doc, before);
    },
    { personId: 'eve' },
  );
  await until(() => ada.text.toString().endsWith('!'), 'ada reads the server’s edit');
  const last = [...expected, 'eve:  !'];
  expect(await told()).toEqual(last);

  await until(async () => (await store.load('doc')).snapshot !== null, 'a snapshot is there');
  for (const client of clients.splice(0)) client.destroy();
  await server.stop();
  server = await start();
  expect(await told()).toEqual(last);
});
