import { Extension } from '@tiptap/core';
import { type EditorState, Plugin, PluginKey, Selection, TextSelection, type Transaction } from '@tiptap/pm/state';
import { ySyncPluginKey } from '@tiptap/y-tiptap';

const isUndo = (tr: Transaction): boolean => {
  const meta: unknown = tr.getMeta(ySyncPluginKey);
  return (
    typeof meta === 'object' && meta !== null && 'isUndoRedoOperation' in meta && meta.isUndoRedoOperation === true
  );
};

/** Puts the caret behind what an undo or a redo changed: where it stood before may be in text that is gone. */
export function caretAfterUndo(before: EditorState, after: EditorState): Transaction | undefined {
  const start = before.doc.content.findDiffStart(after.doc.content);
  const end = before.doc.content.findDiffEnd(after.doc.content);
  if (start === null || end === null) return undefined;
  // In "aa" → "aaa" both ends of the difference overlap; the later one is the end.
  const at = Math.min(Math.max(start, end.b), after.doc.content.size);
  return after.tr.setSelection(TextSelection.near(after.doc.resolve(at), -1));
}

/** A caret that stands between blocks, where no letter can go, moves into the nearest text; undefined when it need not. */
export function caretInText({ selection, tr }: EditorState): Transaction | undefined {
  const between = selection instanceof TextSelection && !selection.$head.parent.inlineContent;
  return between ? tr.setSelection(Selection.near(selection.$head, 1)) : undefined;
}

/** Keeps one's own caret where one can write: with what undo changes, and in the text when a document has just arrived. */
export const OwnCaret = Extension.create({
  name: 'ownCaret',
  addProseMirrorPlugins() {
    return [
      new Plugin({
        key: new PluginKey('ownCaret'),
        appendTransaction: (transactions, before, after) => {
          const undone = transactions.some((tr) => tr.docChanged && isUndo(tr));
          return (undone ? caretAfterUndo(before, after) : undefined) ?? caretInText(after);
        },
      }),
    ];
  },
});
