import { hostname } from 'node:os';
import { stageOf } from '../aggregate/stage.ts';
import { type Doc, doc, int, isDoc, isNumeric, type Value } from '../bson/types.ts';
import { MongoError } from '../errors.ts';
import { Execution } from '../query/execution.ts';
import { findEach, planFor, type Query } from '../query/find.ts';
import { wholeNumber } from '../query/leaf.ts';
import { compileMatcher } from '../query/matcher.ts';
import { explainPlan } from '../query/planner.ts';
import { compileProjection } from '../query/projection.ts';
import { parseSort } from '../query/sort.ts';
import { namespaceOf } from '../storage/catalog.ts';
import { VERSION } from './admin.ts';
import {
  arrayField,
  type Command,
  type CommandContext,
  collationField,
  collectionName,
  countField,
  docField,
  docsField,
  hintField,
  letField,
  type Reply,
  textField,
} from './command.ts';
import { aggregated, checkedStages, findQuery } from './reading.ts';

const VERBOSITIES = ['queryPlanner', 'executionStats', 'allPlansExecution'];

/** A search as a command asks for it, and what the command does with its documents. */
type Explained = { readonly query: Query; readonly wrap: (plan: Doc) => Doc; readonly returns: boolean };

const stage = (name: string, inputStage: Doc, more: Readonly<Record<string, Value>> = {}): Doc =>
  doc({ stage: name, ...more, inputStage });

function isSimple(projection: Doc): boolean {
  return [...projection].every(
    ([path, value]) => !path.includes('.') && (typeof value === 'boolean' || isNumeric(value)),
  );
}

function explainedFind(command: Doc): Explained {
  const query = findQuery(command);
  const projection = docField(command, 'projection');
  if (projection && projection.size > 0) compileProjection(projection, { style: 'find' });
  const { skip = 0, limit } = query;
  return {
    query,
    returns: true,
    wrap: (plan) => {
      let result = skip > 0 ? stage('SKIP', plan, { skipAmount: int(skip) }) : plan;
      if (projection && projection.size > 0) {
        const name = isSimple(projection) ? 'PROJECTION_SIMPLE' : 'PROJECTION_DEFAULT';
        result = stage(name, result, { transformBy: projection });
      }
      if (limit !== undefined && plan.get('stage') !== 'SORT')
        result = stage('LIMIT', result, { limitAmount: int(limit) });
      return result;
    },
  };
}

const filterOf = (value: Value | undefined): Doc => (isDoc(value) ? value : new Map());

/** The search of any command that can be explained. */
function explainedCommand(name: string, command: Doc): Explained {
  const common = { hint: hintField(command), ...collationField(command) };
  switch (name) {
    case 'find':
      return explainedFind(command);
    case 'count':
      return {
        query: {
          filter: filterOf(command.get('query')),
          skip: countField(command, 'skip') ?? 0,
          ...(wholeNumber(command.get('limit')) ? { limit: Math.abs(wholeNumber(command.get('limit')) ?? 0) } : {}),
          ...common,
        },
        returns: false,
        wrap: (plan) => stage('COUNT', plan),
      };
    case 'distinct':
      return { query: { filter: filterOf(command.get('query')), ...common }, returns: true, wrap: (plan) => plan };
    case 'findAndModify':
    case 'findandmodify': {
      const sort = docField(command, 'sort');
      const query = { filter: filterOf(command.get('query')), sort: sort ? parseSort(sort) : [], limit: 1, ...common };
      const kind = command.get('remove') === true ? 'DELETE' : 'UPDATE';
      return { query, returns: true, wrap: (plan) => stage(kind, plan) };
    }
    case 'update':
    case 'delete':
      return explainedWrite(name, command);
    default:
      throw new MongoError('CommandNotFound', `Explain failed due to unknown command: ${name}`);
  }
}

function explainedWrite(name: 'update' | 'delete', command: Doc): Explained {
  const operations = docsField(command, `${name}s`);
  const [operation] = operations;
  if (!operation || operations.length > 1)
    throw new MongoError('InvalidLength', 'explained write batches must be of size 1');
  const single = name === 'update' ? operation.get('multi') !== true : Number(String(operation.get('limit'))) === 1;
  return {
    query: {
      filter: filterOf(operation.get('q')),
      hint: hintField(operation),
      ...collationField(operation),
      ...letField(command),
      ...(single ? { limit: 1 } : {}),
    },
    returns: false,
    wrap: (plan) => stage(name.toUpperCase(), plan),
  };
}

/** Explains a command: its plan, and when asked for what running it takes. Nothing is written. */
export function explainCommand(command: Doc, context: CommandContext, verbosity: string): Reply {
  const name = command.keys().next().value ?? '';
  const reply =
    name === 'aggregate'
      ? explainAggregate(command, context, verbosity)
      : explainSearch(collectionName(command), explainedCommand(name, command), context, verbosity);
  reply.set('command', new Map([...command, ['$db', context.db]]));
  reply.set('serverInfo', doc({ host: hostname(), port: int(0), version: VERSION, gitVersion: 'embedded' }));
  reply.set('serverParameters', new Map());
  return reply;
}

function explainSearch(name: string, explained: Explained, context: CommandContext, verbosity: string): Doc {
  const { query, wrap, returns } = explained;
  const collection = context.store.read().collection(context.db, name);
  compileMatcher(query.filter, query.variables ? { variables: query.variables } : {});
  const sorted = (query.sort?.length ?? 0) > 0;
  const plan = collection ? explainPlan(planFor(collection, query), sorted) : doc({ stage: 'EOF' });
  const winningPlan = collection ? wrap(plan) : plan;
  const reply = doc({
    explainVersion: '1',
    queryPlanner: doc({
      namespace: namespaceOf(context.db, name),
      indexFilterSet: false,
      parsedQuery: query.filter,
      winningPlan,
      rejectedPlans: [],
    }),
  });
  if (verbosity === 'queryPlanner') return reply;
  const execution = new Execution();
  const start = performance.now();
  let found = 0;
  if (collection)
    for (const _ of findEach(context.store.read().view, collection, { ...query, execution })) {
      found++;
      context.execution.step();
    }
  const millis = Math.floor(performance.now() - start);
  const stats = doc({
    executionSuccess: true,
    nReturned: int(returns ? found : 0),
    executionTimeMillis: int(millis),
    totalKeysExamined: int(execution.keysExamined),
    totalDocsExamined: int(execution.docsExamined),
    executionStages: withCounts(winningPlan, found, execution),
  });
  if (verbosity === 'allPlansExecution') stats.set('allPlansExecution', []);
  reply.set('executionStats', stats);
  return reply;
}

/** The plan with what each of its stages has seen. */
function withCounts(plan: Doc, found: number, execution: Execution): Doc {
  const result: Doc = new Map(plan);
  const name = plan.get('stage');
  result.set('nReturned', int(['COUNT', 'UPDATE', 'DELETE'].includes(String(name)) ? 0 : found));
  if (name === 'IXSCAN') {
    result.set('nReturned', int(execution.keysExamined));
    result.set('keysExamined', int(execution.keysExamined));
  }
  if (name === 'FETCH' || name === 'COLLSCAN') result.set('docsExamined', int(execution.docsExamined));
  const input = plan.get('inputStage');
  if (isDoc(input)) result.set('inputStage', withCounts(input, found, execution));
  return result;
}

/** The leading $match, $sort and $limit are one search; the stages after it are listed. */
function explainAggregate(command: Doc, context: CommandContext, verbosity: string): Doc {
  const specs = checkedStages(command).map(stageOf);
  const rest = [...specs];
  const take = (name: string): Value | undefined => (rest[0]?.[0] === name ? rest.shift()?.[1] : undefined);
  const filter = take('$match');
  const sort = take('$sort');
  const limit = wholeNumber(rest[0]?.[0] === '$limit' ? rest[0][1] : undefined);
  if (limit !== undefined) rest.shift();
  // Compiling checks the whole pipeline; running it counts what the last stage gives.
  const { documents } = aggregated(command, arrayField(command, 'pipeline') ?? [], context, context.store.read());
  const explained: Explained = {
    query: {
      filter: filterOf(filter),
      sort: isDoc(sort) ? parseSort(sort) : [],
      ...(limit === undefined ? {} : { limit }),
      hint: hintField(command),
      ...collationField(command),
      ...letField(command),
    },
    returns: true,
    wrap: (plan) =>
      limit === undefined || plan.get('stage') === 'SORT' ? plan : stage('LIMIT', plan, { limitAmount: int(limit) }),
  };
  const search = explainSearch(collectionName(command), explained, context, verbosity);
  if (rest.length === 0) return search;
  let returned = 0;
  if (verbosity !== 'queryPlanner') for (const _ of documents) returned++;
  const stages = rest.map(([name, spec], i): Doc => {
    const shown: Doc = new Map([[name, spec]]);
    if (verbosity !== 'queryPlanner' && i === rest.length - 1) shown.set('nReturned', int(returned));
    return shown;
  });
  search.delete('explainVersion');
  return doc({ explainVersion: '1', stages: [doc({ $cursor: search }), ...stages] });
}

const explain: Command = {
  fields: ['verbosity'],
  run: (command, context) => {
    const verbosity = textField(command, 'verbosity') ?? 'allPlansExecution';
    if (!VERBOSITIES.includes(verbosity))
      throw new MongoError(
        'BadValue',
        `Enumeration value '${verbosity}' for field 'explain.verbosity' is not a valid value.`,
      );
    const inner = docField(command, 'explain');
    if (!inner) throw new MongoError(40414, "BSON field 'explain.explain' is missing but a required field");
    return explainCommand(inner, context, verbosity);
  },
};

export const EXPLAIN: Readonly<Record<string, Command>> = { explain };
