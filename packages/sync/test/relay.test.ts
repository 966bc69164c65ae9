import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Client, connectClient, startServer, storedText, type TestServer, until } from './harness.ts';

let server: TestServer;
const clients: Client[] = [];
const open = (...args: [string, string, Parameters<typeof connectClient>[3]?]): Client => {
  const client = connectClient(server, args[0], args[1], args[2]);
  clients.push(client);
  return client;
};

beforeEach(async () => {
  server = await startServer();
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy();
  await server.stop();
});

describe('two stock clients on one document', () => {
  test('[S1] what one types the other sees, and it is stored', async () => {
    const ada = open('doc', 'ada');
    const bob = open('doc', 'bob');
    await until(() => ada.provider.synced && bob.provider.synced, 'both synced');
    ada.text.insert(0, 'Hello');
    await until(() => bob.text.toString() === 'Hello', 'bob reads');
    bob.text.insert(5, ' world');
    await until(() => ada.text.toString() === 'Hello world', 'ada reads');
    expect(await storedText(server.engine, 'doc')).toBe('Hello world');
  });

  test('[S31] a newcomer gets the text and sees who is there', async () => {
    const ada = open('doc', 'ada');
    ada.provider.awareness.setLocalStateField('user', { name: 'Mallory' });
    ada.text.insert(0, 'Hello');
    await until(() => ada.provider.synced, 'ada synced');
    const bob = open('doc', 'bob');
    await until(() => bob.text.toString() === 'Hello', 'bob reads');
    await until(() => bob.provider.awareness.getStates().has(ada.doc.clientID), 'bob sees ada');
    expect(bob.provider.awareness.getStates().get(ada.doc.clientID)).toEqual({
      user: { id: 'ada', name: 'Name of ada', color: '#336699' },
    });
  });
});
