import { encodeKey } from '../bson/key.ts';
import { type Doc, doc, int, isDoc, isNumeric, Long, type Value } from '../bson/types.ts';
import { MongoError, notSupported } from '../errors.ts';
import { SIMPLE } from '../query/collation.ts';
import { Held, MAX_BLOCKING_BYTES, sizeOf } from '../query/execution.ts';
import { find } from '../query/find.ts';
import { wholeNumber } from '../query/leaf.ts';
import { compileMatcher } from '../query/matcher.ts';
import { splitPath, visitPath } from '../query/path.ts';
import { placeOf } from '../query/update-paths.ts';
import type { Collection } from '../storage/catalog.ts';
import { compileExpression, follow } from './expression.ts';
import { compilePipeline, type PipelineContext, type StageSpec, sourceOf } from './pipeline.ts';
import { type Stage, scopeOf, stageOf } from './stage.ts';

function subPipeline(value: Value | undefined, context: PipelineContext, inside: string): StageSpec[] {
  if (!Array.isArray(value)) throw new MongoError('TypeMismatch', `the pipeline of ${inside} must be an array`);
  const stages = value.map(stageOf);
  if (stages[0]?.[0] === '$documents') throw notSupported(`$documents in ${inside}`);
  compilePipeline(stages, context);
  return stages;
}

function text(spec: Doc, name: string, stage: string): string {
  const value = spec.get(name);
  if (typeof value !== 'string') throw new MongoError('FailedToParse', `${stage} argument '${name}' must be a string`);
  return value;
}

export function lookup(spec: Value, context: PipelineContext, next?: StageSpec): Stage {
  if (!isDoc(spec)) throw new MongoError('FailedToParse', 'the $lookup specification must be an Object');
  for (const name of spec.keys())
    if (!['from', 'as', 'localField', 'foreignField', 'let', 'pipeline'].includes(name))
      throw new MongoError('FailedToParse', `unknown argument to $lookup: ${name}`);
  const from = text(spec, 'from', '$lookup');
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
  const isUnwound = unwinds(next, `$${as.join('.')}`);
  return function* (input) {
    for (const document of input) {
      const variables = new Map(context.variables ?? []);
      const scope = { root: document, variables, collation: context.collation ?? SIMPLE };
      for (const [name, evaluate] of bindings) variables.set(name, evaluate(scope));
      const joined = join(
        context.read.collection(context.db, from),
        local && joinFilter(document, local, foreign as string),
        stages,
        {
          ...context,
          variables,
        },
      );
      checkJoined(joined, from, isUnwound);
      const copy: Doc = copyAlong(document, as);
      placeOf(copy, as).set(joined);
      yield copy;
    }
  };
}

/** Whether the next stage takes apart again what is joined: then it need not fit one document. */
function unwinds(next: StageSpec | undefined, path: string): boolean {
  if (next?.[0] !== '$unwind') return false;
  const spec = next[1];
  return (isDoc(spec) ? spec.get('path') : spec) === path;
}

const MAX_JOINED = 16 * 1024 * 1024 + 16 * 1024;

function checkJoined(joined: readonly Doc[], from: string, isUnwound: boolean): void {
  let bytes = 0;
  for (const document of joined) bytes += sizeOf(document);
  if (bytes <= MAX_JOINED) return;
  if (!isUnwound)
    throw new MongoError(
      4568,
      `Total size of documents in ${from} matching pipeline's $lookup stage exceeds ${MAX_JOINED} bytes`,
    );
  if (bytes > MAX_BLOCKING_BYTES)
    throw new MongoError('ExceededMemoryLimit', `the documents in ${from} that join one document take too much memory`);
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
  stages: readonly StageSpec[],
  context: PipelineContext,
): Doc[] {
  const { hint: _hint, ...inner } = context;
  if (!from) return [...compilePipeline(stages, inner)([])];
  if (!filter) return [...runStages(from, stages, inner)];
  return [...compilePipeline(stages, inner)(matching(from, filter, context))];
}

function matching(from: Collection, filter: Doc, context: PipelineContext): Doc[] {
  const { collation, execution } = context;
  const query = { filter, execution, ...(collation ? { collation } : {}) };
  return find(context.read.view, from, query).map(({ document }) => document);
}

const runStages = (from: Collection, stages: readonly StageSpec[], context: PipelineContext): Iterable<Doc> => {
  const rest = [...stages];
  const source = sourceOf(from, rest, context);
  return compilePipeline(rest, context)(source);
};

export function facet(spec: Value, context: PipelineContext): Stage {
  if (!isDoc(spec) || spec.size === 0)
    throw new MongoError(40169, 'the $facet specification must be a non-empty object');
  const facets = [...spec].map(([name, pipeline]) => {
    const stages = subPipeline(pipeline, context, '$facet');
    if (stages.some(([stage]) => stage === '$facet'))
      throw new MongoError(40600, '$facet is not allowed to be used within a $facet stage');
    return [name, compilePipeline(stages, context)] as const;
  });
  return function* (input) {
    const held = new Held('$facet');
    const documents: Doc[] = [];
    for (const document of input) {
      held.add(sizeOf(document));
      documents.push(document);
    }
    yield new Map(facets.map(([name, stage]): [string, Value] => [name, [...stage(documents)]]));
  };
}

export function unionWith(spec: Value, context: PipelineContext): Stage {
  const from = typeof spec === 'string' ? spec : isDoc(spec) ? text(spec, 'coll', '$unionWith') : undefined;
  if (from === undefined)
    throw new MongoError('FailedToParse', 'the $unionWith stage specification must be an object or string');
  const stages = isDoc(spec) && spec.has('pipeline') ? subPipeline(spec.get('pipeline'), context, '$unionWith') : [];
  const { hint: _hint, ...inner } = context;
  return function* (input) {
    yield* input;
    const other = context.read.collection(context.db, from);
    yield* other ? runStages(other, stages, inner) : compilePipeline(stages, inner)([]);
  };
}

const GRAPH_FIELDS = [
  'from',
  'startWith',
  'connectFromField',
  'connectToField',
  'as',
  'maxDepth',
  'depthField',
  'restrictSearchWithMatch',
];

/** $graphLookup: follows a field from document to document, breadth first; each document is reached once. */
export function graphLookup(spec: Value, context: PipelineContext): Stage {
  if (!isDoc(spec)) throw new MongoError('FailedToParse', 'the $graphLookup stage specification must be an object');
  for (const name of spec.keys())
    if (!GRAPH_FIELDS.includes(name)) throw new MongoError(40104, `unknown argument to $graphLookup: ${name}`);
  if (GRAPH_FIELDS.slice(0, 5).some((name) => !spec.has(name)))
    throw new MongoError(
      40105,
      "$graphLookup requires 'from', 'as', 'startWith', 'connectFromField', and 'connectToField' to be specified.",
    );
  const [from, as, connectFrom, connectTo] = ['from', 'as', 'connectFromField', 'connectToField'].map((name) =>
    graphText(spec, name),
  ) as [string, string, string, string];
  const restriction = spec.get('restrictSearchWithMatch') ?? new Map();
  if (!isDoc(restriction))
    throw new MongoError(40185, '$graphLookup argument restrictSearchWithMatch must be an object');
  compileMatcher(restriction);
  const startWith = compileExpression(spec.get('startWith') as Value);
  const search: GraphSearch = {
    connectFrom: splitPath(connectFrom),
    connectTo,
    restriction,
    maxDepth: maxDepthOf(spec.get('maxDepth')),
    depthField: spec.has('depthField') ? graphText(spec, 'depthField') : undefined,
  };
  return function* (input) {
    for (const document of input) {
      const collection = context.read.collection(context.db, from);
      const start = startWith(scopeOf(document, context));
      const found = collection ? followGraph(collection, search, start, context) : [];
      const parts = splitPath(as);
      const copy = copyAlong(document, parts);
      placeOf(copy, parts).set(found);
      yield copy;
    }
  };
}

function graphText(spec: Doc, name: string): string {
  const value = spec.get(name);
  if (typeof value !== 'string') throw new MongoError(40103, `expected string as argument for ${name}`);
  if (name !== 'from' && (value === '' || value.startsWith('$')))
    throw new MongoError(16410, `${name}: field path cannot be empty or begin with a '$'`);
  return value;
}

function maxDepthOf(value: Value | undefined): number {
  if (value === undefined) return Number.POSITIVE_INFINITY;
  if (!isNumeric(value)) throw new MongoError(40100, 'maxDepth requires numeric argument');
  const depth = wholeNumber(value);
  if (depth === undefined) throw new MongoError(40102, 'maxDepth could not be represented as a long long');
  if (depth < 0) throw new MongoError(40101, 'maxDepth requires a nonnegative argument');
  return depth;
}

type GraphSearch = {
  readonly connectFrom: readonly string[];
  readonly connectTo: string;
  readonly restriction: Doc;
  readonly maxDepth: number;
  readonly depthField: string | undefined;
};

function followGraph(
  collection: Collection,
  search: GraphSearch,
  start: Value | undefined,
  context: PipelineContext,
): Doc[] {
  const held = new Held('$graphLookup');
  const reached = new Map<string, Doc>();
  const asked = new Set<string>();
  let frontier = start === undefined ? [] : Array.isArray(start) ? start : [start];
  for (let depth = 0; frontier.length > 0 && depth <= search.maxDepth; depth++) {
    const fresh = frontier.filter((value) => {
      const before = asked.size;
      return asked.add(encodeKey(value)).size > before;
    });
    frontier = [];
    for (const document of fresh.length > 0 ? neighbours(collection, search, fresh, context) : []) {
      const key = encodeKey(document.get('_id'));
      if (reached.has(key)) continue;
      held.add(sizeOf(document));
      reached.set(key, search.depthField === undefined ? document : withDepth(document, search.depthField, depth));
      frontier.push(...connections(document, search.connectFrom));
    }
  }
  return [...reached.values()];
}

function neighbours(
  collection: Collection,
  search: GraphSearch,
  values: readonly Value[],
  context: PipelineContext,
): Doc[] {
  // Written as equalities, so that a regular expression is compared as a value.
  const clauses = values.map((value): Doc => new Map([[search.connectTo, doc({ $eq: value })]]));
  const [only] = clauses;
  const connected = only && clauses.length === 1 ? only : doc({ $or: clauses });
  const filter = search.restriction.size > 0 ? doc({ $and: [connected, search.restriction] }) : connected;
  return matching(collection, filter, context);
}

function connections(document: Doc, parts: readonly string[]): Value[] {
  const found: Value[] = [];
  visitPath(document, parts, 'whole', (value) => {
    if (Array.isArray(value)) found.push(...value);
    else if (value !== undefined) found.push(value);
    return false;
  });
  return found;
}

function withDepth(document: Doc, field: string, depth: number): Doc {
  const parts = splitPath(field);
  const copy = copyAlong(document, parts);
  placeOf(copy, parts).set(Long.fromNumber(depth));
  return copy;
}
