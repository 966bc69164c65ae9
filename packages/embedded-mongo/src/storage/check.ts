import { after, type Key } from '../bson/key.ts';
import { type Doc, doc, int } from '../bson/types.ts';
import { MongoError } from '../errors.ts';
import { type Collection, type Index, namespaceOf } from './catalog.ts';
import { indexKeys } from './index-keys.ts';
import { entryKey, indexPrefix, read, recordOf, type Stored, scanRaw } from './records.ts';
import type { View } from './transactions.ts';

/** What comparing a collection's indexes with its documents found. */
export type Inspection = {
  readonly records: number;
  /** The number of entries by index name. */
  readonly entries: ReadonlyMap<string, number>;
  /** At most 100; none means that every index has exactly the entries that the documents ask for. */
  readonly errors: readonly string[];
  /** Those of them that no unreadable document explains: what is looked for by such an index may not be found. */
  readonly indexErrors: readonly string[];
};

const MAX_ERRORS = 100;

/**
 * Compares every index with the documents, entry by entry, in constant memory: each entry that a document asks for
 * is looked up, and as the entries of an index are distinct, equal numbers then mean equal sets.
 * @param rest what is waited for now and then, so that others can run
 */
export async function inspectCollection(
  view: Pick<View, 'get' | 'range'>,
  collection: Collection,
  isOver: () => boolean = () => false,
  rest: () => Promise<void> = letOthersRun,
): Promise<Inspection> {
  const due = pauses();
  const errors: string[] = [];
  const indexErrors: string[] = [];
  const expected = collection.indexes.map(() => 0);
  let records = 0;
  let unreadable = 0;
  const note = (error: string): void => {
    if (errors.length < MAX_ERRORS) errors.push(error);
  };
  const noteIndex = (error: string): void => {
    note(error);
    if (indexErrors.length < MAX_ERRORS) indexErrors.push(error);
  };
  for (const [record, value] of scanRaw(view, collection)) {
    records++;
    if (due()) await pause(isOver, rest);
    const stored = readOr(collection, record, value, note);
    if (!stored) {
      unreadable++;
      continue;
    }
    for (const [i, index] of collection.indexes.entries()) {
      const { found, missing } = lookUp(view, collection, index, stored);
      expected[i] = (expected[i] ?? 0) + found;
      if (missing > 0) noteIndex(`index ${index.name} lacks ${missing} entries of one document`);
    }
  }
  const entries = new Map<string, number>();
  for (const [i, index] of collection.indexes.entries()) {
    const prefix = indexPrefix(collection, index);
    let count = 0;
    for (const _ of view.range(prefix, after(prefix))) {
      count++;
      if (due()) await pause(isOver, rest);
    }
    entries.set(index.name, count);
    const surplus = count - (expected[i] ?? 0);
    const noteSurplus = unreadable > 0 ? note : noteIndex;
    if (surplus > 0) noteSurplus(`index ${index.name} has ${surplus} entries without their document`);
  }
  return { records, entries, errors, indexErrors };
}

/** The document, unless it is damaged: that is noted. */
function readOr(
  collection: Collection,
  record: Key,
  value: Uint8Array,
  note: (error: string) => void,
): Stored | undefined {
  try {
    return read(collection, record, value);
  } catch (error) {
    note(error instanceof Error ? error.message : String(error));
    return undefined;
  }
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

const SLICE_MS = 8;

/** Says now and then that it is time to let others run, so that a long inspection stops nobody. */
function pauses(): () => boolean {
  let began = performance.now();
  return () => {
    if (performance.now() - began < SLICE_MS) return false;
    began = performance.now();
    return true;
  };
}

export const letOthersRun = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

async function pause(isOver: () => boolean, rest: () => Promise<void>): Promise<void> {
  await rest();
  if (isOver()) throw new MongoError('InterruptedAtShutdown', 'the database is being stopped');
}

/** What the validate command answers. */
export function validation(collection: Collection, { records, entries, errors }: Inspection): Doc {
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
