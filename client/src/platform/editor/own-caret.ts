import { Extension } from '@tiptap/core';
import { type EditorState, Plugin, PluginKey, Selection, TextSelection, type Transaction } from '@tiptap/pm/state';
import { type ProsemirrorBinding, relativePositionToAbsolutePosition, ySyncPluginKey } from '@tiptap/y-tiptap';
import * as Y from 'yjs';

const has = (tr: Transaction, flag: 'isUndoRedoOperation' | 'isChangeOrigin'): boolean => {
  const meta: unknown = tr.getMeta(ySyncPluginKey);
  return typeof meta === 'object' && meta !== null && flag in meta && Reflect.get(meta, flag) === true;
};

const isUndo = (tr: Transaction): boolean => tr.docChanged && has(tr, 'isUndoRedoOperation');
const isArrival = (tr: Transaction): boolean => tr.docChanged && has(tr, 'isChangeOrigin') && !isUndo(tr);

/** Puts the caret behind what an undo or a redo changed: where it stood before may be in text that is gone. */
export function caretAfterUndo(before: EditorState, after: EditorState): Transaction | undefined {
  const start = before.doc.content.findDiffStart(after.doc.content);
  const end = before.doc.content.findDiffEnd(after.doc.content);
  if (start === null || end === null) return undefined;
  // In "aa" → "aaa" both ends of the difference overlap; the later one is the end.
  const at = Math.min(Math.max(start, end.b), after.doc.content.size);
  return after.tr.setSelection(TextSelection.near(after.doc.resolve(at), -1));
}

/** Where a place of the shared text is now; undefined when the text that it stood in has left the document. */
export function placeOf(
  { doc, type, mapping }: ProsemirrorBinding,
  place: Y.RelativePosition | null,
): number | undefined {
  const found = place && Y.createAbsolutePositionFromRelativePosition(place, doc);
  if (!(found?.type instanceof Y.XmlText) || found.type._item?.deleted) return undefined;
  return relativePositionToAbsolutePosition(doc, type, place, mapping) ?? undefined;
}

/**
 * Puts the caret back between the letters between which it stood before somebody else's change. The binding takes any
 * change of the caret's own paragraph for a move of the block and counts letters from its start instead, so that two
 * people writing on one line would scatter each other's words; its guess is only needed where the text is really gone.
 */
export function caretAmongOthers(after: EditorState): Transaction | undefined {
  const sync: { readonly binding?: ProsemirrorBinding } | undefined = ySyncPluginKey.getState(after);
  const stood = sync?.binding?.beforeTransactionSelection;
  if (!sync?.binding || stood?.type !== 'text') return undefined;
  const anchor = placeOf(sync.binding, stood.anchor);
  const head = placeOf(sync.binding, stood.head);
  if (anchor === undefined || head === undefined) return undefined;
  if (anchor === after.selection.anchor && head === after.selection.head) return undefined;
  const { doc, tr } = after;
  // Without the mark the binding would take this for a change of one's own, and begin a new step of undo.
  return tr
    .setSelection(TextSelection.between(doc.resolve(anchor), doc.resolve(head)))
    .setMeta(ySyncPluginKey, { isChangeOrigin: true });
}

/** A caret that stands between blocks, where no letter can go, moves into the nearest text; undefined when it need not. */
export function caretInText({ selection, tr }: EditorState): Transaction | undefined {
  const between = selection instanceof TextSelection && !selection.$head.parent.inlineContent;
  return between ? tr.setSelection(Selection.near(selection.$head, 1)) : undefined;
}

/** Keeps one's own caret where one writes: among what the others write, with what undo changes, and in the text. */
export const OwnCaret = Extension.create({
  name: 'ownCaret',
  addProseMirrorPlugins() {
    return [
      new Plugin({
        key: new PluginKey('ownCaret'),
        appendTransaction: (transactions, before, after) => {
          const moved = transactions.some(isUndo)
            ? caretAfterUndo(before, after)
            : transactions.some(isArrival)
              ? caretAmongOthers(after)
              : undefined;
          return moved ?? caretInText(after);
        },
      }),
    ];
  },
});
