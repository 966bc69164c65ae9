import { changeStreamRefused, type PipelineContext, runPipeline } from '../aggregate/pipeline.ts';
import { compare } from '../bson/compare.ts';
import { type Doc, doc, int, isDoc, isLong, type Long, Raw, type Value } from '../bson/types.ts';
import { MongoError, notSupported } from '../errors.ts';
import { SIMPLE } from '../query/collation.ts';
import { find, planFor, type Query } from '../query/find.ts';
import { wholeNumber } from '../query/leaf.ts';
import { compileMatcher } from '../query/matcher.ts';
import { splitPath, visitPath } from '../query/path.ts';
import { explainPlan } from '../query/planner.ts';
import { compileProjection, type Projection, usesPosition } from '../query/projection.ts';
import { parseSort } from '../query/sort.ts';
import { namespaceOf } from '../storage/catalog.ts';
import { countOf } from '../storage/records.ts';
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
  type Reply,
  textField,
} from './command.ts';

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

/** Reads the query part of a find command. */
function findQuery(command: Doc): Query {
  for (const name of ['returnKey', 'showRecordId', 'tailable', 'awaitData'])
    if (flag(command, name)) throw notSupported(`find with ${name}`);
  for (const name of ['min', 'max'])
    if ((docField(command, name)?.size ?? 0) > 0) throw notSupported(`find with ${name}`);
  const sort = docField(command, 'sort');
  const natural = sort?.get('$natural');
  const limit = wholeNumber(command.get('limit'));
  return {
    filter: docField(command, 'filter') ?? new Map(),
    sort: sort && natural === undefined ? parseSort(sort) : [],
    skip: countField(command, 'skip') ?? 0,
    ...(limit ? { limit: Math.abs(limit) } : {}),
    hint: natural === undefined ? hintField(command) : doc({ $natural: natural }),
    ...collationField(command),
    ...letField(command),
  };
}

const findCommand: Command = {
  fields: FIND_FIELDS,
  run: (command, context) => {
    const name = collectionName(command);
    const query = findQuery(command);
    const spec = docField(command, 'projection');
    const positional = spec !== undefined && usesPosition(spec);
    const projection =
      spec && spec.size > 0
        ? compileProjection(spec, { style: 'find', ...collationField(command), ...letField(command) })
        : undefined;
    const read = context.store.read();
    const collection = read.collection(context.db, name);
    const found = collection ? find(read.view, collection, { ...query, wantsPosition: positional }) : [];
    if (!collection) planless(query);
    const documents = found.map((item) => (projection ? projected(projection, item) : new Raw(item.bytes)));
    const limit = wholeNumber(command.get('limit')) ?? 0;
    const single = flag(command, 'singleBatch') === true || limit < 0;
    return context.cursors.start(namespaceOf(context.db, name), documents, {
      size: countField(command, 'batchSize'),
      single,
    });
  },
};

const projected = (projection: Projection, found: ReturnType<typeof find>[number]): Doc =>
  projection(found.document, found.details);

/** A filter is checked even when there is nothing to filter. */
function planless(query: Query): void {
  compileMatcher(query.filter, query.collation ? { collation: query.collation } : {});
}

const aggregate: Command = {
  fields: ['pipeline', 'cursor', 'explain', 'allowDiskUse', 'bypassDocumentValidation', 'collation', 'hint', 'let'],
  run: (command, context) => {
    const stages = arrayField(command, 'pipeline') ?? [];
    const first = stages[0];
    if (isDoc(first) && first.has('$changeStream')) throw changeStreamRefused();
    if (isDoc(first) && (first.has('$listSearchIndexes') || first.has('$search'))) throw searchRefused();
    const [, target] = [...command][0] ?? [];
    if (typeof target !== 'string') throw notSupported('an aggregation without a collection');
    const cursor = docField(command, 'cursor');
    const explain = flag(command, 'explain') === true;
    if (!cursor && !explain)
      throw new MongoError(
        'FailedToParse',
        "The 'cursor' option is required, except for aggregate with the explain argument",
      );
    if (cursor) checkFields(cursor, ['batchSize'], 'aggregate.cursor');
    const read = context.store.read();
    const pipeline: PipelineContext = {
      db: context.db,
      read,
      hint: hintField(command),
      ...collationField(command),
      ...letField(command),
    };
    const documents = runPipeline(read.collection(context.db, target), stages, pipeline);
    if (explain) return explained(doc({ stage: 'PIPELINE' }), context, target);
    const size = cursor ? countField(cursor, 'batchSize') : undefined;
    return context.cursors.start(namespaceOf(context.db, target), documents, {
      size,
    });
  },
};

export const searchRefused = (): MongoError =>
  new MongoError(31082, 'Search index commands are only supported with Atlas; the embedded database has none');

const count: Command = {
  fields: ['query', 'limit', 'skip', 'hint', 'collation', 'fields'],
  run: (command, context) => {
    const read = context.store.read();
    const collection = read.collection(context.db, collectionName(command));
    const filter = docField(command, 'query') ?? new Map();
    const skip = countField(command, 'skip') ?? 0;
    const limit = Math.abs(wholeNumber(command.get('limit')) ?? 0) || Number.POSITIVE_INFINITY;
    if (!collection) return doc({ n: int(0) });
    const n =
      filter.size === 0 && skip === 0
        ? Math.min(limit, countOf(read.view, collection, context.store.isQuiet))
        : find(read.view, collection, { filter, skip, limit, hint: hintField(command), ...collationField(command) })
            .length;
    return doc({ n: int(n) });
  },
};

const distinct: Command = {
  fields: ['key', 'query', 'collation', 'hint'],
  run: (command, context) => {
    const read = context.store.read();
    const collection = read.collection(context.db, collectionName(command));
    const key = textField(command, 'key');
    if (key === undefined) throw new MongoError(40414, "BSON field 'distinct.key' is missing but a required field");
    const { collation = SIMPLE } = collationField(command);
    const filter = docField(command, 'query') ?? new Map();
    const found = collection ? find(read.view, collection, { filter, collation, hint: hintField(command) }) : [];
    const values: Value[] = [];
    for (const { document } of found) {
      visitPath(document, splitPath(key), 'whole', (value) => {
        if (value !== undefined) values.push(...(Array.isArray(value) ? value : [value]));
        return false;
      });
    }
    values.sort((a, b) => compare(a, b, collation.compare));
    return doc({
      values: values.filter((value, i) => i === 0 || compare(value, values[i - 1], collation.compare) !== 0),
    });
  },
};

const getMore: Command = {
  fields: ['collection', 'batchSize', 'maxAwaitTimeMS', 'term', 'lastKnownCommittedOpTime'],
  run: (command, context) => {
    const id = command.get('getMore');
    if (!isLong(id))
      throw new MongoError('TypeMismatch', "BSON field 'getMore.getMore' is the wrong type, expected type 'long'");
    const name = textField(command, 'collection') ?? '';
    return context.cursors.more(id, namespaceOf(context.db, name), countField(command, 'batchSize'));
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

const explain: Command = {
  fields: ['verbosity'],
  run: (command, context) => {
    const inner = docField(command, 'explain') ?? new Map();
    const [name, target] = [...inner][0] ?? ['', ''];
    if (typeof target !== 'string') throw new MongoError('InvalidNamespace', 'explain needs a command on a collection');
    const query = explainedQuery(name, inner);
    const collection = context.store.read().collection(context.db, target);
    if (!collection) return explained(doc({ stage: 'EOF' }), context, target);
    const sorted = (query.sort?.length ?? 0) > 0;
    return explained(explainPlan(planFor(collection, query), sorted), context, target);
  },
};

function explainedQuery(name: string, inner: Doc): Query {
  if (name === 'find') return findQuery(inner);
  const filterOf = (value: Value | undefined): Doc => (isDoc(value) ? value : new Map());
  if (name === 'count' || name === 'distinct' || name === 'findAndModify')
    return { filter: filterOf(inner.get('query')), ...collationField(inner) };
  if (name === 'aggregate') {
    const [first, second] = arrayField(inner, 'pipeline') ?? [];
    const sort = [first, second].find((stage) => isDoc(stage) && stage.has('$sort'));
    const sortSpec = isDoc(sort) ? sort.get('$sort') : undefined;
    return {
      filter: filterOf(isDoc(first) ? first.get('$match') : undefined),
      sort: isDoc(sortSpec) ? parseSort(sortSpec) : [],
      ...collationField(inner),
    };
  }
  const [operation] = arrayField(inner, name === 'update' ? 'updates' : 'deletes') ?? [];
  return { filter: filterOf(isDoc(operation) ? operation.get('q') : undefined) };
}

function explained(winningPlan: Doc, context: CommandContext, name: string): Reply {
  return doc({ queryPlanner: doc({ namespace: namespaceOf(context.db, name), winningPlan, rejectedPlans: [] }) });
}

export const READING: Readonly<Record<string, Command>> = {
  find: findCommand,
  aggregate,
  count,
  distinct,
  getMore,
  killCursors,
  explain,
};
