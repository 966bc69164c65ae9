import type { Key } from '../bson/key.ts';
import type { Collection } from '../storage/catalog.ts';
import type { ReadContext, Store } from '../storage/store.ts';
import type { View } from '../storage/transactions.ts';

type Entry = readonly [Key, Uint8Array];

/**
 * What a cursor reads from: while a batch is gathered the state of that moment, and between two batches nothing is
 * held open; the next batch goes on after the last key read, in the state of then. So a cursor is no snapshot, just as
 * MongoDB's is none: what is written between two batches may or may not be seen, and nothing that stays unchanged is
 * left out or given twice.
 */
export class LiveRead implements ReadContext {
  readonly view: View;
  private readonly store: Store;
  private readonly open = new Set<Iterator<Entry>>();
  private batch = 0;

  constructor(store: Store) {
    this.store = store;
    this.view = {
      get: (key) => store.read().view.get(key),
      range: (gte, lt, reverse) => this.follow(gte, lt, reverse === true),
    };
  }

  collection(db: string, name: string): Collection | undefined {
    return this.store.read().collection(db, name);
  }

  collections(db: string): Collection[] {
    return this.store.read().collections(db);
  }

  databases(): string[] {
    return this.store.read().databases();
  }

  /** Ends a batch: ranges that were being read are closed and begun again after their last key when asked for more. */
  park(): void {
    this.batch++;
    for (const iterator of this.open) iterator.return?.();
    this.open.clear();
  }

  private *follow(gte: Key, lt: Key, reverse: boolean): Generator<Entry> {
    let [low, high] = [gte, lt];
    for (;;) {
      const { batch } = this;
      const iterator = this.store.read().view.range(low, high, reverse)[Symbol.iterator]();
      this.open.add(iterator);
      try {
        let last: Key | undefined;
        while (batch === this.batch) {
          const next = iterator.next();
          if (next.done) return;
          last = next.value[0];
          yield next.value;
        }
        if (last !== undefined && reverse) high = last;
        else if (last !== undefined) low = `${last}\x00`;
      } finally {
        this.open.delete(iterator);
        iterator.return?.();
      }
    }
  }
}
