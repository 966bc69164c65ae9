import { editorExtensions } from '@concert/editor/schema.ts';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { Editor } from '@tiptap/core';
import { Collaboration } from '@tiptap/extension-collaboration';
import { ySyncPluginKey } from '@tiptap/y-tiptap';
import { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { peerCarets } from './carets.ts';

const PEER = 77;
const me = { id: 'ada', name: 'Ada', color: '#336699' };
const user = { id: 'bob', name: 'Bob <b>', color: '#993366' };
let doc: Y.Doc;
let awareness: Awareness;
let editor: Editor;

beforeEach(() => {
  doc = new Y.Doc();
  const paragraph = new Y.XmlElement('paragraph');
  doc.getXmlFragment('body').insert(0, [paragraph]);
  paragraph.insert(0, [new Y.XmlText('Salt on roads')]);
  awareness = new Awareness(doc);
  const extensions = [
    ...editorExtensions(),
    Collaboration.configure({ fragment: doc.getXmlFragment('body') }),
    peerCarets(awareness, me),
  ];
  editor = new Editor({ element: document.body.appendChild(document.createElement('div')), extensions });
});
afterEach(() => {
  editor.destroy();
  awareness.destroy();
  doc.destroy();
});

/** What the network would bring of a peer. */
async function hear(cursor: unknown): Promise<void> {
  awareness.states.set(PEER, { user, cursor });
  awareness.emit('change', [{ added: [PEER], updated: [], removed: [] }, 'remote']);
  // The carets are drawn in the next turn.
  await new Promise((resolve) => setTimeout(resolve, 0));
}

const carets = (): string[] =>
  [...document.querySelectorAll('.peer-caret')].map(({ textContent }) => textContent ?? '');

function positionIn(node: Y.XmlFragment | Y.XmlElement | Y.XmlText, at: number): unknown {
  return JSON.parse(JSON.stringify(Y.createRelativePositionFromTypeIndex(node, at)));
}

test('[check 23] the caret of a peer is shown under the name of his session, as text', async () => {
  expect(ySyncPluginKey.getState(editor.state)).toBeDefined();
  const at = positionIn(doc.getXmlFragment('body'), 0);
  await hear({ anchor: at, head: at });
  expect(carets().join()).toContain('Bob <b>');
});

const id = { client: 1, clock: 0 };
test.each<[string, unknown]>([
  ['a number', 5],
  ['a text', 'here'],
  ['without places', {}],
  ['with nothing for places', { anchor: null, head: null }],
  ['with places that are numbers', { anchor: 1, head: 2 }],
  ['with places that are empty', { anchor: {}, head: {} }],
  ['before the first clock', { anchor: { item: { ...id, clock: -1 } }, head: { item: { ...id, clock: -1 } } }],
  ['at half a clock', { anchor: { item: { ...id, clock: 0.5 } }, head: { item: { ...id, clock: 0.5 } } }],
  ['at a clock that is none', { anchor: { item: { client: 1 } }, head: { type: { clock: {} } } }],
  ['in a type whose name is none', { anchor: { tname: {} }, head: { tname: 5 } }],
  ['in another type', { anchor: { tname: 'fields' }, head: { tname: 'fields' } }],
  ['at text that is not there', { anchor: { item: { client: 9, clock: 9 } }, head: { item: { client: 9, clock: 9 } } }],
])('[check 23] a caret %s is not shown, and the others go on typing', async (_what, cursor) => {
  doc.getMap('fields').set('title', 'Roads');
  await hear(cursor);
  editor.commands.insertContentAt(1, 'Less ');
  expect(editor.getText()).toContain('Less Salt');
  expect(carets()).toEqual([]);
});
