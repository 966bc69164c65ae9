import { COMMENT } from '@concert/editor/nodes/comment.ts';
import { findQuote, type Quote } from '@concert/editor/quotes.ts';
import { Fragment, type Node, Slice } from '@tiptap/pm/model';
import { type EditorState, Plugin, PluginKey } from '@tiptap/pm/state';
import { Decoration, DecorationSet } from '@tiptap/pm/view';
import type { Editor } from '@tiptap/react';
import { absolutePositionToRelativePosition, type ProsemirrorBinding, ySyncPluginKey } from '@tiptap/y-tiptap';
import * as Y from 'yjs';

/** A passage that is discussed: the id of its mark, and its words as they were when the discussion was opened. */
export type Discussed = Quote & { readonly id: string };

/** Where a passage is in the text, in positions of ProseMirror. */
export type Range = { readonly from: number; readonly to: number };

/** A passage as the server is told of it: relative positions of Yjs, encoded as base64. */
export type Passage = { readonly start: string; readonly end: string; readonly quote: string };

type Shown = {
  readonly passages: readonly Discussed[];
  readonly active: string | undefined;
  /** By the id of the mark; what has left the text is not there. */
  readonly ranges: ReadonlyMap<string, Range>;
  readonly decorations: DecorationSet;
};

const NOTHING: Shown = { passages: [], active: undefined, ranges: new Map(), decorations: DecorationSet.empty };
const key = new PluginKey<Shown>('discussed');

/** From the first marked sign to the last, by the id of the mark. */
function markedIn(doc: Node): Map<string, Range> {
  const found = new Map<string, Range>();
  doc.descendants((node, pos) => {
    for (const { type, attrs } of node.marks) {
      if (type.name !== COMMENT) continue;
      const id = String(attrs.id);
      found.set(id, { from: found.get(id)?.from ?? pos, to: pos + node.nodeSize });
    }
  });
  return found;
}

type Piece = { readonly at: number; readonly pos: number; readonly length: number };

/** The text as it is quoted, blocks parted by a line break, with the way back to its positions. */
function plainOf(doc: Node): { readonly plain: string; readonly pieces: readonly Piece[] } {
  const pieces: Piece[] = [];
  let plain = '';
  let begun = false;
  doc.descendants((node, pos) => {
    if (node.isTextblock && node.childCount > 0) {
      if (begun) plain += '\n';
      begun = true;
    }
    if (node.text === undefined) return;
    pieces.push({ at: plain.length, pos, length: node.text.length });
    plain += node.text;
  });
  return { plain, pieces };
}

const positionOf = (pieces: readonly Piece[], offset: number): number | undefined => {
  const piece = pieces.findLast(({ at }) => at <= offset);
  return piece && piece.pos + Math.min(offset - piece.at, piece.length);
};

/** Where passages are: by their marks, else by their words. Those whose words have gone are not there. */
export function rangesIn(doc: Node, passages: readonly Discussed[]): ReadonlyMap<string, Range> {
  const marked = markedIn(doc);
  const ranges = new Map<string, Range>();
  let text: ReturnType<typeof plainOf> | undefined;
  for (const { id, ...quote } of passages) {
    const known = marked.get(id);
    if (known) {
      ranges.set(id, known);
      continue;
    }
    text ??= plainOf(doc);
    const found = findQuote(text.plain, quote);
    const [from, last] = found ? [positionOf(text.pieces, found.from), positionOf(text.pieces, found.to - 1)] : [];
    if (from !== undefined && last !== undefined) ranges.set(id, { from, to: last + 1 });
  }
  return ranges;
}

function shownIn(doc: Node, { passages, active }: Pick<Shown, 'passages' | 'active'>): Shown {
  if (passages.length === 0) return NOTHING;
  const ranges = rangesIn(doc, passages);
  const decorations = [...ranges].map(([id, { from, to }]) =>
    Decoration.inline(from, to, { class: id === active ? 'discussed discussed-active' : 'discussed' }, { id }),
  );
  return { passages, active, ranges, decorations: DecorationSet.create(doc, decorations) };
}

/** The same slice without the marks whose passage is in the text already: a copy is another passage. */
function withoutCopies(slice: Slice, doc: Node): Slice {
  const there = markedIn(doc);
  if (there.size === 0) return slice;
  const strip = (fragment: Fragment): Fragment =>
    Fragment.fromArray(
      fragment.content.map((node) => {
        const marks = node.marks.filter(({ type, attrs }) => type.name !== COMMENT || !there.has(String(attrs.id)));
        return node.isText ? node.mark(marks) : node.copy(strip(node.content));
      }),
    );
  return new Slice(strip(slice.content), slice.openStart, slice.openEnd);
}

type Asked = Pick<Shown, 'passages' | 'active'>;

/** Shows passages that are discussed. `onPick` hears which one was clicked on. */
export const discussedPassages = (onPick: (id: string) => void): Plugin<Shown> =>
  new Plugin<Shown>({
    key,
    state: {
      init: () => NOTHING,
      apply: (tr, before, _old, { doc }) => {
        const asked = tr.getMeta(key) as Asked | undefined;
        return asked !== undefined || tr.docChanged ? shownIn(doc, asked ?? before) : before;
      },
    },
    props: {
      decorations: (state) => key.getState(state)?.decorations,
      transformPasted: (slice, view) => withoutCopies(slice, view.state.doc),
      handleClick: (view, pos) => {
        const found = [...(key.getState(view.state)?.ranges ?? [])].filter(
          ([, { from, to }]) => from <= pos && pos <= to,
        );
        const [shortest] = found.sort(([, one], [, other]) => one.to - one.from - (other.to - other.from));
        if (shortest) onPick(shortest[0]);
        return false;
      },
    },
  });

export const discussedKey: PluginKey = key;

/** Tells the text which passages to show, and which of them is looked at. */
export function showDiscussed(editor: Editor, asked: Asked): void {
  if (!editor.isDestroyed) editor.view.dispatch(editor.state.tr.setMeta(key, asked).setMeta('addToHistory', false));
}

/** Where the shown passages are now. */
export const discussedIn = (state: EditorState): ReadonlyMap<string, Range> => key.getState(state)?.ranges ?? new Map();

const base64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));

/** The selected words as a passage, wherever they go from now on; null while nothing is selected. */
export function selectedPassage({ state }: Pick<Editor, 'state'>): Passage | null {
  const { from, to } = state.selection;
  const quote = state.doc.textBetween(from, to, '\n');
  const sync: { readonly binding?: ProsemirrorBinding } | undefined = ySyncPluginKey.getState(state);
  if (quote.trim() === '' || !sync?.binding) return null;
  const { type, mapping } = sync.binding;
  const encoded = (pos: number): string =>
    base64(Y.encodeRelativePosition(absolutePositionToRelativePosition(pos, type, mapping)));
  return { start: encoded(from), end: encoded(to), quote };
}
