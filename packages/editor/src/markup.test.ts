import { describe, expect, test } from '@jest/globals';
import { blocks, inline } from './markup.ts';
import { editorSchema } from './schema.ts';

describe('markup of texts written in source', () => {
  test('bold, italic and links become marks', () => {
    expect(inline('A **big** *change*, see [it](https://example.org/x).')).toEqual([
      { type: 'text', text: 'A ' },
      { type: 'text', text: 'big', marks: [{ type: 'bold' }] },
      { type: 'text', text: ' ' },
      { type: 'text', text: 'change', marks: [{ type: 'italic' }] },
      { type: 'text', text: ', see ' },
      { type: 'text', text: 'it', marks: [{ type: 'link', attrs: { href: 'https://example.org/x' } }] },
      { type: 'text', text: '.' },
    ]);
  });

  test('text without markup and unsafe links stay as written', () => {
    expect(inline('2 * 3 = 6')).toEqual([{ type: 'text', text: '2 * 3 = 6' }]);
    expect(inline('[x](javascript:alert)')).toEqual([{ type: 'text', text: '[x](javascript:alert)' }]);
    expect(inline('')).toEqual([]);
  });

  test('every kind of block fits the schema', () => {
    const content = blocks([
      { p: 'Text' },
      { p: '' },
      { h: 3, text: 'Heading' },
      { ul: ['a', '**b**'] },
      { ol: ['a'] },
      { tasks: [{ done: true, text: 'a' }] },
      { quote: 'q' },
      { record: 'poll', ref: 'p-1' },
      {
        table: [
          ['h', 'i'],
          ['1', ''],
        ],
      },
    ]);
    const doc = editorSchema().nodeFromJSON({ type: 'doc', content });
    expect(() => doc.check()).not.toThrow();
    expect(doc.toJSON()).toEqual({ type: 'doc', content });
  });
});
