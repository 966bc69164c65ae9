import { randomUUID } from 'node:crypto';
import { decode } from '../bson/decode.ts';
import { encode } from '../bson/encode.ts';
import { after, type Key, u32 } from '../bson/key.ts';
import { Binary, type Doc, doc, int, isDoc, type Value } from '../bson/types.ts';
import { MongoError } from '../errors.ts';
import { compileMatcher, type Matcher } from '../query/matcher.ts';
import { splitPath } from '../query/path.ts';
import { sealed, unsealed } from './seal.ts';
import type { View } from './transactions.ts';

export type IndexField = { readonly path: string; readonly parts: readonly string[]; readonly direction: 1 | -1 };

/**
 * Facts about the entries of an index that only ever become true. They are shared by all versions of the catalog, so
 * that a reader learns them at once: an index taken for multikey too early is slower, never wrong.
 */
type IndexTraits = { readonly multikey: boolean[]; cut: boolean };

export type Index = {
  readonly id: number;
  readonly name: string;
  readonly fields: readonly IndexField[];
  readonly unique: boolean;
  readonly sparse: boolean;
  readonly partial: { readonly filter: Doc; readonly matches: Matcher } | undefined;
  readonly expireAfterSeconds: number | undefined;
  /** The specification as createIndexes got it; what listIndexes answers. */
  readonly spec: Doc;
  readonly traits: IndexTraits;
};

/** Counters kept in memory only; they are found again in the data when needed. */
type Counters = { nextRecord?: number | undefined; count?: number | undefined };

export type Collection = {
  readonly id: number;
  readonly db: string;
  readonly name: string;
  readonly uuid: string;
  readonly options: Doc;
  readonly validator: Matcher | undefined;
  readonly indexes: readonly Index[];
  readonly counters: Counters;
};

export const namespaceOf = (db: string, name: string): string => `${db}.${name}`;

const CATALOG: Key = u32(0);
const COLLECTIONS: Key = `${CATALOG}c`;
const GARBAGE: Key = `${CATALOG}g`;

export const collectionKey = (id: number): Key => COLLECTIONS + u32(id);
/** A note that everything under a prefix is to be removed; it survives a crash. */
export const garbageKey = (prefix: Key): Key => GARBAGE + prefix;

export function encodeCollection(collection: Collection): Buffer {
  const indexes = collection.indexes.map((index) =>
    doc({
      id: int(index.id),
      spec: index.spec,
      multikey: index.traits.multikey.slice(),
      cut: index.traits.cut,
    }),
  );
  const { db, name, uuid, options } = collection;
  return sealed(encode(doc({ db, name, uuid, options, indexes })));
}

function decodeCollection(id: number, bytes: Uint8Array): Collection {
  const record = decode(unsealed(bytes, () => `the entry of collection ${id} in the catalog`));
  const indexes = (record.get('indexes') as Doc[]).map((item) => {
    const index = buildIndex(Number(String(item.get('id'))), item.get('spec') as Doc);
    for (const [i, flag] of (item.get('multikey') as boolean[]).entries()) index.traits.multikey[i] = flag;
    index.traits.cut = item.get('cut') === true;
    return index;
  });
  const options = record.get('options') as Doc;
  return {
    id,
    db: record.get('db') as string,
    name: record.get('name') as string,
    uuid: record.get('uuid') as string,
    options,
    validator: validatorOf(options),
    indexes,
    counters: {},
  };
}

/** Builds an index from a checked specification. */
export function buildIndex(id: number, spec: Doc): Index {
  const key = spec.get('key') as Doc;
  const fields = [...key].map(
    ([path, direction]): IndexField => ({
      path,
      parts: splitPath(path),
      direction: Number(String(direction)) < 0 ? -1 : 1,
    }),
  );
  const filter = spec.get('partialFilterExpression');
  const ttl = spec.get('expireAfterSeconds');
  return {
    id,
    name: spec.get('name') as string,
    fields,
    unique: spec.get('unique') === true,
    sparse: spec.get('sparse') === true,
    partial: isDoc(filter) ? { filter, matches: compileMatcher(filter) } : undefined,
    expireAfterSeconds: ttl === undefined ? undefined : Number(String(ttl)),
    spec,
    traits: { multikey: fields.map(() => false), cut: false },
  };
}

/** The index that every collection has. */
export const ID_INDEX = 1;

const idIndexSpec = (): Doc => doc({ v: int(2), key: doc({ _id: int(1) }), name: '_id_' });

export function validatorOf(options: Doc): Matcher | undefined {
  const validator = options.get('validator');
  return isDoc(validator) && validator.size > 0 ? compileMatcher(validator) : undefined;
}

export function newCollection(id: number, db: string, name: string, options: Doc): Collection {
  checkName(db, name);
  return {
    id,
    db,
    name,
    uuid: randomUUID(),
    options,
    validator: validatorOf(options),
    indexes: [buildIndex(ID_INDEX, idIndexSpec())],
    counters: { nextRecord: 1, count: 0 },
  };
}

export function uuidOf(collection: Collection): Value {
  return new Binary(Buffer.from(collection.uuid.replaceAll('-', ''), 'hex'), 4);
}

/** Refuses names that MongoDB refuses, with its code. */
export function checkName(db: string, name: string): void {
  checkDatabaseName(db);
  const invalid = (why: string): MongoError =>
    new MongoError('InvalidNamespace', `Invalid namespace specified '${db}.${name}': ${why}`);
  if (name === '') throw invalid('the collection name is empty');
  if (name.startsWith('.') || name.endsWith('.')) throw invalid('a collection name cannot begin or end with a dot');
  if (name.includes('$')) throw invalid('a collection name cannot contain $');
  if (name.includes('\0')) throw invalid('a name cannot contain a null character');
  if (name.startsWith('system.')) throw invalid('system collections are not supported');
  if (Buffer.byteLength(`${db}.${name}`) > 255) throw invalid('the name is longer than 255 bytes');
}

export function checkDatabaseName(db: string): void {
  if (db === '' || /[/\\. "$*<>:|?\0]/.test(db) || Buffer.byteLength(db) > 63)
    throw new MongoError('InvalidNamespace', `Invalid database name: '${db}'`);
}

/** Reads all collections. */
export function loadCatalog(view: View): Map<string, Collection> {
  const result = new Map<string, Collection>();
  for (const [key, bytes] of view.range(COLLECTIONS, after(COLLECTIONS))) {
    const id = Buffer.from(key.slice(COLLECTIONS.length), 'latin1').readUInt32BE();
    const collection = decodeCollection(id, bytes);
    result.set(namespaceOf(collection.db, collection.name), collection);
  }
  return result;
}

/** The prefixes that still have to be emptied. */
export function loadGarbage(view: View): Key[] {
  return [...view.range(GARBAGE, after(GARBAGE))].map(([key]) => key.slice(GARBAGE.length));
}
