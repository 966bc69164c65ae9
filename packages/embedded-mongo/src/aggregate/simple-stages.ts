import { type Doc, doc, int, isDoc, isNullish, isNumeric, Long, type Value } from '../bson/types.ts';
import { MongoError } from '../errors.ts';
import { Held, sizeOf } from '../query/execution.ts';
import { wholeNumber } from '../query/leaf.ts';
import { compileMatcher } from '../query/matcher.ts';
import { getPath, splitPath } from '../query/path.ts';
import { compileAddFields, compileProjection, compileUnset } from '../query/projection.ts';
import { placeOf } from '../query/update-paths.ts';
import { compileExpression } from './expression.ts';
import { bucket, group, sortByCount } from './group-stage.ts';
import { sortStage } from './sort-stage.ts';
import { type CompileStage, docSpec, type Stage, scopeOf } from './stage.ts';

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

const sort: CompileStage = (spec, options) => sortStage(spec, options);

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

/** $sample: so many documents, each of them with the same chance. */
const sample: CompileStage = (spec) => {
  if (!isDoc(spec)) throw new MongoError(28745, 'the $sample stage specification must be an object');
  for (const name of spec.keys())
    if (name !== 'size') throw new MongoError(28748, `unrecognized option to $sample: ${name}`);
  const size = spec.get('size');
  if (size === undefined) throw new MongoError(28749, '$sample stage must specify a size');
  if (!isNumeric(size)) throw new MongoError(28746, 'size argument to $sample must be a number');
  const wanted = wholeNumber(size);
  if (wanted === undefined || wanted <= 0)
    throw new MongoError(28747, 'size argument to $sample must be a positive integer');
  return function* (input) {
    const held = new Held('Sort');
    const kept: Doc[] = [];
    let seen = 0;
    for (const document of input) {
      const place = seen++ < wanted ? kept.length : Math.floor(Math.random() * seen);
      if (place >= wanted) continue;
      held.add(sizeOf(document));
      const replaced = kept[place];
      if (replaced) held.release(sizeOf(replaced));
      kept[place] = document;
    }
    for (let i = kept.length - 1; i > 0; i--) {
      const other = Math.floor(Math.random() * (i + 1));
      [kept[i], kept[other]] = [kept[other] as Doc, kept[i] as Doc];
    }
    yield* kept;
  };
};

/** The stages that need nothing but the documents before them. */
export const SIMPLE_STAGES: Readonly<Record<string, CompileStage>> = {
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
  $sample: sample,
  $sortByCount: sortByCount,
  $group: group,
  $bucket: bucket,
};
