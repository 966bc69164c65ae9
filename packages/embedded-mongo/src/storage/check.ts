import { after, type Key } from '../bson/key.ts';
import { type Doc, doc, int } from '../bson/types.ts';
import { type Collection, type Index, namespaceOf } from './catalog.ts';
import { indexKeys } from './index-keys.ts';
import { entryKey, indexPrefix, recordOf, scan } from './records.ts';
import type { View } from './transactions.ts';

/** Compares every index with the documents, entry by entry: what the validate command answers. */
export function checkCollection(view: View, collection: Collection): Doc {
  const errors: string[] = [];
  const keysPerIndex: Doc = new Map();
  let records = 0;
  for (const _ of scan(view, collection)) records++;
  for (const index of collection.indexes) {
    const expected = expectedEntries(view, collection, index);
    let entries = 0;
    const prefix = indexPrefix(collection, index);
    for (const [key, value] of view.range(prefix, after(prefix))) {
      entries++;
      if (expected.get(key) !== recordOf(value)) errors.push(`index ${index.name} has an entry without its document`);
    }
    if (entries !== expected.size)
      errors.push(`index ${index.name} has ${entries} entries instead of ${expected.size}`);
    keysPerIndex.set(index.name, int(entries));
  }
  return doc({
    ns: namespaceOf(collection.db, collection.name),
    nrecords: int(records),
    nIndexes: int(collection.indexes.length),
    keysPerIndex,
    valid: errors.length === 0,
    warnings: [],
    errors: errors.slice(0, 100),
  });
}

function expectedEntries(view: View, collection: Collection, index: Index): Map<Key, Key> {
  const prefix = indexPrefix(collection, index);
  const expected = new Map<Key, Key>();
  for (const { record, document } of scan(view, collection))
    for (const key of indexKeys(index, document).keys.keys())
      expected.set(entryKey(prefix, index, key, record), record);
  return expected;
}
