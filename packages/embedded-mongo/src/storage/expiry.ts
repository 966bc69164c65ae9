import { type Doc, doc } from '../bson/types.ts';
import { find } from '../query/find.ts';
import type { Collection, Index } from './catalog.ts';
import { deleteRecord } from './records.ts';
import type { Store } from './store.ts';

const STEP = 1000;

/** Deletes the documents whose time has come by a TTL index; gives their number. */
export async function deleteExpired(store: Store, now: Date): Promise<number> {
  let total = 0;
  const read = store.read();
  for (const db of read.databases()) {
    for (const collection of read.collections(db)) {
      for (const index of collection.indexes) {
        if (index.expireAfterSeconds !== undefined) total += await expire(store, collection, index, now);
      }
    }
  }
  return total;
}

async function expire(store: Store, { db, name }: Collection, index: Index, now: Date): Promise<number> {
  const filter = expiredFilter(index, now);
  let total = 0;
  for (let deleted = STEP; deleted === STEP; total += deleted) {
    deleted = await store.write((write) => {
      const collection = write.collection(db, name);
      if (!collection?.indexes.some(({ id }) => id === index.id)) return 0;
      const found = find(write.view, collection, { filter, limit: STEP });
      for (const stored of found) deleteRecord(write, collection, stored);
      return found.length;
    });
  }
  return total;
}

/** A date, or the earliest date of an array, that is old enough; also what the index leaves out stays. */
function expiredFilter(index: Index, now: Date): Doc {
  const limit = new Date(now.getTime() - (index.expireAfterSeconds ?? 0) * 1000);
  const path = index.fields[0]?.path ?? '';
  const condition: Doc = new Map([[path, doc({ $lte: limit })]]);
  if (!index.partial) return condition;
  return doc({ $and: [condition, index.partial.filter] });
}
