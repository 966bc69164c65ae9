import { describe, expect, test } from '@jest/globals';
import * as Y from 'yjs';
import { isEmpty, joined, passagesOf } from './passages.ts';

function aDocument() {
  const doc = new Y.Doc();
  const body = doc.getXmlFragment('body');
  const fields = doc.getMap<unknown>('fields');
  return { body, fields };
}

function paragraph(words: string): Y.XmlElement {
  const element = new Y.XmlElement('paragraph');
  element.insert(0, [new Y.XmlText(words)]);
  return element;
}

describe('The words of a document', () => {
  test('are the lines of its text and its long answers, those in rows included', () => {
    const { body, fields } = aDocument();
    body.insert(0, [paragraph('Une attente.'), paragraph('Trop longue.')]);
    fields.set('currentService', new Y.Text('Quatre guichets.'));
    fields.set('years', 5);
    const row = new Y.Map<unknown>();
    fields.set('outcomes', new Y.Map([['r1', row]]));
    row.set('outcome', new Y.Text('Attendre moins.'));

    const passages = passagesOf(body, fields);

    expect(passages.body).toEqual(['Une attente.', 'Trop longue.']);
    expect(passages.fields).toEqual({
      currentService: 'Quatre guichets.',
      'outcomes.r1.outcome': 'Attendre moins.',
    });
    expect(joined(passages)).toContain('Trop longue.');
    expect(joined(passages)).toContain('Quatre guichets.');
  });

  test('are none in a document where nothing was written', () => {
    const { body, fields } = aDocument();
    body.insert(0, [paragraph('')]);
    fields.set('currentService', new Y.Text());
    expect(isEmpty(passagesOf(body, fields))).toBe(true);
  });
});
