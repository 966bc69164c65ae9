import { describe, expect, test } from '@jest/globals';
import { getSchema } from '@tiptap/core';
import * as Y from 'yjs';
import { readBody, replaceBody } from './body.ts';
import type { BodyJson, NodeJson } from './body-json.ts';
import { heading, paragraph, section } from './body-json.ts';
import { outline, plainText, sectionTexts, wordCount } from './body-text.ts';
import { editorExtensions, editorSchema } from './schema.ts';
import { buildDocument } from './template.ts';

const text = (value: string, ...marks: string[]): NodeJson =>
  marks.length === 0
    ? { type: 'text', text: value }
    : { type: 'text', text: value, marks: marks.map((type) => ({ type })) };

const cell = (type: string, value: string): NodeJson => ({
  type,
  attrs: { colspan: 1, rowspan: 1, colwidth: null, align: null },
  content: [paragraph([text(value)])],
});

const rich: BodyJson = {
  type: 'doc',
  content: [
    section('context', [
      paragraph([
        text('Waits are '),
        text('long', 'bold', 'italic'),
        text(', see '),
        { type: 'text', text: 'the report', marks: [{ type: 'link', attrs: { href: 'https://example.org/r?a=1' } }] },
        { type: 'hardBreak' },
        text('and ask.'),
      ]),
      heading(3, 'Figures'),
      {
        type: 'table',
        content: [
          { type: 'tableRow', content: [cell('tableHeader', 'Year'), cell('tableHeader', 'Hours')] },
          { type: 'tableRow', content: [cell('tableCell', '2025'), cell('tableCell', '4')] },
        ],
      },
    ]),
    section('users', [
      { type: 'bulletList', content: [{ type: 'listItem', content: [paragraph([text('Nurses')])] }] },
      {
        type: 'orderedList',
        attrs: { start: 3, type: null },
        content: [{ type: 'listItem', content: [paragraph([text('Third')])] }],
      },
      {
        type: 'taskList',
        content: [{ type: 'taskItem', attrs: { checked: true }, content: [paragraph([text('Asked')])] }],
      },
      { type: 'blockquote', content: [paragraph([text('“At last”')])] },
      { type: 'codeBlock', attrs: { language: null }, content: [text('a < b')] },
      { type: 'image', attrs: { src: '/api/files/abc', alt: 'A ward', width: 400 } },
      { type: 'horizontalRule' },
    ]),
    section('timing', []),
    paragraph([text('After all sections.')]),
  ],
};

const docOf = (json: BodyJson): Y.Doc => {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, buildDocument({ layout: { sections: [] }, title: 'T', body: json, clientId: 1 }));
  return doc;
};

/** A document whose text is written without any editor. */
const written = (write: (body: Y.XmlFragment) => void): Y.Doc => {
  const doc = new Y.Doc();
  doc.transact(() => write(doc.getXmlFragment('body')));
  return doc;
};

const element = (
  name: string,
  attributes: Record<string, unknown> = {},
  children: (Y.XmlElement | Y.XmlText)[] = [],
) => {
  const made = new Y.XmlElement(name);
  // The library types attributes as text; what comes over the wire may be anything.
  for (const [key, value] of Object.entries(attributes)) Reflect.apply(made.setAttribute, made, [key, value]);
  made.insert(0, children);
  return made;
};

const faultOf = (doc: Y.Doc, sectionIds?: string[]) => {
  const read = readBody(doc, sectionIds);
  return read.ok ? 'readable' : read.reason;
};

describe('the schema', () => {
  test('is the same whether an editor or the server makes it', () => {
    expect(Object.keys(getSchema(editorExtensions()).nodes)).toEqual(Object.keys(editorSchema().nodes));
  });

  test('knows every node and mark whose attributes are checked, and no attribute is left unchecked', async () => {
    const { NODE_ATTRIBUTES, MARK_ATTRIBUTES } = await import('./attributes.ts');
    const named = (attrs: Record<string, unknown> | undefined) => Object.keys(attrs ?? {}).sort();
    for (const [name, type] of Object.entries(editorSchema().nodes))
      expect([name, named(type.spec.attrs)]).toEqual([name, named(NODE_ATTRIBUTES[name])]);
    for (const [name, type] of Object.entries(editorSchema().marks))
      expect([name, named(type.spec.attrs)]).toEqual([name, named(MARK_ATTRIBUTES[name])]);
  });
});

describe('reading a text', () => {
  test('JSON to shared text to JSON is the identity', () => {
    expect(readBody(docOf(rich))).toEqual({ ok: true, json: rich, dropped: 0 });
  });

  test('a text nobody has written in is one empty paragraph', () => {
    expect(readBody(new Y.Doc())).toEqual({ ok: true, json: { type: 'doc', content: [paragraph()] }, dropped: 0 });
  });

  test.each([1_000, 3_000, 50_000])('%i nested quotes are refused without overflowing the stack', (depth) => {
    const doc = written((body) => {
      let inner = element('blockquote');
      body.insert(0, [inner]);
      for (let level = 1; level < depth; level += 1) {
        const next = element('blockquote');
        inner.insert(0, [next]);
        inner = next;
      }
    });
    expect(faultOf(doc)).toBe('too-deep');
  });

  test('nesting is allowed up to the limit and not one level further', () => {
    const nested = (levels: number): Y.Doc =>
      written((body) => {
        let inner = element('paragraph');
        for (let level = 0; level < levels; level += 1) inner = element('blockquote', {}, [inner]);
        body.insert(0, [inner]);
      });
    expect(faultOf(nested(62))).toBe('readable');
    expect(faultOf(nested(63))).toBe('too-deep');
  });

  const p = (value: string) => element('paragraph', {}, [new Y.XmlText(value)]);
  const marked = (attributes: Record<string, unknown>): Y.XmlElement => {
    const run = new Y.XmlText();
    run.applyDelta([{ insert: 'x', attributes }]);
    return element('paragraph', {}, [run]);
  };

  test.each<[string, () => Y.XmlElement | Y.XmlText, string]>([
    ['an unknown node', () => element('iframe', { src: 'https://evil.test' }), 'unknown-node'],
    ['a second document', () => element('doc', {}, [p('x')]), 'unknown-node'],
    ['a node named as an inherited property', () => element('constructor'), 'unknown-node'],
    ['text at the root', () => new Y.XmlText('x'), 'misplaced-node'],
    ['a list item outside a list', () => element('listItem', {}, [p('x')]), 'misplaced-node'],
    [
      'a section inside a quote',
      () => element('blockquote', {}, [element('section', { sectionId: 'a' }, [p('x')])]),
      'misplaced-node',
    ],
    [
      'a section in a section',
      () => element('section', { sectionId: 'a' }, [element('section', { sectionId: 'b' })]),
      'misplaced-node',
    ],
    ['an unknown mark', () => marked({ onclick: {} }), 'unknown-mark'],
    ['a mark named as an inherited property', () => marked({ constructor: {} }), 'unknown-mark'],
    ['a script link', () => marked({ link: { href: 'javascript:alert(1)' } }), 'bad-attribute'],
    ['a hidden script link', () => marked({ link: { href: 'JaVa\tscript:alert(1)' } }), 'bad-attribute'],
    ['a data link', () => marked({ link: { href: 'data:text/html,x' } }), 'bad-attribute'],
    ['a link without address', () => marked({ link: true }), 'bad-attribute'],
    ['a protocol-relative link', () => marked({ link: { href: '//evil.test' } }), 'bad-attribute'],
    ['a foreign image', () => element('image', { src: 'https://evil.test/x.png' }), 'bad-attribute'],
    ['a data image', () => element('image', { src: 'data:image/svg+xml,x' }), 'bad-attribute'],
    ['an image without file', () => element('image'), 'bad-attribute'],
    ['a heading level that is markup', () => element('heading', { level: '<img src=x>' }), 'bad-attribute'],
    ['a section without id', () => element('section', {}, [p('x')]), 'bad-attribute'],
    ['a section id that is markup', () => element('section', { sectionId: '"><b>' }, [p('x')]), 'bad-attribute'],
    ['an attribute of a megabyte', () => element('paragraph', { note: 'x'.repeat(1_000_000) }), 'bad-attribute'],
    ['an attribute that is an object', () => element('heading', { level: { valueOf: 2 } }), 'bad-attribute'],
    [
      'a cell spanning a million columns',
      () => element('table', {}, [element('tableRow', {}, [element('tableCell', { colspan: 1e6 })])]),
      'bad-attribute',
    ],
  ])('%s is a fault', (_, make, reason) => {
    expect(faultOf(written((body) => body.insert(0, [make()])))).toBe(reason);
  });

  test('an embedded object in a run of text is a fault', () => {
    const run = new Y.XmlText();
    run.insertEmbed(0, { image: 'x' });
    expect(faultOf(written((body) => body.insert(0, [element('paragraph', {}, [run])])))).toBe('unknown-node');
  });

  test('a section of another kind is a fault where the kind is known', () => {
    const doc = written((body) => body.insert(0, [element('section', { sectionId: 'elsewhere' }, [p('x')])]));
    expect([faultOf(doc, ['context']), faultOf(doc)]).toEqual(['unknown-section', 'readable']);
  });

  test('the place of a fault is told', () => {
    const doc = written((body) => body.insert(0, [p('a'), element('blockquote', {}, [element('script')])]));
    expect(readBody(doc)).toEqual({ ok: false, reason: 'unknown-node', at: 'doc[1]/blockquote[0]' });
  });

  test('a small unknown attribute is ignored, and other editors’ heading levels become the nearest of ours', () => {
    const doc = written((body) =>
      body.insert(0, [element('heading', { level: 1, style: 'color:red' }, [new Y.XmlText('Top')])]),
    );
    expect(readBody(doc)).toMatchObject({ ok: true, json: { content: [{ type: 'heading', attrs: { level: 2 } }] } });
  });

  test('a list that two people emptied together is dropped, as editors do', () => {
    const first = docOf({
      type: 'doc',
      content: [paragraph([text('kept')]), ...(rich.content?.[1]?.content?.slice(0, 1) ?? [])],
    });
    const doc = docOf({ type: 'doc', content: [paragraph([text('kept')])] });
    doc.getXmlFragment('body').insert(1, [element('bulletList')]);
    expect(readBody(first)).toMatchObject({ ok: true, dropped: 0 });
    expect(readBody(doc)).toEqual({
      ok: true,
      json: { type: 'doc', content: [paragraph([text('kept')])] },
      dropped: 1,
    });
  });
});

describe('replacing a text', () => {
  const sizeOfChange = (doc: Y.Doc, change: () => void): number => {
    const before = Y.encodeStateVector(doc);
    change();
    return Y.encodeStateAsUpdate(doc, before).length;
  };

  test('nothing is written when nothing differs', () => {
    const doc = docOf(rich);
    let updates = 0;
    doc.on('update', () => {
      updates += 1;
    });
    replaceBody(doc, rich);
    expect(updates).toBe(0);
  });

  test('one changed word writes little, and the rest keeps its identity', () => {
    const long: BodyJson = {
      type: 'doc',
      content: Array.from({ length: 200 }, (_, n) => paragraph([text(`Paragraph ${n} says something of its own.`)])),
    };
    const changed: BodyJson = {
      ...long,
      content: long.content?.map((node, at) =>
        at === 100 ? paragraph([text('Paragraph 100 says another thing.')]) : node,
      ),
    };
    const doc = docOf(long);
    const untouched = doc.getXmlFragment('body').get(101);
    const size = sizeOfChange(doc, () => replaceBody(doc, changed));
    expect(readBody(doc)).toMatchObject({ ok: true, json: changed });
    expect(doc.getXmlFragment('body').get(101)).toBe(untouched);
    expect(size).toBeLessThan(200);
  });

  test('any text can become any other', () => {
    const doc = docOf(rich);
    const other: BodyJson = { type: 'doc', content: [heading(2, 'Only this')] };
    replaceBody(doc, other);
    expect(readBody(doc)).toMatchObject({ ok: true, json: other });
    replaceBody(doc, rich);
    expect(readBody(doc)).toMatchObject({ ok: true, json: rich });
  });

  test('a text in quarantine is replaced as a whole', () => {
    const doc = written((body) => body.insert(0, [element('iframe')]));
    replaceBody(doc, rich);
    expect(readBody(doc)).toMatchObject({ ok: true, json: rich });
  });

  test('a text that does not fit the schema is refused before anything is written', () => {
    const doc = docOf(rich);
    expect(() => replaceBody(doc, { type: 'doc', content: [{ type: 'listItem' }] })).toThrow(RangeError);
    expect(readBody(doc)).toMatchObject({ ok: true, json: rich });
  });
});

describe('what is derived from a text', () => {
  test('plain text has a line per block', () => {
    expect(plainText(rich).split('\n').slice(0, 4)).toEqual([
      'Waits are long, see the report',
      'and ask.',
      'Figures',
      'Year',
    ]);
  });

  test('words are what stands between spaces', () => {
    expect(wordCount({ type: 'doc', content: [paragraph([text('L’attente – 4 heures ! – dure')])] })).toBe(4);
  });

  test('the outline holds sections and headings with their section', () => {
    expect(outline(rich)).toEqual([
      { level: 2, text: '', isSection: true, sectionId: 'context' },
      { level: 3, text: 'Figures', isSection: false, sectionId: 'context' },
      { level: 2, text: '', isSection: true, sectionId: 'users' },
      { level: 2, text: '', isSection: true, sectionId: 'timing' },
    ]);
  });

  test('each present section gives its text, an empty one an empty text', () => {
    const texts = sectionTexts(rich);
    expect(Object.keys(texts)).toEqual(['context', 'users', 'timing']);
    expect(texts.users?.split('\n')).toEqual(['Nurses', 'Third', 'Asked', '“At last”', 'a < b', 'A ward']);
    expect(texts.timing).toBe('');
  });
});
