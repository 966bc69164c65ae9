import { type Doc, isDoc, type Value } from '../bson/types.ts';
import { MongoError } from '../errors.ts';
import { type Collation, SIMPLE } from '../query/collation.ts';
import type { Execution } from '../query/execution.ts';
import type { Scope } from './expression.ts';

export type StageOptions = {
  readonly collation?: Collation;
  readonly variables?: ReadonlyMap<string, Value | undefined>;
  readonly execution?: Execution | undefined;
};
/** Documents in, documents out; one by one where the stage allows it. */
export type Stage = (input: Iterable<Doc>) => Iterable<Doc>;
export type CompileStage = (spec: Value, options: StageOptions) => Stage;

/** The single name and specification of a stage. */
export function stageOf(stage: Value | undefined): [string, Value] {
  if (!isDoc(stage)) throw new MongoError('TypeMismatch', "Each element of the 'pipeline' array must be an object");
  const [entry, second] = stage;
  if (!entry || second)
    throw new MongoError(40323, 'A pipeline stage specification object must contain exactly one field.');
  return entry;
}

export const scopeOf = (root: Doc, options: StageOptions): Scope => ({
  root,
  variables: options.variables ?? new Map(),
  collation: options.collation ?? SIMPLE,
});

export function docSpec(spec: Value, code: number, name: string): Doc {
  if (!isDoc(spec)) throw new MongoError(code, `${name} specification must be an object`);
  return spec;
}
