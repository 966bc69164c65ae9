import { type CompareStrings, compare } from '../bson/compare.ts';
import { encodeKey } from '../bson/key.ts';
import { canonicalType, type Doc, doc, int, isDoc, type Value } from '../bson/types.ts';
import { MongoError } from '../errors.ts';
import { type Collation, SIMPLE } from '../query/collation.ts';
import { Held, sizeOf } from '../query/execution.ts';
import { refuseKnown } from '../support/refuse.ts';
import { ACCUMULATORS, type CompiledAccumulator, type RunningAccumulator } from './accumulators.ts';
import { compileExpression, type Evaluate } from './expression.ts';
import { sortStage } from './sort-stage.ts';
import { type CompileStage, docSpec, type StageOptions, scopeOf } from './stage.ts';

export const sortByCount: CompileStage = (spec, options) => {
  const isExpression =
    (typeof spec === 'string' && spec.startsWith('$')) ||
    (isDoc(spec) && [...spec.keys()][0]?.startsWith('$') === true);
  if (!isExpression)
    throw new MongoError(
      40147,
      'the sortByCount field must be defined as a $-prefixed path or an expression inside an object',
    );
  const grouped = group(doc({ _id: spec, count: doc({ $sum: int(1) }) }), options);
  const ordered = sortStage(doc({ count: int(-1) }), options);
  return (input) => ordered(grouped(input));
};

type GroupField = { readonly name: string; readonly accumulator: CompiledAccumulator };

export const group: CompileStage = (spec, options) => {
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
  const compile = ACCUMULATORS[operator];
  if (compile) return { name, accumulator: compile(operand, operator) };
  refuseKnown('accumulators', operator);
  throw new MongoError(15952, `unknown group operator '${operator}'`);
}

/** What is held per group besides its key and what its accumulators say. */
const GROUP_BYTES = 64;

function* runGroup(
  input: Iterable<Doc>,
  idOf: Evaluate,
  fields: readonly GroupField[],
  options: StageOptions,
): Generator<Doc> {
  const held = new Held('$group');
  const groups = groupTable(options.collation ?? SIMPLE);
  for (const document of input) {
    const scope = scopeOf(document, options);
    const id = idOf(scope);
    const found = groups.find(id, () => {
      held.add(sizeOf(id) + GROUP_BYTES);
      return fields.map(({ accumulator }) => accumulator.start(scope, held));
    });
    for (const running of found.accumulators) running.add(scope);
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

type Group = { readonly id: Value | undefined; readonly accumulators: readonly RunningAccumulator[] };

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

const BUCKET_FIELDS = ['groupBy', 'boundaries', 'default', 'output'];

/** $bucket: a $group by the interval that a value lies in, in the order of the intervals. */
export const bucket: CompileStage = (spec, options) => {
  if (!isDoc(spec)) throw new MongoError(40201, 'Argument to $bucket stage must be an object');
  for (const name of spec.keys())
    if (!BUCKET_FIELDS.includes(name)) throw new MongoError(40197, `Unrecognized option to $bucket: ${name}.`);
  const groupBy = spec.get('groupBy');
  if (groupBy === undefined || !spec.has('boundaries'))
    throw new MongoError(40198, "$bucket requires 'groupBy' and 'boundaries' to be specified.");
  if (!(isDoc(groupBy) || (typeof groupBy === 'string' && groupBy.startsWith('$'))))
    throw new MongoError(40202, "The $bucket 'groupBy' field must be defined as a $-prefixed path or an expression");
  const strings = (options.collation ?? SIMPLE).compare;
  const boundaries = bucketBoundaries(spec.get('boundaries'), strings);
  const otherwise = spec.has('default') ? constant(spec.get('default') as Value, 40195) : undefined;
  checkDefault(boundaries, otherwise, strings);
  const output = spec.get('output') ?? doc({ count: doc({ $sum: int(1) }) });
  if (!isDoc(output)) throw new MongoError(40196, "The $bucket 'output' field must be an object");
  const fields = [...output].map(([name, value]) => groupField(name, value));
  const grouped = compileExpression(groupBy);
  const place: Evaluate = (scope) => bucketOf(grouped(scope), boundaries, otherwise, strings);
  const ordered = sortStage(doc({ _id: int(1) }), options);
  return (input) => ordered(runGroup(input, place, fields, options));
};

function bucketBoundaries(spec: Value | undefined, strings: CompareStrings): Value[] {
  if (!Array.isArray(spec)) throw new MongoError(40200, "The $bucket 'boundaries' field must be an array of values");
  const boundaries = spec.map((item) => constant(item, 40191));
  if (boundaries.length < 2) throw new MongoError(40192, "The $bucket 'boundaries' field must have at least 2 values");
  for (let i = 1; i < boundaries.length; i++) {
    const [low, high] = [boundaries[i - 1] as Value, boundaries[i] as Value];
    if (canonicalType(low) !== canonicalType(high))
      throw new MongoError(40193, "All values in the 'boundaries' option to $bucket must have the same type");
    if (compare(low, high, strings) >= 0)
      throw new MongoError(40194, "The 'boundaries' option to $bucket must be sorted in ascending order");
  }
  return boundaries;
}

/** A value that does not depend on the document. */
function constant(spec: Value, code: number): Value {
  if (typeof spec !== 'string' && !isDoc(spec) && !Array.isArray(spec)) return spec;
  if (typeof spec === 'string' && !spec.startsWith('$')) return spec;
  if (isDoc(spec) && spec.has('$literal')) return spec.get('$literal') as Value;
  throw new MongoError(code, 'the boundaries and the default of $bucket must be constant values');
}

function checkDefault(boundaries: readonly Value[], otherwise: Value | undefined, strings: CompareStrings): void {
  if (otherwise === undefined || canonicalType(otherwise) !== canonicalType(boundaries[0])) return;
  if (
    compare(otherwise, boundaries[0], strings) >= 0 &&
    compare(otherwise, boundaries[boundaries.length - 1], strings) < 0
  )
    throw new MongoError(
      40199,
      "The $bucket 'default' field must be less than the lowest boundary or not below the highest",
    );
}

function bucketOf(
  value: Value | undefined,
  boundaries: readonly Value[],
  otherwise: Value | undefined,
  strings: CompareStrings,
): Value {
  const at = boundaries.findLastIndex((boundary) => compare(value, boundary, strings) >= 0);
  const found = at < boundaries.length - 1 ? boundaries[at] : undefined;
  const result = found ?? otherwise;
  if (result === undefined)
    throw new MongoError(40066, '$switch could not find a matching branch for an input, and no default was specified.');
  return result;
}
