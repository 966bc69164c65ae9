import { encode } from '../bson/encode.ts';
import { FlatDoc } from '../bson/flat.ts';
import { type Doc, doc, int, isDoc, type Value } from '../bson/types.ts';
import { MongoError, notSupported } from '../errors.ts';
import type { Execution } from '../query/execution.ts';
import { find, type Query } from '../query/find.ts';
import { compileMatcher } from '../query/matcher.ts';
import { compileUpdate, forInsert, type Update, withId } from '../query/update.ts';
import { upsertSeed } from '../query/upsert.ts';
import { type Collection, newCollection } from '../storage/catalog.ts';
import { deleteRecord, insertRecord, replaceRecord } from '../storage/records.ts';
import type { WriteContext } from '../storage/store.ts';
import {
  arrayField,
  type Command,
  type CommandContext,
  checkFields,
  collationField,
  collectionName,
  docField,
  docsField,
  flag,
  hintField,
  insertedField,
  letField,
} from './command.ts';
import { writeError } from './replies.ts';
import { guard } from './savepoint.ts';

/** The collection to write to; made on the first write. */
export function collectionFor(context: WriteContext, db: string, name: string): Collection {
  const known = context.collection(db, name);
  if (known) return known;
  const made = newCollection(context.newId(), db, name, new Map());
  context.save(made);
  return made;
}

const current = (context: WriteContext, collection: Collection): Collection =>
  context.collection(collection.db, collection.name) ?? collection;

/** Runs the operations of a write command; one that fails leaves nothing and is reported, the rest go on unless ordered. */
function runAll(
  context: WriteContext,
  count: number,
  ordered: boolean,
  run: (index: number, context: WriteContext) => void,
): Doc[] {
  const errors: Doc[] = [];
  const guarded = guard(context);
  for (let i = 0; i < count; i++) {
    try {
      guarded((inner) => run(i, inner));
    } catch (error) {
      errors.push(writeError(i, error));
      if (ordered) break;
    }
  }
  return errors;
}

const withErrors = (reply: Doc, errors: Doc[]): Doc => {
  if (errors.length > 0) reply.set('writeErrors', errors);
  return reply;
};

const MAX_BATCH = 100_000;

function checkBatch(operations: readonly unknown[], name: string): void {
  if (operations.length === 0 || operations.length > MAX_BATCH)
    throw new MongoError(
      'InvalidLength',
      `Write batch sizes must be between 1 and ${MAX_BATCH}. Got ${operations.length} operations (${name}).`,
    );
}

const insert: Command = {
  fields: ['documents', 'ordered', 'bypassDocumentValidation', 'bypassEmptyTsReplacement'],
  run: (command, context) => {
    const name = collectionName(command);
    const documents = insertedField(command, 'documents');
    checkBatch(documents, 'insert');
    refuseBypass(command);
    return context.store.write((outer) => {
      const collection = collectionFor(outer, context.db, name);
      let n = 0;
      const errors = runAll(outer, documents.length, flag(command, 'ordered') !== false, (i, write) => {
        insertRecord(write, current(write, collection), insertable(documents[i] as Doc | FlatDoc));
        n++;
      });
      return withErrors(doc({ n: int(n) }), errors);
    });
  },
};

function insertable(given: Doc | FlatDoc): Doc | FlatDoc {
  if (given instanceof FlatDoc) return given;
  const document = forInsert(given);
  checkId(document.get('_id') as Value);
  return document;
}

export function refuseBypass(command: Doc): void {
  if (flag(command, 'bypassDocumentValidation')) throw notSupported('bypassDocumentValidation');
}

/** _id may be anything but an array, a regular expression or a document with operator names. */
function checkId(id: Value): void {
  if (Array.isArray(id)) throw new MongoError('InvalidIdField', "The '_id' value cannot be of type array");
  if (typeof id === 'object' && id !== null && '_bsontype' in id && id._bsontype === 'BSONRegExp')
    throw new MongoError('InvalidIdField', "The '_id' value cannot be of type regex");
  if (isDoc(id))
    for (const name of id.keys())
      if (name.startsWith('$'))
        throw new MongoError(
          'DollarPrefixedFieldName',
          `_id fields may not contain '$'-prefixed fields: ${name} is not valid for storage.`,
        );
}

type UpdateResult = { matched: number; modified: number; upserted?: Value };
export type UpdateRequest = { query: Query; update: Update; multi: boolean; upsert: boolean };

/** Checks the shape of an update before any is run: what MongoDB finds wrong here fails the whole command. */
function checkUpdate(operation: Doc): void {
  checkFields(
    operation,
    ['q', 'u', 'c', 'multi', 'upsert', 'collation', 'arrayFilters', 'hint', 'upsertSupplied'],
    'update.updates',
  );
  for (const name of ['q', 'u'])
    if (!operation.has(name))
      throw new MongoError(40414, `BSON field 'update.updates.${name}' is missing but a required field`);
  for (const name of ['q', 'c', 'collation']) docField(operation, name);
  for (const name of ['multi', 'upsert']) flag(operation, name);
  arrayField(operation, 'arrayFilters');
}

function updateRequest(operation: Doc, command: Doc, execution: Execution): UpdateRequest {
  const filter = docField(operation, 'q') ?? new Map();
  const shared = { ...collationField(operation), ...letField(command) };
  const constants = docField(operation, 'c');
  const variables = constants ? { variables: new Map([...(shared.variables ?? []), ...constants]) } : {};
  const filters = arrayField(operation, 'arrayFilters');
  const update = compileUpdate(operation.get('u'), {
    ...shared,
    ...variables,
    ...(filters ? { arrayFilters: filters } : {}),
  });
  const multi = flag(operation, 'multi') === true;
  if (multi && update.isReplacement)
    throw new MongoError('FailedToParse', 'multi update is not supported for replacement-style update');
  return {
    query: { filter, execution, hint: hintField(operation), ...shared, wantsPosition: update.usesPosition },
    update,
    multi,
    upsert: flag(operation, 'upsert') === true,
  };
}

function runUpdate(write: WriteContext, db: string, name: string, request: UpdateRequest): UpdateResult {
  const { query, update, multi, upsert } = request;
  const collection = write.collection(db, name);
  const found = collection ? find(write.view, collection, multi ? query : { ...query, limit: 1 }) : [];
  if (!collection) compileMatcher(query.filter);
  let modified = 0;
  for (const stored of found) {
    const after = update.apply(stored.document, { position: stored.details?.position });
    if (encode(after).equals(stored.bytes)) continue;
    replaceRecord(write, current(write, collection as Collection), stored, after);
    modified++;
  }
  if (found.length > 0 || !upsert) return { matched: found.length, modified };
  const document = upsertDocument(request);
  insertRecord(write, collectionFor(write, db, name), document);
  return { matched: 0, modified: 0, upserted: document.get('_id') as Value };
}

/** The document an upsert inserts. */
export function upsertDocument({ query, update }: UpdateRequest): Doc {
  const seed = update.isReplacement ? idOnly(upsertSeed(query.filter)) : upsertSeed(query.filter);
  const document = withId(update.apply(seed, { isInsert: true }));
  checkId(document.get('_id') as Value);
  return document;
}

const idOnly = (seed: Doc): Doc => {
  const id = seed.get('_id');
  return id === undefined ? new Map() : new Map([['_id', id]]);
};

const update: Command = {
  fields: ['updates', 'ordered', 'bypassDocumentValidation', 'let', 'bypassEmptyTsReplacement'],
  run: (command, context) => {
    const name = collectionName(command);
    const operations = docsField(command, 'updates');
    checkBatch(operations, 'update');
    operations.forEach(checkUpdate);
    refuseBypass(command);
    return context.store.write((outer) => {
      let n = 0;
      let modified = 0;
      const upserted: Doc[] = [];
      const errors = runAll(outer, operations.length, flag(command, 'ordered') !== false, (i, write) => {
        const result = runUpdate(
          write,
          context.db,
          name,
          updateRequest(operations[i] as Doc, command, context.execution),
        );
        n += result.matched + (result.upserted === undefined ? 0 : 1);
        modified += result.modified;
        if (result.upserted !== undefined) upserted.push(doc({ index: int(i), _id: result.upserted }));
      });
      const reply = doc({ n: int(n), nModified: int(modified) });
      if (upserted.length > 0) reply.set('upserted', upserted);
      return withErrors(reply, errors);
    });
  },
};

const remove: Command = {
  fields: ['deletes', 'ordered', 'let'],
  run: (command, context) => {
    const name = collectionName(command);
    const operations = docsField(command, 'deletes');
    checkBatch(operations, 'delete');
    operations.forEach(checkDelete);
    return context.store.write((outer) => {
      let n = 0;
      const errors = runAll(outer, operations.length, flag(command, 'ordered') !== false, (i, write) => {
        n += runDelete(write, context, name, operations[i] as Doc, command);
      });
      return withErrors(doc({ n: int(n) }), errors);
    });
  },
};

function checkDelete(operation: Doc): void {
  checkFields(operation, ['q', 'limit', 'collation', 'hint'], 'delete.deletes');
  for (const name of ['q', 'limit'])
    if (!operation.has(name))
      throw new MongoError(40414, `BSON field 'delete.deletes.${name}' is missing but a required field`);
  for (const name of ['q', 'collation']) docField(operation, name);
  const limit = Number(String(operation.get('limit')));
  if (limit !== 0 && limit !== 1)
    throw new MongoError('FailedToParse', `The limit field in delete objects must be 0 or 1. Got ${limit}`);
}

function runDelete(
  write: WriteContext,
  { db, execution }: CommandContext,
  name: string,
  operation: Doc,
  command: Doc,
): number {
  const filter = docField(operation, 'q') ?? new Map();
  const limit = Number(String(operation.get('limit')));
  const collection = write.collection(db, name);
  const query: Query = {
    filter,
    execution,
    hint: hintField(operation),
    ...collationField(operation),
    ...letField(command),
    ...(limit === 1 ? { limit } : {}),
  };
  if (!collection) {
    compileMatcher(filter);
    return 0;
  }
  const found = find(write.view, collection, query);
  for (const stored of found) deleteRecord(write, collection, stored);
  return found.length;
}

export const WRITING: Readonly<Record<string, Command>> = { insert, update, delete: remove };
