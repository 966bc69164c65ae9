import { compileExpression, type Evaluate } from '../aggregate/expression.ts';
import { type Doc, isDoc, isNumeric, type Value } from '../bson/types.ts';
import { MongoError } from '../errors.ts';
import type { Collation } from './collation.ts';
import { wholeNumber } from './leaf.ts';
import { compileElemMatch, truthy, type ValueMatcher } from './matcher.ts';
import { splitPath } from './path.ts';

export type ProjectionOptions = {
  /** 'find' allows $slice, $elemMatch and the positional `$`; 'aggregate' is the $project stage. */
  readonly style: 'find' | 'aggregate';
  readonly collation?: Collation;
  readonly variables?: ReadonlyMap<string, Value | undefined>;
};

export type Leaf =
  | { readonly kind: 'include' | 'exclude' | 'positional' }
  | { readonly kind: 'compute'; readonly evaluate: Evaluate }
  | { readonly kind: 'slice'; readonly skip: number | undefined; readonly limit: number }
  | { readonly kind: 'elemMatch'; readonly test: ValueMatcher };
export type Tree = Map<string, Tree | Leaf>;

export const isTree = (node: Tree | Leaf | undefined): node is Tree => node instanceof Map;

/** Reads a projection. Throws MongoDB's errors, e.g. 31253 and 31254 for a mixture of inclusion and exclusion. */
export function parseProjection(spec: Doc, options: ProjectionOptions): { root: Tree; mode: Mode } {
  const parsed: Parsed = { root: new Map(), kinds: new Set(), type: undefined };
  collect(spec, [], parsed, options);
  return { root: parsed.root, mode: modeOf(parsed) };
}

/** What was read of a projection so far; `type` is told by its first field other than _id. */
type Parsed = { readonly root: Tree; readonly kinds: Set<Leaf['kind']>; type: 'include' | 'exclude' | undefined };

function collect(spec: Doc, prefix: readonly string[], parsed: Parsed, options: ProjectionOptions): void {
  for (const [name, value] of spec) {
    if (name === '' || name.startsWith('.') || name.endsWith('.'))
      throw new MongoError(name === '' ? 40352 : 40353, 'FieldPath must not be empty or end with a dot');
    if (name.startsWith('$')) throw new MongoError(16410, `FieldPath field names may not start with '$'.`);
    const parts = [...prefix, ...splitPath(name)];
    const isNested = isDoc(value) && ![...value.keys()].some((key) => key.startsWith('$'));
    if (isDoc(value) && parts[parts.length - 1] === '$')
      throw new MongoError(31271, 'positional projection cannot be used with an expression or sub object');
    if (isNested) {
      if (value.size === 0) throw new MongoError(51270, 'An empty sub-projection is not a valid value.');
      collect(value, parts, parsed, options);
      continue;
    }
    const leaf = leafOf(parts, value, options);
    checkKind(leaf, parts, isDoc(value), parsed);
    insert(parsed.root, parts, leaf);
  }
}

/** A field of another kind than the ones before may be refused; what is refused depends on their order. */
function checkKind({ kind }: Leaf, parts: readonly string[], isExpression: boolean, parsed: Parsed): void {
  const { kinds, type } = parsed;
  const path = parts.join('.');
  if (kind === 'positional' && kinds.has('positional'))
    throw new MongoError(31276, 'Cannot specify more than one positional projection per query.');
  if (kind === 'positional' && kinds.has('elemMatch'))
    throw new MongoError(31256, 'Cannot specify positional operator and $elemMatch.');
  if (kind === 'elemMatch' && kinds.has('positional'))
    throw new MongoError(31255, 'Cannot specify positional operator and $elemMatch.');
  if (kind === 'elemMatch' && parts.length > 1)
    throw new MongoError(31275, 'Cannot use $elemMatch projection on a nested field.');
  kinds.add(kind);
  if (kind === 'slice' || kind === 'elemMatch' || (path === '_id' && kind !== 'compute')) return;
  if (kind === 'exclude') {
    if (type === 'include') throw new MongoError(31254, `Cannot do exclusion on field ${path} in inclusion projection`);
    parsed.type = 'exclude';
    return;
  }
  if (type === 'exclude') throw inExclusion(kind, path, isExpression);
  parsed.type = 'include';
}

function inExclusion(kind: Leaf['kind'], path: string, isExpression: boolean): MongoError {
  if (kind !== 'compute') return new MongoError(31253, `Cannot do inclusion on field ${path} in exclusion projection`);
  if (isExpression) return new MongoError(31252, 'Cannot use expression other than $meta in exclusion projection');
  return new MongoError(31310, `Cannot use an expression ${path} in an exclusion projection`);
}

function leafOf(parts: string[], value: Value, options: ProjectionOptions): Leaf {
  if (parts[parts.length - 1] === '$') {
    if (options.style !== 'find')
      throw new MongoError(31324, 'Cannot use a positional projection in aggregation projection');
    if (typeof value !== 'boolean' && !isNumeric(value))
      throw new MongoError(31308, 'positional projection cannot be used with a literal');
    parts.pop();
    return { kind: 'positional' };
  }
  if (parts.includes('$') && options.style === 'find')
    throw new MongoError(31394, 'it is illegal to specify a positional operator in the middle of a path');
  if (parts.some((part) => part.startsWith('$')))
    throw new MongoError(16410, `FieldPath field names may not start with '$'.`);
  if (typeof value === 'boolean' || isNumeric(value)) return { kind: truthy(value) ? 'include' : 'exclude' };
  if (isDoc(value) && options.style === 'find') {
    const special = findOperator(value, options);
    if (special) return special;
  }
  return { kind: 'compute', evaluate: expressionOf(value) };
}

/** An expression; an unknown operator has a code of its own here. */
function expressionOf(value: Value): Evaluate {
  try {
    return compileExpression(value);
  } catch (error) {
    const name = isDoc(value) && value.size === 1 ? [...value.keys()][0] : undefined;
    if (error instanceof MongoError && error.code === 168 && error.message.endsWith(`'${name}'`))
      throw new MongoError(31325, `Unknown expression ${name}`);
    throw error;
  }
}

function findOperator(value: Doc, options: ProjectionOptions): Leaf | undefined {
  const operand = value.get('$slice');
  const elemMatch = value.get('$elemMatch');
  if (elemMatch !== undefined) {
    if (!isDoc(elemMatch)) throw new MongoError(31274, 'elemMatch: Invalid argument, object required');
    return {
      kind: 'elemMatch',
      test: compileElemMatch(elemMatch, options.collation ? { collation: options.collation } : {}),
    };
  }
  if (operand === undefined) return undefined;
  const single = wholeNumber(operand);
  if (single !== undefined) return { kind: 'slice', skip: undefined, limit: single };
  if (!Array.isArray(operand) || operand.some((item) => wholeNumber(item) === undefined)) return undefined;
  const [skip = 0, limit = 0] = operand.map((item) => wholeNumber(item) ?? 0);
  if (operand.length !== 2) return undefined;
  if (limit <= 0) throw new MongoError(28729, 'Third argument to $slice must be positive');
  return { kind: 'slice', skip, limit };
}

function insert(root: Tree, parts: readonly string[], leaf: Leaf): void {
  let tree = root;
  for (const part of parts.slice(0, -1)) {
    const next = tree.get(part) ?? new Map();
    if (!isTree(next)) throw collision(parts);
    tree.set(part, next);
    tree = next;
  }
  const last = parts[parts.length - 1] as string;
  if (tree.has(last))
    throw new MongoError(isTree(tree.get(last)) ? 31250 : 31249, `Path collision at ${parts.join('.')}`);
  tree.set(last, leaf);
}

const collision = (parts: readonly string[]): MongoError =>
  new MongoError(31249, `Path collision at ${parts.join('.')}`);

export type Mode = { readonly include: boolean; readonly id: boolean };

/** Inclusion or exclusion. When only _id, $slice and $elemMatch are there, it takes MongoDB's old rules to tell. */
function modeOf({ root, kinds, type }: Parsed): Mode {
  const node = root.get('_id');
  const id = node === undefined || isTree(node) ? undefined : node.kind;
  const otherwise = kinds.has('slice') ? id === 'include' : kinds.has('elemMatch') || id === 'include';
  return { include: type === undefined ? otherwise : type === 'include', id: id !== 'exclude' };
}

/** Reads fields that are all computed: $set. */
export function parseComputed(spec: Doc): Tree {
  const root: Tree = new Map();
  collectComputed(spec, [], root);
  return root;
}

function collectComputed(spec: Doc, prefix: readonly string[], root: Tree): void {
  for (const [name, value] of spec) {
    if (name.startsWith('$')) throw new MongoError(16410, `FieldPath field names may not start with '$'.`);
    if (name === '' || name.split('.').includes('')) throw new MongoError(40353, 'FieldPath must not end with a dot');
    const parts = [...prefix, ...splitPath(name)];
    if (isDoc(value) && value.size > 0 && ![...value.keys()].some((key) => key.startsWith('$')))
      collectComputed(value, parts, root);
    else insert(root, parts, { kind: 'compute', evaluate: compileExpression(value) });
  }
}
