import { compare } from '../bson/compare.ts';
import { aliasOf, int, isDoc, isNullish, isNumeric, typeCode, type Value } from '../bson/types.ts';
import { MongoError } from '../errors.ts';
import { bind, type Compile, fixed, named, operands } from './arguments.ts';
import { compileExpression } from './expression.ts';

export const isTrue = (value: Value | undefined): boolean =>
  !(isNullish(value) || value === false || (isNumeric(value) && Number(value.toString()) === 0));

const comparison = (accepts: (order: number) => boolean): Compile =>
  fixed(2, ([a, b], scope) => accepts(compare(a, b, scope.collation.compare)));

const literal: Compile = (spec) => () => spec;

const cond: Compile = (spec, name) => {
  const parts = isDoc(spec)
    ? ['if', 'then', 'else'].map((key) => named(spec, name, ['if', 'then', 'else'], [], 17080).get(key) as Value)
    : spec;
  const [test, yes, no] = operands(parts, name, 3, 3);
  return (scope) => (isTrue(test?.(scope)) ? yes?.(scope) : no?.(scope));
};

const ifNull: Compile = (spec, name) => {
  if (!Array.isArray(spec) || spec.length < 2) throw new MongoError(1257300, '$ifNull needs at least two arguments');
  const list = operands(spec, name, 2, Number.MAX_SAFE_INTEGER);
  return (scope) => {
    let value: Value | undefined;
    for (const evaluate of list) {
      value = evaluate(scope);
      if (!isNullish(value)) return value;
    }
    return value;
  };
};

const logical =
  (stopAt: boolean): Compile =>
  (spec, name) => {
    const list = operands(spec, name, 0, Number.MAX_SAFE_INTEGER);
    return (scope) => (list.some((evaluate) => isTrue(evaluate(scope)) === stopAt) ? stopAt : !stopAt);
  };

const switchCase: Compile = (spec, name) => {
  const args = named(spec, name, ['branches'], ['default'], 40065);
  const branches = args.get('branches');
  if (!Array.isArray(branches)) throw new MongoError(40061, "$switch expected an array for 'branches'");
  if (branches.length === 0) throw new MongoError(40068, '$switch requires at least one branch');
  const compiled = branches.map((branch) => {
    const parts = named(branch, '$switch branch', ['case', 'then'], [], 40063);
    return [compileExpression(parts.get('case') as Value), compileExpression(parts.get('then') as Value)] as const;
  });
  const otherwise = args.has('default') ? compileExpression(args.get('default') as Value) : undefined;
  return (scope) => {
    for (const [test, then] of compiled) if (isTrue(test(scope))) return then(scope);
    if (!otherwise)
      throw new MongoError(
        40066,
        '$switch could not find a matching branch for an input, and no default was specified.',
      );
    return otherwise(scope);
  };
};

const letIn: Compile = (spec, name) => {
  const args = named(spec, name, ['vars', 'in'], [], 16874);
  const vars = args.get('vars');
  if (!isDoc(vars)) throw new MongoError(10065, 'invalid parameter: expected an object (vars)');
  const bindings = [...vars].map(([key, value]) => [key, compileExpression(value)] as const);
  const body = compileExpression(args.get('in') as Value);
  return (scope) =>
    body(
      bind(
        scope,
        bindings.map(([key, evaluate]) => [key, evaluate(scope)] as const),
      ),
    );
};

export const BASIC_OPERATORS: Readonly<Record<string, Compile>> = {
  $literal: literal,
  $const: literal,
  $eq: comparison((order) => order === 0),
  $ne: comparison((order) => order !== 0),
  $gt: comparison((order) => order > 0),
  $gte: comparison((order) => order >= 0),
  $lt: comparison((order) => order < 0),
  $lte: comparison((order) => order <= 0),
  $cmp: fixed(2, ([a, b], scope) => int(Math.sign(compare(a, b, scope.collation.compare)))),
  $and: logical(false),
  $or: logical(true),
  $not: fixed(1, ([value]) => !isTrue(value)),
  $cond: cond,
  $ifNull: ifNull,
  $switch: switchCase,
  $let: letIn,
  $type: fixed(1, ([value]) => (value === undefined ? 'missing' : aliasOf(typeCode(value)))),
  $isNumber: fixed(1, ([value]) => isNumeric(value)),
};
