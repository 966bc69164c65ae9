import { changeStreamRefused, type PipelineContext, runDocuments, runPipeline } from '../aggregate/pipeline.ts';
import { type Doc, doc, isDoc, isLong, type Long, Raw, type Value } from '../bson/types.ts';
import { MongoError, notSupported } from '../errors.ts';
import type { Execution } from '../query/execution.ts';
import { type Found, findEach, type Query } from '../query/find.ts';
import { wholeNumber } from '../query/leaf.ts';
import { compileMatcher } from '../query/matcher.ts';
import { compileProjection, usesPosition } from '../query/projection.ts';
import { parseSort } from '../query/sort.ts';
import { namespaceOf } from '../storage/catalog.ts';
import type { ReadContext } from '../storage/store.ts';
import {
  arrayField,
  type Command,
  type CommandContext,
  checkFields,
  collationField,
  collectionName,
  countField,
  docField,
  flag,
  hintField,
  letField,
  textField,
} from './command.ts';
import type { Source } from './cursors.ts';
import { explainCommand } from './explain.ts';
import { LiveRead } from './live-read.ts';

const FIND_FIELDS = [
  'filter',
  'sort',
  'projection',
  'hint',
  'skip',
  'limit',
  'batchSize',
  'singleBatch',
  'collation',
  'let',
  'noCursorTimeout',
  'allowDiskUse',
  'returnKey',
  'showRecordId',
  'max',
  'min',
  'tailable',
  'awaitData',
  'oplogReplay',
  'allowPartialResults',
];

const AGGREGATE_FIELDS = [
  'pipeline',
  'cursor',
  'explain',
  'allowDiskUse',
  'bypassDocumentValidation',
  'collation',
  'hint',
  'let',
];

/** Reads the query part of a find command. */
export function findQuery(command: Doc): Query {
  for (const name of ['returnKey', 'showRecordId', 'tailable', 'awaitData'])
    if (flag(command, name)) throw notSupported(`find with ${name}`);
  for (const name of ['min', 'max'])
    if ((docField(command, name)?.size ?? 0) > 0) throw notSupported(`find with ${name}`);
  const sort = docField(command, 'sort');
  const natural = sort?.get('$natural');
  const limit = countField(command, 'limit');
  return {
    filter: docField(command, 'filter') ?? new Map(),
    sort: sort && natural === undefined ? parseSort(sort) : [],
    skip: countField(command, 'skip') ?? 0,
    ...(limit ? { limit } : {}),
    hint: natural === undefined ? hintField(command) : doc({ $natural: natural }),
    ...collationField(command),
    ...letField(command),
  };
}

/** Batches over something that reads: between two of them nothing is held open, and no time is used. */
function liveSource(read: LiveRead, execution: Execution, documents: Iterable<Doc | Raw>): Source {
  return {
    documents,
    park: () => {
      read.park();
      execution.pause();
    },
    resume: () => {
      execution.resume();
      execution.checkReliances((db, name) => read.collection(db, name));
    },
  };
}

const findCommand: Command = {
  fields: FIND_FIELDS,
  run: (command, context) => {
    const name = collectionName(command);
    const { execution } = context;
    const read = new LiveRead(context.store);
    const collection = read.collection(context.db, name);
    const query = findQuery(command);
    const project = findProjection(command);
    const found = collection
      ? findEach(read.view, collection, { ...query, wantsPosition: project.positional, execution })
      : [];
    if (!collection) planless(query);
    return context.cursors.start(
      namespaceOf(context.db, name),
      liveSource(read, execution, project.each(found)),
      context.asker,
      {
        size: countField(command, 'batchSize'),
        single: flag(command, 'singleBatch') === true,
        noTimeout: flag(command, 'noCursorTimeout') === true,
        most: collection ? query.limit : 0,
      },
    );
  },
};

type FindProjection = { readonly positional: boolean; each(found: Iterable<Found>): Iterable<Doc | Raw> };

function findProjection(command: Doc): FindProjection {
  const spec = docField(command, 'projection');
  if (!spec || spec.size === 0)
    return {
      positional: false,
      each: function* (found) {
        for (const { bytes } of found) yield new Raw(bytes);
      },
    };
  const project = compileProjection(spec, { style: 'find', ...collationField(command), ...letField(command) });
  return {
    positional: usesPosition(spec),
    each: function* (found) {
      for (const { document, details } of found) yield project(document, details);
    },
  };
}

/** A filter is checked even when there is nothing to filter. */
export function planless(query: Query): void {
  compileMatcher(query.filter, query.collation ? { collation: query.collation } : {});
}

const aggregate: Command = {
  fields: AGGREGATE_FIELDS,
  run: (command, context) => {
    const stages = checkedStages(command);
    const cursor = docField(command, 'cursor');
    if (flag(command, 'explain') === true) return explainCommand(command, context, 'queryPlanner');
    if (!cursor)
      throw new MongoError(
        'FailedToParse',
        "The 'cursor' option is required, except for aggregate with the explain argument",
      );
    checkFields(cursor, ['batchSize'], 'aggregate.cursor');
    flag(command, 'allowDiskUse');
    const read = new LiveRead(context.store);
    const { namespace, documents } = aggregated(command, stages, context, read);
    return context.cursors.start(namespace, liveSource(read, context.execution, documents), context.asker, {
      size: countField(cursor, 'batchSize'),
    });
  },
};

/** The stages of an aggregate command, unless the first one is of a kind that standalone servers refuse. */
export function checkedStages(command: Doc): Value[] {
  const stages = arrayField(command, 'pipeline');
  if (!stages) throw new MongoError(40414, "BSON field 'aggregate.pipeline' is missing but a required field");
  const first = stages[0];
  if (isDoc(first) && first.has('$changeStream')) throw changeStreamRefused();
  if (isDoc(first) && (first.has('$listSearchIndexes') || first.has('$search'))) throw searchRefused();
  return stages;
}

export function aggregated(
  command: Doc,
  stages: readonly Value[],
  context: CommandContext,
  read: ReadContext,
): { namespace: string; documents: Iterable<Doc> } {
  const [, target] = [...command][0] ?? [];
  const pipeline: PipelineContext = {
    db: context.db,
    read,
    execution: context.execution,
    hint: hintField(command),
    ...collationField(command),
    ...letField(command),
  };
  if (typeof target === 'string') {
    const name = collectionName(command);
    const documents = runPipeline(read.collection(context.db, name), stages, pipeline);
    return { namespace: namespaceOf(context.db, name), documents };
  }
  if (wholeNumber(target) !== 1)
    throw new MongoError('FailedToParse', 'Invalid command format: the aggregate field must specify a collection or 1');
  return { namespace: `${context.db}.$cmd.aggregate`, documents: runDocuments(stages, pipeline) };
}

export const searchRefused = (): MongoError =>
  new MongoError(31082, 'Search index commands are only supported with Atlas; the embedded database has none');

const getMore: Command = {
  fields: ['collection', 'batchSize', 'maxAwaitTimeMS', 'term', 'lastKnownCommittedOpTime'],
  run: (command, context) => {
    const id = command.get('getMore');
    if (!isLong(id))
      throw new MongoError('TypeMismatch', "BSON field 'getMore.getMore' is the wrong type, expected type 'long'");
    const name = textField(command, 'collection') ?? '';
    if (command.has('maxTimeMS'))
      throw new MongoError('BadValue', 'cannot set maxTimeMS on getMore command for a non-awaitData cursor');
    return context.cursors.more(id, namespaceOf(context.db, name), countField(command, 'batchSize'), context.asker);
  },
};

const killCursors: Command = {
  fields: ['cursors'],
  run: (command, context) => {
    const ids = (arrayField(command, 'cursors') ?? []).filter(isLong) as Long[];
    const { killed, missing } = context.cursors.kill(ids);
    return doc({ cursorsKilled: killed, cursorsNotFound: missing, cursorsAlive: [], cursorsUnknown: [] });
  },
};

export const READING: Readonly<Record<string, Command>> = {
  find: findCommand,
  aggregate,
  getMore,
  killCursors,
};
