import type { Editor } from '@tiptap/core';

const WORD = /[\p{L}\p{N}_'’-]/u;

/** Selects the link or the word that the caret is in, so that there is something to link; leaves a selection alone. */
export function selectWord(editor: Editor): void {
  const { selection } = editor.state;
  if (!selection.empty) return;
  if (editor.isActive('link')) {
    editor.chain().focus().extendMarkRange('link').run();
    return;
  }
  const { parent, parentOffset } = selection.$from;
  // Leaves count as one position each, as they do in the text.
  const text = parent.textBetween(0, parent.content.size, undefined, ' ');
  let [start, end] = [parentOffset, parentOffset];
  while (start > 0 && WORD.test(text[start - 1] ?? '')) start -= 1;
  while (end < text.length && WORD.test(text[end] ?? '')) end += 1;
  const base = selection.$from.start();
  if (start < end)
    editor
      .chain()
      .focus()
      .setTextSelection({ from: base + start, to: base + end })
      .run();
}
