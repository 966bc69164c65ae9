import * as Y from 'yjs';
import { MAX_DEPTH } from './attributes.ts';
import { type FieldLayout, fieldsOf, type KindLayout } from './layout.ts';
import { ORDER } from './rows.ts';
import { BODY, FIELDS } from './template.ts';

/** The way down from the name of a shared type; the same object for everything that stands at one place. */
export type WrittenPath = readonly (string | number)[];

/** A piece of a document and the Yjs client that was the last to insert it, or to set it. */
export type Written =
  /** `offset` counts UTF-16 code units from the beginning of what is at `path`, and one for every other thing in a line. */
  | {
      readonly type: 'text';
      readonly path: WrittenPath;
      readonly offset: number;
      readonly text: string;
      readonly clientId: number;
    }
  | { readonly type: 'value'; readonly path: WrittenPath; readonly clientId: number };

type SharedType = Y.ContentType['type'];
/** How far the reading of one node has come; the texts of a node share its place. */
type Place = { readonly path: WrittenPath; offset: number; children: number };
type Frame = {
  readonly place: Place;
  next: Y.Item | null;
  readonly keys: string[];
  readonly map: ReadonlyMap<string, Y.Item>;
};

const NO_KEYS: ReadonlyMap<string, Y.Item> = new Map();

/**
 * Everything that is written in a document, in its order: the text, the fields in the order of the form, then whatever
 * other shared types it holds. Neighbouring pieces of one client are not joined.
 * @throws RangeError when it nests deeper than a text may
 */
export function* writtenIn(doc: Y.Doc, layout: KindLayout): Generator<Written> {
  const ranks = ranksOf(fieldsOf(layout));
  const others = [...doc.share.keys()].filter((name) => name !== BODY && name !== FIELDS).sort();
  for (const name of [BODY, FIELDS, ...others]) {
    const root = doc.share.get(name);
    if (root !== undefined) yield* walk(root, name, ranks);
  }
}

/** The same of the text alone. @throws RangeError when it nests deeper than a text may */
export const writtenInText = (doc: Y.Doc): Generator<Written> => walk(doc.getXmlFragment(BODY), BODY, new Map());

function* walk(root: SharedType, name: string, ranks: ReadonlyMap<string, number>): Generator<Written> {
  const stack = [frameOf(root, { path: [name], offset: 0, children: 0 }, ranks)];
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const found = top.next === null ? nextValue(top) : nextItem(top);
    if (found === undefined) stack.pop();
    else if (found === 'nothing') continue;
    else if ('type' in found) yield found;
    else {
      // The document node, and a text below its paragraph.
      if (stack.length > MAX_DEPTH + 1) throw new RangeError('nested too deep');
      stack.push(frameOf(found.inner, found.place, ranks));
    }
  }
}

/** Something that is read next. */
type Inner = { readonly inner: SharedType; readonly place: Place };

/** Reads one item of a sequence. */
function nextItem(frame: Frame): Written | Inner | 'nothing' {
  const item = frame.next;
  const { place } = frame;
  if (item === null) return 'nothing';
  frame.next = item.right;
  if (item.deleted || !item.countable) return 'nothing';
  const { content } = item;
  const { offset } = place;
  if (content instanceof Y.ContentType) {
    const inner: SharedType = content.type;
    if (inner instanceof Y.XmlText) return { inner, place };
    place.offset += 1;
    place.children += 1;
    return { inner, place: { path: [...place.path, place.children - 1], offset: 0, children: 0 } };
  }
  place.offset += item.length;
  if (!(content instanceof Y.ContentString)) return 'nothing';
  return { type: 'text', path: place.path, offset, text: content.str, clientId: item.id.client };
}

/** Reads one entry of a map; undefined after the last. */
function nextValue({ place, keys, map }: Frame): Written | Inner | 'nothing' | undefined {
  const key = keys.pop();
  const item = key === undefined ? undefined : map.get(key);
  if (key === undefined || item === undefined) return undefined;
  const path = [...place.path, key];
  if (item.content instanceof Y.ContentType)
    return { inner: item.content.type, place: { path, offset: 0, children: 0 } };
  return { type: 'value', path, clientId: item.id.client };
}

function frameOf(type: SharedType, place: Place, ranks: ReadonlyMap<string, number>): Frame {
  // Attributes of nodes and of texts are how something looks, not what it says.
  const isText = type instanceof Y.XmlElement || type instanceof Y.Text;
  const map = isText ? NO_KEYS : type._map;
  // Last first: they are taken from the end.
  return { place, next: type._start, map, keys: isText ? [] : keysOf(map, place.path, ranks).reverse() };
}

function keysOf(map: ReadonlyMap<string, Y.Item>, path: WrittenPath, ranks: ReadonlyMap<string, number>): string[] {
  const isRow = path[0] === FIELDS && path.length > 2;
  const rankOf = (key: string) => ranks.get(key) ?? ranks.size;
  return [...map]
    .filter(([key, item]) => !item.deleted && !(isRow && key === ORDER))
    .map(([key, item]) => ({ key, rank: rankOf(key), order: orderOf(item) }))
    .sort((a, b) => a.rank - b.rank || compare(a.order, b.order) || compare(a.key, b.key))
    .map(({ key }) => key);
}

/** The place of a row among the rows, as everybody sees it. */
function orderOf({ content }: Y.Item): string {
  if (!(content instanceof Y.ContentType) || !(content.type instanceof Y.Map)) return '';
  const order: unknown = content.type.get(ORDER);
  return typeof order === 'string' ? order : '';
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The fields and columns of a form by their ids, in its order. */
function ranksOf(layout: readonly FieldLayout[], ranks = new Map<string, number>()): Map<string, number> {
  for (const { id, columns } of layout) {
    if (!ranks.has(id)) ranks.set(id, ranks.size);
    if (columns !== undefined) ranksOf(columns, ranks);
  }
  return ranks;
}
