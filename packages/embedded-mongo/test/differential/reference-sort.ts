// The slow and obvious sort: every array on the way is replaced by each of its elements, the lowest key counts.
import type { Doc, Value } from '../../src/bson/types.ts';
import { compareValues, type Missing } from './reference-compare.ts';

export type Field = { readonly path: string; readonly direction: 1 | -1 };

/** An element that stands in the place of its array. It is not replaced again; EMPTY stands for no element. */
class Element {
  readonly value: Missing;
  constructor(value: Missing) {
    this.value = value;
  }
}
type Node = Value | Element | undefined | Map<string, Node>;

/** Thrown for a document that cannot be sorted: two fields go through different arrays. */
export class Parallel extends Error {}

type Walk = { readonly array: string } | { readonly value: Missing };

function walk(document: ReadonlyMap<string, Node>, path: string): Walk {
  const parts = path.split('.');
  let node: Node = document as Node;
  for (let i = 0; ; i++) {
    if (Array.isArray(node)) return { array: parts.slice(0, i).join('.') };
    const isElement: boolean = node instanceof Element;
    const plain: Missing = node instanceof Element ? node.value : (node as Missing);
    // No element of an empty array sorts below null, but only where the path ends.
    if (i === parts.length) return { value: isElement ? plain : (plain ?? null) };
    if (!(plain instanceof Map)) return { value: null };
    node = plain.get(parts[i] as string);
  }
}

function replaced(document: ReadonlyMap<string, Node>, parts: readonly string[], element: Element): Map<string, Node> {
  const [part = '', ...rest] = parts;
  const inner = document.get(part);
  const plain = inner instanceof Element ? inner.value : inner;
  const next = rest.length === 0 ? element : replaced(plain as ReadonlyMap<string, Node>, rest, element);
  const copy = new Map<string, Node>(document);
  copy.set(part, next as Node);
  return copy;
}

function at(document: ReadonlyMap<string, Node>, path: string): Value[] {
  return path.split('.').reduce<Node>((node, part) => {
    const plain = node instanceof Element ? node.value : node;
    return (plain as ReadonlyMap<string, Node> as Map<string, Value>).get(part);
  }, document as Node) as Value[];
}

/** A field that still has to be followed, or the value found for it. */
type Pending = Field | { readonly value: Missing };

function keys(document: ReadonlyMap<string, Node>, pending: readonly Pending[]): Missing[][] {
  const walks = pending.map((one) => ('path' in one ? walk(document, one.path) : one));
  const arrays = new Set(walks.flatMap((one) => ('array' in one ? [one.array] : [])));
  if (arrays.size > 1) throw new Parallel();
  const [array] = arrays;
  if (array === undefined) return [walks.map((one) => ('value' in one ? one.value : undefined))];
  const next = pending.map((one, i): Pending => {
    const found = walks[i] as Walk;
    return 'value' in found ? found : one;
  });
  const elements: Missing[] = at(document, array);
  const each = elements.length === 0 ? [undefined] : elements;
  return each.flatMap((element) => keys(replaced(document, array.split('.'), new Element(element)), next));
}

function compareTuples(a: readonly Missing[], b: readonly Missing[], fields: readonly Field[]): number {
  const orders = fields.map(({ direction }, i) => compareValues(a[i], b[i]) * direction);
  return orders.find((order) => order !== 0) ?? 0;
}

/** The key a document sorts by. */
export function lowestKey(document: Doc, fields: readonly Field[]): readonly Missing[] {
  return keys(document, fields).reduce((best, key) => (compareTuples(key, best, fields) < 0 ? key : best));
}

export function sorted(documents: readonly Doc[], fields: readonly Field[]): Doc[] {
  const result: Doc[] = [];
  for (const document of documents) {
    const key = lowestKey(document, fields);
    const before = result.findIndex((other) => compareTuples(lowestKey(other, fields), key, fields) > 0);
    result.splice(before < 0 ? result.length : before, 0, document);
  }
  return result;
}
