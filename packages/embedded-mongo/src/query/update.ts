import { compileUpdatePipeline } from '../aggregate/update-pipeline.ts';
import { equal } from '../bson/compare.ts';
import { encode } from '../bson/encode.ts';
import { clone, type Doc, isDoc, ObjectId, Timestamp, type Value } from '../bson/types.ts';
import { MongoError } from '../errors.ts';
import { compileArrayFilters } from './array-filters.ts';
import { type Collation, SIMPLE } from './collation.ts';
import type { ValueMatcher } from './matcher.ts';
import { splitPath } from './path.ts';
import { rename } from './rename.ts';
import { nextTimestamp } from './timestamps.ts';
import { comparePaths, mixture, overlap } from './update-conflicts.ts';
import type { ApplyOperator } from './update-operator.ts';
import { UPDATE_OPERATORS } from './update-operators.ts';
import { expandPath, type Positions, placeOf } from './update-paths.ts';

export type UpdateOptions = {
  readonly arrayFilters?: readonly Value[];
  readonly collation?: Collation;
  readonly variables?: ReadonlyMap<string, Value>;
};

export type Update = {
  /** Replacements must not be used with multi: true. */
  readonly isReplacement: boolean;
  /** Whether the positional `$` is used, so that the match has to say where. */
  readonly usesPosition: boolean;
  /** Gives the changed document; the given one stays as it is. Throws ImmutableField when _id would change. */
  apply(document: Doc, context: { position?: number | undefined; isInsert?: boolean }): Doc;
};

type Step = {
  readonly parts: readonly string[];
  readonly path: string;
  readonly run: ApplyOperator;
  readonly renameFrom?: readonly string[];
};

/** Compiles an update: operators, a replacement, or a pipeline. Throws MongoDB's errors. */
export function compileUpdate(update: Value | undefined, options: UpdateOptions = {}): Update {
  if (Array.isArray(update)) {
    if (options.arrayFilters)
      throw new MongoError('FailedToParse', 'arrayFilters may not be specified for pipeline-syle updates');
    const run = compileUpdatePipeline(update, options);
    return {
      isReplacement: false,
      usesPosition: false,
      apply: (document) => keepId(document, withIdOf(document, run(clone(document)))),
    };
  }
  if (!isDoc(update)) throw new MongoError('FailedToParse', 'Update argument must be either an object or an array');
  const first = update.keys().next().value;
  if (first?.startsWith('$') !== true) return replacement(update, options);
  return operatorUpdate(update, options);
}

function replacement(update: Doc, options: UpdateOptions): Update {
  if (options.arrayFilters)
    throw new MongoError('FailedToParse', 'arrayFilters may not be specified for replacement updates');
  for (const name of update.keys())
    if (name.startsWith('$'))
      throw new MongoError(
        'DollarPrefixedFieldName',
        `The dollar ($) prefixed field '${name}' in '${name}' is not allowed in the context of an update's replacement document. Consider using an aggregation pipeline with $replaceWith.`,
      );
  return {
    isReplacement: true,
    usesPosition: false,
    apply: (document) => {
      const result = new Map([...withTimestamps(update)].map(([name, value]): [string, Value] => [name, clone(value)]));
      return keepId(document, withIdOf(document, result));
    },
  };
}

/** A new content without an _id keeps the one that was there. */
function withIdOf(before: Doc, after: Doc): Doc {
  const id = before.get('_id');
  return id === undefined || after.has('_id') ? after : new Map<string, Value>([['_id', id], ...after]);
}

/** _id is stored as the first field. */
function idFirst(document: Doc): Doc {
  const id = document.get('_id');
  if (id === undefined || document.keys().next().value === '_id') return document;
  return new Map<string, Value>([['_id', id], ...document]);
}

function keepId(before: Doc, after: Doc): Doc {
  const id = before.get('_id');
  if (id === undefined) return idFirst(after);
  const next = after.get('_id');
  if (
    next === undefined ||
    !equal(id, next) ||
    !encode(new Map([['_id', id]])).equals(encode(new Map([['_id', next]])))
  )
    throw new MongoError(
      'ImmutableField',
      "Performing an update on the path '_id' would modify the immutable field '_id'",
    );
  return idFirst(after);
}

function operatorUpdate(update: Doc, options: UpdateOptions): Update {
  const collation = options.collation ?? SIMPLE;
  const filters = compileArrayFilters(options.arrayFilters ?? [], options);
  const steps = [...update].flatMap(([name, fields]) => compileOperator(name, fields, collation));
  checkConflicts(steps);
  checkFilters(steps, filters);
  steps.sort((a, b) => comparePaths(a.parts, b.parts));
  return {
    isReplacement: false,
    usesPosition: steps.some(({ parts }) => parts.includes('$')),
    apply: (document, { position, isInsert = false }) => {
      const result = clone(document);
      const positions: Positions = { matched: position, filters };
      const now = new Date();
      for (const { step, parts } of placesOf(steps, document, positions)) {
        if (step.renameFrom) rename(result, step.renameFrom, parts);
        else step.run(placeOf(result, parts), { collation, isInsert, now, path: step.path });
      }
      return keepId(document, result);
    },
  };
}

type PlacedStep = { readonly step: Step; readonly parts: readonly string[] };

/**
 * The places that the steps change, in the order in which they are changed. What `$`, `$[]` and `$[name]` stand for is
 * told by the document as it was. Throws ConflictingUpdateOperators when two of them stand for one place.
 */
function placesOf(steps: readonly Step[], document: Doc, positions: Positions): PlacedStep[] {
  const dynamic = steps.some(({ parts }) => parts.some((part) => part.startsWith('$')));
  if (!dynamic) return steps.map((step) => ({ step, parts: step.parts }));
  const placed = steps.flatMap((step) =>
    expandPath(document, step.parts, positions).map((parts) => ({ step, parts }) satisfies PlacedStep),
  );
  placed.sort((a, b) => comparePaths(a.parts, b.parts));
  const conflict = overlap(placed.map(({ parts }) => parts));
  if (conflict) throw new MongoError('ConflictingUpdateOperators', `Update created a conflict at '${conflict.at}'`);
  return placed;
}

function compileOperator(name: string, fields: Value, collation: Collation): Step[] {
  const compile = UPDATE_OPERATORS[name];
  if (!compile && name !== '$rename')
    throw new MongoError(
      'FailedToParse',
      `Unknown modifier: ${name}. Expected a valid update modifier or pipeline-style update specified as an array`,
    );
  if (!isDoc(fields))
    throw new MongoError(
      'FailedToParse',
      `Modifiers operate on fields but we found type ${typeof fields} instead. For example: {$mod: {<field>: ...}} not {${name}: …}`,
    );
  return [...fields].map(([path, operand]) =>
    compile ? { ...pathOf(path), run: compile(operand, path, collation) } : renameStep(path, operand),
  );
}

function pathOf(path: string): { path: string; parts: readonly string[] } {
  if (path === '') throw new MongoError('EmptyFieldName', 'An empty update path is not valid.');
  const parts = splitPath(path);
  if (parts.includes(''))
    throw new MongoError(
      'EmptyFieldName',
      `The update path '${path}' contains an empty field name, which is not allowed.`,
    );
  if (parts[0]?.startsWith('$') && (parts[0] === '$' || parts[0].startsWith('$[')))
    throw new MongoError(
      'BadValue',
      `Cannot have array filter identifier or positional operator as the first part of path '${path}'`,
    );
  const strange = parts.find(
    (part) => part.startsWith('$') && part !== '$' && !/^\$\[([a-z][a-zA-Z0-9]*)?\]$/.test(part),
  );
  if (strange)
    throw new MongoError(
      'DollarPrefixedFieldName',
      `The dollar ($) prefixed field '${strange}' in '${path}' is not valid for storage.`,
    );
  if (parts.filter((part) => part === '$').length > 1)
    throw new MongoError('BadValue', `Too many positional (i.e. '$') elements found in path '${path}'`);
  return { path, parts };
}

function renameStep(from: string, to: Value): Step {
  if (typeof to !== 'string') throw new MongoError('BadValue', `The 'to' field for $rename must be a string: ${from}`);
  const source = pathOf(from);
  const target = pathOf(to);
  if ([...source.parts, ...target.parts].some((part) => part.startsWith('$')))
    throw new MongoError(
      'BadValue',
      `The source and destination fields for $rename may not be dynamic: ${from} to ${to}`,
    );
  if (from === to) throw new MongoError('BadValue', `The source and target field for $rename must differ: ${from}`);
  if (`${from}.`.startsWith(`${to}.`) || `${to}.`.startsWith(`${from}.`))
    throw new MongoError(
      'BadValue',
      `The source and target field for $rename must not be on the same path: ${from} to ${to}`,
    );
  return { ...target, renameFrom: source.parts, run: () => undefined };
}

function checkConflicts(steps: readonly Step[]): void {
  const paths = steps.flatMap(({ parts, renameFrom }) => (renameFrom ? [parts, renameFrom] : [parts]));
  const conflict = overlap([...paths].sort((a, b) => a.length - b.length)) ?? mixture(paths);
  if (conflict)
    throw new MongoError(
      'ConflictingUpdateOperators',
      `Updating the path '${conflict.path}' would create a conflict at '${conflict.at}'`,
    );
}

function checkFilters(steps: readonly Step[], filters: ReadonlyMap<string, ValueMatcher>): void {
  const used = new Set(
    steps.flatMap(({ parts }) => parts.filter((part) => part.startsWith('$[')).map((part) => part.slice(2, -1))),
  );
  for (const name of filters.keys())
    if (!used.has(name))
      throw new MongoError('FailedToParse', `The array filter for identifier '${name}' was not used in the update`);
  for (const name of used)
    if (name !== '' && !filters.has(name))
      throw new MongoError('BadValue', `No array filter found for identifier '${name}'`);
}

/** Gives the document an _id when it has none. */
export function withId(document: Doc): Doc {
  return document.has('_id') ? idFirst(document) : new Map<string, Value>([['_id', new ObjectId()], ...document]);
}

/** What is stored for a document that is inserted: with an _id, and with the time for its empty timestamps. */
export const forInsert = (document: Doc): Doc => withId(withTimestamps(document));

const isEmptyTimestamp = (value: Value): boolean => value instanceof Timestamp && value.isZero();

/** MongoDB takes an empty timestamp in a field of its own, though not in _id, for "now". */
function withTimestamps(document: Doc): Doc {
  if (![...document.values()].some(isEmptyTimestamp)) return document;
  return new Map(
    [...document].map(([name, value]) => [name, name !== '_id' && isEmptyTimestamp(value) ? nextTimestamp() : value]),
  );
}
