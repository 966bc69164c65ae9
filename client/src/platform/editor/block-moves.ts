import { type EditorState, TextSelection, type Transaction } from '@tiptap/pm/state';
import { RECORD } from './record-guard.ts';

/** Swaps a block with its neighbour above or below, within its section. Undefined when there is none, and for what the platform writes. */
export function moveBlock(state: EditorState, pos: number, by: -1 | 1): Transaction | undefined {
  const $pos = state.doc.resolve(pos);
  const [index, parent] = [$pos.index(), $pos.parent];
  const node = parent.maybeChild(index);
  const neighbour = parent.maybeChild(index + by);
  if (!node || !neighbour || neighbour.type.name === 'section' || node.type.name === RECORD) return undefined;
  const tr = state.tr.delete(pos, pos + node.nodeSize);
  const to = by < 0 ? pos - neighbour.nodeSize : pos + neighbour.nodeSize;
  tr.insert(to, node);
  return tr.setSelection(TextSelection.near(tr.doc.resolve(to + 1))).scrollIntoView();
}
