import { describe, expect, test } from '@jest/globals';
import { initProseMirrorDoc, prosemirrorJSONToYXmlFragment, updateYFragment } from '@tiptap/y-tiptap';
import * as Y from 'yjs';
import { readBody, replaceBody } from './body.ts';
import { type BodyJson, heading, type NodeJson, paragraph } from './body-json.ts';
import { commentKey, markAgain, markPassage, passagesIn, unmarkPassages } from './comments.ts';
import { editorSchema } from './schema.ts';
import { BODY } from './template.ts';

const words = (text: string): NodeJson => paragraph([{ type: 'text', text }]);

function docOf(...content: readonly NodeJson[]): Y.Doc {
  const doc = new Y.Doc();
  prosemirrorJSONToYXmlFragment(editorSchema(), { type: 'doc', content }, doc.getXmlFragment(BODY));
  return doc;
}

const textsOf = (doc: Y.Doc): Y.XmlText[] => {
  const found: Y.XmlText[] = [];
  const visit = (node: unknown): void => {
    if (node instanceof Y.XmlText) found.push(node);
    else if (node instanceof Y.XmlElement || node instanceof Y.XmlFragment) node.toArray().forEach(visit);
  };
  visit(doc.getXmlFragment(BODY));
  return found;
};

const at = (text: Y.XmlText, index: number): Uint8Array =>
  Y.encodeRelativePosition(Y.createRelativePositionFromTypeIndex(text, index));

/** Marks the first place of these words in one of the texts. */
function markWords(doc: Y.Doc, id: string, quoted: string) {
  const text = textsOf(doc).find((one) =>
    one
      .toString()
      .replace(/<[^>]+>/g, '')
      .includes(quoted),
  );
  if (text === undefined) throw new Error(`${quoted} is not there`);
  const begin = text
    .toString()
    .replace(/<[^>]+>/g, '')
    .indexOf(quoted);
  return doc.transact(() => markPassage(doc, id, { start: at(text, begin), end: at(text, begin + quoted.length) }));
}

const quoted = (doc: Y.Doc, id: string) => passagesIn(doc).get(id)?.quote;
const bodyOf = (doc: Y.Doc): BodyJson => {
  const read = readBody(doc);
  if (!read.ok) throw new Error(`${read.reason} at ${read.at}`);
  return read.json;
};

describe('a passage that is discussed', () => {
  test('[T15] is marked with its words and what stands around them', () => {
    const doc = docOf(words('The lift in ward three is slow.'), words('So are the doors.'));
    expect(markWords(doc, 'a', 'ward three')).toEqual({
      ok: true,
      quote: { quote: 'ward three', before: 'The lift in ', after: ' is slow.\nSo are the doors.' },
    });
    expect(quoted(doc, 'a')).toBe('ward three');
  });

  test('[T15] goes over several blocks, code among them', () => {
    const code: NodeJson = { type: 'codeBlock', content: [{ type: 'text', text: 'let x;' }] };
    const doc = docOf(heading(2, 'A heading'), words('One.'), code, words('Two.'));
    const texts = textsOf(doc);
    const [first, , , last] = texts;
    if (!first || !last) throw new Error('four texts');
    const marked = doc.transact(() => markPassage(doc, 'a', { start: at(first, 2), end: at(last, 3) }));
    expect(marked).toMatchObject({ ok: true, quote: { quote: 'heading\nOne.\nlet x;\nTwo' } });
    // An editor reads it as it is: nothing breaks the schema.
    const { doc: shown } = initProseMirrorDoc(doc.getXmlFragment(BODY), editorSchema());
    shown.check();
    expect(shown.textBetween(0, shown.content.size, '\n')).toBe('A heading\nOne.\nlet x;\nTwo.');
  });

  test('[T15] that has gone, is nothing but spaces or far too long is not marked', () => {
    const doc = docOf(words('Here today and gone tomorrow'), words('   '), words('x'.repeat(20_001)));
    const [first, blank, long] = textsOf(doc);
    if (!first || !blank || !long) throw new Error('three texts');
    const here = { start: at(first, 5), end: at(first, 10) };
    doc.transact(() => doc.getXmlFragment(BODY).delete(0, 1));
    const marking = (range: { start: Uint8Array; end: Uint8Array }) => markPassage(doc, 'a', range);
    expect(marking(here)).toEqual({ ok: false, reason: 'passage-gone' });
    expect(marking({ start: at(blank, 0), end: at(blank, 3) })).toEqual({ ok: false, reason: 'passage-gone' });
    expect(marking({ start: at(long, 0), end: at(long, 20_001) })).toEqual({ ok: false, reason: 'passage-too-long' });
    for (const rubbish of [new Uint8Array(), Uint8Array.of(255, 255, 255), Uint8Array.of(0, 1), new Uint8Array(300)])
      expect(marking({ start: rubbish, end: rubbish })).toEqual({ ok: false, reason: 'passage-gone' });
    expect(passagesIn(doc).size).toBe(0);
  });

  test('[T17] is no part of what the text says', () => {
    const doc = docOf(words('The lift is slow.'));
    const before = bodyOf(doc);
    markWords(doc, 'a', 'lift');
    markWords(doc, 'b', 'lift is');
    expect(bodyOf(doc)).toEqual(before);
    expect([quoted(doc, 'a'), quoted(doc, 'b')]).toEqual(['lift', 'lift is']);
  });

  test('[T16] stays where it is when an editor writes beside it, under the name that the binding gives it', () => {
    const doc = docOf(words('The lift is slow.'));
    markWords(doc, 'a', 'lift');
    const fragment = doc.getXmlFragment(BODY);
    const { doc: shown, meta } = initProseMirrorDoc(fragment, editorSchema());
    const json = shown.toJSON() as BodyJson;
    expect(JSON.stringify(json)).toContain('"type":"comment","attrs":{"id":"a"}');
    const typed = editorSchema().nodeFromJSON(
      JSON.parse(JSON.stringify(json).replace('"The "', '"Look: the "')) as NodeJson,
    );
    doc.transact(() => updateYFragment(doc, fragment, typed, meta));
    expect(quoted(doc, 'a')).toBe('lift');
    expect(Object.keys(textsOf(doc)[0]?.toDelta()[1]?.attributes ?? {})).toEqual([commentKey('a')]);
  });

  test('[T16] goes along when the paragraph becomes a heading or is moved', () => {
    const doc = docOf(words('First.'), words('The lift is slow.'));
    markWords(doc, 'a', 'lift');
    const fragment = doc.getXmlFragment(BODY);
    const { doc: shown, meta } = initProseMirrorDoc(fragment, editorSchema());
    const [first, second] = (shown.toJSON() as BodyJson).content ?? [];
    if (!first || !second) throw new Error('two blocks');
    const turned = { type: 'doc', content: [{ ...second, type: 'heading', attrs: { level: 2 } }, first] };
    doc.transact(() => updateYFragment(doc, fragment, editorSchema().nodeFromJSON(turned), meta));
    expect(bodyOf(doc).content?.[0]).toEqual(heading(2, 'The lift is slow.'));
    expect(quoted(doc, 'a')).toBe('lift');
  });

  test('[T16] keeps its words through what two people do at once, and undo', () => {
    const one = docOf(words('The lift in ward three is slow.'));
    const other = new Y.Doc();
    Y.applyUpdate(other, Y.encodeStateAsUpdate(one));
    const undo = new Y.UndoManager(other.getXmlFragment(BODY), { captureTimeout: 0 });
    markWords(one, 'a', 'ward three');
    const [text] = textsOf(other);
    text?.insert(17, 'ty-');
    text?.delete(0, 4);
    text?.delete(8, 4);
    Y.applyUpdate(other, Y.encodeStateAsUpdate(one), 'somebody else');
    undo.undo();
    Y.applyUpdate(one, Y.encodeStateAsUpdate(other));
    expect(quoted(one, 'a')).toBe(quoted(other, 'a'));
    expect(quoted(one, 'a')).toContain('ward');
    undo.undo();
    undo.undo();
    Y.applyUpdate(one, Y.encodeStateAsUpdate(other));
    expect(quoted(one, 'a')).toBe('ward three');
  });

  test('[T16] is marked again after a version was restored, wherever its words are then', () => {
    const doc = docOf(words('The lift is slow.'), words('The doors are red.'), words('Gone soon.'));
    for (const [id, quote] of Object.entries({ a: 'lift', b: 'doors', c: 'soon' })) markWords(doc, id, quote);
    replaceBody(doc, {
      type: 'doc',
      content: [words('New.'), words('Red are the doors.'), words('The lift is slow.')],
    });
    expect([quoted(doc, 'a'), quoted(doc, 'b'), quoted(doc, 'c')]).toEqual(['lift', 'doors', undefined]);
    expect(bodyOf(doc).content).toHaveLength(3);
  });

  test('[T16] is marked again by its quotation, once', () => {
    const doc = docOf(words('The lift is slow.'));
    const anchor = { id: 'a', quote: 'lift', before: 'The ', after: ' is slow.' };
    doc.transact(() => markAgain(doc, [anchor, { ...anchor, id: 'b', quote: 'gone' }]));
    doc.transact(() => markAgain(doc, [anchor]));
    expect([...passagesIn(doc).keys()]).toEqual(['a']);
  });

  test('its mark is taken away, others stay', () => {
    const doc = docOf(words('The lift is slow.'));
    markWords(doc, 'a', 'lift is');
    markWords(doc, 'b', 'is slow');
    doc.transact(() => unmarkPassages(doc, new Set(['a'])));
    expect([quoted(doc, 'a'), quoted(doc, 'b')]).toEqual([undefined, 'is slow']);
  });

  test('a mark that no editor writes is refused where a text is read', () => {
    for (const value of [{}, { id: 7 }, { id: 'x'.repeat(65) }, { id: '../x' }, 'text']) {
      const doc = docOf(words('The lift is slow.'));
      textsOf(doc)[0]?.format(0, 3, { [commentKey('a')]: value });
      expect([value, readBody(doc).ok]).toEqual([value, false]);
    }
  });
});
