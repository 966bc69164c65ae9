import { editorExtensions } from '@concert/editor/schema.ts';
import { afterEach, describe, expect, test } from '@jest/globals';
import { waitFor } from '@testing-library/react';
import { Editor } from '@tiptap/core';
import { Collaboration } from '@tiptap/extension-collaboration';
import * as Y from 'yjs';
import { type AuthorNames, createAuthorNames } from './author-names.ts';
import { authorAtCaret, authorMarks, authorSummary, passagesBy, showAuthors } from './authors.ts';

const open: { destroy(): void }[] = [];
afterEach(() => {
  for (const each of open.splice(0)) each.destroy();
});

const ada = { id: 'ada', name: 'Ada Martin', color: '#0b6b68' };
const bob = { id: 'bob', name: 'Bob Perrin', color: '#a34200' };

/** Ada's editor and Bob's copy of the same text; what one writes arrives at the other at once. */
function together(write: (body: Y.XmlFragment) => void) {
  const [hers, his, template] = [new Y.Doc(), new Y.Doc(), new Y.Doc()];
  write(template.getXmlFragment('body'));
  for (const doc of [hers, his]) Y.applyUpdate(doc, Y.encodeStateAsUpdate(template));
  hers.on('update', (update, origin) => origin !== 'peer' && Y.applyUpdate(his, update, 'peer'));
  his.on('update', (update, origin) => origin !== 'peer' && Y.applyUpdate(hers, update, 'peer'));
  const editor = new Editor({
    element: document.createElement('div'),
    extensions: [
      ...editorExtensions(),
      Collaboration.configure({ fragment: hers.getXmlFragment('body') }),
      authorMarks(hers),
    ],
  });
  open.push(editor, hers, his, template);
  const asked: number[][] = [];
  const names = createAuthorNames(
    async (clientIds) => {
      asked.push([...clientIds]);
      return new Map(clientIds.flatMap((clientId) => (clientId === his.clientID ? [[clientId, bob]] : [])));
    },
    { clientId: hers.clientID, me: ada },
  );
  open.push({ destroy: names.subscribe(() => showAuthors(editor.view, names)) });
  return { editor, hers, his, names, asked };
}

const paragraph = (words: string): Y.XmlElement => {
  const element = new Y.XmlElement('paragraph');
  element.insert(0, [new Y.XmlText(words)]);
  return element;
};

function lineOf(doc: Y.Doc, index: number): Y.XmlText {
  const line = doc.getXmlFragment('body').get(index);
  const text = line instanceof Y.XmlElement ? line.get(0) : undefined;
  if (!(text instanceof Y.XmlText)) throw new Error('no line');
  return text;
}

/** What is marked, as `who: text`. */
const marksIn = ({ view }: Editor): string[] =>
  [...view.dom.querySelectorAll<HTMLElement>('.authored')].map((mark) => `${mark.title}: ${mark.textContent}`);

const show = ({ editor, names }: { editor: Editor; names: AuthorNames }) => showAuthors(editor.view, names);

describe('The authors in the text', () => {
  test('[D5] [D6] each run is marked with the name, colour and line of whoever inserted it, the template is not', async () => {
    const scene = together((body) => body.insert(0, [paragraph('model '), paragraph('')]));
    const { editor, his } = scene;
    lineOf(his, 0).insert(6, 'his');
    editor.commands.insertContentAt(10, 'hers');
    expect(marksIn(editor)).toEqual([]);
    show(scene);
    await waitFor(() => expect(marksIn(editor)).toEqual(['Bob Perrin: his', 'Ada Martin: hers']));
    const [first, second] = editor.view.dom.querySelectorAll<HTMLElement>('.authored');
    expect(first?.style.getPropertyValue('--author')).toBe(bob.color);
    expect(first?.dataset.line).not.toBe(second?.dataset.line);
    expect(authorSummary(editor.state)).toMatchObject({
      authors: [
        { id: 'ada', characters: 4 },
        { id: 'bob', characters: 3 },
      ],
      characters: 13,
      templateCharacters: 6,
    });
  });

  test('what others write is marked as it arrives, one’s own a moment later, in the middle of others’ text too', async () => {
    const scene = together((body) => body.insert(0, [paragraph('')]));
    const { editor, his } = scene;
    show(scene);
    lineOf(his, 0).insert(0, 'his text');
    await waitFor(() => expect(marksIn(editor)).toEqual(['Bob Perrin: his text']));
    lineOf(his, 0).insert(8, ' goes on');
    expect(marksIn(editor)).toEqual(['Bob Perrin: his text goes on']);
    editor.commands.insertContentAt(4, '[hers]');
    await waitFor(() =>
      expect(marksIn(editor)).toEqual(['Bob Perrin: his', 'Ada Martin: [hers]', 'Bob Perrin:  text goes on']),
    );
    editor.commands.setTextSelection(6);
    expect(authorAtCaret(editor.state)).toBe('ada');
    editor.commands.setTextSelection(2);
    expect(authorAtCaret(editor.state)).toBe('bob');
    expect(passagesBy(editor.state, 'bob')).toEqual([
      { from: 1, to: 4 },
      { from: 10, to: 23 },
    ]);
    showAuthors(editor.view, null);
    expect(marksIn(editor)).toEqual([]);
    expect(authorSummary(editor.state)).toBeUndefined();
  });

  test('names are asked for once, and again after a failure when the reader wants it', async () => {
    const scene = together((body) => body.insert(0, [paragraph('model')]));
    lineOf(scene.his, 0).insert(0, 'his ');
    show(scene);
    await waitFor(() => expect(marksIn(scene.editor)).toEqual(['Bob Perrin: his ']));
    lineOf(scene.his, 0).insert(0, 'more ');
    expect(scene.asked.flat()).toHaveLength(2);

    let fails = true;
    const names = createAuthorNames(
      async () => {
        if (fails) throw new Error('no network');
        return new Map([[7, bob]]);
      },
      { clientId: 1, me: ada },
    );
    names.want([7, 8]);
    await waitFor(() => expect(names.failed()).toBe(true));
    expect(names.personOf(7)).toBeUndefined();
    fails = false;
    names.retry();
    await waitFor(() => expect(names.personOf(7)).toEqual(bob));
    expect(names.personOf(8)).toBeNull();
    expect(names.personOf(1)).toEqual(ada);
  });

  test('text in lists, tables and behind line breaks is found where the editor shows it', async () => {
    const scene = together((body) => body.insert(0, [paragraph('x')]));
    const { editor } = scene;
    editor.commands.setContent(
      '<ul><li><p>one</p><ul><li><p>two</p></li></ul></li></ul>' +
        '<table><tbody><tr><td><p>three</p></td><td><p>fo<br>ur <strong>five</strong></p></td></tr></tbody></table>',
    );
    show(scene);
    await waitFor(() =>
      expect(
        marksIn(editor)
          .map((mark) => mark.slice(12))
          .join('|'),
      ).toBe('one|two|three|fo|ur |five'),
    );
  });
});
