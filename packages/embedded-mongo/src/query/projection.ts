import { type Doc, isDoc, type Value } from '../bson/types.ts';
import { MongoError } from '../errors.ts';
import { SIMPLE } from './collation.ts';
import type { MatchDetails, ValueMatcher } from './matcher.ts';
import {
  isTree,
  type Leaf,
  type Mode,
  type ProjectionOptions,
  parseComputed,
  parseProjection,
  type Tree,
} from './projection-tree.ts';

/** Gives the projected copy of a document. */
export type Projection = (document: Doc, details?: MatchDetails) => Doc;

/** Whether the projection needs the position that the query matched at. */
export function usesPosition(spec: Doc): boolean {
  return [...spec.keys()].some((path) => path.endsWith('.$'));
}

/** Compiles a projection. Throws MongoDB's errors, e.g. 31253 and 31254 for a mixture of inclusion and exclusion. */
export function compileProjection(spec: Doc, options: ProjectionOptions): Projection {
  if (options.style === 'aggregate' && spec.size === 0)
    throw new MongoError(51272, 'projection specification must have at least one field');
  const { root, mode } = parseProjection(spec, options);
  return (document, details) => apply(document, root, mode, { root: document, options, details, top: true });
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
  for (const [name, node] of tree) {
    if (mode.include && !isTree(node) && node.kind === 'elemMatch') addElement(result, name, node, document.get(name));
    else addComputed(result, name, node, scope);
  }
  return result;
}

/** In an inclusion the element that $elemMatch found comes after the fields of the document, like what is computed. */
function addElement(result: Doc, name: string, node: Leaf & { kind: 'elemMatch' }, value: Value | undefined): void {
  const found = elementOf(value, node.test);
  result.delete(name);
  if (found) result.set(name, found);
}

function elementOf(value: Value | undefined, test: ValueMatcher): Value[] | undefined {
  const at = Array.isArray(value) ? value.findIndex((item) => test(item)) : -1;
  return Array.isArray(value) && at >= 0 ? value.slice(at, at + 1) : undefined;
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
    case 'elemMatch':
      return elementOf(value, node.test);
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
  const root = parseComputed(spec);
  return (document) =>
    setFields(document, root, {
      root: document,
      options: { ...options, style: 'aggregate' },
      details: undefined,
      top: true,
    });
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
