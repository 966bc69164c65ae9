import { type Doc, doc, int, isDoc, type Value } from '../bson/types.ts';
import { MongoError, notSupported } from '../errors.ts';
import { SIMPLE } from '../query/collation.ts';
import { find } from '../query/find.ts';
import { wholeNumber } from '../query/leaf.ts';
import { splitPath } from '../query/path.ts';
import { parseSort } from '../query/sort.ts';
import { placeOf } from '../query/update-paths.ts';
import type { Collection } from '../storage/catalog.ts';
import type { ReadContext } from '../storage/store.ts';
import { compileExpression, follow } from './expression.ts';
import { compileStage, isSimpleStage, type Stage, type StageOptions, stageOf } from './simple-stages.ts';

export type PipelineContext = StageOptions & {
  readonly db: string;
  readonly read: ReadContext;
  readonly hint?: Value | undefined;
};

/** Stages of MongoDB that are known and not built. */
const REFUSED = new Set(
  `$bucket $bucketAuto $collStats $currentOp $densify $documents $fill $geoNear $graphLookup $indexStats
  $listLocalSessions $listSessions $merge $out $planCacheStats $redact $sample $search $searchMeta $setWindowFields
  $listSearchIndexes $vectorSearch $shardedDataDistribution $changeStreamSplitLargeEvent $listSampledQueries`.split(
    /\s+/,
  ),
);

/** Runs a pipeline over a collection; a missing collection is an empty one. */
export function runPipeline(
  collection: Collection | undefined,
  stages: readonly Value[],
  context: PipelineContext,
): Doc[] {
  const rest = stages.map(stageOf);
  const source = collection ? sourceOf(collection, rest, context) : [];
  return [...compilePipeline(rest, context)(source)];
}

/** Checks and compiles a pipeline. */
function compilePipeline(stages: readonly (readonly [string, Value])[], context: PipelineContext): Stage {
  const compiled = stages.map(([name, spec], i) => compileAny(name, spec, context, i));
  return (input) => compiled.reduce<Iterable<Doc>>((documents, stage) => stage(documents), input);
}

function compileAny(name: string, spec: Value, context: PipelineContext, position: number): Stage {
  if (isSimpleStage(name)) return compileStage(new Map([[name, spec]]), context);
  if (name === '$lookup') return lookup(spec, context);
  if (name === '$facet') return facet(spec, context);
  if (name === '$unionWith') return unionWith(spec, context);
  if (name === '$changeStream') throw changeStreamRefused(position);
  if (REFUSED.has(name)) throw notSupported(`the aggregation stage ${name}`);
  throw new MongoError(40324, `Unrecognized pipeline stage name: '${name}'`);
}

export function changeStreamRefused(position = 0): MongoError {
  if (position > 0) return new MongoError(40602, '$changeStream is only valid as the first stage in a pipeline');
  return new MongoError(40573, 'The $changeStream stage is only supported on replica sets');
}

/** The leading $match and $sort (and $limit) go to the planner, so that they can use an index. */
function sourceOf(
  collection: Collection,
  stages: (readonly [string, Value])[],
  context: PipelineContext,
): Iterable<Doc> {
  let filter: Doc = new Map();
  const first = stages[0];
  if (first?.[0] === '$match' && isDoc(first[1])) {
    filter = first[1];
    stages.shift();
  }
  const sort =
    stages[0]?.[0] === '$sort' && isDoc(stages[0][1]) && stages[0][1].size > 0 ? parseSort(stages[0][1]) : [];
  if (sort.length > 0) stages.shift();
  // The stage stays, so that it also checks its argument; here it only saves reading further.
  const next = stages[0];
  const limit = next?.[0] === '$limit' ? wholeNumber(next[1]) : undefined;
  const query = {
    filter,
    sort,
    ...(limit === undefined ? {} : { limit }),
    ...(context.variables ? { variables: context.variables } : {}),
    hint: context.hint,
    ...(context.collation ? { collation: context.collation } : {}),
  };
  return find(context.read.view, collection, query).map(({ document }) => document);
}

function subPipeline(value: Value | undefined, context: PipelineContext, inside: string): [string, Value][] {
  if (!Array.isArray(value)) throw new MongoError('TypeMismatch', `the pipeline of ${inside} must be an array`);
  const stages = value.map(stageOf);
  compilePipeline(stages, context);
  return stages;
}

function text(spec: Doc, name: string, stage: string): string {
  const value = spec.get(name);
  if (typeof value !== 'string') throw new MongoError('FailedToParse', `${stage} argument '${name}' must be a string`);
  return value;
}

function lookup(spec: Value, context: PipelineContext): Stage {
  if (!isDoc(spec)) throw new MongoError('FailedToParse', 'the $lookup specification must be an Object');
  for (const name of spec.keys())
    if (!['from', 'as', 'localField', 'foreignField', 'let', 'pipeline'].includes(name))
      throw new MongoError('FailedToParse', `unknown argument to $lookup: ${name}`);
  const from = context.read.collection(context.db, text(spec, 'from', '$lookup'));
  const as = splitPath(text(spec, 'as', '$lookup'));
  const byField = spec.has('localField') || spec.has('foreignField');
  const local = byField ? splitPath(text(spec, 'localField', '$lookup')) : undefined;
  const foreign = byField ? text(spec, 'foreignField', '$lookup') : undefined;
  if (!byField && !spec.has('pipeline'))
    throw new MongoError(
      'FailedToParse',
      "$lookup requires either 'pipeline' or both 'localField' and 'foreignField' to be specified",
    );
  const letSpec = spec.get('let');
  if (letSpec !== undefined && !isDoc(letSpec))
    throw new MongoError('FailedToParse', "$lookup argument 'let' must be an object");
  const bindings = [...(letSpec ?? [])].map(([name, value]) => [name, compileExpression(value)] as const);
  const stages = spec.has('pipeline') ? subPipeline(spec.get('pipeline'), context, '$lookup') : [];
  return function* (input) {
    for (const document of input) {
      const variables = new Map(context.variables ?? []);
      const scope = { root: document, variables, collation: context.collation ?? SIMPLE };
      for (const [name, evaluate] of bindings) variables.set(name, evaluate(scope));
      const joined = join(from, local && joinFilter(document, local, foreign as string), stages, {
        ...context,
        variables,
      });
      const copy: Doc = copyAlong(document, as);
      placeOf(copy, as).set(joined);
      yield copy;
    }
  };
}

function copyAlong(document: Doc, parts: readonly string[]): Doc {
  const copy: Doc = new Map(document);
  const [first, ...rest] = parts;
  const child = first === undefined ? undefined : copy.get(first);
  if (first !== undefined && rest.length > 0) copy.set(first, isDoc(child) ? copyAlong(child, rest) : new Map());
  return copy;
}

/** The foreign filter of one local document: a missing field joins null and missing, an array joins any of its elements. */
function joinFilter(document: Doc, local: readonly string[], foreign: string): Doc {
  const value = follow(document, local, 0);
  // Written as $eq, so that a regular expression is compared as a value.
  const clauses = (Array.isArray(value) ? value : [value ?? null]).map(
    (item): Doc => new Map([[foreign, doc({ $eq: item })]]),
  );
  const [only] = clauses;
  if (!only) return doc({ $alwaysFalse: int(1) });
  return clauses.length === 1 ? only : doc({ $or: clauses });
}

function join(
  from: Collection | undefined,
  filter: Doc | undefined,
  stages: readonly (readonly [string, Value])[],
  context: PipelineContext,
): Doc[] {
  if (!from) return [];
  const { hint: _hint, ...inner } = context;
  if (!filter) return [...runStages(from, stages, inner)];
  const query = { filter, ...(context.collation ? { collation: context.collation } : {}) };
  const found = find(context.read.view, from, query).map(({ document }) => document);
  return [...compilePipeline(stages, inner)(found)];
}

const runStages = (
  from: Collection,
  stages: readonly (readonly [string, Value])[],
  context: PipelineContext,
): Iterable<Doc> => {
  const rest = [...stages];
  const source = sourceOf(from, rest, context);
  return compilePipeline(rest, context)(source);
};

function facet(spec: Value, context: PipelineContext): Stage {
  if (!isDoc(spec) || spec.size === 0)
    throw new MongoError(40169, 'the $facet specification must be a non-empty object');
  const facets = [...spec].map(([name, pipeline]) => {
    const stages = subPipeline(pipeline, context, '$facet');
    if (stages.some(([stage]) => stage === '$facet'))
      throw new MongoError(40600, '$facet is not allowed to be used within a $facet stage');
    return [name, compilePipeline(stages, context)] as const;
  });
  return function* (input) {
    const documents = [...input];
    yield new Map(facets.map(([name, stage]): [string, Value] => [name, [...stage(documents)]]));
  };
}

function unionWith(spec: Value, context: PipelineContext): Stage {
  const from = typeof spec === 'string' ? spec : isDoc(spec) ? text(spec, 'coll', '$unionWith') : undefined;
  if (from === undefined)
    throw new MongoError('FailedToParse', 'the $unionWith stage specification must be an object or string');
  const stages = isDoc(spec) && spec.has('pipeline') ? subPipeline(spec.get('pipeline'), context, '$unionWith') : [];
  const other = context.read.collection(context.db, from);
  return function* (input) {
    yield* input;
    if (other) yield* runStages(other, stages, context);
  };
}
