import { compileExpression, type Evaluate } from '../aggregate/expression.ts';
import { type Doc, isDoc, isNumeric, type Value } from '../bson/types.ts';
import { MongoError } from '../errors.ts';
import { type Collation, SIMPLE } from './collation.ts';
import { wholeNumber } from './leaf.ts';
import { compileElemMatch, type MatchDetails, truthy, type ValueMatcher } from './matcher.ts';
import { splitPath } from './path.ts';

/** Gives the projected copy of a document. */
export type Projection = (document: Doc, details?: MatchDetails) => Doc;

export type ProjectionOptions = {
  /** 'find' allows $slice, $elemMatch and the positional `$`; 'aggregate' is the $project stage. */
  readonly style: 'find' | 'aggregate';
  readonly collation?: Collation;
  readonly variables?: ReadonlyMap<string, Value | undefined>;
};

type Leaf =
  | { readonly kind: 'include' | 'exclude' | 'positional' }
  | { readonly kind: 'compute'; readonly evaluate: Evaluate }
  | { readonly kind: 'slice'; readonly skip: number | undefined; readonly limit: number }
  | { readonly kind: 'elemMatch'; readonly test: ValueMatcher };
type Tree = Map<string, Tree | Leaf>;

const isTree = (node: Tree | Leaf | undefined): node is Tree => node instanceof Map;

/** Whether the projection needs the position that the query matched at. */
export function usesPosition(spec: Doc): boolean {
  return [...spec.keys()].some((path) => path.endsWith('.$'));
}

/** Compiles a projection. Throws MongoDB's errors, e.g. 31254 for a mixture of inclusion and exclusion. */
export function compileProjection(spec: Doc, options: ProjectionOptions): Projection {
  if (options.style === 'aggregate' && spec.size === 0)
    throw new MongoError(51272, 'projection specification must have at least one field');
  const root: Tree = new Map();
  collect(spec, [], root, options);
  const mode = modeOf(root);
  return (document, details) => apply(document, root, mode, { root: document, options, details, top: true });
}

function collect(spec: Doc, prefix: readonly string[], root: Tree, options: ProjectionOptions): void {
  for (const [name, value] of spec) {
    if (name === '' || name.startsWith('.') || name.endsWith('.'))
      throw new MongoError(name === '' ? 40352 : 40353, 'FieldPath must not be empty or end with a dot');
    if (name.startsWith('$')) throw new MongoError(16410, `FieldPath field names may not start with '$'.`);
    const parts = [...prefix, ...splitPath(name)];
    const isNested = isDoc(value) && ![...value.keys()].some((key) => key.startsWith('$'));
    if (isNested) {
      if (value.size === 0) throw new MongoError(51270, 'An empty sub-projection is not a valid value.');
      collect(value, parts, root, options);
    } else insert(root, parts, leafOf(parts, value, options));
  }
}

function leafOf(parts: string[], value: Value, options: ProjectionOptions): Leaf {
  if (parts[parts.length - 1] === '$') {
    if (options.style !== 'find')
      throw new MongoError(31324, 'Cannot use a positional projection in aggregation projection');
    parts.pop();
    return { kind: 'positional' };
  }
  if (parts.some((part) => part.startsWith('$')))
    throw new MongoError(16410, `FieldPath field names may not start with '$'.`);
  if (typeof value === 'boolean' || isNumeric(value)) return { kind: truthy(value) ? 'include' : 'exclude' };
  if (isDoc(value) && options.style === 'find') {
    const special = findOperator(value, options);
    if (special) return special;
  }
  return { kind: 'compute', evaluate: compileExpression(value) };
}

function findOperator(value: Doc, options: ProjectionOptions): Leaf | undefined {
  const operand = value.get('$slice');
  if (value.has('$elemMatch'))
    return {
      kind: 'elemMatch',
      test: compileElemMatch(
        value.get('$elemMatch') as Value,
        options.collation ? { collation: options.collation } : {},
      ),
    };
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

type Mode = { readonly include: boolean; readonly id: boolean };

/** Inclusion or exclusion, told by the fields other than _id; both together are an error. */
function modeOf(root: Tree): Mode {
  const kinds = { include: 0, exclude: 0, compute: 0 };
  const count = (node: Tree | Leaf): void => {
    if (isTree(node)) for (const child of node.values()) count(child);
    else if (node.kind === 'include' || node.kind === 'positional') kinds.include++;
    else if (node.kind === 'exclude') kinds.exclude++;
    else if (node.kind === 'compute' || node.kind === 'elemMatch') kinds.compute++;
  };
  for (const [name, node] of root) if (name !== '_id' || isTree(node)) count(node);
  const id = root.get('_id');
  const idKind = id === undefined || isTree(id) ? undefined : id.kind;
  if (kinds.exclude > 0 && kinds.include > 0)
    throw new MongoError(31254, 'Cannot do exclusion on a field in inclusion projection');
  if (kinds.exclude > 0 && kinds.compute > 0)
    throw new MongoError(31310, 'Cannot use an expression in an exclusion projection');
  if (kinds.exclude > 0 && idKind === 'include') return { include: false, id: true };
  const include =
    kinds.include + kinds.compute > 0 || (kinds.exclude === 0 && (idKind === 'include' || idKind === 'compute'));
  return { include, id: idKind !== 'exclude' };
}

type Scope = {
  readonly root: Doc;
  readonly options: ProjectionOptions;
  readonly details: MatchDetails | undefined;
  readonly top: boolean;
};

function apply(document: Doc, tree: Tree, mode: Mode, scope: Scope): Doc {
  const result: Doc = new Map();
  for (const [name, value] of document) {
    const node = tree.get(name);
    if (scope.top && name === '_id' && (node === undefined || (!isTree(node) && node.kind !== 'compute'))) {
      if (mode.id) result.set(name, value);
      continue;
    }
    const projected = node === undefined ? (mode.include ? undefined : value) : projectValue(value, node, mode, scope);
    if (projected !== undefined) result.set(name, projected);
  }
  for (const [name, node] of tree) addComputed(result, name, node, scope);
  return result;
}

/** Computed fields come after the copied ones, in the order of the projection; missing parents are made for them. */
function addComputed(result: Doc, name: string, node: Tree | Leaf, scope: Scope): void {
  if (!isTree(node)) {
    if (node.kind !== 'compute') return;
    const value = evaluate(node, scope);
    if (value === undefined) result.delete(name);
    else result.set(name, value);
    return;
  }
  if (!hasComputed(node) || result.has(name)) return;
  const inner: Doc = new Map();
  for (const [child, childNode] of node) addComputed(inner, child, childNode, { ...scope, top: false });
  result.set(name, inner);
}

const hasComputed = (tree: Tree): boolean =>
  [...tree.values()].some((node) => (isTree(node) ? hasComputed(node) : node.kind === 'compute'));

const evaluate = (node: Leaf & { kind: 'compute' }, scope: Scope): Value | undefined =>
  node.evaluate({
    root: scope.root,
    variables: scope.options.variables ?? new Map(),
    collation: scope.options.collation ?? SIMPLE,
  });

function projectValue(value: Value, node: Tree | Leaf, mode: Mode, scope: Scope): Value | undefined {
  if (isTree(node)) return projectNested(value, node, mode, scope);
  switch (node.kind) {
    case 'include':
      return value;
    case 'exclude':
    case 'compute':
      return undefined;
    case 'slice':
      return Array.isArray(value) ? sliced(value, node.skip, node.limit) : value;
    case 'elemMatch': {
      const found = Array.isArray(value) ? value.find((item) => node.test(item)) : undefined;
      return found === undefined ? undefined : [found];
    }
    case 'positional':
      return positional(value, scope.details);
  }
}

function positional(value: Value, details: MatchDetails | undefined): Value {
  if (!Array.isArray(value)) return value;
  const at = details?.position;
  const item = at === undefined ? undefined : value[at];
  if (item === undefined)
    throw new MongoError(
      51246,
      "Executor error during find command :: caused by :: positional operator '.$' couldn't find a matching element in the array",
    );
  return [item];
}

function projectNested(value: Value, tree: Tree, mode: Mode, scope: Scope): Value | undefined {
  if (isDoc(value)) return apply(value, tree, mode, { ...scope, top: false });
  if (!Array.isArray(value)) {
    if (!mode.include) return value;
    return hasComputed(tree) ? apply(new Map(), tree, mode, { ...scope, top: false }) : undefined;
  }
  const items: Value[] = [];
  for (const item of value) {
    const projected = projectNested(item, tree, mode, scope);
    if (projected !== undefined) items.push(projected);
  }
  return items;
}

function sliced(array: readonly Value[], skip: number | undefined, limit: number): Value[] {
  if (skip === undefined) return limit >= 0 ? array.slice(0, limit) : array.slice(limit);
  const start = skip >= 0 ? skip : Math.max(0, array.length + skip);
  return array.slice(start, start + limit);
}

/** Sets computed fields in a copy of a document: $set / $addFields. */
export function compileAddFields(spec: Doc, options: Omit<ProjectionOptions, 'style'>): Projection {
  const root: Tree = new Map();
  collectComputed(spec, [], root);
  return (document) =>
    setFields(document, root, {
      root: document,
      options: { ...options, style: 'aggregate' },
      details: undefined,
      top: true,
    });
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

function setFields(document: Doc, tree: Tree, scope: Scope): Doc {
  const result: Doc = new Map(document);
  for (const [name, node] of tree) {
    const value = isTree(node)
      ? setNested(document.get(name), node, scope)
      : node.kind === 'compute'
        ? evaluate(node, scope)
        : undefined;
    if (value === undefined) result.delete(name);
    else result.set(name, value);
  }
  return result;
}

function setNested(value: Value | undefined, tree: Tree, scope: Scope): Value {
  if (Array.isArray(value)) return value.map((item) => setNested(item, tree, scope));
  return setFields(isDoc(value) ? value : new Map(), tree, scope);
}

/** Removes fields by path: $unset. */
export function compileUnset(paths: readonly string[]): Projection {
  const spec: Doc = new Map(paths.map((path) => [path, false]));
  return compileProjection(spec, { style: 'aggregate' });
}
