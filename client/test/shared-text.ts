import { editorExtensions, editorSchema } from '@concert/editor/schema.ts';
import { Editor, type Extensions } from '@tiptap/core';
import { Collaboration } from '@tiptap/extension-collaboration';
import { prosemirrorJSONToYXmlFragment } from '@tiptap/y-tiptap';
import * as Y from 'yjs';
import { OwnCaret } from '../src/platform/editor/own-caret.ts';
import { createUndo } from '../src/platform/editor/undo.ts';

export const aLine = (text = '') => ({ type: 'paragraph', content: text === '' ? [] : [{ type: 'text', text }] });
export const aRecord = (part: string, ref = 'one') => ({ type: 'record', attrs: { part, ref } });
export const anItemOf = (...content: object[]) => ({ type: 'listItem', content });
export const aList = (...items: (string | object)[]) => ({
  type: 'bulletList',
  content: items.map((item) => (typeof item === 'string' ? anItemOf(aLine(item)) : item)),
});

/** An editor of a shared text, with the undo of a page; `stop` closes it. */
export function sharedText(content: readonly object[], extensions: Extensions = []) {
  const doc = new Y.Doc();
  const body = doc.getXmlFragment('body');
  prosemirrorJSONToYXmlFragment(editorSchema(), { type: 'doc', content }, body);
  const undo = createUndo(body, doc.getMap('fields'));
  const element = document.createElement('div');
  document.body.append(element);
  const editor = new Editor({
    element,
    extensions: [
      ...editorExtensions(),
      Collaboration.configure({ fragment: body, yUndoOptions: { undoManager: undo } }),
      OwnCaret,
      ...extensions,
    ],
  });
  const stop = () => {
    editor.destroy();
    undo.destroy();
    doc.destroy();
    element.remove();
  };
  return { editor, doc, body, undo, stop };
}

/** The text in short: a letter for the type of each block, and its words. */
export const inShort = ({ state }: Editor): string[] =>
  state.doc.children.map((node) => {
    if (node.type.name === 'record') return `[${String(node.attrs.part)}]`;
    if (node.type.name === 'paragraph') return node.textContent;
    return `${node.type.name}: ${node.children.map(({ textContent }) => textContent).join(' · ')}`;
  });
