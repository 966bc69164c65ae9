import { type Doc, doc, int } from '../bson/types.ts';
import { MongoError, notSupported } from '../errors.ts';
import { compileMatcher } from '../query/matcher.ts';
import { type Collection, checkName, namespaceOf, newCollection, uuidOf, validatorOf } from '../storage/catalog.ts';
import { validation } from '../storage/check.ts';
import { countOf } from '../storage/records.ts';
import { type Command, collectionName, countField, docField, flag, type Reply, textField } from './command.ts';
import { listed } from './cursors.ts';

const notFound = (db: string, name: string): MongoError =>
  new MongoError('NamespaceNotFound', `ns not found: ${db}.${name}`);

const REFUSED_OPTIONS = [
  'capped',
  'timeseries',
  'viewOn',
  'clusteredIndex',
  'changeStreamPreAndPostImages',
  'encryptedFields',
];

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
    'validator',
    'validationLevel',
    'validationAction',
    'collation',
    'size',
    'max',
    'storageEngine',
    'indexOptionDefaults',
    'pipeline',
    'expireAfterSeconds',
    'autoIndexId',
    'idIndex',
  ],
  run: (command, context) => {
    const name = collectionName(command);
    for (const option of REFUSED_OPTIONS)
      if (command.has(option) && command.get(option) !== false) throw notSupported(`create with ${option}`);
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

const collMod: Command = {
  fields: ['validator', 'validationLevel', 'validationAction', 'index'],
  run: (command, context) => {
    const name = collectionName(command);
    if (command.has('index')) throw notSupported('collMod with index');
    const changed = validatorOptions(command);
    return context.store.write((write): Reply => {
      const collection = write.collection(context.db, name);
      if (!collection) throw notFound(context.db, name);
      const options = new Map([...collection.options, ...changed]);
      write.save({ ...collection, options, validator: validatorOf(options) });
      return new Map();
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
};
