import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createEncoder, toUint8Array, writeVarUint } from 'lib0/encoding';
import { Presence } from '../src/awareness.ts';
import { defaultLimits } from '../src/index.ts';
import { type Client, connectClient, grantOf, startServer, type TestServer, until } from './harness.ts';
import { RawClient } from './raw-client.ts';

let server: TestServer;
let ada: Client;
const clients: Client[] = [];
const raws: RawClient[] = [];
const open = (person: string, options: Parameters<typeof connectClient>[3] = {}): Client => {
  const client = connectClient(server, 'doc', person, options);
  clients.push(client);
  return client;
};
const openRaw = async (person: string): Promise<RawClient> => {
  const raw = await RawClient.open(server, 'doc', person);
  raws.push(raw);
  return raw;
};
const seenBy = (client: Client, clientId: number): unknown => client.provider.awareness.getStates().get(clientId);

beforeEach(async () => {
  server = await startServer({ limits: { presenceTickMs: 5 } });
  ada = open('ada');
  ada.provider.awareness.setLocalState({ cursor: 1 });
  await until(() => ada.provider.synced, 'ada synced');
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy();
  for (const raw of raws.splice(0)) raw.end();
  await server.stop();
});

describe('presence', () => {
  test('[S27] what is seen carries the identity of the session, not what the client wrote', async () => {
    const raw = await openRaw('mallory');
    raw.awareness([
      { clientId: 9, clock: 1, state: { user: { name: '<b>Ada</b>', color: 'red;background:url(//x)' }, cursor: 3 } },
    ]);
    await until(() => seenBy(ada, 9) !== undefined, 'ada sees mallory');
    expect(seenBy(ada, 9)).toEqual({
      cursor: 3,
      user: { id: 'mallory', name: 'Name of mallory', color: '#336699' },
    });
  });

  test('[S27] a changed name is seen at once', async () => {
    const bob = open('bob');
    await until(() => seenBy(bob, ada.doc.clientID) !== undefined, 'bob sees ada');
    server.rights.set('ada', { ...grantOf('ada'), name: 'Ada L.' });
    await server.engine.invalidate({ personId: 'ada' });
    await until(() => JSON.stringify(seenBy(bob, ada.doc.clientID)).includes('Ada L.'), 'bob sees the new name');
  });

  test('[S28] nobody can speak, freeze or leave for somebody else, and the victim goes on', async () => {
    const bob = open('bob');
    const raw = await openRaw('mallory');
    await until(() => raw.presence().has(ada.doc.clientID), 'mallory sees ada');
    const clientId = ada.doc.clientID;
    raw.awareness([{ clientId, clock: 2 ** 31, state: { cursor: 666 } }]);
    raw.awareness([{ clientId, clock: 2 ** 31, state: null }]);
    raw.awareness([{ clientId: 9, clock: 1, state: { cursor: 9 } }]);
    raw.awareness([{ clientId: 10, clock: 1, state: { cursor: 10 } }]);
    await until(() => seenBy(bob, 9) !== undefined, 'bob sees mallory');
    ada.provider.awareness.setLocalState({ cursor: 2 });
    await until(() => JSON.stringify(seenBy(bob, clientId)).includes('"cursor":2'), 'bob sees ada move');
    expect(seenBy(bob, 10)).toBeUndefined();
    expect(raw.closeCode).toBeNull();
  });

  test('[S28] an echo of somebody who left does not bring him back', async () => {
    const bob = open('bob');
    await until(() => seenBy(bob, ada.doc.clientID) !== undefined, 'bob sees ada');
    const raw = await openRaw('ada');
    await until(() => raw.presence().has(ada.doc.clientID), 'the other tab sees ada');
    const { clientID } = ada.doc;
    const clock = ada.provider.awareness.meta.get(clientID)?.clock ?? 0;
    ada.provider.disconnect();
    await until(() => seenBy(bob, clientID) === undefined, 'ada is gone');
    raw.awareness([{ clientId: clientID, clock, state: { cursor: 1 } }]);
    raw.awareness([{ clientId: 11, clock: 1, state: {} }]);
    await until(() => seenBy(bob, 11) !== undefined, 'bob sees the other tab');
    expect(seenBy(bob, clientID)).toBeUndefined();
  });

  test('[S29] states that are too big, too many or no objects are dropped', async () => {
    const raw = await openRaw('mallory');
    raw.awareness([{ clientId: 9, clock: 1, state: { text: 'x'.repeat(5_000) } }]);
    raw.awareness([{ clientId: 9, clock: 2, state: 'text' }]);
    raw.awareness(Array.from({ length: 5_000 }, (_, i) => ({ clientId: 100 + i, clock: 1, state: { i } })));
    await until(() => ada.provider.awareness.getStates().size > 1, 'ada sees one');
    const probe = await openRaw('bob');
    probe.awareness([{ clientId: 12, clock: 1, state: {} }]);
    await until(() => seenBy(ada, 12) !== undefined, 'ada sees bob');
    expect(ada.provider.awareness.getStates().size).toBe(3);
    expect(seenBy(ada, 9)).toBeUndefined();
  });

  test('[S29] of more than twenty moves in a second the others wait for the next one', async () => {
    await server.stop();
    let now = 0;
    server = await startServer({ limits: { presenceTickMs: 5 }, clock: { now: () => now } });
    const watcher = await openRaw('carol');
    const raw = await openRaw('bob');
    for (let clock = 1; clock <= 30; clock++) raw.awareness([{ clientId: 9, clock, state: { cursor: clock } }]);
    const cursor = () => JSON.stringify(watcher.presence().get(9));
    await until(() => cursor()?.includes('"cursor":20') ?? false, 'twenty moves are seen');
    const probe = await openRaw('dan');
    probe.awareness([{ clientId: 10, clock: 1, state: {} }]);
    await until(() => watcher.presence().has(10), 'others are seen');
    expect(cursor()).toContain('"cursor":20');
    now = 1_000;
    await until(() => cursor()?.includes('"cursor":30') ?? false, 'the last move is seen');
  });

  test('[S30] who goes without a word is gone', async () => {
    const raw = await openRaw('bob');
    raw.awareness([{ clientId: 9, clock: 1, state: {} }]);
    await until(() => seenBy(ada, 9) !== undefined, 'ada sees bob');
    raw.end();
    await until(() => seenBy(ada, 9) === undefined, 'bob is gone');
  });

  test('[S50] another instance cannot tell of somebody under the clientID of another person', () => {
    const presence = new Presence(defaultLimits, (clientId) => (clientId === 5 ? 'ada' : undefined));
    const told = { clock: 1, state: '{}', name: 'Name', color: '#336699' };
    presence.hear([{ ...told, clientId: 5, personId: 'mallory' }], 0);
    expect(presence.elsewhere()).toEqual([]);
    presence.hear([{ ...told, clientId: 5, personId: 'ada' }], 0);
    presence.hear([{ ...told, clock: 2, clientId: 5, personId: 'mallory' }], 0);
    expect(presence.elsewhere().map(({ personId }) => personId)).toEqual(['ada']);
  });

  test('[S29] of moves that come too fast the last one gets through', async () => {
    const raw = await openRaw('bob');
    for (let clock = 1; clock <= 100; clock++) raw.awareness([{ clientId: 9, clock, state: { cursor: clock } }]);
    await until(() => JSON.stringify(seenBy(ada, 9))?.includes('"cursor":100') ?? false, 'ada sees the last move');
    expect(raw.closeCode).toBeNull();
  });

  test('[S30] a state goes with its socket, and comes back with it', async () => {
    const bob = open('bob');
    await until(() => seenBy(bob, ada.doc.clientID) !== undefined, 'bob sees ada');
    ada.provider.disconnect();
    await until(() => seenBy(bob, ada.doc.clientID) === undefined, 'ada is gone');
    ada.provider.connect();
    ada.provider.awareness.setLocalState({ cursor: 5 });
    await until(() => seenBy(bob, ada.doc.clientID) !== undefined, 'ada is back');
  });

  test('[S30] a state that is not renewed goes', async () => {
    await server.stop();
    let now = 0;
    server = await startServer({ limits: { presenceTickMs: 5, keepaliveMs: 60 }, clock: { now: () => now } });
    const quiet = await openRaw('bob');
    quiet.awareness([{ clientId: 9, clock: 1, state: {} }]);
    const watcher = await openRaw('carol');
    await until(() => watcher.presence().has(9), 'carol sees bob');
    now = 36_000;
    await until(() => !watcher.presence().has(9), 'bob is gone');
  });

  test('[S31] message 3 is answered with everybody', async () => {
    const raw = await openRaw('bob');
    await until(() => raw.framesOf(1).length > 0, 'told once');
    raw.frames.length = 0;
    const encoder = createEncoder();
    writeVarUint(encoder, 3);
    raw.send(toUint8Array(encoder));
    await until(() => raw.presence().has(ada.doc.clientID), 'told again');
  });

  test('[S31] the engine tells who is connected, once per person', async () => {
    await openRaw('bob');
    await openRaw('bob');
    expect(server.engine.presence('doc').map(({ personId }) => personId)).toEqual(['ada', 'bob']);
    expect(server.engine.presence('another')).toEqual([]);
  });
});

describe('sockets', () => {
  test('[S37] a silent socket is sent something the stock client hears', async () => {
    await server.stop();
    server = await startServer({ limits: { keepaliveMs: 30 } });
    const raw = await openRaw('bob');
    await until(() => raw.saved().step2s === 1, 'joined');
    raw.frames.length = 0;
    await until(() => raw.frames.length >= 2, 'kept alive');
    expect([...(raw.frames[0] ?? [])]).toEqual([1, 1, 0]);
  });

  test('[S37] a socket whose other end is gone is cut', async () => {
    await server.stop();
    server = await startServer({ limits: { keepaliveMs: 30 } });
    const raw = await openRaw('bob');
    raw.ws.pause();
    await until(() => server.engine.stats().connections === 0, 'cut');
  });

  test('[S22] one frame that is bigger than what may wait closes nobody who reads it a moment later', async () => {
    await server.stop();
    server = await startServer({ limits: { bufferedBytes: 300_000, keepaliveMs: 600_000 } });
    const reader = await openRaw('reader');
    const bob = open('bob');
    const writer = open('ada');
    await until(() => bob.provider.synced && writer.provider.synced, 'synced');
    writer.provider.disconnect();
    writer.text.insert(0, 'x'.repeat(7_000_000));
    reader.ws.pause();
    writer.provider.connect();
    // More than any buffer of the system takes: most of it waits in the server.
    await until(() => bob.text.length === 7_000_000, 'bob reads');
    reader.ws.resume();
    writer.text.insert(0, 'y');
    await until(() => bob.text.length === 7_000_001, 'bob reads on');
    expect(server.engine.stats().connections).toBe(3);
    expect(bob.closes).toEqual([]);
  }, 120_000);

  test('[S22] a socket that does not read is closed while others get everything', async () => {
    await server.stop();
    server = await startServer({ limits: { bufferedBytes: 300_000, keepaliveMs: 600_000 } });
    const slow = await openRaw('slow');
    const bob = open('bob');
    const writer = open('ada');
    await until(() => bob.provider.synced && writer.provider.synced, 'synced');
    slow.ws.pause();
    for (let i = 0; i < 70 && server.engine.stats().connections === 3; i++) {
      writer.text.insert(0, 'x'.repeat(400_000));
      await until(() => bob.text.length === writer.text.length, 'bob reads');
    }
    await until(() => server.engine.stats().connections === 2, 'the slow one is closed');
    slow.ws.resume();
    await slow.closed();
    expect(bob.closes).toEqual([]);
  }, 120_000);
});
