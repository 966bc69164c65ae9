import { type Doc, isDoc, type Value } from '../bson/types.ts';
import { MongoError } from '../errors.ts';
import type { Collation } from '../query/collation.ts';
import { splitPath } from '../query/path.ts';
import { refuseKnown } from '../support/refuse.ts';
import { expressionOperators } from './operators.ts';

/** What an expression is evaluated against. `variables` holds the names without $$ (this, value, let variables). */
export type Scope = {
  readonly root: Doc;
  readonly current?: Value;
  readonly variables: ReadonlyMap<string, Value | undefined>;
  readonly collation: Collation;
};

/** A compiled expression; `undefined` is a missing value. */
export type Evaluate = (scope: Scope) => Value | undefined;

/** Marks `$$REMOVE` and friends that the compiler resolves by name. */
const SYSTEM: Readonly<Record<string, Evaluate>> = {
  ROOT: (scope) => scope.root,
  CURRENT: (scope) => scope.current ?? scope.root,
  REMOVE: () => undefined,
  // The same all through a command, which puts it there.
  NOW: (scope) => scope.variables.get('NOW') ?? new Date(),
};

/** Compiles an aggregation expression. Throws MongoDB's errors for unknown operators and wrong arguments. */
export function compileExpression(spec: Value): Evaluate {
  if (typeof spec === 'string' && spec.startsWith('$')) return reference(spec);
  if (Array.isArray(spec)) {
    const items = spec.map(compileExpression);
    return (scope) => items.map((item) => item(scope) ?? null);
  }
  if (!isDoc(spec)) return () => spec;
  const first = spec.keys().next().value;
  if (first?.startsWith('$')) return operator(spec, first);
  return object(spec);
}

function operator(spec: Doc, name: string): Evaluate {
  if (spec.size !== 1)
    throw new MongoError(
      15983,
      `An object representing an expression must have exactly one field: ${[...spec.keys()].join(', ')}`,
    );
  const compile = expressionOperators()[name];
  if (compile) return compile(spec.get(name) as Value, name);
  refuseKnown('expressions', name);
  throw new MongoError('InvalidPipelineOperator', `Unrecognized expression '${name}'`);
}

function object(spec: Doc): Evaluate {
  const fields = [...spec].map(([name, value]): [string, Evaluate] => {
    if (name.includes('.')) throw new MongoError(16412, `FieldPath field names may not contain '.'.`);
    if (name.startsWith('$')) throw new MongoError(16410, `FieldPath field names may not start with '$'.`);
    return [name, compileExpression(value)];
  });
  return (scope) => {
    const result: Doc = new Map();
    for (const [name, evaluate] of fields) {
      const value = evaluate(scope);
      if (value !== undefined) result.set(name, value);
    }
    return result;
  };
}

function reference(spec: string): Evaluate {
  if (!spec.startsWith('$$')) {
    const parts = fieldParts(spec.slice(1));
    return (scope) => follow(scope.current ?? scope.root, parts, 0);
  }
  const [name = '', ...rest] = splitPath(spec.slice(2));
  if (name === '') throw new MongoError('FailedToParse', 'empty variable names are not allowed');
  const system = SYSTEM[name];
  if (!system && !/^[a-z\u0080-\uffff]/.test(name)) throw new MongoError(17276, `Use of undefined variable: ${name}`);
  return (scope) => {
    if (!system && !scope.variables.has(name)) throw new MongoError(17276, `Use of undefined variable: ${name}`);
    const value = system ? system(scope) : scope.variables.get(name);
    return rest.length === 0 ? value : follow(value, rest, 0);
  };
}

function fieldParts(path: string): readonly string[] {
  if (path === '') throw new MongoError(16872, `'$' by itself is not a valid FieldPath`);
  const parts = splitPath(path);
  if (parts.some((part) => part === '')) throw new MongoError(15998, 'FieldPath field names may not be empty strings.');
  if (parts.some((part) => part.startsWith('$')))
    throw new MongoError(16410, `FieldPath field names may not start with '$'.`);
  return parts;
}

/** A path in an expression: through arrays it gives the array of what each document in it has. */
export function follow(value: Value | undefined, parts: readonly string[], at: number): Value | undefined {
  if (at === parts.length) return value;
  if (isDoc(value)) return follow(value.get(parts[at] as string), parts, at + 1);
  if (!Array.isArray(value)) return undefined;
  const found: Value[] = [];
  for (const item of value) {
    const inner = isDoc(item) || Array.isArray(item) ? follow(item, parts, at) : undefined;
    if (inner !== undefined) found.push(inner);
  }
  return found;
}
