import { describe, expect, test } from '@jest/globals';
import * as Y from 'yjs';
import { readFields } from './fields-doc.ts';
import { fieldsOf, type KindLayout } from './layout.ts';
import { buildDocument } from './template.ts';

const layout: KindLayout = {
  sections: [
    { id: 'identity', fields: [{ id: 'title', type: 'text' }] },
    {
      id: 'outcomes',
      fields: [
        { id: 'story', type: 'long-text' },
        {
          id: 'outcomes',
          type: 'rows',
          columns: [
            { id: 'outcome', type: 'long-text' },
            { id: 'metric', type: 'text' },
          ],
        },
      ],
    },
  ],
};

const open = (update: Uint8Array): Y.Doc => {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, update);
  return doc;
};

/** The paragraphs of a section. */
const linesOf = (node: unknown): Y.XmlElement[] =>
  node instanceof Y.XmlElement ? node.toArray().filter((child) => child instanceof Y.XmlElement) : [];

describe('templates', () => {
  test('a new document holds every section, every container and its title', () => {
    const doc = open(buildDocument({ layout, title: 'Quieter wards', clientId: 7 }));
    expect(doc.getXmlFragment('body').toString()).toBe(
      '<section sectionId="identity"><paragraph></paragraph></section>' +
        '<section sectionId="outcomes"><paragraph></paragraph></section>',
    );
    const fields = doc.getMap('fields');
    expect(fields.get('title')).toBe('Quieter wards');
    expect(fields.get('story')).toBeInstanceOf(Y.Text);
    expect(fields.get('outcomes')).toBeInstanceOf(Y.Map);
  });

  test('two people who begin in the same empty line at the same moment write in one text', () => {
    const update = buildDocument({ layout, title: 'Begun by two', clientId: 7 });
    const [ours, theirs] = [open(update), open(update)];
    const lineOf = (doc: Y.Doc) => doc.getXmlFragment('body').toArray().flatMap(linesOf)[0];
    for (const [doc, letter] of [
      [ours, 'A'],
      [theirs, 'B'],
    ] as const) {
      const text = lineOf(doc)?.get(0);
      expect(text).toBeInstanceOf(Y.XmlText);
      if (text instanceof Y.XmlText) text.insert(0, letter);
    }
    Y.applyUpdate(ours, Y.encodeStateAsUpdate(theirs));
    expect(lineOf(ours)?.length).toBe(1);
  });

  test('the same input makes the same bytes', () => {
    const make = () => buildDocument({ layout, title: 'Same', clientId: 7, fields: { outcomes: [{ metric: 'h' }] } });
    expect(make()).toEqual(make());
  });

  test('a free text begins with its headings, or with one empty paragraph', () => {
    const free: KindLayout = { ...layout, freeText: {} };
    const minutes = open(buildDocument({ layout: free, title: 'M', clientId: 7, headings: ['Agenda', 'Decisions'] }));
    expect(minutes.getXmlFragment('body').toString()).toBe(
      '<heading level="2">Agenda</heading><paragraph></paragraph><heading level="2">Decisions</heading><paragraph></paragraph>',
    );
    expect(open(buildDocument({ layout: free, title: 'N', clientId: 7 })).getXmlFragment('body').length).toBe(1);
  });

  test('values given to a template are read back as they were', () => {
    const fields = {
      title: 'T',
      story: 'Long ago 👩‍🚒',
      outcomes: [
        { id: 'a', outcome: 'Faster', metric: 'hours' },
        { id: 'b', outcome: '', metric: 'days' },
      ],
    };
    const doc = open(buildDocument({ layout, title: 'T', clientId: 7, fields }));
    expect(readFields(doc.getMap('fields'), fieldsOf(layout))).toEqual(fields);
  });
});
