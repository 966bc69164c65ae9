import { editorExtensions } from '@concert/editor/schema.ts';
import { afterEach, expect, test } from '@jest/globals';
import { Editor } from '@tiptap/core';
import { Collaboration } from '@tiptap/extension-collaboration';
import * as Y from 'yjs';
import { OwnCaret } from './own-caret.ts';

const open: { destroy(): void }[] = [];
afterEach(() => {
  for (const each of open.splice(0)) each.destroy();
});

/** Two editors on two copies of a text with one section; what one writes arrives at the other at once. */
function pair(text: string): [Editor, Editor] {
  const docs = [new Y.Doc(), new Y.Doc()] as const;
  const paragraph = new Y.XmlElement('paragraph');
  const section = new Y.XmlElement('section');
  section.setAttribute('sectionId', 'one');
  docs[0].getXmlFragment('body').insert(0, [section]);
  section.insert(0, [paragraph]);
  paragraph.insert(0, [new Y.XmlText(text)]);
  Y.applyUpdate(docs[1], Y.encodeStateAsUpdate(docs[0]));
  docs[0].on('update', (update, origin) => origin !== 'peer' && Y.applyUpdate(docs[1], update, 'peer'));
  docs[1].on('update', (update, origin) => origin !== 'peer' && Y.applyUpdate(docs[0], update, 'peer'));
  open.push(...docs);
  const editorOf = (doc: Y.Doc) => {
    const extensions = [
      ...editorExtensions(),
      Collaboration.configure({ fragment: doc.getXmlFragment('body') }),
      OwnCaret,
    ];
    const editor = new Editor({ element: document.createElement('div'), extensions });
    open.unshift(editor);
    return editor;
  };
  return [editorOf(docs[0]), editorOf(docs[1])];
}

const type = (editor: Editor, letter: string) => editor.view.dispatch(editor.state.tr.insertText(letter));
const lineOf = ({ state }: Editor) =>
  `${state.selection.$head.parent.textContent.slice(0, state.selection.$head.parentOffset)}|`;

test('two people who type at the same place both keep their words together', () => {
  const [ours, theirs] = pair('So: ');
  ours.commands.setTextSelection(6);
  theirs.commands.setTextSelection(6);
  for (const at of [0, 1, 2]) {
    type(ours, 'abc'.charAt(at));
    type(theirs, 'xyz'.charAt(at));
  }
  expect(ours.getText()).toBe(theirs.getText());
  expect(ours.getText()).toContain('abc');
  expect(ours.getText()).toContain('xyz');
});

test('the caret stays behind the same letter when somebody writes or deletes before it', () => {
  const [ours, theirs] = pair('Salt on roads');
  ours.commands.setTextSelection(10);
  expect(lineOf(ours)).toBe('Salt on |');
  theirs.commands.insertContentAt(2, 'Less ');
  expect(lineOf(ours)).toBe('Less Salt on |');
  theirs.commands.deleteRange({ from: 12, to: 15 });
  expect(lineOf(ours)).toBe('Less Salt |');
});
