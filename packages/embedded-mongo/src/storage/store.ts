import { after, type Key, u32 } from '../bson/key.ts';
import {
  type Collection,
  collectionKey,
  encodeCollection,
  garbageKey,
  loadCatalog,
  loadGarbage,
  namespaceOf,
} from './catalog.ts';
import { type Inspection, inspectCollection, letOthersRun } from './check.ts';
import type { Engine } from './engine.ts';
import { type Transaction, Transactions, type View } from './transactions.ts';

/** What a command that only reads works on. */
export type ReadContext = {
  readonly view: View;
  collection(db: string, name: string): Collection | undefined;
  collections(db: string): Collection[];
  databases(): string[];
};

/** What a command that writes works on: the same, over the latest state, plus changes. */
export type WriteContext = ReadContext & {
  readonly view: Transaction;
  newId(): number;
  /** Keeps a changed or new collection record. */
  save(collection: Collection): void;
  drop(collection: Collection): void;
  /** Gives the collection another name. */
  move(collection: Collection, to: Collection): void;
  /** Marks everything under a key prefix for removal once the command is durable. */
  discard(prefix: Key): void;
  /** Runs when the command is durable. */
  afterwards(then: () => void): void;
};

type Catalog = Map<string, Collection>;
type CatalogChange = { readonly namespace: string; readonly collection: Collection | null };

const PURGE_STEP = 2000;

/** Collections over a storage engine: the catalog, and commands as all-or-nothing transactions. */
export class Store {
  private readonly engine: Engine;
  private readonly transactions: Transactions;
  private committed: Catalog;
  private working: Catalog;
  private nextId: number;
  private readonly garbage: Key[];
  private purging: Promise<void> | undefined;
  private readonly inspecting = new Set<Promise<Inspection>>();
  private compacting: Promise<unknown> = Promise.resolve();
  private closed = false;

  constructor(engine: Engine) {
    this.engine = engine;
    this.transactions = new Transactions(engine, () => this.reload());
    this.committed = loadCatalog(engine);
    this.working = new Map(this.committed);
    this.garbage = loadGarbage(engine);
    this.nextId = 1 + [...this.committed.values()].reduce((most, { id }) => Math.max(most, id), this.highestGarbage());
    this.purge();
  }

  private highestGarbage(): number {
    return this.garbage.reduce((most, prefix) => Math.max(most, Buffer.from(prefix, 'latin1').readUInt32BE()), 0);
  }

  /** The durable state, for a command that only reads. It must be used at once, not across an await. */
  read(): ReadContext {
    return { view: this.transactions.committed, ...catalogReader(this.committed) };
  }

  /** Runs a writing command; the promise resolves when its writes are durable. Nothing is kept if it throws. */
  async write<T>(work: (context: WriteContext) => T): Promise<T> {
    const changes: CatalogChange[] = [];
    const discarded: Key[] = [];
    const then: (() => void)[] = [];
    const { value, durable } = this.transactions.run((transaction) => {
      const result = work(this.writeContext(transaction, changes, discarded, then));
      applyChanges(this.working, changes);
      return result;
    });
    await durable;
    applyChanges(this.committed, changes);
    for (const run of then) run();
    if (discarded.length > 0) {
      this.garbage.push(...discarded);
      this.purge();
    }
    return value;
  }

  /** All collections, as the last commit left them. */
  collections(): readonly Collection[] {
    return [...this.committed.values()];
  }

  /** Compares the indexes of a collection with its documents as of now, while others read and write. */
  inspect(collection: Collection, rest?: () => Promise<void>): Promise<Inspection> {
    const running = this.inspectWhole(collection, rest).finally(() => this.inspecting.delete(running));
    this.inspecting.add(running);
    return running;
  }

  /** Begins again as of later when the engine wants its data file back for a moment. */
  private async inspectWhole(collection: Collection, rest?: () => Promise<void>): Promise<Inspection> {
    for (;;) {
      const { release, isUnwanted, ...view } = this.engine.snapshot();
      try {
        return await inspectCollection(view, collection, () => this.closed || isUnwanted(), rest);
      } catch (error) {
        if (this.closed || !isUnwanted()) throw error;
      } finally {
        release();
      }
      await letOthersRun();
      // It may have changed in the meantime, or be gone: then what is left of it agrees with nothing.
      collection = this.collections().find(({ id }) => id === collection.id) ?? { ...collection, indexes: [] };
    }
  }

  /**
   * Takes everything off the disk that was replaced or removed before the call, as far as the data directory goes.
   * Resolves to the bytes by which the data file became shorter. Those who ask at the same time get one each.
   * @param check asked now and then; what it throws ends the compaction, and nothing has changed
   */
  compact(check: () => void = () => undefined): Promise<number> {
    const running = this.compacting.then(async () => {
      // What was dropped is stored until it is cleared up.
      while (this.purging) await this.purging;
      return this.engine.compact(check);
    });
    this.compacting = running.catch(() => undefined);
    return running;
  }

  /** Whether everything written so far is durable. */
  get isQuiet(): boolean {
    return this.transactions.isQuiet;
  }

  /** Resolves when nothing is left to be written or cleared up. */
  async idle(): Promise<void> {
    while (this.purging) await this.purging;
    await this.transactions.drain();
  }

  async close(): Promise<void> {
    this.closed = true;
    await Promise.allSettled(this.inspecting);
    await this.purging;
    await this.transactions.drain();
    await this.engine.close();
  }

  private writeContext(
    transaction: Transaction,
    changes: CatalogChange[],
    discarded: Key[],
    then: (() => void)[],
  ): WriteContext {
    // A command that changes the catalog sees its own changes.
    const lookup = (db: string, name: string): Collection | undefined => {
      const namespace = namespaceOf(db, name);
      const own = changes.findLast((change) => change.namespace === namespace);
      return own ? (own.collection ?? undefined) : this.working.get(namespace);
    };
    const record = (collection: Collection, kept: boolean): void => {
      changes.push({ namespace: namespaceOf(collection.db, collection.name), collection: kept ? collection : null });
    };
    const discard = (prefix: Key): void => {
      discarded.push(prefix);
      transaction.put(garbageKey(prefix), new Uint8Array(1));
    };
    return {
      ...catalogReader(this.working),
      view: transaction,
      collection: lookup,
      newId: () => this.nextId++,
      save: (collection) => {
        record(collection, true);
        transaction.put(collectionKey(collection.id), encodeCollection(collection));
      },
      drop: (collection) => {
        record(collection, false);
        transaction.remove(collectionKey(collection.id));
        discard(u32(collection.id));
      },
      move: (collection, to) => {
        record(collection, false);
        record(to, true);
        transaction.put(collectionKey(to.id), encodeCollection(to));
      },
      discard,
      afterwards: (run) => then.push(run),
    };
  }

  /** Starts again from the disk after a failed commit. */
  private reload(): void {
    this.committed = loadCatalog(this.engine);
    this.working = new Map(this.committed);
  }

  /** Removes the data of dropped collections and indexes bit by bit, so that a drop never blocks. */
  private purge(): void {
    if (this.purging || this.garbage.length === 0 || this.closed) return;
    this.purging = this.purgeAll().finally(() => {
      this.purging = undefined;
      if (this.garbage.length > 0) this.purge();
    });
  }

  private async purgeAll(): Promise<void> {
    for (let prefix = this.garbage[0]; prefix !== undefined && !this.closed; prefix = this.garbage[0]) {
      const done = await this.purgeStep(prefix).catch(() => undefined);
      // A full disk also stops the clearing up; the notes are kept and it goes on after the next start.
      if (done === undefined) {
        this.garbage.length = 0;
        return;
      }
      if (done) this.garbage.shift();
    }
  }

  private async purgeStep(prefix: Key): Promise<boolean> {
    const { value, durable } = this.transactions.run((transaction) => {
      const keys: Key[] = [];
      for (const [key] of transaction.range(prefix, after(prefix))) if (keys.push(key) === PURGE_STEP) break;
      for (const key of keys) transaction.remove(key);
      if (keys.length < PURGE_STEP) transaction.remove(garbageKey(prefix));
      return keys.length < PURGE_STEP;
    });
    await durable;
    return value;
  }
}

function applyChanges(catalog: Catalog, changes: readonly CatalogChange[]): void {
  for (const { namespace, collection } of changes) {
    if (collection) catalog.set(namespace, collection);
    else catalog.delete(namespace);
  }
}

function catalogReader(catalog: Catalog): Omit<ReadContext, 'view'> {
  return {
    collection: (db, name) => catalog.get(namespaceOf(db, name)),
    collections: (db) => [...catalog.values()].filter((collection) => collection.db === db),
    databases: () => [...new Set([...catalog.values()].map(({ db }) => db))].sort(),
  };
}
