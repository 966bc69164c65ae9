import type { Value } from '../bson/types.ts';
import { MongoError } from '../errors.ts';
import { Held, sizeOf } from '../query/execution.ts';
import { parseSort, sortFirst } from '../query/sort.ts';
import { docSpec, type Stage, type StageOptions } from './stage.ts';

/** $sort; of `most` documents when a $limit comes after it. */
export function sortStage(spec: Value, options: StageOptions, most = Number.POSITIVE_INFINITY): Stage {
  const fields = parseSort(docSpec(spec, 15973, 'the $sort key'));
  if (fields.length === 0) throw new MongoError(15976, '$sort stage must have at least one sort key');
  return function* (input) {
    const { collation } = options;
    yield* sortFirst(input, (document) => document, fields, { collation, most, held: new Held('Sort'), sizeOf });
  };
}
