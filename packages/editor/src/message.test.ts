import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { NodeJson } from './body-json.ts';
import { plainText } from './body-text.ts';
import { messageOf, namedMessage, readMessage } from './message.ts';

const LIMITS = { characters: 1_000, nodes: 100, depth: 16, mentions: 3 };
const doc = (...content: NodeJson[]) => ({ type: 'doc', content });
const p = (...content: NodeJson[]): NodeJson => ({ type: 'paragraph', content });
const t = (text: string, ...marks: NonNullable<NodeJson['marks']>): NodeJson =>
  marks.length === 0 ? { type: 'text', text } : { type: 'text', text, marks };
const mention = (kind: string, id: string, name?: string): NodeJson => ({
  type: 'mention',
  attrs: { kind, id, ...(name === undefined ? {} : { name }) },
});
const reasonOf = (sent: unknown): string => {
  const read = readMessage(sent, LIMITS);
  return read.ok ? 'ok' : read.reason;
};

describe('messages that editors write', () => {
  test('[T10] text, lists, quotations, code, links and mentions are read as they are', () => {
    const sent = doc(
      p(t('Bonjour '), mention('person', 'p1', 'Claire'), t(', voir '), t('la note', { type: 'bold' })),
      { type: 'bulletList', content: [{ type: 'listItem', content: [p(t('un'))] }] },
      {
        type: 'orderedList',
        attrs: { start: 3, type: null },
        content: [{ type: 'listItem', content: [p(t('deux'))] }],
      },
      { type: 'blockquote', content: [p(t('trois'))] },
      { type: 'codeBlock', attrs: { language: 'json' }, content: [t('{}')] },
      p(t('le site', { type: 'link', attrs: { href: 'https://example.org/' } }), { type: 'hardBreak' }, t('fin')),
    );
    const read = readMessage(sent, LIMITS);
    if (!read.ok) throw new Error(read.reason);
    expect(read.mentions).toEqual([{ kind: 'person', id: 'p1' }]);
    expect(read.text).toBe('Bonjour , voir la note\nun\ndeux\ntrois\n{}\nle site\nfin');
    expect(JSON.stringify(read.json)).not.toContain('Claire');
    const again = readMessage(read.json, LIMITS);
    expect(again).toEqual(read);
  });

  test('names of mentions are those that the reader may know', () => {
    const read = readMessage(doc(p(mention('person', 'p1'), t(' et '), mention('document', 'd1'))), LIMITS);
    if (!read.ok) throw new Error(read.reason);
    const shown = namedMessage(read.json, new Map([['person:p1', 'Claire Fontaine']]));
    expect(plainText(shown)).toBe('@Claire Fontaine et ');
    expect(plainText(messageOf('un\n\ndeux'))).toBe('un\ndeux');
  });
});

describe('messages that no editor writes', () => {
  test.each([
    ['nothing', null],
    ['a text', 'x'],
    ['a list', []],
    ['an operator', { $ne: null }],
    ['a node that is no document', p(t('x'))],
    ['a heading', doc({ type: 'heading', attrs: { level: 2 }, content: [t('x')] })],
    ['an image', doc({ type: 'image', attrs: { src: '/api/files/x' } })],
    ['a section', doc({ type: 'section', attrs: { sectionId: 'x' }, content: [p(t('x'))] })],
    ['a table', doc({ type: 'table', content: [] })],
    ['an unknown node', doc({ type: 'script', content: [t('x')] })],
    ['an unknown mark', doc(p(t('x', { type: 'blink' })))],
    ['an unknown attribute', doc({ type: 'paragraph', attrs: { onclick: 'x' }, content: [t('x')] })],
    ['an unknown key', doc({ type: 'paragraph', html: '<b>', content: [t('x')] } as never)],
    ['text outside a paragraph', doc(t('x'))],
    ['a paragraph in a paragraph', doc(p(p(t('x'))))],
    ['an empty text node', doc(p(t('')))],
    ['a text that is none', doc(p({ type: 'text', text: 7 } as never))],
    ['marks that are no list', doc(p({ type: 'text', text: 'x', marks: { type: 'bold' } } as never))],
    ['a mention of an unknown kind', doc(p(mention('secret', 'x')))],
    ['a mention without an id', doc(p({ type: 'mention', attrs: { kind: 'person' } }))],
    ['a mention of an operator', doc(p({ type: 'mention', attrs: { kind: 'person', id: { $ne: 1 } } }))],
    ['a mention with a name that is none', doc(p({ type: 'mention', attrs: { kind: 'person', id: 'x', name: {} } }))],
  ])('[T10] %s is refused', (_, sent) => {
    expect(reasonOf(sent)).toBe('not-a-message');
  });

  test.each([
    'javascript:alert(1)',
    'JaVa\tscript:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    '//evil.example',
    '/relative',
    'https://user:password@example.org/',
  ])('[T10] a link to %s is refused', (href) => {
    expect(reasonOf(doc(p(t('x', { type: 'link', attrs: { href } }))))).toBe('link-not-allowed');
  });

  test('[T10] what is empty, too long, too deep or mentions too much is refused', () => {
    expect(reasonOf(doc())).toBe('not-a-message');
    expect(reasonOf(doc({ type: 'paragraph' }))).toBe('message-empty');
    expect(reasonOf(doc(p(t('  '))))).toBe('message-empty');
    expect(reasonOf(doc(p(mention('person', 'a'))))).toBe('ok');
    expect(reasonOf(doc(p(t('x'.repeat(1_000)))))).toBe('ok');
    expect(reasonOf(doc(p(t('x'.repeat(1_001)))))).toBe('message-too-long');
    expect(reasonOf(doc(...Array.from({ length: 60 }, () => p(t('x')))))).toBe('message-too-long');
    expect(reasonOf(doc(p(...Array.from({ length: 4 }, (_, at) => mention('person', `p${at}`)))))).toBe(
      'too-many-mentions',
    );
    let nested: NodeJson = p(t('x'));
    for (let depth = 0; depth < 20; depth += 1) nested = { type: 'blockquote', content: [nested] };
    expect(reasonOf(doc(nested))).toBe('not-a-message');
    for (let depth = 0; depth < 5_000; depth += 1) nested = { type: 'blockquote', content: [nested] };
    expect(reasonOf(doc(nested))).toBe('not-a-message');
  });

  test('[T10] ten thousand mentions are refused at once', () => {
    const many = doc(p(...Array.from({ length: 10_000 }, (_, at) => mention('person', `p${at}`))));
    expect(['message-too-long', 'not-a-message']).toContain(reasonOf(many));
  });

  test('anything at all is either read or refused, and what was read reads the same again', () => {
    const name = fc.constantFrom('doc', 'paragraph', 'text', 'mention', 'blockquote', 'bulletList', 'listItem', 'x');
    const node = fc.letrec((tie) => ({
      node: fc.record(
        {
          type: name,
          text: fc.string({ minLength: 1 }),
          attrs: fc.dictionary(fc.constantFrom('kind', 'id', 'name', 'start'), fc.jsonValue()),
          content: fc.array(tie('node'), { maxLength: 4 }),
        },
        { requiredKeys: ['type'] },
      ),
    })).node;
    fc.assert(
      fc.property(fc.oneof(node, fc.jsonValue()), (sent) => {
        const read = readMessage(sent, LIMITS);
        if (read.ok) expect(readMessage(read.json, LIMITS)).toEqual(read);
      }),
      { numRuns: 500 },
    );
  });
});
