import { after } from '../bson/key.ts';
import { type Doc, doc, int } from '../bson/types.ts';
import { type Collection, type Index, namespaceOf } from './catalog.ts';
import { indexKeys } from './index-keys.ts';
import { entryKey, indexPrefix, recordOf, type Stored, scan } from './records.ts';
import type { View } from './transactions.ts';

/** What comparing a collection's indexes with its documents found. */
export type Inspection = {
  readonly records: number;
  /** The number of entries by index name. */
  readonly entries: ReadonlyMap<string, number>;
  /** At most 100; none means that every index has exactly the entries that the documents ask for. */
  readonly errors: readonly string[];
};

const MAX_ERRORS = 100;

/**
 * Compares every index with the documents, entry by entry, in constant memory: each entry that a document asks for
 * is looked up, and as the entries of an index are distinct, equal numbers then mean equal sets.
 */
export function inspectCollection(view: View, collection: Collection): Inspection {
  const errors: string[] = [];
  const expected = collection.indexes.map(() => 0);
  let records = 0;
  for (const stored of scan(view, collection)) {
    records++;
    for (const [i, index] of collection.indexes.entries()) {
      const { found, missing } = lookUp(view, collection, index, stored);
      expected[i] = (expected[i] ?? 0) + found;
      if (missing > 0 && errors.length < MAX_ERRORS)
        errors.push(`index ${index.name} lacks ${missing} entries of one document`);
    }
  }
  const entries = new Map<string, number>();
  for (const [i, index] of collection.indexes.entries()) {
    const prefix = indexPrefix(collection, index);
    let count = 0;
    for (const _ of view.range(prefix, after(prefix))) count++;
    entries.set(index.name, count);
    const surplus = count - (expected[i] ?? 0);
    if (surplus > 0) errors.push(`index ${index.name} has ${surplus} entries without their document`);
  }
  return { records, entries, errors: errors.slice(0, MAX_ERRORS) };
}

function lookUp(
  view: View,
  collection: Collection,
  index: Index,
  { document, record }: Stored,
): { found: number; missing: number } {
  const prefix = indexPrefix(collection, index);
  let found = 0;
  let missing = 0;
  for (const key of indexKeys(index, document).keys.keys()) {
    const holder = view.get(entryKey(prefix, index, key, record));
    if (holder && recordOf(holder) === record) found++;
    else missing++;
  }
  return { found, missing };
}

/** What the validate command answers. */
export function checkCollection(view: View, collection: Collection): Doc {
  const { records, entries, errors } = inspectCollection(view, collection);
  return doc({
    ns: namespaceOf(collection.db, collection.name),
    nrecords: int(records),
    nIndexes: int(collection.indexes.length),
    keysPerIndex: new Map([...entries].map(([name, count]) => [name, int(count)])),
    valid: errors.length === 0,
    warnings: [],
    errors: [...errors],
  });
}
