import { equal } from '../bson/compare.ts';
import { encode } from '../bson/encode.ts';
import { type Doc, doc, int, isDoc, isNumeric, type Value } from '../bson/types.ts';
import { MongoError, notSupported } from '../errors.ts';
import { isIndexName } from '../query/path.ts';
import { buildIndex, type Collection, ID_INDEX, type Index, newCollection } from '../storage/catalog.ts';
import { addEntries, indexPrefix, scan } from '../storage/records.ts';
import type { WriteContext } from '../storage/store.ts';
import { type Command, collectionName, countField, docField, docsField, flag, type Reply } from './command.ts';
import { listed } from './cursors.ts';

const SPEC_FIELDS = [
  'v',
  'key',
  'name',
  'unique',
  'sparse',
  'partialFilterExpression',
  'expireAfterSeconds',
  'background',
  'hidden',
  'collation',
  'ns',
];
const KNOWN_REFUSED = [
  'weights',
  'default_language',
  'language_override',
  'textIndexVersion',
  '2dsphereIndexVersion',
  'bits',
  'min',
  'max',
  'bucketSize',
  'wildcardProjection',
  'storageEngine',
  'prepareUnique',
  'clustered',
];

/** Checks a specification and gives it the form that is kept. */
function normalised(spec: Doc): Doc {
  for (const name of spec.keys()) {
    if (KNOWN_REFUSED.includes(name)) throw notSupported(`the index option ${name}`);
    if (!SPEC_FIELDS.includes(name))
      throw new MongoError(
        'InvalidIndexSpecificationOption',
        `The field '${name}' is not valid for an index specification.`,
      );
  }
  const key = checkedKey(docField(spec, 'key'));
  const name = spec.get('name') ?? [...key].map(([path, direction]) => `${path}_${String(direction)}`).join('_');
  if (typeof name !== 'string' || name === '') throw new MongoError('CannotCreateIndex', 'index names cannot be empty');
  const result = doc({ v: int(2), key, name });
  for (const option of ['unique', 'sparse']) if (flag(spec, option)) result.set(option, true);
  if (flag(spec, 'hidden')) throw notSupported('hidden indexes');
  const collation = docField(spec, 'collation');
  if (collation && collation.get('locale') !== 'simple') throw notSupported('an index with a collation');
  addPartial(result, docField(spec, 'partialFilterExpression'));
  addExpiry(result, spec.get('expireAfterSeconds'));
  return result;
}

function checkedKey(key: Doc | undefined): Doc {
  if (!key || key.size === 0) throw new MongoError('CannotCreateIndex', 'Index keys cannot be empty.');
  if (key.size > 32) throw new MongoError('CannotCreateIndex', 'Index key pattern too large: more than 32 fields');
  for (const [path, direction] of key) {
    if (typeof direction === 'string') throw notSupported(`a ${direction} index`);
    if (!isNumeric(direction) || Number(direction.toString()) === 0)
      throw new MongoError(
        'CannotCreateIndex',
        'Values in the index key pattern must be numbers other than 0 or the name of an index type',
      );
    const parts = path.split('.');
    if (parts.includes('')) throw new MongoError('CannotCreateIndex', 'Index keys cannot contain an empty field.');
    if (parts.some((part) => part === '$**')) throw notSupported('a wildcard index');
    if (parts.some((part) => part.startsWith('$')))
      throw new MongoError(
        'CannotCreateIndex',
        `Index key contains an illegal field name: field name starts with '$'.`,
      );
    if (parts.some(isIndexName)) throw notSupported('an index on a position of an array');
  }
  return key;
}

const PARTIAL_OPERATORS = ['$eq', '$gt', '$gte', '$lt', '$lte', '$type', '$exists', '$in'];

function addPartial(result: Doc, filter: Doc | undefined): void {
  if (!filter) return;
  if (result.has('sparse'))
    throw new MongoError('CannotCreateIndex', 'cannot mix "partialFilterExpression" and "sparse" options');
  for (const [name, condition] of filter) {
    if (name.startsWith('$')) throw notSupported(`${name} in a partialFilterExpression`);
    if (!isDoc(condition)) continue;
    for (const operator of condition.keys())
      if (operator.startsWith('$') && !PARTIAL_OPERATORS.includes(operator))
        throw new MongoError('CannotCreateIndex', `Expression not supported in partial index: ${operator}`);
    if (condition.has('$exists') && condition.get('$exists') !== true)
      throw new MongoError('CannotCreateIndex', 'Expression not supported in partial index: $not');
  }
  result.set('partialFilterExpression', filter);
}

/** Gives an index specification a time to live. Throws CannotCreateIndex where MongoDB does. */
export function addExpiry(result: Doc, seconds: Value | undefined): void {
  if (seconds === undefined) return;
  const value = isNumeric(seconds) ? Number(seconds.toString()) : Number.NaN;
  const key = result.get('key') as Doc;
  if (Number.isNaN(value))
    throw new MongoError('CannotCreateIndex', "TTL index 'expireAfterSeconds' option must be numeric");
  if (value < 0 || value > 2147483647)
    throw new MongoError(
      'CannotCreateIndex',
      "TTL index 'expireAfterSeconds' must be within the range 0 to 2147483647",
    );
  if (key.size > 1)
    throw new MongoError(
      'CannotCreateIndex',
      'TTL indexes are single-field indexes, compound indexes do not support TTL',
    );
  if (key.has('_id')) throw new MongoError('CannotCreateIndex', 'The field "_id" cannot be the key of a TTL index');
  result.set('expireAfterSeconds', seconds);
}

const isIdKey = (key: Value | undefined): boolean =>
  isDoc(key) && key.size === 1 && isNumeric(key.get('_id')) && Number(String(key.get('_id'))) === 1;

const sameSpec = (a: Doc, b: Doc): boolean =>
  encode(new Map([...a].sort(byName))).equals(encode(new Map([...b].sort(byName))));
const byName = ([a]: [string, Value], [b]: [string, Value]): number => (a < b ? -1 : 1);

/** The index that makes a request superfluous; conflicts are MongoDB's errors. */
function existing(collection: Collection, spec: Doc): Index | undefined {
  for (const index of collection.indexes) {
    const sameName = index.name === spec.get('name');
    const sameKey = equal(index.spec.get('key'), spec.get('key'));
    if (sameKey && isIdKey(spec.get('key'))) return index;
    const sameFilter = equal(index.spec.get('partialFilterExpression'), spec.get('partialFilterExpression'));
    if (sameName && sameKey && sameSpec(withoutNumericTypes(index.spec), withoutNumericTypes(spec))) return index;
    if (sameName)
      throw new MongoError(
        'IndexKeySpecsConflict',
        `An existing index has the same name as the requested index. Requested index: ${index.name}`,
      );
    if (sameKey && sameFilter && sameSpec(withoutName(index.spec), withoutName(spec)))
      throw new MongoError('IndexOptionsConflict', `Index already exists with a different name: ${index.name}`);
    if (sameKey && sameFilter)
      throw new MongoError(
        'IndexOptionsConflict',
        `An equivalent index already exists with different options: ${index.name}`,
      );
  }
  return undefined;
}

/** 1, 1.0 and Long 1 are the same direction or time. */
function withoutNumericTypes(spec: Doc): Doc {
  return new Map(
    [...spec].map(([name, value]): [string, Value] => {
      if (name === 'key' && isDoc(value))
        return [name, new Map([...value].map(([path, item]): [string, Value] => [path, String(item)]))];
      return [name, name === 'expireAfterSeconds' ? String(value) : value];
    }),
  );
}

const withoutName = (spec: Doc): Doc => new Map([...withoutNumericTypes(spec)].filter(([name]) => name !== 'name'));

const createIndexes: Command = {
  fields: ['indexes', 'ignoreUnknownIndexOptions', 'commitQuorum'],
  run: (command, context) => {
    const name = collectionName(command);
    const specs = docsField(command, 'indexes').map(normalised);
    if (specs.length === 0) throw new MongoError('BadValue', 'Must specify at least one index to create');
    return context.store.write((write) => {
      const known = write.collection(context.db, name);
      const before = known ?? newCollection(write.newId(), context.db, name, new Map());
      if (!known) write.save(before);
      const after = specs.reduce((collection, spec) => addIndex(write, collection, spec), before);
      const reply = doc({
        numIndexesBefore: int(before.indexes.length),
        numIndexesAfter: int(after.indexes.length),
        createdCollectionAutomatically: !known,
      });
      if (after.indexes.length === before.indexes.length) reply.set('note', 'all indexes already exist');
      return reply;
    });
  },
};

function addIndex(write: WriteContext, collection: Collection, spec: Doc): Collection {
  if (existing(collection, spec)) return collection;
  if (collection.indexes.length >= 64) throw new MongoError('CannotCreateIndex', 'add index fails, too many indexes');
  const index = buildIndex(write.newId(), spec);
  const changed: Collection = { ...collection, indexes: [...collection.indexes, index] };
  write.save(changed);
  for (const { document, record } of scan(write.view, collection)) addEntries(write, changed, index, document, record);
  return changed;
}

const dropIndexes: Command = {
  fields: ['index'],
  run: (command, context) => {
    const name = collectionName(command);
    const wanted = command.get('index');
    return context.store.write((write): Reply => {
      const collection = write.collection(context.db, name);
      if (!collection) throw new MongoError('NamespaceNotFound', `ns not found ${context.db}.${name}`);
      const dropped = droppedIndexes(collection, wanted);
      for (const index of dropped) write.discard(indexPrefix(collection, index));
      write.save({ ...collection, indexes: collection.indexes.filter((index) => !dropped.includes(index)) });
      return doc({ nIndexesWas: int(collection.indexes.length) });
    });
  },
};

function droppedIndexes(collection: Collection, wanted: Value | undefined): Index[] {
  if (wanted === '*') return collection.indexes.filter(({ id }) => id !== ID_INDEX);
  if (Array.isArray(wanted))
    return wanted.flatMap((item) => droppedIndexes(collection, typeof item === 'string' && item !== '*' ? item : null));
  const found = collection.indexes.find((index) =>
    typeof wanted === 'string' ? index.name === wanted : equal(index.spec.get('key'), wanted),
  );
  if (!found)
    throw new MongoError(
      'IndexNotFound',
      typeof wanted === 'string' ? `index not found with name [${wanted}]` : "can't find index with key",
    );
  if (found.id === ID_INDEX) throw new MongoError('InvalidOptions', 'cannot drop _id index');
  return [found];
}

const listIndexes: Command = {
  fields: ['cursor'],
  run: (command, context) => {
    const name = collectionName(command);
    const collection = context.store.read().collection(context.db, name);
    if (!collection) throw new MongoError('NamespaceNotFound', `ns does not exist: ${context.db}.${name}`);
    const cursor = docField(command, 'cursor');
    const size = cursor ? countField(cursor, 'batchSize') : undefined;
    const { source, most } = listed(collection.indexes.map(({ spec }) => spec));
    return context.cursors.start(`${context.db}.${name}`, source, context.asker, { size, most });
  },
};

export const INDEXES: Readonly<Record<string, Command>> = {
  createIndexes,
  dropIndexes,
  deleteIndexes: dropIndexes,
  listIndexes,
};
