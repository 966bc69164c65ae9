import { encode } from '../bson/encode.ts';
import { type Doc, doc, int, type Value } from '../bson/types.ts';
import { MongoError } from '../errors.ts';
import { find, type Query } from '../query/find.ts';
import { compileMatcher } from '../query/matcher.ts';
import { compileProjection, usesPosition } from '../query/projection.ts';
import { parseSort } from '../query/sort.ts';
import { compileUpdate, type Update } from '../query/update.ts';
import { deleteRecord, insertRecord, replaceRecord } from '../storage/records.ts';
import type { WriteContext } from '../storage/store.ts';
import {
  arrayField,
  type Command,
  type CommandContext,
  collationField,
  collectionName,
  docField,
  flag,
  hintField,
  letField,
} from './command.ts';
import { collectionFor, refuseBypass, upsertDocument } from './writing.ts';

const findAndModify: Command = {
  fields: [
    'query',
    'sort',
    'remove',
    'update',
    'new',
    'fields',
    'upsert',
    'bypassDocumentValidation',
    'collation',
    'arrayFilters',
    'hint',
    'let',
  ],
  run: (command, context) => {
    const name = collectionName(command);
    refuseBypass(command);
    const removes = flag(command, 'remove') === true;
    checkModify(command, removes);
    return context.store.write((write) =>
      removes ? modifyRemove(command, context, write, name) : modifyUpdate(command, context, write, name),
    );
  },
};

function checkModify(command: Doc, removes: boolean): void {
  if (removes && command.has('update'))
    throw new MongoError('FailedToParse', "Cannot specify both an 'update' and 'remove'=true");
  if (removes && flag(command, 'upsert'))
    throw new MongoError('FailedToParse', "Cannot specify both 'upsert'=true and 'remove'=true");
  if (removes && flag(command, 'new'))
    throw new MongoError(
      'FailedToParse',
      "Cannot specify both 'new'=true and 'remove'=true; 'remove' always returns the deleted document",
    );
  if (!removes && !command.has('update'))
    throw new MongoError('FailedToParse', "Either an 'update' or 'remove'=true must be specified");
}

function modifyQuery(command: Doc, { execution }: CommandContext): Query {
  const sort = docField(command, 'sort');
  return {
    filter: docField(command, 'query') ?? new Map(),
    sort: sort ? parseSort(sort) : [],
    limit: 1,
    execution,
    hint: hintField(command),
    ...collationField(command),
    ...letField(command),
  };
}

type Shape = (document: Doc | undefined, details?: { position?: number } | undefined) => Value;

function modifyShape(command: Doc): { shape: Shape; positional: boolean } {
  const fields = docField(command, 'fields');
  if (!fields || fields.size === 0) return { shape: (document) => document ?? null, positional: false };
  const project = compileProjection(fields, { style: 'find', ...collationField(command), ...letField(command) });
  return {
    shape: (document, details) => (document ? project(document, details) : null),
    positional: usesPosition(fields),
  };
}

function modifyRemove(command: Doc, context: CommandContext, write: WriteContext, name: string): Doc {
  const { shape, positional } = modifyShape(command);
  const collection = write.collection(context.db, name);
  const [stored] = collection
    ? find(write.view, collection, { ...modifyQuery(command, context), wantsPosition: positional })
    : [];
  if (stored && collection) deleteRecord(write, collection, stored);
  return doc({ lastErrorObject: doc({ n: int(stored ? 1 : 0) }), value: shape(stored?.document, stored?.details) });
}

function modifyUpdate(command: Doc, context: CommandContext, write: WriteContext, name: string): Doc {
  const { shape, positional } = modifyShape(command);
  const base = modifyQuery(command, context);
  const filters = arrayField(command, 'arrayFilters');
  const compiled = compileUpdate(command.get('update'), {
    ...collationField(command),
    ...letField(command),
    ...(filters ? { arrayFilters: filters } : {}),
  });
  const query = { ...base, wantsPosition: positional || compiled.usesPosition };
  const returnsNew = flag(command, 'new') === true;
  const collection = write.collection(context.db, name);
  const [stored] = collection ? find(write.view, collection, query) : [];
  if (!stored || !collection)
    return modifyMissing(command, context, write, { name, query, compiled, shape, returnsNew });
  const after = compiled.apply(stored.document, { position: stored.details?.position });
  if (!encode(after).equals(stored.bytes)) replaceRecord(write, collection, stored, after);
  const lastErrorObject = doc({ n: int(1), updatedExisting: true });
  return doc({ lastErrorObject, value: shape(returnsNew ? after : stored.document, stored.details) });
}

type Missing = { name: string; query: Query; compiled: Update; shape: Shape; returnsNew: boolean };

function modifyMissing(
  command: Doc,
  context: CommandContext,
  write: WriteContext,
  { name, query, compiled, shape, returnsNew }: Missing,
): Doc {
  compileMatcher(query.filter);
  if (flag(command, 'upsert') !== true)
    return doc({ lastErrorObject: doc({ n: int(0), updatedExisting: false }), value: null });
  const document = upsertDocument({ query, update: compiled, multi: false, upsert: true });
  insertRecord(write, collectionFor(write, context.db, name), document);
  const lastErrorObject = doc({ n: int(1), updatedExisting: false, upserted: document.get('_id') });
  return doc({ lastErrorObject, value: returnsNew ? shape(document) : null });
}

export const MODIFYING: Readonly<Record<string, Command>> = { findAndModify, findandmodify: findAndModify };
