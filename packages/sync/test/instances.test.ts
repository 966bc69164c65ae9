import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createLocalBus, MemoryStore } from '../src/index.ts';
import { type Client, connectClient, startServer, storedText, type TestServer, until } from './harness.ts';

let servers: TestServer[];
const clients: Client[] = [];
const open = (at: number, person: string): Client => {
  const server = servers[at];
  if (!server) throw new Error('no such instance');
  const client = connectClient(server, 'doc', person);
  clients.push(client);
  return client;
};

beforeEach(async () => {
  const shared = { store: new MemoryStore(), bus: createLocalBus() };
  servers = [await startServer(shared), await startServer(shared)];
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy();
  for (const server of servers) await server.stop();
});

describe('two instances over one store', () => {
  test('[S40] what one makes durable the other relays', async () => {
    const ada = open(0, 'ada');
    const bob = open(1, 'bob');
    await until(() => ada.provider.synced && bob.provider.synced, 'both synced');
    ada.text.insert(0, 'one ');
    await until(() => bob.text.toString() === 'one ', 'bob reads');
    bob.text.insert(4, 'two');
    await until(() => ada.text.toString() === 'one two', 'ada reads');
    expect(ada.closes.concat(bob.closes)).toEqual([]);
  });

  test('[S40] people who write at the same moment on both lose nothing', async () => {
    const ada = open(0, 'ada');
    const bob = open(1, 'bob');
    await until(() => ada.provider.synced && bob.provider.synced, 'both synced');
    for (let i = 0; i < 30; i++) {
      ada.text.insert(0, 'a');
      bob.text.insert(0, 'b');
      await new Promise((resolve) => setImmediate(resolve));
    }
    await until(async () => {
      const text = ada.text.toString();
      return text.length === 60 && bob.text.toString() === text;
    }, 'both have everything');
    for (const { engine } of servers) expect((await storedText(engine, 'doc')).length).toBe(60);
  });

  test('[S33] a change of rights reaches the sockets of both', async () => {
    const ada = open(0, 'ada');
    const same = open(1, 'ada');
    await until(() => ada.provider.synced && same.provider.synced, 'both synced');
    for (const { rights } of servers) rights.set('ada', { refused: 4403 });
    await servers[0]?.engine.invalidate({ personId: 'ada' });
    await until(() => ada.closes.includes(4403) && same.closes.includes(4403), 'both closed');
  });
});
