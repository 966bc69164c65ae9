import { compileExpression, type Evaluate } from '../aggregate/expression.ts';
import { BSONRegExp, type Doc, isDoc, isNumeric, type Value } from '../bson/types.ts';
import { MongoError, notSupported } from '../errors.ts';
import { type Collation, SIMPLE } from './collation.ts';
import {
  type BitOperator,
  bitsTest,
  equalsTest,
  inTest,
  type LeafTest,
  modTest,
  type Order,
  rangeTest,
  regexTest,
  sizeTest,
  typeTest,
} from './leaf.ts';
import { splitPath, visitPath } from './path.ts';

/** Where the last array condition matched: what the positional `$` of updates and projections stands for. */
export type MatchDetails = { position?: number };

/** Says whether a document matches. */
export type Matcher = (document: Doc, details?: MatchDetails) => boolean;

/** A condition on a value that was already reached, used inside $elemMatch and by $pull. */
export type ValueMatcher = (value: Value | undefined) => boolean;

export type MatchOptions = {
  readonly collation?: Collation;
  readonly variables?: ReadonlyMap<string, Value | undefined>;
};

const bad = (message: string): MongoError => new MongoError('BadValue', message);

/** Compiles a query filter. Throws MongoDB's errors for what it does not accept. */
export function compileMatcher(filter: Doc, options: MatchOptions = {}): Matcher {
  return all([...filter].map(([name, operand]) => compileClause(name, operand, options)));
}

function all(matchers: readonly Matcher[]): Matcher {
  const [only] = matchers;
  if (matchers.length === 1 && only) return only;
  return (document, details) => matchers.every((matcher) => matcher(document, details));
}

function compileClause(name: string, operand: Value, options: MatchOptions): Matcher {
  if (!name.startsWith('$')) return compileField(name, operand, options);
  switch (name) {
    case '$and':
      return all(clauses(name, operand, options));
    case '$or': {
      const matchers = clauses(name, operand, options);
      return (document, details) => matchers.some((matcher) => matcher(document, details));
    }
    case '$nor': {
      const matchers = clauses(name, operand, options);
      return (document) => !matchers.some((matcher) => matcher(document));
    }
    case '$expr':
      return expression(operand, options);
    case '$comment':
      return () => true;
    case '$alwaysTrue':
      return () => true;
    case '$alwaysFalse':
      return () => false;
    case '$where':
    case '$text':
    case '$jsonSchema':
    case '$sampleRate':
      throw notSupported(name);
    default:
      throw bad(
        `unknown top level operator: ${name}. If you have a field name that starts with a '$' symbol, consider using $getField or $setField.`,
      );
  }
}

function expression(operand: Value, options: MatchOptions): Matcher {
  const evaluate: Evaluate = compileExpression(operand);
  return (document) => {
    const value = evaluate({
      root: document,
      variables: options.variables ?? new Map(),
      collation: options.collation ?? SIMPLE,
    });
    return truthy(value);
  };
}

/** MongoDB's truth: everything but false, null, missing and zero. */
export function truthy(value: Value | undefined): boolean {
  if (value === undefined || value === null || value === false) return false;
  return !(isNumeric(value) && Number(value.toString()) === 0);
}

function clauses(name: string, operand: Value, options: MatchOptions): Matcher[] {
  if (!Array.isArray(operand)) throw bad(`${name} must be an array`);
  if (operand.length === 0) throw bad(`$and/$or/$nor must be a nonempty array`);
  return operand.map((item) => {
    if (!isDoc(item)) throw bad(`$or/$and/$nor entries need to be full objects`);
    return compileMatcher(item, options);
  });
}

/** Whether a document is a set of operators ({$gt: 1}) and not a value; a mixture is an error. */
export function isOperatorDoc(value: Value | undefined): value is Doc {
  if (!isDoc(value)) return false;
  const first = value.keys().next().value;
  return first?.startsWith('$') === true && !['$ref', '$id', '$db'].includes(first);
}

function compileField(path: string, operand: Value, options: MatchOptions): Matcher {
  const parts = splitPath(path);
  if (operand instanceof BSONRegExp) return leaf(parts, regexTest(operand));
  if (!isOperatorDoc(operand)) return leaf(parts, equalsTest(operand, strings(options)));
  return all(operators(operand).map(([name, value]) => compileOperator(parts, name, value, operand, options)));
}

/** The operators of a set without $options and $comment; `{a: {$gt: 1, b: 2}}` is an error. */
function operators(set: Doc): [string, Value][] {
  for (const name of set.keys()) if (!name.startsWith('$')) throw bad(`unknown operator: ${name}`);
  if (set.has('$options') && !set.has('$regex')) throw bad('$options needs a $regex');
  return [...set].filter(([name]) => name !== '$options' && name !== '$comment');
}

const strings = (options: MatchOptions) => (options.collation ?? SIMPLE).compare;

function leaf(
  parts: readonly string[],
  test: LeafTest,
  arrays: 'both' | 'whole' = parts === WHOLE ? 'whole' : 'both',
): Matcher {
  return (document, details) =>
    visitPath(document, parts, arrays, (value, position) => {
      if (!test(value)) return false;
      if (details && position !== undefined) details.position = position;
      return true;
    });
}

const not =
  (matcher: Matcher): Matcher =>
  (document) =>
    !matcher(document);

function compileOperator(
  parts: readonly string[],
  name: string,
  operand: Value,
  set: Doc,
  options: MatchOptions,
): Matcher {
  switch (name) {
    case '$ne':
      if (operand instanceof BSONRegExp) throw bad("Can't have regex as arg to $ne.");
      return not(leaf(parts, equalsTest(operand, strings(options))));
    case '$nin':
      return not(leaf(parts, inTest(operand, strings(options), '$nin')));
    case '$not':
      return not(negated(parts, operand, options));
    case '$exists': {
      const present = leaf(parts, (value) => value !== undefined, 'whole');
      return truthy(operand) ? present : not(present);
    }
    case '$size':
      return leaf(parts, sizeTest(operand), 'whole');
    case '$elemMatch': {
      const test = elemMatch(operand, options);
      return elements(parts, test);
    }
    case '$all':
      return compileAll(parts, operand, options);
    case '$type':
      return leaf(parts, typeTest(operand));
    default:
      return leaf(parts, scalarTest(name, operand, set, options));
  }
}

function scalarTest(name: string, operand: Value, set: Doc, options: MatchOptions): LeafTest {
  switch (name) {
    case '$eq':
      return operand instanceof BSONRegExp
        ? (value) =>
            value instanceof BSONRegExp && value.pattern === operand.pattern && value.options === operand.options
        : equalsTest(operand, strings(options));
    case '$gt':
    case '$gte':
    case '$lt':
    case '$lte':
      return rangeTest(name satisfies Order, operand, strings(options));
    case '$in':
      return inTest(operand, strings(options));
    case '$regex':
      if (operand instanceof BSONRegExp && operand.options !== '' && [...set.keys()].indexOf('$options') === 0)
        throw new MongoError(51074, 'options set in both $regex and $options');
      return regexTest(operand, set.get('$options'));
    case '$mod':
      return modTest(operand);
    case '$bitsAllSet':
    case '$bitsAllClear':
    case '$bitsAnySet':
    case '$bitsAnyClear':
      return bitsTest(name satisfies BitOperator, operand);
    case '$near':
    case '$nearSphere':
    case '$geoWithin':
    case '$geoIntersects':
      throw notSupported(name);
    default:
      throw bad(`unknown operator: ${name}`);
  }
}

function negated(parts: readonly string[], operand: Value, options: MatchOptions): Matcher {
  if (operand instanceof BSONRegExp) return leaf(parts, regexTest(operand));
  if (!isDoc(operand)) throw bad('$not needs a regex or a document');
  if (operand.size === 0) throw bad('$not cannot be empty');
  return all(operators(operand).map(([name, value]) => compileOperator(parts, name, value, operand, options)));
}

/** Applies a test to the elements of the arrays that a path ends at. */
function elements(parts: readonly string[], test: ValueMatcher): Matcher {
  return (document, details) =>
    visitPath(document, parts, 'whole', (value, outer) => {
      if (!Array.isArray(value)) return false;
      const at = value.findIndex((item) => test(item));
      if (at < 0) return false;
      if (details) details.position = outer ?? at;
      return true;
    });
}

function elemMatch(operand: Value, options: MatchOptions): ValueMatcher {
  if (!isDoc(operand)) throw bad('$elemMatch needs an Object');
  const first = operand.keys().next().value;
  const onValues = first?.startsWith('$') === true && !['$and', '$or', '$nor', '$expr', '$where'].includes(first);
  return onValues ? compileValueMatcher(operand, options) : documentMatcher(operand, options);
}

function documentMatcher(filter: Doc, options: MatchOptions): ValueMatcher {
  for (const name of ['$expr', '$where', '$text'])
    if (filter.has(name)) throw bad(`${name} can only be applied to the top-level document`);
  const matcher = compileMatcher(filter, options);
  return (value) => {
    if (isDoc(value)) return matcher(value);
    // An array element that is an array is seen as a document of its positions.
    return Array.isArray(value) && matcher(new Map(value.map((item, i) => [String(i), item])));
  };
}

const WHOLE: readonly string[] = ['v'];

/** Compiles operators to be applied to a value itself, e.g. {$gte: 2, $lt: 5} to one element of an array. */
export function compileValueMatcher(set: Doc, options: MatchOptions = {}): ValueMatcher {
  const matchers = operators(set).map(([name, value]) => compileOperator(WHOLE, name, value, set, options));
  return (value) => {
    const wrapped: Doc = new Map(value === undefined ? [] : [['v', value]]);
    return matchers.every((matcher) => matcher(wrapped));
  };
}

/** The condition of $elemMatch as a test on one element (also used by projections). */
export function compileElemMatch(operand: Value, options: MatchOptions = {}): ValueMatcher {
  return elemMatch(operand, options);
}

function compileAll(parts: readonly string[], operand: Value, options: MatchOptions): Matcher {
  if (!Array.isArray(operand)) throw bad('$all needs an array');
  if (operand.length === 0) return () => false;
  const nested = operand.map((item) => isDoc(item) && item.has('$elemMatch'));
  if (nested.some(Boolean)) {
    if (!nested.every(Boolean)) throw bad('no $ expressions in $all');
    return all(operand.map((item) => elements(parts, elemMatch((item as Doc).get('$elemMatch') ?? null, options))));
  }
  return all(
    operand.map((item) => {
      if (isOperatorDoc(item)) throw bad('no $ expressions in $all');
      return leaf(parts, item instanceof BSONRegExp ? regexTest(item) : equalsTest(item, strings(options)));
    }),
  );
}
