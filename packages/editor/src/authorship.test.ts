import { describe, expect, test } from '@jest/globals';
import * as Y from 'yjs';
import { writtenIn } from './authorship.ts';
import type { KindLayout } from './layout.ts';
import { insertRow } from './rows.ts';

const columns = [
  { id: 'outcome', type: 'long-text' },
  { id: 'metric', type: 'text' },
];
const layout: KindLayout = {
  sections: [
    {
      id: 'identity',
      fields: [
        { id: 'title', type: 'text' },
        { id: 'story', type: 'long-text' },
        { id: 'outcomes', type: 'rows', columns },
      ],
    },
  ],
};

/** A document that somebody with this client id begins. */
function begun(clientId: number, write: (doc: Y.Doc) => void, before?: Y.Doc): Y.Doc {
  const doc = new Y.Doc();
  doc.clientID = clientId;
  if (before !== undefined) Y.applyUpdate(doc, Y.encodeStateAsUpdate(before));
  doc.transact(() => write(doc));
  return doc;
}

/** The same document in the hands of somebody else. */
const continued = (doc: Y.Doc, clientId: number, write: (doc: Y.Doc) => void): Y.Doc => begun(clientId, write, doc);

/** A paragraph of the text, by its place. */
function paragraphAt(doc: Y.Doc, index: number): Y.XmlElement {
  const found = doc.getXmlFragment('body').get(index);
  if (!(found instanceof Y.XmlElement)) throw new Error('no paragraph');
  return found;
}

function textIn(element: Y.XmlElement, index = 0): Y.XmlText {
  const found = element.get(index);
  if (!(found instanceof Y.XmlText)) throw new Error('no text');
  return found;
}

function paragraph(...content: (Y.XmlText | Y.XmlElement)[]): Y.XmlElement {
  const element = new Y.XmlElement('paragraph');
  element.insert(0, content);
  return element;
}

describe('who wrote what', () => {
  test('[D5] each piece of a line is told with its place and its client, what was deleted is not', () => {
    const first = begun(1, (doc) => {
      doc.getXmlFragment('body').insert(0, [paragraph(new Y.XmlText('hello world')), paragraph(new Y.XmlText('end'))]);
    });
    const second = continued(first, 2, (doc) => {
      const text = textIn(paragraphAt(doc, 0));
      text.insert(5, ' dear');
      text.delete(0, 1);
      text.format(0, 3, { bold: true });
    });
    expect([...writtenIn(second, layout)]).toEqual([
      { type: 'text', path: ['body', 0], offset: 0, text: 'ell', clientId: 1 },
      { type: 'text', path: ['body', 0], offset: 3, text: 'o', clientId: 1 },
      { type: 'text', path: ['body', 0], offset: 4, text: ' dear', clientId: 2 },
      { type: 'text', path: ['body', 0], offset: 9, text: ' world', clientId: 1 },
      { type: 'text', path: ['body', 1], offset: 0, text: 'end', clientId: 1 },
    ]);
  });

  test('a line break counts one, and texts side by side are one line', () => {
    const doc = begun(1, (made) => {
      const section = new Y.XmlElement('section');
      section.setAttribute('sectionId', 'identity');
      const line = paragraph(
        new Y.XmlText('ab'),
        new Y.XmlText('cd'),
        new Y.XmlElement('hardBreak'),
        new Y.XmlText('e'),
      );
      section.insert(0, [line]);
      made.getXmlFragment('body').insert(0, [section]);
    });
    expect([...writtenIn(doc, layout)]).toMatchObject([
      { path: ['body', 0, 0], offset: 0, text: 'ab' },
      { path: ['body', 0, 0], offset: 2, text: 'cd' },
      { path: ['body', 0, 0], offset: 5, text: 'e' },
    ]);
  });

  test('fields come in the order of the form, rows in theirs, other shared types last', () => {
    const doc = begun(1, (made) => {
      made.getText('aside').insert(0, 'beside');
      const fields = made.getMap<unknown>('fields');
      const rows = new Y.Map<unknown>();
      fields.set('outcomes', rows);
      insertRow(rows, columns, { id: 'z', after: undefined }).set('metric', 'min');
      insertRow(rows, columns, { id: 'a', after: 'z' }).set('metric', 'max');
      fields.set('unknown', 1);
      fields.set('story', new Y.Text('long'));
      fields.set('title', 'Old');
      fields.set('gone', 1);
      fields.delete('gone');
    });
    const after = continued(doc, 2, (made) => made.getMap('fields').set('title', 'New'));
    expect([...writtenIn(after, layout)]).toEqual([
      { type: 'value', path: ['fields', 'title'], clientId: 2 },
      { type: 'text', path: ['fields', 'story'], offset: 0, text: 'long', clientId: 1 },
      { type: 'value', path: ['fields', 'outcomes', 'z', 'metric'], clientId: 1 },
      { type: 'value', path: ['fields', 'outcomes', 'a', 'metric'], clientId: 1 },
      { type: 'value', path: ['fields', 'unknown'], clientId: 1 },
      { type: 'text', path: ['aside'], offset: 0, text: 'beside', clientId: 1 },
    ]);
  });

  test('[D8] what nests deeper than a text may is not read to its end', () => {
    const deep = begun(1, (doc) => {
      const fragment = doc.getXmlFragment('body');
      let inner: Y.XmlFragment = fragment;
      for (let depth = 0; depth < 3_000; depth += 1) {
        const next = new Y.XmlElement('blockquote');
        inner.insert(0, [next]);
        inner = next;
      }
    });
    expect(() => [...writtenIn(deep, layout)]).toThrow(RangeError);
  });
});
