import { afterEach, expect, test } from '@jest/globals';
import * as Y from 'yjs';
import type { RefusedEdit } from '../src/index.ts';
import { SavedWatcher } from '../src/saved.ts';
import { FaultyStore } from './faulty-store.ts';
import { type Client, connectClient, startServer, type TestServer, until } from './harness.ts';

let server: TestServer | null = null;
const clients: (Client & { saved: SavedWatcher })[] = [];
afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy();
  await server?.stop();
});

/** A repeatable source of numbers (mulberry32). */
function randomSource(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

const seeds = process.env.FUZZ_SEED ? process.env.FUZZ_SEED.split(',').map(Number) : [1, 2, 3, Date.now() % 1_000_000];

test.each(seeds)(
  '[S1] [S13] clients that type, leave, come back, reload and undo while the store fails now and then converge (seed %d)',
  async (seed) => {
    const random = randomSource(seed);
    const refused: RefusedEdit[] = [];
    const store = new FaultyStore();
    server = await startServer({
      store,
      onRefused: (edit) => refused.push(edit),
      limits: { retryMinMs: 2, retryMaxMs: 10, compactRecords: 7, presenceTickMs: 2 },
    });
    const open = (person: string, doc?: Y.Doc) => {
      if (!server) throw new Error('no server');
      const client = connectClient(server, 'doc', person, { saved: true, ...(doc ? { doc } : {}) });
      return Object.assign(client, { saved: new SavedWatcher(client.provider) });
    };
    for (const person of ['ada', 'bob', 'carol', 'ada']) clients.push(open(person));
    const people = ['ada', 'bob', 'carol', 'ada'];

    const actions: ((at: number, client: Client) => void)[] = [
      (_, { text }) => text.insert(random(text.length + 1), `${random(1_000)} `),
      (_, { text }) => text.insert(random(text.length + 1), `${random(1_000)} `),
      (_, { text }) => text.length > 0 && text.delete(random(text.length), 1),
      (_, { text }) => text.length > 3 && text.format(random(text.length - 2), 2, { bold: random(2) === 0 || null }),
      (_, { doc }) => doc.getMap('fields').set(`field ${random(3)}`, random(100)),
      (_, { provider }) => provider.disconnect(),
      (_, { provider }) => provider.connect(),
      (_, { provider }) => provider.connect(),
      (_, { provider }) => provider.awareness.setLocalState({ cursor: random(100) }),
      (at) => {
        const old = clients[at];
        if (!old) return;
        const doc = new Y.Doc();
        Y.applyUpdate(doc, Y.encodeStateAsUpdate(old.doc));
        old.destroy();
        clients[at] = open(people[at] ?? '', doc);
      },
      () => {
        store.mode = (['work', 'fail', 'work', 'lose-answer'] as const)[random(4)] ?? 'work';
      },
    ];
    for (let step = 0; step < 250; step++) {
      const at = random(clients.length);
      const client = clients[at];
      if (client) actions[random(actions.length)]?.(at, client);
      if (random(4) === 0) await new Promise((resolve) => setTimeout(resolve, random(4)));
    }
    store.mode = 'work';
    for (const { provider } of clients) provider.connect();
    await until(() => clients.every(({ saved }) => saved.state === 'saved'), `all saved (seed ${seed})`, 15_000);
    const read = ({ doc }: { doc: Y.Doc }) =>
      JSON.stringify([doc.getText('body').toDelta(), Object.entries(doc.getMap('fields').toJSON()).sort()]);
    await until(() => new Set(clients.map(read)).size === 1, `all agree (seed ${seed})`, 15_000);

    expect(refused).toEqual([]);
    const { snapshot, tail } = await store.load('doc');
    const stored = new Y.Doc();
    for (const update of snapshot ? [snapshot, ...tail] : tail) Y.applyUpdate(stored, update);
    expect(read({ doc: stored })).toEqual(clients[0] && read(clients[0]));
    expect(stored.store.pendingStructs).toBeNull();
    stored.destroy();
  },
  40_000,
);
