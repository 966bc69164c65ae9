import { type Doc, isDoc, type Value } from '../bson/types.ts';
import { MongoError } from '../errors.ts';
import { compileExpression, type Evaluate, type Scope } from './expression.ts';

/** Compiles the body of one operator. */
export type Compile = (spec: Value, name: string) => Evaluate;

/** The operand list of an operator: a single operand may stand without the array. */
export function operands(spec: Value, name: string, least: number, most: number): Evaluate[] {
  const list = Array.isArray(spec) ? spec : [spec];
  if (list.length < least || list.length > most) {
    const wanted = least === most ? `exactly ${least}` : `between ${least} and ${most}`;
    throw new MongoError(16020, `Expression ${name} takes ${wanted} arguments. ${list.length} were passed in.`);
  }
  return list.map(compileExpression);
}

/** Computes an operator's result from its evaluated operands. */
export type Apply = (values: readonly (Value | undefined)[], scope: Scope, name: string) => Value | undefined;

// Function declarations here, because the operators' modules and the compiler import each other.

/** An operator of fixed arity over evaluated operands. */
export function fixed(arity: number, apply: Apply): Compile {
  return (spec, name) => {
    const list = operands(spec, name, arity, arity);
    return (scope) =>
      apply(
        list.map((evaluate) => evaluate(scope)),
        scope,
        name,
      );
  };
}

/** An operator over any number of evaluated operands. */
export function variadic(apply: Apply): Compile {
  return (spec, name) => {
    const list = operands(spec, name, 0, Number.MAX_SAFE_INTEGER);
    return (scope) =>
      apply(
        list.map((evaluate) => evaluate(scope)),
        scope,
        name,
      );
  };
}

/** The named arguments of an operator, each of them known. */
export function named(
  spec: Value,
  name: string,
  required: readonly string[],
  optional: readonly string[],
  code: number,
): Doc {
  if (!isDoc(spec)) throw new MongoError(code, `${name} only supports an object as its argument`);
  for (const key of spec.keys())
    if (!required.includes(key) && !optional.includes(key))
      throw new MongoError(code, `Unrecognized argument to ${name}: ${key}`);
  for (const key of required) if (!spec.has(key)) throw new MongoError(code, `Missing '${key}' parameter to ${name}`);
  return spec;
}

/** The scope with one more variable. */
export function bind(scope: Scope, bindings: Iterable<readonly [string, Value | undefined]>): Scope {
  const variables = new Map(scope.variables);
  for (const [name, value] of bindings) variables.set(name, value);
  return { ...scope, variables };
}
