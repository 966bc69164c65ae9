import { type Doc, isDoc, type Value } from '../bson/types.ts';
import { MongoError } from '../errors.ts';
import type { Collation } from '../query/collation.ts';
import { SIMPLE_STAGES } from './simple-stages.ts';

const ALLOWED = ['$set', '$addFields', '$unset', '$project', '$replaceRoot', '$replaceWith'];

/** Compiles an update given as a pipeline: only stages that turn one document into one document. */
export function compileUpdatePipeline(
  stages: readonly Value[],
  options: { readonly collation?: Collation; readonly variables?: ReadonlyMap<string, Value> },
): (document: Doc) => Doc {
  const compiled = stages.map((stage) => {
    const name = isDoc(stage) ? [...stage.keys()][0] : undefined;
    if (!isDoc(stage) || name === undefined)
      throw new MongoError(40323, 'A pipeline stage specification object must contain exactly one field.');
    if (!ALLOWED.includes(name))
      throw new MongoError('InvalidOptions', `${name} is not allowed to be used within an update`);
    const compile = SIMPLE_STAGES[name];
    if (!compile) throw new MongoError(40324, `Unrecognized pipeline stage name: '${name}'`);
    return compile(stage.get(name) as Value, options);
  });
  return (document) => compiled.reduce((current, stage) => [...stage([current])][0] ?? current, document);
}
