import { equal } from '../bson/compare.ts';
import { type Doc, doc, int, Long } from '../bson/types.ts';
import { MongoError, notSupported } from '../errors.ts';
import { compileMatcher } from '../query/matcher.ts';
import {
  buildIndex,
  type Collection,
  checkName,
  namespaceOf,
  newCollection,
  uuidOf,
  validatorOf,
} from '../storage/catalog.ts';
import { validation } from '../storage/check.ts';
import { reasonOf } from '../storage/directory.ts';
import { OutOfSpace } from '../storage/engine.ts';
import { countOf } from '../storage/records.ts';
import {
  type Command,
  checkFields,
  collectionName,
  countField,
  docField,
  flag,
  type Reply,
  textField,
} from './command.ts';
import { listed } from './cursors.ts';
import { addExpiry } from './indexes.ts';

const notFound = (db: string, name: string): MongoError =>
  new MongoError('NamespaceNotFound', `ns not found: ${db}.${name}`);

const REFUSED_OPTIONS = [
  'capped',
  'timeseries',
  'viewOn',
  'clusteredIndex',
  'changeStreamPreAndPostImages',
  'encryptedFields',
  'storageEngine',
  'indexOptionDefaults',
  'autoIndexId',
  'idIndex',
];

/** Options that mean something only together with one that is refused. */
const DEPENDENT_OPTIONS: Readonly<Record<string, string>> = {
  size: 'capped collections',
  max: 'capped collections',
  pipeline: 'views',
  expireAfterSeconds: 'time-series collections or clustered indexes',
};

/** The options of create and collMod that are kept: a validator by query expression. */
function validatorOptions(command: Doc): Doc {
  const options: Doc = new Map();
  const validator = docField(command, 'validator');
  if (validator) {
    compileMatcher(validator);
    options.set('validator', validator);
  }
  for (const [name, only] of [
    ['validationLevel', 'strict'],
    ['validationAction', 'error'],
  ] as const) {
    const value = textField(command, name);
    if (value === undefined) continue;
    if (value !== only) throw notSupported(`${name} ${value}`);
    options.set(name, value);
  }
  return options;
}

const create: Command = {
  fields: [
    ...REFUSED_OPTIONS,
    ...Object.keys(DEPENDENT_OPTIONS),
    'validator',
    'validationLevel',
    'validationAction',
    'collation',
  ],
  run: (command, context) => {
    const name = collectionName(command);
    for (const option of REFUSED_OPTIONS)
      if (command.has(option) && command.get(option) !== false) throw notSupported(`create with ${option}`);
    for (const [option, only] of Object.entries(DEPENDENT_OPTIONS))
      if (command.has(option))
        throw new MongoError('InvalidOptions', `the '${option}' field can only be used with ${only}`);
    const collation = docField(command, 'collation');
    if (collation && collation.get('locale') !== 'simple') throw notSupported('a default collation');
    const options = validatorOptions(command);
    return context.store.write((write): Reply => {
      const known = write.collection(context.db, name);
      if (known) {
        throw new MongoError('NamespaceExists', `Collection ${context.db}.${name} already exists.`);
      }
      write.save(newCollection(write.newId(), context.db, name, options));
      return new Map();
    });
  },
};

/** Gives an index another time to live, or a first one, by the name or the keys of the index. */
function changeExpiry(collection: Collection, change: Doc, reply: Doc): Collection {
  checkFields(
    change,
    ['name', 'keyPattern', 'expireAfterSeconds', 'hidden', 'prepareUnique', 'unique'],
    'collMod.index',
  );
  for (const option of ['hidden', 'prepareUnique', 'unique'])
    if (change.has(option)) throw notSupported(`collMod of ${option}`);
  const [name, keys] = [textField(change, 'name'), docField(change, 'keyPattern')];
  if ((name === undefined) === (keys === undefined))
    throw new MongoError('InvalidOptions', 'Must specify either index name or key pattern.');
  const seconds = change.get('expireAfterSeconds');
  if (seconds === undefined) throw new MongoError('InvalidOptions', 'no expireAfterSeconds field');
  const index = collection.indexes.find((item) => (keys ? equal(item.spec.get('key'), keys) : item.name === name));
  if (!index)
    throw new MongoError(
      'IndexNotFound',
      `cannot find index ${name ?? 'with these keys'} for ns ${namespaceOf(collection.db, collection.name)}`,
    );
  const spec: Doc = new Map([...index.spec].filter(([field]) => field !== 'expireAfterSeconds'));
  addExpiry(spec, seconds);
  const before = index.spec.get('expireAfterSeconds');
  if (before !== undefined) reply.set('expireAfterSeconds_old', before);
  reply.set('expireAfterSeconds_new', seconds);
  const changed = { ...buildIndex(index.id, spec), traits: index.traits };
  return { ...collection, indexes: collection.indexes.map((item) => (item === index ? changed : item)) };
}

const collMod: Command = {
  fields: ['validator', 'validationLevel', 'validationAction', 'index'],
  run: (command, context) => {
    const name = collectionName(command);
    const index = docField(command, 'index');
    const options = validatorOptions(command);
    return context.store.write((write): Reply => {
      const collection = write.collection(context.db, name);
      if (!collection) throw notFound(context.db, name);
      const reply: Doc = new Map();
      const changed = index ? changeExpiry(collection, index, reply) : collection;
      const all = new Map([...changed.options, ...options]);
      write.save({ ...changed, options: all, validator: validatorOf(all) });
      return reply;
    });
  },
};

const drop: Command = {
  fields: [],
  run: (command, context) => {
    const name = collectionName(command);
    return context.store.write((write): Reply => {
      const collection = write.collection(context.db, name);
      // Since version 7 dropping what is not there succeeds.
      if (!collection) return new Map();
      write.drop(collection);
      return doc({ nIndexesWas: int(collection.indexes.length), ns: namespaceOf(context.db, name) });
    });
  },
};

const dropDatabase: Command = {
  fields: [],
  run: (_command, context) =>
    context.store.write((write): Reply => {
      const collections = write.collections(context.db);
      for (const collection of collections) write.drop(collection);
      return collections.length > 0 ? doc({ dropped: context.db }) : new Map();
    }),
};

function splitNamespace(value: string | undefined, field: string): [string, string] {
  const dot = value?.indexOf('.') ?? -1;
  if (value === undefined || dot < 1)
    throw new MongoError('InvalidNamespace', `Invalid namespace specified in ${field}: '${value ?? ''}'`);
  return [value.slice(0, dot), value.slice(dot + 1)];
}

const renameCollection: Command = {
  fields: ['to', 'dropTarget', 'stayTemp'],
  adminOnly: true,
  run: (command, context) => {
    const [fromDb, from] = splitNamespace(textField(command, 'renameCollection'), 'renameCollection');
    const [toDb, to] = splitNamespace(textField(command, 'to'), 'to');
    if (fromDb === toDb && from === to) throw new MongoError('IllegalOperation', "Can't rename a collection to itself");
    if (fromDb !== toDb) throw notSupported('renaming a collection to another database');
    checkName(toDb, to);
    return context.store.write((write): Reply => {
      const collection = write.collection(fromDb, from);
      if (!collection) throw new MongoError('NamespaceNotFound', `Source collection ${fromDb}.${from} does not exist`);
      const target = write.collection(toDb, to);
      if (target && flag(command, 'dropTarget') !== true)
        throw new MongoError('NamespaceExists', 'target namespace exists');
      if (target) write.drop(target);
      write.move(collection, { ...collection, name: to });
      return new Map();
    });
  },
};

const infoOf = (collection: Collection, nameOnly: boolean): Doc =>
  nameOnly
    ? doc({ name: collection.name, type: 'collection' })
    : doc({
        name: collection.name,
        type: 'collection',
        options: collection.options,
        info: doc({ readOnly: false, uuid: uuidOf(collection) }),
        idIndex: collection.indexes[0]?.spec,
      });

const listCollections: Command = {
  fields: ['filter', 'nameOnly', 'authorizedCollections', 'cursor'],
  run: (command, context) => {
    const matches = compileMatcher(docField(command, 'filter') ?? new Map());
    const nameOnly = flag(command, 'nameOnly') === true;
    const collections = context.store
      .read()
      .collections(context.db)
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    const infos = collections
      .filter((collection) => matches(infoOf(collection, false)))
      .map((collection) => infoOf(collection, nameOnly));
    const cursor = docField(command, 'cursor');
    const size = cursor ? countField(cursor, 'batchSize') : undefined;
    const { source, most } = listed(infos);
    return context.cursors.start(`${context.db}.$cmd.listCollections`, source, context.asker, { size, most });
  },
};

const listDatabases: Command = {
  fields: ['filter', 'nameOnly', 'authorizedDatabases'],
  adminOnly: true,
  run: (command, context) => {
    const matches = compileMatcher(docField(command, 'filter') ?? new Map());
    const nameOnly = flag(command, 'nameOnly') === true;
    const databases = context.store
      .read()
      .databases()
      .map((name) => doc({ name, sizeOnDisk: int(0), empty: false }));
    const shown = databases
      .filter((item) => matches(item))
      .map((item): Doc => (nameOnly ? doc({ name: item.get('name') }) : item));
    return nameOnly ? doc({ databases: shown }) : doc({ databases: shown, totalSize: int(0), totalSizeMb: int(0) });
  },
};

const dbStats: Command = {
  fields: ['scale', 'freeStorage'],
  run: (_command, context) => {
    const read = context.store.read();
    const collections = read.collections(context.db);
    const objects = collections.reduce(
      (sum, collection) => sum + countOf(read.view, collection, context.store.isQuiet),
      0,
    );
    const indexes = collections.reduce((sum, collection) => sum + collection.indexes.length, 0);
    return doc({
      db: context.db,
      collections: int(collections.length),
      views: int(0),
      objects: int(objects),
      indexes: int(indexes),
    });
  },
};

const validate: Command = {
  fields: ['full', 'repair', 'metadata', 'checkBSONConformance'],
  run: async (command, context) => {
    const name = collectionName(command);
    const collection = context.store.read().collection(context.db, name);
    if (!collection) throw notFound(context.db, name);
    if (flag(command, 'repair')) throw notSupported('validate with repair');
    return validation(collection, await context.store.inspect(collection));
  },
};

/** Compacts the one data file that holds all collections. `force` is for replica sets, where this could disturb. */
const compact: Command = {
  fields: ['force'],
  run: async (command, context) => {
    const name = collectionName(command);
    checkName(context.db, name);
    flag(command, 'force');
    if (!context.store.read().collection(context.db, name))
      throw new MongoError('NamespaceNotFound', 'collection does not exist');
    try {
      return doc({ bytesFreed: Long.fromNumber(await context.store.compact(() => context.execution.checkTime())) });
    } catch (error) {
      if (error instanceof MongoError) throw error;
      if (error instanceof OutOfSpace)
        throw new MongoError('OutOfDiskSpace', 'the disk has no room for a second data file: nothing was compacted');
      throw new MongoError('OperationFailed', `the data file could not be compacted: ${reasonOf(error)}`);
    }
  },
};

export const COLLECTIONS: Readonly<Record<string, Command>> = {
  create,
  collMod,
  drop,
  dropDatabase,
  renameCollection,
  listCollections,
  listDatabases,
  dbStats,
  validate,
  compact,
};
