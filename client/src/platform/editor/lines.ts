import type { Node, ResolvedPos } from '@tiptap/pm/model';
import { type EditorState, TextSelection, type Transaction } from '@tiptap/pm/state';
import type { Editor } from '@tiptap/react';
import { absolutePositionToRelativePosition, type ProsemirrorBinding, ySyncPluginKey } from '@tiptap/y-tiptap';
import { placeOf } from './own-caret.ts';
import { PLACES_RECORD, RECORD } from './record-guard.ts';
import type { LineAction, RecordBlock } from './record-source.ts';

/** A line that was asked about, and can still be found when others have written meanwhile. */
export type HeldLine = {
  readonly text: string;
  /** What the nearest block of this part above the line is of. */
  readonly under: (part: string) => string | undefined;
  /** Puts a block in the place of the line. A line that was changed since stays, with the block below it. */
  readonly becomes: (block: RecordBlock) => void;
  /** Goes back to the text. */
  readonly focus: () => void;
};

/** Where a line can not become a block: a block stands between the blocks of the text, never inside a table. */
const CLOSED = new Set(['tableCell', 'tableHeader']);

const textOf = (line: Node): string =>
  line.textBetween(0, line.content.size, undefined, ' ').replaceAll(/\s+/g, ' ').trim();

/** The words of the paragraph at a place, which may stand in a list; undefined where there are none. */
export function lineAt(doc: Node, pos: number): string | undefined {
  const $pos = doc.resolve(pos);
  if ($pos.parent.type.name !== 'paragraph') return undefined;
  for (let depth = $pos.depth; depth > 0; depth -= 1) if (CLOSED.has($pos.node(depth).type.name)) return undefined;
  return textOf($pos.parent) || undefined;
}

/** Of what the nearest block of a part above a place is. */
export function recordAbove(doc: Node, pos: number, part: string): string | undefined {
  let found: string | undefined;
  doc.forEach((node, offset) => {
    if (offset < pos && node.type.name === RECORD && node.attrs.part === part) found = String(node.attrs.ref);
  });
  return found;
}

/** What an item of a list holds besides its first line, brought up into its place; undefined where it cannot be. */
function lifted(item: Node, list: Node): Node[] | undefined {
  const rest = item.children.slice(1);
  return rest.every(({ type }) => type === list.type) ? rest.flatMap(({ children }) => [...children]) : undefined;
}

/** Takes a line out, with the lists and items that held nothing else. What hangs below it stays. */
function takeLine(tr: Transaction, $line: ResolvedPos): void {
  let { depth } = $line;
  while (depth > 1 && $line.node(depth - 1).childCount === 1) depth -= 1;
  const holder = $line.node(depth - 1);
  const heads = /Item$/.test(holder.type.name) && $line.index(depth - 1) === 0;
  if (!heads || holder.child(1).type.name === 'paragraph') tr.delete($line.before(depth), $line.after(depth));
  else {
    const below = lifted(holder, $line.node(depth - 2));
    if (below) tr.replaceWith($line.before(depth - 1), $line.after(depth - 1), below);
    else tr.delete($line.start(), $line.end());
  }
}

/** Takes a block away wherever it stands, or but for its first place. */
function dropSame(tr: Transaction, { part, ref }: RecordBlock, { butFirst = false } = {}): Transaction {
  const places: number[] = [];
  tr.doc.forEach((node, offset) => {
    if (node.type.name === RECORD && node.attrs.part === part && node.attrs.ref === ref) places.push(offset);
  });
  for (const at of places.slice(butFirst ? 1 : 0).reverse()) tr.delete(at, at + 1);
  return unhindered(tr);
}

/** Lets a change of blocks through, which is never undone: what they are about is there. */
const unhindered = (tr: Transaction): Transaction => tr.setMeta(PLACES_RECORD, true).setMeta('addToHistory', false);

/**
 * Puts a block where a line stands; a line of a list leaves it, and the block comes after the list. An empty line follows to
 * write on, with the caret. It cannot be undone: the block is about something that is there.
 */
export function becomeRecord(
  state: EditorState,
  pos: number,
  block: RecordBlock,
  { keep = false }: { readonly keep?: boolean } = {},
): Transaction {
  const { record, paragraph } = state.schema.nodes;
  const { tr } = state;
  if (!record || !paragraph) return tr;
  dropSame(tr, block);
  const $line = tr.doc.resolve(tr.mapping.map(pos));
  const behind = $line.after(1);
  const next = tr.doc.nodeAt(behind);
  const isFree = next?.type === paragraph && next.content.size === 0;
  tr.insert(behind, [record.create(block), ...(isFree ? [] : [paragraph.create()])]);
  const steps = tr.mapping.maps.length;
  if (!keep) takeLine(tr, tr.doc.resolve($line.pos));
  const caret = tr.mapping.slice(steps).map(behind + 2);
  tr.setSelection(TextSelection.near(tr.doc.resolve(Math.min(caret, tr.doc.content.size)), 1));
  return unhindered(tr).scrollIntoView();
}

const bindingOf = (state: EditorState): ProsemirrorBinding | undefined => {
  const sync: { readonly binding?: ProsemirrorBinding } | undefined = ySyncPluginKey.getState(state);
  return sync?.binding;
};

/** So long a server that has not heard of a block here may put the same one elsewhere. */
const CROSSING_MS = 10_000;

/** Takes away what the server puts that has not heard of the same block here. */
function keepOne(view: Editor['view'], { doc }: ProsemirrorBinding, block: RecordBlock): void {
  const drop = () => {
    if (view.isDestroyed) return;
    const tr = dropSame(view.state.tr, block, { butFirst: true });
    if (tr.docChanged) view.dispatch(tr);
  };
  // Not while the change itself is being taken in.
  const look = () => setTimeout(drop);
  doc.on('update', look);
  setTimeout(() => doc.off('update', look), CROSSING_MS);
}

/** Holds the line at a place of the shared text; undefined where there is none. */
export function holdLine({ state, view }: Pick<Editor, 'state' | 'view'>, pos: number): HeldLine | undefined {
  const text = lineAt(state.doc, pos);
  const binding = bindingOf(state);
  if (text === undefined || !binding) return undefined;
  const start = state.doc.resolve(pos).start();
  const place = absolutePositionToRelativePosition(start, binding.type, binding.mapping);
  return {
    text,
    under: (part) => recordAbove(state.doc, start, part),
    becomes: (block) => {
      const now = bindingOf(view.state);
      const at = now && placeOf(now, place);
      // The line is gone; the block finds its place by itself.
      if (view.isDestroyed || !now || at === undefined) return;
      const keep = lineAt(view.state.doc, at) !== text;
      view.dispatch(becomeRecord(view.state, at, block, { keep }));
      keepOne(view, now, block);
    },
    focus: () => !view.isDestroyed && view.focus(),
  };
}

/** Does with the line of the caret what a line can become; false where there is none. */
export function actOnLine(editor: Editor, action: LineAction | undefined): boolean {
  const line = action && holdLine(editor, editor.state.selection.from);
  if (line) action.run(line);
  return line !== undefined;
}
