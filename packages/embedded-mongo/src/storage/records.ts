import { decode } from '../bson/decode.ts';
import { encode } from '../bson/encode.ts';
import { FlatDoc } from '../bson/flat.ts';
import { after, type Key, u32, u64 } from '../bson/key.ts';
import { type Doc, doc, type Value } from '../bson/types.ts';
import { MongoError } from '../errors.ts';
import { type Collection, ID_INDEX, type Index, namespaceOf } from './catalog.ts';
import { flatKey, indexKeys } from './index-keys.ts';
import { sealed, unsealed } from './seal.ts';
import type { WriteContext } from './store.ts';
import type { Transaction, View } from './transactions.ts';

/** A stored document with the number under which it is stored. */
export type Stored = { readonly record: Key; readonly bytes: Uint8Array; readonly document: Doc };

const MAX_DOCUMENT = 16 * 1024 * 1024;

const recordsPrefix = (collection: Collection): Key => u32(collection.id) + u32(0);
export const indexPrefix = (collection: Collection, index: Index): Key => u32(collection.id) + u32(index.id);

const toBytes = (key: Key): Buffer => Buffer.from(key, 'latin1');
export const recordOf = (value: Uint8Array): Key =>
  Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('latin1');

/** Reads one document by its record number. */
export function fetch(view: View, collection: Collection, record: Key): Stored | undefined {
  const value = view.get(recordsPrefix(collection) + record);
  return value ? read(collection, record, value) : undefined;
}

/** All documents in the order they were inserted. */
export function* scan(view: View, collection: Collection, reverse = false): Generator<Stored> {
  const prefix = recordsPrefix(collection);
  for (const [key, value] of view.range(prefix, after(prefix), reverse))
    yield read(collection, key.slice(prefix.length), value);
}

/** All documents as they are stored, to be `read` one by one. */
export function* scanRaw(view: View, collection: Collection): Generator<readonly [Key, Uint8Array]> {
  const prefix = recordsPrefix(collection);
  for (const [key, value] of view.range(prefix, after(prefix))) yield [key.slice(prefix.length), value];
}

/** A document from what is stored. Throws DataCorruptionDetected. */
export function read(collection: Collection, record: Key, value: Uint8Array): Stored {
  const bytes = unsealed(
    value,
    () => `document ${toBytes(record).readBigUInt64BE()} of ${namespaceOf(collection.db, collection.name)}`,
  );
  return { record, bytes, document: decode(bytes) };
}

/** The number of documents, counted once and kept from then on. */
export function countOf(view: View, collection: Collection, quiet: boolean): number {
  if (collection.counters.count !== undefined) return collection.counters.count;
  const count = countRecords(view, collection);
  // While commits are on their way the count could include writes that will be added to it again.
  if (quiet) collection.counters.count = count;
  return count;
}

/** The number of documents, counted one by one. */
export function countRecords(view: View, collection: Collection): number {
  const prefix = recordsPrefix(collection);
  let count = 0;
  for (const _ of view.range(prefix, after(prefix))) count++;
  return count;
}

function nextRecord(view: View, collection: Collection): Key {
  let next = collection.counters.nextRecord;
  if (next === undefined) {
    const prefix = recordsPrefix(collection);
    const [last] = view.range(prefix, after(prefix), true);
    next = last ? Number(toBytes(last[0].slice(prefix.length)).readBigUInt64BE()) + 1 : 1;
  }
  collection.counters.nextRecord = next + 1;
  return u64(next);
}

/** Adds a document that has an _id. Throws DuplicateKey, and what the indexes refuse. */
export function insertRecord(context: WriteContext, collection: Collection, document: Doc | FlatDoc): void {
  const bytes = document instanceof FlatDoc ? document.bytes : encode(document);
  checkSize(bytes, 'inserted');
  if (collection.validator) checkValid(collection, decodedOf(document));
  const record = nextRecord(context.view, collection);
  context.view.put(recordsPrefix(collection) + record, sealed(bytes));
  for (const index of collection.indexes) addEntries(context, collection, index, document, record);
  counted(context, collection, 1);
}

export function replaceRecord(context: WriteContext, collection: Collection, before: Stored, after: Doc): void {
  const bytes = encode(after);
  checkSize(bytes, 'updated');
  checkValid(collection, after);
  context.view.put(recordsPrefix(collection) + before.record, sealed(bytes));
  for (const index of collection.indexes) {
    const old = indexKeys(index, before.document).keys;
    const fresh = indexKeys(index, after).keys;
    if (old.size === fresh.size && [...old.keys()].every((key) => fresh.has(key))) continue;
    removeEntries(context, collection, index, before.document, before.record);
    addEntries(context, collection, index, after, before.record);
  }
}

export function deleteRecord(context: WriteContext, collection: Collection, stored: Stored): void {
  context.view.remove(recordsPrefix(collection) + stored.record);
  for (const index of collection.indexes) removeEntries(context, collection, index, stored.document, stored.record);
  counted(context, collection, -1);
}

function counted(context: WriteContext, collection: Collection, by: number): void {
  context.afterwards(() => {
    if (collection.counters.count !== undefined) collection.counters.count += by;
  });
}

/** MongoDB has a code of its own for a document that an update made too large. */
function checkSize(bytes: Uint8Array, written: 'inserted' | 'updated'): void {
  if (bytes.length <= MAX_DOCUMENT) return;
  if (written === 'updated')
    throw new MongoError(17419, `Resulting document after update is larger than ${MAX_DOCUMENT}`);
  throw new MongoError(
    'BadValue',
    `object to insert too large. size in bytes: ${bytes.length}, max size: ${MAX_DOCUMENT}`,
  );
}

const decodedOf = (document: Doc | FlatDoc): Doc => (document instanceof FlatDoc ? document.document : document);

function checkValid(collection: Collection, document: Doc): void {
  if (!collection.validator || collection.validator(document)) return;
  const errInfo = doc({
    failingDocumentId: document.get('_id'),
    details: doc({ operatorName: '$expr', reason: 'the document does not match the validator of the collection' }),
  });
  throw new MongoError('DocumentValidationFailure', 'Document failed validation', new Map([['errInfo', errInfo]]));
}

// The key of the unique index on _id ends with the value; the others also hold the record number, to tell equals apart.
export const entryKey = (prefix: Key, index: Index, key: Key, record: Key): Key =>
  index.id === ID_INDEX ? prefix + key : prefix + key + record;

/** Enters a document into an index. Throws DuplicateKey with keyPattern and keyValue. */
export function addEntries(
  context: WriteContext,
  collection: Collection,
  index: Index,
  document: Doc | FlatDoc,
  record: Key,
): void {
  const prefix = indexPrefix(collection, index);
  const add = (key: Key, values: () => readonly Value[]): void => {
    if (index.unique || index.id === ID_INDEX)
      checkUnique(context.view, collection, index, { key: prefix + key, values }, record);
    context.view.put(entryKey(prefix, index, key, record), toBytes(record));
  };
  const plain = document instanceof FlatDoc ? flatKey(index, document) : undefined;
  if (plain && document instanceof FlatDoc) {
    if (plain.key !== undefined) add(plain.key, () => index.fields.map(({ path }) => document.get(path) ?? null));
    noteTraits(context, collection, index, [], plain.cut);
    return;
  }
  const { keys, multikey, cut } = indexKeys(index, decodedOf(document));
  for (const [key, values] of keys) add(key, () => values);
  noteTraits(context, collection, index, multikey, cut);
}

function removeEntries(context: WriteContext, collection: Collection, index: Index, document: Doc, record: Key): void {
  const prefix = indexPrefix(collection, index);
  for (const key of indexKeys(index, document).keys.keys()) context.view.remove(entryKey(prefix, index, key, record));
}

function noteTraits(
  context: WriteContext,
  collection: Collection,
  index: Index,
  multikey: readonly boolean[],
  cut: boolean,
): void {
  const { traits } = index;
  if ((!cut || traits.cut) && multikey.every((flag, i) => !flag || traits.multikey[i] === true)) return;
  traits.cut ||= cut;
  multikey.forEach((flag, i) => {
    if (flag) traits.multikey[i] = true;
  });
  context.save(context.collection(collection.db, collection.name) ?? collection);
}

type Entry = { readonly key: Key; readonly values: () => readonly Value[] };

function checkUnique(view: Transaction, collection: Collection, index: Index, entry: Entry, record: Key): void {
  if (index.id === ID_INDEX) {
    const holder = view.get(entry.key);
    if (holder && recordOf(holder) !== record) throw duplicate(collection, index, entry.values());
    return;
  }
  if (!view.holds(entry.key, after(entry.key))) return;
  // A shortened key carries a digest of the whole value, so equal keys are equal values here too.
  for (const [, holder] of view.range(entry.key, after(entry.key)))
    if (recordOf(holder) !== record) throw duplicate(collection, index, entry.values());
}

function duplicate(collection: Collection, index: Index, values: readonly Value[]): MongoError {
  const named = index.fields.map(({ path }, i) => [path, values[i] ?? null] as const);
  const shown = named.map(([path, value]) => `${path}: ${display(value)}`).join(', ');
  const namespace = namespaceOf(collection.db, collection.name);
  return new MongoError(
    'DuplicateKey',
    `E11000 duplicate key error collection: ${namespace} index: ${index.name} dup key: { ${shown} }`,
    new Map<string, Value>([
      ['keyPattern', index.spec.get('key') as Doc],
      ['keyValue', new Map(named)],
    ]),
  );
}

function display(value: Value): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return `"${value.slice(0, 200)}"`;
  if (value instanceof Map) return '{ … }';
  return Array.isArray(value) ? '[ … ]' : String(value);
}
