import { compare } from '../bson/compare.ts';
import { encodeKey } from '../bson/key.ts';
import { type Doc, doc, int, isDoc, isNullish, Long, type Value } from '../bson/types.ts';
import { MongoError } from '../errors.ts';
import { type Collation, SIMPLE } from '../query/collation.ts';
import { wholeNumber } from '../query/leaf.ts';
import { compileMatcher } from '../query/matcher.ts';
import { getPath, splitPath } from '../query/path.ts';
import { compileAddFields, compileProjection, compileUnset } from '../query/projection.ts';
import { parseSort, sortBy } from '../query/sort.ts';
import { placeOf } from '../query/update-paths.ts';
import { ACCUMULATORS, type NewAccumulator } from './accumulators.ts';
import { compileExpression, type Evaluate, type Scope } from './expression.ts';

export type StageOptions = {
  readonly collation?: Collation;
  readonly variables?: ReadonlyMap<string, Value | undefined>;
};
export type Stage = (input: Iterable<Doc>) => Iterable<Doc>;
type CompileStage = (spec: Value, options: StageOptions) => Stage;

/** Compiles a stage that needs nothing but the documents before it; `undefined` names are refused by the caller. */
export function compileStage(stage: Doc, options: StageOptions): Stage {
  const [name, spec] = stageOf(stage);
  const compile = SIMPLE_STAGES[name];
  if (!compile) throw new MongoError(40324, `Unrecognized pipeline stage name: '${name}'`);
  return compile(spec, options);
}

/** The single name and specification of a stage. */
export function stageOf(stage: Value | undefined): [string, Value] {
  if (!isDoc(stage)) throw new MongoError('TypeMismatch', "Each element of the 'pipeline' array must be an object");
  const [entry, second] = stage;
  if (!entry || second)
    throw new MongoError(40323, 'A pipeline stage specification object must contain exactly one field.');
  return entry;
}

export const isSimpleStage = (name: string): boolean => name in SIMPLE_STAGES;

const scopeOf = (root: Doc, options: StageOptions): Scope => ({
  root,
  variables: options.variables ?? new Map(),
  collation: options.collation ?? SIMPLE,
});

function docSpec(spec: Value, code: number, name: string): Doc {
  if (!isDoc(spec)) throw new MongoError(code, `${name} specification must be an object`);
  return spec;
}

const each = (change: (document: Doc) => Doc): Stage =>
  function* (input) {
    for (const document of input) yield change(document);
  };

const match: CompileStage = (spec, options) => {
  const matcher = compileMatcher(docSpec(spec, 15959, 'the $match filter'), options);
  return function* (input) {
    for (const document of input) if (matcher(document)) yield document;
  };
};

const project: CompileStage = (spec, options) =>
  each(compileProjection(docSpec(spec, 15969, '$project'), { ...options, style: 'aggregate' }));
const addFields: CompileStage = (spec, options) => each(compileAddFields(docSpec(spec, 40272, '$addFields'), options));

const unset: CompileStage = (spec) => {
  const paths = Array.isArray(spec) ? spec : [spec];
  if (paths.length === 0)
    throw new MongoError(31119, '$unset specification must be a string or an array with at least one field');
  for (const path of paths)
    if (typeof path !== 'string')
      throw new MongoError(31120, '$unset specification must be a string or an array containing only string values');
  return each(compileUnset(paths as string[]));
};

const sort: CompileStage = (spec, options) => {
  const fields = parseSort(docSpec(spec, 15973, 'the $sort key'));
  if (fields.length === 0) throw new MongoError(15976, '$sort stage must have at least one sort key');
  return (input) => sortBy([...input], (document) => document, fields, options.collation);
};

const limit: CompileStage = (spec) => {
  const most = wholeNumber(spec);
  if (most === undefined) throw new MongoError(2107201, 'invalid argument to $limit stage: Expected a number');
  if (most <= 0) throw new MongoError(15958, 'the limit must be positive');
  return function* (input) {
    let left = most;
    for (const document of input) {
      yield document;
      if (--left === 0) return;
    }
  };
};

const skip: CompileStage = (spec) => {
  const count = wholeNumber(spec);
  if (count === undefined || count < 0)
    throw new MongoError(5107200, 'invalid argument to $skip stage: Expected a non-negative number');
  return function* (input) {
    let left = count;
    for (const document of input) if (left-- <= 0) yield document;
  };
};

const count: CompileStage = (spec) => {
  if (typeof spec !== 'string' || spec === '')
    throw new MongoError(40156, 'the count field must be a non-empty string');
  if (spec.startsWith('$')) throw new MongoError(40158, 'the count field cannot be a $-prefixed path');
  if (spec.includes('.')) throw new MongoError(40160, "the count field cannot contain '.'");
  return function* (input) {
    let n = 0;
    for (const _ of input) n++;
    if (n > 0) yield new Map([[spec, int(n)]]);
  };
};

const replaceRoot: CompileStage = (spec, options) => {
  if (!isDoc(spec) || spec.size !== 1 || !spec.has('newRoot'))
    throw new MongoError(40231, 'no newRoot specified for the $replaceRoot stage');
  return replaceWith(spec.get('newRoot') as Value, options);
};

const replaceWith: CompileStage = (spec, options) => {
  const evaluate = compileExpression(spec);
  return each((document) => {
    const value = evaluate(scopeOf(document, options));
    if (!isDoc(value)) throw new MongoError(40228, "'newRoot' expression must evaluate to an object");
    return value;
  });
};

const unwind: CompileStage = (spec) => {
  const options = isDoc(spec) ? spec : doc({ path: spec });
  for (const name of options.keys())
    if (!['path', 'includeArrayIndex', 'preserveNullAndEmptyArrays'].includes(name))
      throw new MongoError(28811, `unrecognized option to $unwind stage: ${name}`);
  const path = options.get('path');
  if (typeof path !== 'string') throw new MongoError(28808, 'expected a string as the path for $unwind stage');
  if (!path.startsWith('$'))
    throw new MongoError(28818, `path option to $unwind stage should be prefixed with a '$': ${path}`);
  const indexName = options.get('includeArrayIndex');
  if (indexName !== undefined && (typeof indexName !== 'string' || indexName === ''))
    throw new MongoError(28810, 'expected a non-empty string for the includeArrayIndex option to $unwind stage');
  return unwinder(splitPath(path.slice(1)), indexName, options.get('preserveNullAndEmptyArrays') === true);
};

function unwinder(parts: readonly string[], indexName: string | undefined, preserve: boolean): Stage {
  const copyWith = (document: Doc, value: Value | undefined, index: Value): Doc => {
    const copy = shallowAlong(document, parts);
    const place = placeOf(copy, parts);
    if (value === undefined) place.remove();
    else place.set(value);
    if (indexName) placeOf(copy, splitPath(indexName)).set(index);
    return copy;
  };
  return function* (input) {
    for (const document of input) {
      const value = getPath(document, parts);
      if (Array.isArray(value) && value.length > 0) {
        for (const [i, item] of value.entries()) yield copyWith(document, item, longIndex(i));
      } else if (Array.isArray(value)) {
        if (preserve) yield copyWith(document, undefined, null);
      } else if (!isNullish(value)) yield indexName ? copyWith(document, value, null) : document;
      else if (preserve) yield indexName ? copyWith(document, value, null) : document;
    }
  };
}

/** Copies the documents along a path, so that the original can be kept as it is. */
function shallowAlong(document: Doc, parts: readonly string[]): Doc {
  const copy: Doc = new Map(document);
  const [first, ...rest] = parts;
  const child = first === undefined ? undefined : copy.get(first);
  if (first !== undefined && rest.length > 0 && isDoc(child)) copy.set(first, shallowAlong(child, rest));
  return copy;
}

const longIndex = (i: number): Value => Long.fromNumber(i);

const sortByCount: CompileStage = (spec, options) => {
  const isExpression =
    (typeof spec === 'string' && spec.startsWith('$')) ||
    (isDoc(spec) && [...spec.keys()][0]?.startsWith('$') === true);
  if (!isExpression)
    throw new MongoError(
      40147,
      'the sortByCount field must be defined as a $-prefixed path or an expression inside an object',
    );
  const grouped = group(doc({ _id: spec, count: doc({ $sum: int(1) }) }), options);
  const ordered = sort(doc({ count: int(-1) }), options);
  return (input) => ordered(grouped(input));
};

type GroupField = { readonly name: string; readonly create: NewAccumulator; readonly evaluate: Evaluate };

const group: CompileStage = (spec, options) => {
  const fields = docSpec(spec, 15947, "a group's fields");
  if (!fields.has('_id')) throw new MongoError(15955, 'a group specification must include an _id');
  const idOf = compileExpression(fields.get('_id') as Value);
  const accumulators = [...fields].filter(([name]) => name !== '_id').map(([name, value]) => groupField(name, value));
  return (input) => runGroup(input, idOf, accumulators, options);
};

function groupField(name: string, spec: Value): GroupField {
  if (name.includes('.')) throw new MongoError(40235, `The field name '${name}' cannot contain '.'`);
  if (name.startsWith('$')) throw new MongoError(40236, `The field name '${name}' cannot be an operator name`);
  if (!isDoc(spec)) throw new MongoError(40234, `The field '${name}' must be an accumulator object`);
  const [entry, second] = spec;
  if (!entry || second) throw new MongoError(40238, `The field '${name}' must specify one accumulator`);
  const [operator, operand] = entry;
  if (!(operator in ACCUMULATORS)) throw new MongoError(15952, `unknown group operator '${operator}'`);
  if (Array.isArray(operand)) throw new MongoError(40237, `The ${operator} accumulator is a unary operator`);
  if (operator === '$count' && !(isDoc(operand) && operand.size === 0))
    throw new MongoError('TypeMismatch', '$count takes no arguments, i.e. $count:{}');
  return { name, create: ACCUMULATORS[operator as keyof typeof ACCUMULATORS], evaluate: compileExpression(operand) };
}

function* runGroup(
  input: Iterable<Doc>,
  idOf: Evaluate,
  fields: readonly GroupField[],
  options: StageOptions,
): Generator<Doc> {
  const collation = options.collation ?? SIMPLE;
  const groups = groupTable(collation);
  for (const document of input) {
    const scope = scopeOf(document, options);
    const found = groups.find(idOf(scope), () => fields.map(({ create }) => create(collation)));
    fields.forEach(({ evaluate }, i) => {
      found.accumulators[i]?.add(evaluate(scope));
    });
  }
  for (const { id, accumulators } of groups.all()) {
    const result: Doc = new Map([['_id', id ?? null]]);
    fields.forEach(({ name }, i) => {
      const value = accumulators[i]?.result();
      if (value !== undefined) result.set(name, value);
    });
    yield result;
  }
}

type Group = { readonly id: Value | undefined; readonly accumulators: ReturnType<NewAccumulator>[] };

/** Groups by MongoDB's equality: the order-preserving key says it, or under a collation comparing one by one. */
function groupTable(collation: Collation) {
  const byKey = new Map<string, Group>();
  const list: Group[] = [];
  const find = (id: Value | undefined, create: () => Group['accumulators']): Group => {
    const key = collation.simple ? encodeKey(id ?? null) : '';
    const known = collation.simple
      ? byKey.get(key)
      : list.find((item) => compare(item.id ?? null, id ?? null, collation.compare) === 0);
    if (known) return known;
    const made: Group = { id, accumulators: create() };
    if (collation.simple) byKey.set(key, made);
    list.push(made);
    return made;
  };
  return { find, all: () => list };
}

const SIMPLE_STAGES: Readonly<Record<string, CompileStage>> = {
  $match: match,
  $project: project,
  $set: addFields,
  $addFields: addFields,
  $unset: unset,
  $sort: sort,
  $limit: limit,
  $skip: skip,
  $count: count,
  $replaceRoot: replaceRoot,
  $replaceWith: replaceWith,
  $unwind: unwind,
  $sortByCount: sortByCount,
  $group: group,
};
