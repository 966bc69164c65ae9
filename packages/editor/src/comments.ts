import { encodeAny, toBase64 } from 'lib0/buffer';
import { digest } from 'lib0/hash/sha256';
import * as Y from 'yjs';
import { COMMENT } from './nodes/comment.ts';
import { findQuote, type Quote, quoteAt } from './quotes.ts';
import { BODY } from './template.ts';

/** A quotation with the id of the mark that anchors it. */
export type Anchor = Quote & { readonly id: string };

/** Why a passage cannot be marked. */
export type PassageFault = 'passage-gone' | 'passage-too-long';

/** Nobody comments on a whole document word by word. */
const MAX_PASSAGE = 20_000;
const KEY = /^comment--[A-Za-z0-9+/=]{8}$/;
const HASH_BYTES = 6;

/** Whether a format of a shared text is a mark of this kind: each has a name of its own, so that they may overlap. */
export const isCommentKey = (name: string): boolean => name === COMMENT || KEY.test(name);

/** The name under which the binding of the editor (y-tiptap) keeps this mark: another one would be written anew. */
export function commentKey(id: string): string {
  const hash = digest(encodeAny({ type: COMMENT, attrs: { id } }));
  const folded = new Uint8Array(HASH_BYTES);
  hash.forEach((byte, at) => {
    folded[at % HASH_BYTES] = (folded[at % HASH_BYTES] ?? 0) ^ byte;
  });
  return `${COMMENT}--${toBase64(folded)}`;
}

/** A shared text of the body, and where it begins in the plain text. */
type Piece = { readonly text: Y.XmlText; readonly start: number; readonly length: number };

/** The body as plain text, blocks parted by a line break, with the shared texts that it is made of. */
function plainOf(doc: Y.Doc): { readonly plain: string; readonly pieces: readonly Piece[] } {
  const pieces: Piece[] = [];
  const parts: string[] = [];
  let length = 0;
  let parent: Y.XmlText['parent'] | undefined;
  const waiting: unknown[] = [...doc.getXmlFragment(BODY).toArray()].reverse();
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (node instanceof Y.XmlText) {
      const parted = pieces.length > 0 && node.parent !== parent;
      if (parted) parts.push('\n');
      length += parted ? 1 : 0;
      const written = wordsOf(node);
      pieces.push({ text: node, start: length, length: written.length });
      parts.push(written);
      length += written.length;
      parent = node.parent;
    } else if (node instanceof Y.XmlElement) waiting.push(...[...node.toArray()].reverse());
  }
  return { plain: parts.join(''), pieces };
}

type Run = { readonly insert?: unknown; readonly attributes?: Readonly<Record<string, unknown>> };

const runsOf = (text: Y.XmlText): readonly Run[] => text.toDelta();

/** What is no text counts as one sign, as it does for positions. */
const wordsOf = (text: Y.XmlText): string =>
  runsOf(text)
    .map(({ insert }) => (typeof insert === 'string' ? insert : '\ufffc'))
    .join('');

/** Where a position is in the plain text; undefined for one that is in none of its blocks. */
function offsetOf(encoded: Uint8Array, doc: Y.Doc, pieces: readonly Piece[]): number | undefined {
  const position = Y.createAbsolutePositionFromRelativePosition(Y.decodeRelativePosition(encoded), doc);
  if (position === null) return undefined;
  const { type, index } = position;
  const own = pieces.find(({ text }) => text === type);
  if (own) return own.start + Math.min(index, own.length);
  // Between blocks: at the beginning of the next text inside, else at the end of the last one before.
  const inside = pieces.filter(({ text }) => indexWithin(text, type) !== undefined);
  const next = inside.find(({ text }) => (indexWithin(text, type) ?? 0) >= index);
  const last = inside.at(-1);
  return next?.start ?? (last === undefined ? undefined : last.start + last.length);
}

/** The place, among the children of a container, of the child in which a text stands. */
function indexWithin(text: Y.XmlText, container: unknown): number | undefined {
  for (let node: Y.XmlText | Y.XmlElement = text; ; ) {
    const parent: Y.XmlText['parent'] = node.parent;
    if (parent === container && parent instanceof Y.XmlFragment) return parent.toArray().indexOf(node);
    if (!(parent instanceof Y.XmlElement)) return undefined;
    node = parent;
  }
}

/** Lays the mark over a part of the plain text. */
function mark(pieces: readonly Piece[], id: string, from: number, to: number): void {
  for (const { text, start, length } of pieces) {
    const [begin, end] = [Math.max(from, start), Math.min(to, start + length)];
    if (begin < end) text.format(begin - start, end - begin, { [commentKey(id)]: { id } });
  }
}

export type Marked =
  | { readonly ok: true; readonly quote: Quote }
  | { readonly ok: false; readonly reason: PassageFault };

/**
 * Marks the passage between two relative positions of Yjs, encoded, and answers its words. Call it in a transaction.
 * Bytes that are no positions, and positions in what has been deleted, are a passage that has gone.
 */
export function markPassage(doc: Y.Doc, id: string, range: { start: Uint8Array; end: Uint8Array }): Marked {
  const { plain, pieces } = plainOf(doc);
  const offsets = [range.start, range.end].map((encoded) => {
    try {
      return offsetOf(encoded, doc, pieces);
    } catch {
      return undefined;
    }
  });
  const [one, other] = offsets;
  if (one === undefined || other === undefined) return { ok: false, reason: 'passage-gone' };
  const [from, to] = [Math.min(one, other), Math.max(one, other)];
  if (plain.slice(from, to).trim() === '') return { ok: false, reason: 'passage-gone' };
  if (to - from > MAX_PASSAGE) return { ok: false, reason: 'passage-too-long' };
  mark(pieces, id, from, to);
  return { ok: true, quote: quoteAt(plain, from, to) };
}

/** The id that a format names, if it is a mark of this kind. */
function idIn(name: string, value: unknown): string | undefined {
  const id: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, 'id') : undefined;
  return isCommentKey(name) && typeof id === 'string' ? id : undefined;
}

/** Every marked passage with its words now: from its first marked sign to its last. */
export function passagesIn(doc: Y.Doc): ReadonlyMap<string, Quote> {
  const { plain, pieces } = plainOf(doc);
  const ends = new Map<string, { from: number; to: number }>();
  for (const { text, start } of pieces) {
    let at = start;
    for (const { insert, attributes = {} } of runsOf(text)) {
      const length = typeof insert === 'string' ? insert.length : 1;
      for (const [name, value] of Object.entries(attributes)) {
        const id = idIn(name, value);
        if (id === undefined) continue;
        const known = ends.get(id);
        ends.set(id, { from: known?.from ?? at, to: at + length });
      }
      at += length;
    }
  }
  return new Map([...ends].map(([id, { from, to }]) => [id, quoteAt(plain, from, to)]));
}

/** Takes marks away wherever they are. Call it in a transaction. */
export function unmarkPassages(doc: Y.Doc, ids: ReadonlySet<string>): void {
  for (const { text } of plainOf(doc).pieces) {
    let at = 0;
    for (const { insert, attributes = {} } of runsOf(text)) {
      const length = typeof insert === 'string' ? insert.length : 1;
      const gone = Object.entries(attributes).filter(([name, value]) => ids.has(idIn(name, value) ?? ''));
      if (gone.length > 0) text.format(at, length, Object.fromEntries(gone.map(([name]) => [name, null])));
      at += length;
    }
  }
}

/** Marks again, where their words stand now, the passages that have lost their mark. Call it in a transaction. */
export function markAgain(doc: Y.Doc, anchors: readonly Anchor[]): void {
  const there = passagesIn(doc);
  const { plain, pieces } = plainOf(doc);
  for (const { id, ...quote } of anchors) {
    const found = there.has(id) ? null : findQuote(plain, quote);
    if (found !== null) mark(pieces, id, found.from, found.to);
  }
}
