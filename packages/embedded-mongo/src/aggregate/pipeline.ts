import { type Doc, isDoc, type Value } from '../bson/types.ts';
import { MongoError } from '../errors.ts';
import { findEach } from '../query/find.ts';
import { wholeNumber } from '../query/leaf.ts';
import { parseSort } from '../query/sort.ts';
import type { Collection } from '../storage/catalog.ts';
import type { ReadContext } from '../storage/store.ts';
import { refuseKnown } from '../support/refuse.ts';
import { compileExpression } from './expression.ts';
import { facet, graphLookup, lookup, unionWith } from './joining-stages.ts';
import { SIMPLE_STAGES } from './simple-stages.ts';
import { sortStage } from './sort-stage.ts';
import { type Stage, type StageOptions, scopeOf, stageOf } from './stage.ts';

export type PipelineContext = StageOptions & {
  readonly db: string;
  readonly read: ReadContext;
  readonly hint?: Value | undefined;
};

export type StageSpec = readonly [name: string, spec: Value];
type CompileJoining = (spec: Value, context: PipelineContext, next?: StageSpec) => Stage;

/** The stages that read more than the documents before them. */
const JOINING_STAGES: Readonly<Record<string, CompileJoining>> = {
  $lookup: lookup,
  $graphLookup: graphLookup,
  $facet: facet,
  $unionWith: unionWith,
};

/** The names of all stages that are built; $documents only begins a pipeline. */
export const stageNames = (): string[] => [...Object.keys(SIMPLE_STAGES), ...Object.keys(JOINING_STAGES), '$documents'];

const MAX_STAGES = 1000;

/**
 * Checks and starts a pipeline over a collection; a missing collection is an empty one. The documents come as they
 * are asked for, unless a stage has to see all of them first.
 */
export function runPipeline(
  collection: Collection | undefined,
  stages: readonly Value[],
  context: PipelineContext,
): Iterable<Doc> {
  const rest = stages.map(stageOf);
  if (rest[0]?.[0] === '$documents') throw new MongoError('InvalidNamespace', '$documents needs aggregate: 1');
  const source = collection ? sourceOf(collection, rest, context) : [];
  return compilePipeline(rest, context)(source);
}

/** Checks and starts a pipeline without a collection, which has to bring its own documents. */
export function runDocuments(stages: readonly Value[], context: PipelineContext): Iterable<Doc> {
  const [first, ...rest] = stages.map(stageOf);
  if (first?.[0] !== '$documents') {
    compilePipeline(first ? [first] : [], context);
    throw new MongoError(
      'InvalidNamespace',
      `{aggregate: 1} is not valid for '${first?.[0] ?? 'an empty pipeline'}'; a collection is required.`,
    );
  }
  const evaluate = compileExpression(first[1]);
  const documents = evaluate(scopeOf(new Map(), context));
  if (!Array.isArray(documents)) throw new MongoError(5858203, 'an array is expected for $documents');
  const checked = documents.map((document) => {
    if (!isDoc(document)) throw new MongoError(40228, '$documents needs documents');
    return document;
  });
  return compilePipeline(rest, context)(checked);
}

/** Checks and compiles a pipeline. */
export function compilePipeline(stages: readonly StageSpec[], context: PipelineContext): Stage {
  if (stages.length > MAX_STAGES)
    throw new MongoError(7749501, `Pipeline length must be no longer than ${MAX_STAGES} stages`);
  const compiled = stages.map(([name, spec], i) => compileAny(name, spec, context, i, stages[i + 1]));
  return (input) => compiled.reduce<Iterable<Doc>>((documents, stage) => timed(stage(documents), context), input);
}

function compileAny(
  name: string,
  spec: Value,
  context: PipelineContext,
  position: number,
  next: StageSpec | undefined,
): Stage {
  const most = next?.[0] === '$limit' ? wholeNumber(next[1]) : undefined;
  if (name === '$sort' && most !== undefined && most > 0) return sortStage(spec, context, most);
  const simple = SIMPLE_STAGES[name];
  if (simple) return simple(spec, context);
  const joining = JOINING_STAGES[name];
  if (joining) return joining(spec, context, next);
  if (name === '$documents') throw new MongoError(40602, '$documents is only valid as the first stage in a pipeline');
  if (name === '$changeStream') throw changeStreamRefused(position);
  refuseKnown('stages', name);
  throw new MongoError(40324, `Unrecognized pipeline stage name: '${name}'`);
}

/** Looks at the clock as documents pass: a stage can make many of few. */
function* timed(documents: Iterable<Doc>, { execution }: PipelineContext): Generator<Doc> {
  for (const document of documents) {
    execution?.step();
    yield document;
  }
}

export function changeStreamRefused(position = 0): MongoError {
  if (position > 0) return new MongoError(40602, '$changeStream is only valid as the first stage in a pipeline');
  return new MongoError(40573, 'The $changeStream stage is only supported on replica sets');
}

/** The leading $match and $sort (and $limit) go to the planner, so that they can use an index. */
export function sourceOf(collection: Collection, stages: StageSpec[], context: PipelineContext): Iterable<Doc> {
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
    execution: context.execution,
    ...(context.collation ? { collation: context.collation } : {}),
  };
  return documentsOf(findEach(context.read.view, collection, query));
}

function* documentsOf(found: Iterable<{ readonly document: Doc }>): Generator<Doc> {
  for (const { document } of found) yield document;
}
