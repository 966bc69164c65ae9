import { expect } from '@jest/globals';
import * as Y from 'yjs';
import { scanUpdate } from '../src/gate/scan.ts';
import { type AppendRecord, createBus, type Grant, type RefusedEdit } from '../src/index.ts';
import { SavedWatcher } from '../src/saved.ts';
import { FaultyStore } from './faulty-store.ts';
import { type Client, connectClient, grantOf, startServer, type TestServer, until } from './harness.ts';
import { MemoryHub } from './memory-pub-sub.ts';

const limits = {
  retryMinMs: 2,
  retryMaxMs: 10,
  compactRecords: 7,
  presenceTickMs: 2,
  lookMs: 20,
  // What was on its way when a right was taken is met with 4205, after which the page comes back by itself.
  downgradeGraceMs: 60_000,
};

/** A repeatable source of whole numbers below a bound (mulberry32). */
export function wholeNumbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

/** Remembers how far each client's structs are durable. */
class WitnessStore extends FaultyStore {
  readonly durable = new Map<number, number>();

  protected override stored(records: AppendRecord[]): void {
    for (const update of records.flatMap(({ updates }) => updates)) {
      for (const { client, end } of scanUpdate(update).sections) {
        this.durable.set(client, Math.max(end, this.durable.get(client) ?? 0));
      }
    }
  }
}

type Person = {
  name: string;
  at: number;
  client: Client;
  saved: SavedWatcher;
  undo: Y.UndoManager;
  role: Grant['mode'] | 'none';
  /** While this person has no right: what was durable when it went. Nothing beyond may arrive. */
  seenAtMost: Map<number, number> | null;
  /** What the server has called durable of this person's text, by clientID. */
  told: Map<number, number>;
};

/**
 * Some people on several instances, whose store fails, whose bus loses, and whose rights change. It watches while they
 * act: nobody is shown what is not durable, and nobody what became durable after the right to read had gone.
 */
export class FuzzWorld {
  readonly store = new WitnessStore();
  readonly hub: MemoryHub;
  readonly refused: RefusedEdit[] = [];
  readonly people: Person[] = [];
  /** What should never have happened, in sentences. */
  readonly wrong: string[] = [];
  readonly #servers: TestServer[] = [];
  readonly #rights = new Map<string, Grant | { refused: 4403 }>();

  constructor(random: (below: number) => number) {
    this.hub = new MemoryHub(() => random(1_000) / 1_000);
  }

  async open(instances: number, names: readonly string[]): Promise<void> {
    for (let i = 0; i < instances; i++) this.#servers.push(await this.#start());
    for (const [i, name] of names.entries()) this.people.push(this.#enter(name, i % instances, new Y.Doc()));
  }

  async #start(): Promise<TestServer> {
    const server = await startServer({
      store: this.store,
      bus: createBus(this.hub.join()),
      limits,
      onRefused: (edit) => this.refused.push(edit),
    });
    for (const [name, right] of this.#rights) server.rights.set(name, right);
    return server;
  }

  #server(at: number): TestServer {
    const server = this.#servers[at % this.#servers.length];
    if (!server) throw new Error('no such instance');
    return server;
  }

  #enter(name: string, at: number, doc: Y.Doc, before?: Person): Person {
    const client = connectClient(this.#server(at), 'doc', name, { saved: true, doc });
    const person: Person = {
      name,
      at,
      client,
      saved: new SavedWatcher(client.provider),
      undo: new Y.UndoManager(client.text, { captureTimeout: 0 }),
      role: before?.role ?? 'write',
      seenAtMost: before?.seenAtMost ?? null,
      told: before?.told ?? new Map(),
    };
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin === client.provider) this.#shown(person, update);
    });
    person.saved.subscribe((state) => {
      if (state === 'saved') person.told.set(doc.clientID, Y.getState(doc.store, doc.clientID));
    });
    return person;
  }

  #shown({ name, seenAtMost, client }: Person, update: Uint8Array): void {
    for (const [id, end] of Y.parseUpdateMeta(update).to) {
      if (end > (this.store.durable.get(id) ?? 0)) this.wrong.push(`${name} was shown what is not durable`);
      const own = id === client.doc.clientID;
      if (seenAtMost && !own && end > (seenAtMost.get(id) ?? 0))
        this.wrong.push(`${name} was shown text without a right`);
    }
  }

  /** The page is opened anew, with what it had or empty, perhaps at another instance. */
  reload(person: Person, at: number, keep: boolean): void {
    const doc = new Y.Doc();
    // Who loads an empty page gives up what was not saved.
    if (keep || person.saved.state !== 'saved') Y.applyUpdate(doc, Y.encodeStateAsUpdate(person.client.doc));
    this.#leave(person);
    this.people[this.people.indexOf(person)] = this.#enter(person.name, at, doc, person);
  }

  #leave(person: Person): void {
    person.saved.destroy();
    person.undo.destroy();
    person.client.destroy();
  }

  /** All pages of a person may from now on do this. */
  async setRole(name: string, role: Person['role']): Promise<void> {
    const right: Grant | { refused: 4403 } = role === 'none' ? { refused: 4403 } : grantOf(name, role);
    this.#rights.set(name, right);
    for (const server of this.#servers) server.rights.set(name, right);
    await Promise.all(this.#servers.map(({ engine }) => engine.invalidate({ personId: name })));
    for (const person of this.people.filter((one) => one.name === name)) {
      person.role = role;
      person.seenAtMost = role === 'none' ? new Map(this.store.durable) : null;
      // The stock client does not come back by itself after 4403.
      if (role !== 'none') person.client.provider.connect();
    }
  }

  /** An instance dies with all that it had not stored, and another takes its place. */
  async kill(at: number): Promise<void> {
    const dead = this.#server(at);
    const fresh = await this.#start();
    this.#servers[at] = fresh;
    for (const { client, at: where } of this.people) if (where === at) client.provider.serverUrl = fresh.url;
    await dead.stop();
  }

  /** Everything works again, and everybody may write. */
  async calm(): Promise<void> {
    this.store.mode = 'work';
    this.hub.comeBack();
    for (const name of new Set(this.people.map((person) => person.name))) await this.setRole(name, 'write');
    for (const { client } of this.people) client.provider.connect();
  }

  /** All agree with each other and with the store, which has all that was ever called saved. */
  async expectAgreement(what: string): Promise<void> {
    const read = (doc: Y.Doc) =>
      JSON.stringify([doc.getText('body').toDelta(), Object.entries(doc.getMap('fields').toJSON()).sort()]);
    const allSaved = () => {
      // A page that was sent away for good a moment ago does not come back by itself.
      for (const { client } of this.people) if (!client.provider.shouldConnect) client.provider.connect();
      return this.people.every(({ saved }) => saved.state === 'saved');
    };
    await until(allSaved, `all saved (${what})`, 20_000);
    const views = () => new Set(this.people.map(({ client }) => read(client.doc)));
    await until(() => views().size === 1, `all agree (${what})`, 20_000);
    const { snapshot, tail } = await this.store.load('doc');
    const doc = new Y.Doc();
    for (const update of snapshot ? [snapshot, ...tail] : tail) Y.applyUpdate(doc, update);
    expect([...views()]).toEqual([read(doc)]);
    expect([doc.store.pendingStructs, doc.store.pendingDs]).toEqual([null, null]);
    const lost = this.people.flatMap(({ name, told }) =>
      [...told].filter(([id, clock]) => Y.getState(doc.store, id) < clock).map(([id]) => `${name} (${id})`),
    );
    doc.destroy();
    expect({ lost, refused: this.refused, wrong: this.wrong }).toEqual({ lost: [], refused: [], wrong: [] });
  }

  async close(): Promise<void> {
    for (const person of this.people) this.#leave(person);
    for (const server of this.#servers) await server.stop();
  }
}
