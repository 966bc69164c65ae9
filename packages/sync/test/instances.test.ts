import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import * as Y from 'yjs';
import { scanUpdate } from '../src/gate/scan.ts';
import { createBus, type Limits, MemoryStore, type RefusedEdit, type UpdateStore } from '../src/index.ts';
import { type Client, connectClient, startServer, storedText, type TestServer, until } from './harness.ts';
import { MemoryHub, type Weather } from './memory-pub-sub.ts';
import { craft, RawClient, textItem } from './raw-client.ts';

const limits: Partial<Limits> = { retryMinMs: 5, retryMaxMs: 50, presenceTickMs: 5, lookMs: 50 };
let hub: MemoryHub;
let store: MemoryStore;
let servers: TestServer[];
let refused: RefusedEdit[];
const clients: Client[] = [];
const raws: RawClient[] = [];

/** A repeatable source of numbers below one (mulberry32). */
function randomSource(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const start = (own: UpdateStore = store, more: Partial<Limits> = {}): Promise<TestServer> =>
  startServer({
    store: own,
    bus: createBus(hub.join()),
    limits: { ...limits, ...more },
    onRefused: (edit) => refused.push(edit),
  });
const at = (index: number): TestServer => {
  const server = servers[index];
  if (!server) throw new Error('no such instance');
  return server;
};
const open = (index: number, person: string, doc?: Y.Doc): Client => {
  const client = connectClient(at(index), 'doc', person, doc ? { doc } : {});
  clients.push(client);
  return client;
};
const openRaw = async (index: number, person: string): Promise<RawClient> => {
  const raw = await RawClient.open(at(index), 'doc', person);
  raws.push(raw);
  return raw;
};
const turnOfLoop = () => new Promise((resolve) => setImmediate(resolve));
const bothSynced = (...all: Client[]) => until(() => all.every(({ provider }) => provider.synced), 'all synced');

/** A way to the store that can be shut: what is appended waits before it. */
function gated(behind: MemoryStore): { store: UpdateStore; shut(): void; open(): void; waiting(): number } {
  let gate: Promise<void> = Promise.resolve();
  let release = () => {};
  let waiting = 0;
  const through = new Proxy(behind, {
    get(target, name) {
      if (name !== 'append') {
        const value: unknown = Reflect.get(target, name, target);
        return typeof value === 'function' ? value.bind(target) : value;
      }
      return async (records: Parameters<UpdateStore['append']>[0]) => {
        waiting += 1;
        await gate;
        waiting -= 1;
        return target.append(records);
      };
    },
  });
  return {
    store: through,
    shut: () => {
      gate = new Promise((resolve) => {
        release = resolve;
      });
    },
    open: () => release(),
    waiting: () => waiting,
  };
}

/** Fails when a clock of some client is stored twice, or a hole is left. */
async function expectNoOverlap(): Promise<void> {
  const { tail } = await store.load('doc');
  const reached = new Map<number, number>();
  for (const update of tail) {
    for (const { client, start: from, end } of scanUpdate(update).sections) {
      expect({ client, from }).toEqual({ client, from: reached.get(client) ?? 0 });
      reached.set(client, end);
    }
  }
}

beforeEach(async () => {
  refused = [];
  hub = new MemoryHub();
  store = new MemoryStore();
  servers = [await start(), await start()];
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy();
  for (const raw of raws.splice(0)) raw.end();
  for (const server of servers) await server.stop();
});

describe('two instances over one store', () => {
  test('[S40] what one makes durable the other relays', async () => {
    const ada = open(0, 'ada');
    const bob = open(1, 'bob');
    await bothSynced(ada, bob);
    ada.text.insert(0, 'one ');
    await until(() => bob.text.toString() === 'one ', 'bob reads');
    bob.text.insert(4, 'two');
    await until(() => ada.text.toString() === 'one two', 'ada reads');
    expect(ada.closes.concat(bob.closes)).toEqual([]);
  });

  test('[S44] [S51] people who write at the same moment on both lose nothing, and nobody is sent away', async () => {
    const ada = open(0, 'ada');
    const bob = open(1, 'bob');
    await bothSynced(ada, bob);
    for (let i = 0; i < 100; i++) {
      ada.text.insert(0, 'a');
      bob.text.insert(0, 'b');
      if (i % 7 === 0) {
        ada.text.delete(0, 1);
        bob.text.delete(bob.text.length - 1, 1);
      }
      await turnOfLoop();
    }
    await until(() => {
      const text = ada.text.toString();
      return text.length > 0 && bob.text.toString() === text;
    }, 'both have the same');
    for (const { engine } of servers) {
      await until(async () => (await storedText(engine, 'doc')) === ada.text.toString(), 'stored');
    }
    expect(ada.closes.concat(bob.closes)).toEqual([]);
    expect(refused).toEqual([]);
    await expectNoOverlap();
  });

  const anew = async (more: Partial<Limits> = {}): Promise<void> => {
    for (const server of servers) await server.stop();
    servers = [await start(store, { lookMs: 60_000, ...more }), await start(store, { lookMs: 60_000, ...more })];
  };

  test('[S40] what becomes durable is told at once, without a look into the store', async () => {
    await anew();
    const ada = open(0, 'ada');
    const bob = open(1, 'bob');
    await bothSynced(ada, bob);
    ada.text.insert(0, 'told');
    await until(() => bob.text.toString() === 'told', 'bob reads');
  });

  test.each([
    ['a record', {}],
    ['a snapshot', { compactRecords: 1 }],
  ])('[S45] what was missed is read in the store, as %s, when the next record is told', async (_, more) => {
    await anew(more);
    const ada = open(0, 'ada');
    const bob = open(1, 'bob');
    await bothSynced(ada, bob);
    hub.weather = 'away';
    ada.text.insert(0, 'missed ');
    await until(async () => {
      const { snapshot, seq } = await store.load('doc');
      return seq === 1 && (snapshot !== null || !('compactRecords' in more));
    }, 'durable');
    hub.weather = 'fine';
    ada.text.insert(7, 'told');
    await until(() => bob.text.toString() === 'missed told', 'bob reads both');
    expect(bob.closes).toEqual([]);
  });

  test('[S47] an edit of the server rests on what was acknowledged elsewhere, though nobody could tell it', async () => {
    await anew();
    const bob = open(1, 'bob');
    const ada = await openRaw(0, 'ada');
    await bothSynced(bob);
    hub.weather = 'away';
    ada.update(craft([{ client: 5, clock: 0, structs: [textItem('acknowledged')] }]));
    await until(() => ada.saved().updates === 1, 'acknowledged');
    const doc = new Y.Doc();
    const nothing = (state: Uint8Array) => {
      Y.applyUpdate(doc, state);
      return new Uint8Array([0, 0]);
    };
    await at(1).engine.applyServerUpdate('doc', nothing, { personId: 'system' });
    expect(doc.getText('body').toString()).toBe('acknowledged');
    doc.destroy();
  });

  const seed = Number(process.env.SEED?.split(',')[0] ?? Date.now() % 1_000_000);
  test.each(['lossy', 'doubling', 'shuffling', 'away'] as Weather[])(
    `[S45] [S47] news that are %s cost time, never text (seed ${seed})`,
    async (weather) => {
      for (const server of servers) await server.stop();
      hub = new MemoryHub(randomSource(seed));
      // Compacted now and then, by either: a snapshot may swallow what the other has missed.
      servers = [await start(store, { compactRecords: 9 }), await start(store, { compactRecords: 9 })];
      const people = [open(0, 'ada'), open(1, 'bob'), open(0, 'carol'), open(1, 'dan')];
      await bothSynced(...people);
      hub.weather = weather;
      for (let i = 0; i < 60; i++) {
        for (const { text } of people) text.insert(text.length >> 1, `${i};`);
        await new Promise((resolve) => setTimeout(resolve, 2));
      }
      const length = [...Array(60).keys()].reduce((sum, i) => sum + `${i};`.length, 0) * people.length;
      await until(
        () => new Set(people.map(({ text }) => text.toString())).size === 1 && people[0]?.text.length === length,
        'all agree',
      );
      expect(people.flatMap(({ closes }) => closes)).toEqual([]);
      expect(refused).toEqual([]);
    },
    30_000,
  );

  test('[S47] after a break the instances catch up at once', async () => {
    for (const server of servers) await server.stop();
    servers = [await start(store, { lookMs: 60_000 }), await start(store, { lookMs: 60_000 })];
    const ada = open(0, 'ada');
    const near = open(0, 'nina');
    const bob = open(1, 'bob');
    await bothSynced(ada, near, bob);
    hub.weather = 'away';
    ada.text.insert(0, 'meanwhile');
    await until(() => near.text.toString() === 'meanwhile', 'the same instance goes on');
    expect(bob.text.toString()).toBe('');
    hub.comeBack();
    await until(() => bob.text.toString() === 'meanwhile', 'bob catches up');
    expect(bob.closes).toEqual([]);
  });

  test('[S47] what was acknowledged at one instance is read at the other, though nobody could tell it', async () => {
    await anew();
    const bob = open(1, 'bob');
    const ada = await openRaw(0, 'ada');
    await bothSynced(bob);
    hub.weather = 'away';
    ada.update(craft([{ client: 5, clock: 0, structs: [textItem('told to nobody')] }]));
    await until(() => ada.saved().updates === 1, 'acknowledged');
    expect(await storedText(at(1).engine, 'doc')).toBe('told to nobody');
  });

  test('[S11] [S48] who moves to an instance that is behind, with text of others, is not refused', async () => {
    await anew();
    const waiting = open(1, 'dan');
    const ada = open(0, 'ada');
    const carol = open(0, 'carol');
    await bothSynced(waiting, ada, carol);
    hub.weather = 'away';
    ada.text.insert(0, 'of ada');
    await until(() => carol.text.toString() === 'of ada', 'carol reads');
    carol.text.insert(6, ' and of carol');
    await until(() => ada.text.length === 19, 'ada reads');
    const moved = new Y.Doc();
    Y.applyUpdate(moved, Y.encodeStateAsUpdate(carol.doc));
    carol.destroy();
    const back = open(1, 'carol', moved);
    const reader = await RawClient.open(at(1), 'doc', 'rita', { mode: 'read' });
    raws.push(reader);
    reader.step2(Y.encodeStateAsUpdate(ada.doc));
    await bothSynced(back);
    back.text.insert(0, 'moved: ');
    await until(() => waiting.text.toString() === 'moved: of ada and of carol', 'dan reads');
    expect(refused).toEqual([]);
    expect(reader.closeCode).toBeNull();
  });
});

describe('one client at two instances', () => {
  test('[S9] [S48] of two people who take the same clientID at the same moment, one is refused', async () => {
    const ada = await openRaw(0, 'ada');
    const mallory = await openRaw(1, 'mallory');
    ada.update(craft([{ client: 5, clock: 0, structs: [textItem('ada')] }]));
    mallory.update(craft([{ client: 5, clock: 0, structs: [textItem('mal')] }]));
    await until(() => refused.length === 1, 'one is refused');
    const owner = (await store.owners('doc')).get(5);
    const [winner, loser] = owner === 'ada' ? [ada, mallory] : [mallory, ada];
    await until(() => winner.saved().updates === 1, 'the owner is told');
    expect(await loser.closed()).toBe(4422);
    expect(await storedText(at(0).engine, 'doc')).toBe(owner === 'ada' ? 'ada' : 'mal');
    await expectNoOverlap();
  });

  test.each([
    ['the same text', 'abc', 'abc', 'abc'],
    ['more text', 'abc', 'abcdef', 'abcdef'],
    ['less text', 'abcdef', 'abc', 'abcdef'],
  ])(
    '[S44] who comes back to the other one with %s, while the first append is under way, has it stored once',
    async (_, first, second, stored) => {
      for (const server of servers) await server.stop();
      const slow = gated(store);
      servers = [await start(slow.store), await start()];
      const before = await openRaw(0, 'ada');
      slow.shut();
      before.update(craft([{ client: 5, clock: 0, structs: [textItem(first)] }]));
      await until(() => slow.waiting() === 1, 'the first append is under way');
      const after = await openRaw(1, 'ada');
      after.update(craft([{ client: 5, clock: 0, structs: [textItem(second)] }]));
      await until(() => after.saved().updates === 1, 'the second is acknowledged');
      expect(before.saved().updates).toBe(0);
      slow.open();
      await until(() => before.saved().updates === 1, 'the first is acknowledged');
      for (const { engine } of servers) expect(await storedText(engine, 'doc')).toBe(stored);
      await expectNoOverlap();
      expect(refused).toEqual([]);
    },
  );

  test('[S44] who comes second stores what waits in the order in which it was written', async () => {
    for (const server of servers) await server.stop();
    const slow = gated(store);
    servers = [await start(slow.store), await start()];
    const letter = (client: number, clock: number, text: string) =>
      craft([{ client, clock, structs: [clock ? textItem(text, [client, clock - 1]) : textItem(text)] }]);
    const ada = await openRaw(0, 'ada');
    ada.update(letter(5, 0, 'a'));
    await until(() => ada.saved().updates === 1, 'the first letter is through');
    slow.shut();
    ada.update(letter(5, 1, 'b'));
    await until(() => slow.waiting() === 1, 'the second is under way');
    const { backlogBytes } = at(0).engine.stats();
    ada.update(letter(5, 2, 'c'));
    await until(() => at(0).engine.stats().backlogBytes > backlogBytes, 'the third waits');
    const bob = await openRaw(1, 'bob');
    bob.update(letter(6, 0, 'x'));
    await until(() => bob.saved().updates === 1, 'bob was first');
    slow.open();
    await until(() => ada.saved().updates === 3, 'all is acknowledged');
    for (const { engine } of servers) expect(await storedText(engine, 'doc')).toContain('abc');
    await expectNoOverlap();
    expect(ada.closeCode).toBeNull();
  });

  test('[S44] an append that a snapshot has overtaken is written again after it', async () => {
    for (const server of servers) await server.stop();
    const slow = gated(store);
    servers = [await start(slow.store), await start(store, { compactRecords: 3 })];
    const ada = await openRaw(0, 'ada');
    slow.shut();
    ada.update(craft([{ client: 5, clock: 0, structs: [textItem('ada')] }]));
    await until(() => slow.waiting() === 1, 'the first append is under way');
    const bob = await openRaw(1, 'bob');
    for (let clock = 0; clock < 6; clock++) {
      bob.update(craft([{ client: 6, clock, structs: [clock ? textItem('b', [6, clock - 1]) : textItem('b')] }]));
      await until(() => bob.saved().updates === clock + 1, 'stored');
    }
    await until(async () => (await store.load('doc')).snapshot !== null, 'compacted');
    slow.open();
    await until(() => ada.saved().updates === 1, 'acknowledged');
    for (const { engine } of servers) {
      const text = await storedText(engine, 'doc');
      expect([text.replace('ada', ''), text.includes('ada')]).toEqual(['bbbbbb', true]);
    }
  });
});

describe('presence across instances', () => {
  const names = (client: Client): string[] =>
    [...client.provider.awareness.getStates().values()].flatMap(({ user }) => (user ? [String(user.id)] : [])).sort();

  test('[S50] people of the other instance are seen, and seen to go', async () => {
    const ada = open(0, 'ada');
    await bothSynced(ada);
    ada.provider.awareness.setLocalStateField('cursor', 1);
    const bob = open(1, 'bob');
    await bothSynced(bob);
    bob.provider.awareness.setLocalStateField('cursor', 2);
    await until(() => names(ada).includes('bob') && names(bob).includes('ada'), 'both see each other');
    const people = () =>
      servers.map(({ engine }) =>
        engine
          .presence('doc')
          .map(({ personId }) => personId)
          .sort(),
      );
    expect(people()).toEqual([
      ['ada', 'bob'],
      ['ada', 'bob'],
    ]);
    bob.destroy();
    await until(() => !names(ada).includes('bob'), 'bob is gone');
    expect(people()[0]).toEqual(['ada']);
  });

  test('[S50] who opens a document is told at once who is there elsewhere', async () => {
    const ada = open(0, 'ada');
    const nina = open(0, 'nina');
    await bothSynced(ada, nina);
    ada.provider.awareness.setLocalStateField('cursor', 1);
    await until(() => names(nina).includes('ada'), 'ada is seen where she is');
    const bob = open(1, 'bob');
    await until(() => names(bob).includes('ada'), 'bob sees ada');
  });

  test('[S50] who was there before a break, or before the document was opened, is seen after it', async () => {
    const ada = open(0, 'ada');
    await bothSynced(ada);
    ada.provider.awareness.setLocalStateField('cursor', 1);
    hub.weather = 'away';
    const bob = open(1, 'bob');
    await bothSynced(bob);
    bob.provider.awareness.setLocalStateField('cursor', 2);
    await until(() => bob.provider.awareness.getLocalState() !== null, 'bob is there');
    hub.comeBack();
    await until(() => names(ada).includes('bob') && names(bob).includes('ada'), 'both see each other');
  });

  test('[S28] [S50] a clientID under which somebody is present at the other instance cannot be taken', async () => {
    const ada = open(0, 'ada');
    const bob = open(1, 'bob');
    await bothSynced(ada, bob);
    ada.provider.awareness.setLocalStateField('cursor', 1);
    await until(() => names(bob).includes('ada'), 'ada is seen');
    const mallory = await openRaw(1, 'mallory');
    mallory.awareness([{ clientId: ada.doc.clientID, clock: 99, state: { cursor: 'stolen' } }]);
    mallory.update(craft([{ client: ada.doc.clientID, clock: 0, structs: [textItem('stolen')] }]));
    expect(await mallory.closed()).toBe(4422);
    expect(bob.provider.awareness.getStates().get(ada.doc.clientID)).toMatchObject({ cursor: 1 });
    ada.text.insert(0, 'mine');
    await until(() => bob.text.toString() === 'mine', 'ada writes');
  });
});
