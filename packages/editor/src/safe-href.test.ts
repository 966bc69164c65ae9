import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fileIdOf, safeHref } from './safe-href.ts';
import { editorSchema } from './schema.ts';

describe('addresses', () => {
  test.each([
    ['https://example.org', 'https://example.org/'],
    ['HTTP://EXAMPLE.org/a?b=c&d#e', 'http://example.org/a?b=c&d#e'],
    ['https://fr.wikipedia.org/wiki/Été_(saison)', 'https://fr.wikipedia.org/wiki/%C3%89t%C3%A9_(saison)'],
    ['mailto:ada@example.org', 'mailto:ada@example.org'],
    ["https://example.org/it's", 'https://example.org/it%27s'],
  ])('%s may leave the product', (given, leaves) => {
    expect(safeHref(given)).toBe(leaves);
  });

  test.each<[unknown]>([
    ['javascript:alert(1)'],
    ['JaVaScRiPt:alert(1)'],
    ['java\tscript:alert(1)'],
    ['java\nscript:alert(1)'],
    [' javascript:alert(1)'],
    ['\u0001javascript:alert(1)'],
    ['\u200bjavascript:alert(1)'],
    ['vbscript:msgbox(1)'],
    ['data:text/html,<script>alert(1)</script>'],
    ['blob:https://example.org/1'],
    ['file:///etc/passwd'],
    ['ftp://example.org'],
    ['//evil.test'],
    ['/relative'],
    ['#anchor'],
    ['?query'],
    ['https:evil.test'],
    ['https:/evil.test'],
    ['https:\\\\evil.test'],
    ['https:///evil.test'],
    ['https://user@evil.test/'],
    ['https://example.org@evil.test/'],
    ['https://exa mple.org'],
    ['mailto:x@y.z"><script>'],
    ['mailto:'],
    ['https://'],
    [`https://example.org/${'a'.repeat(2048)}`],
    [''],
    [null],
    [{ toString: () => 'https://example.org' }],
  ])('%j may not', (given) => {
    expect(safeHref(given)).toBeUndefined();
  });

  test('what may leave is absolute, has no quotes or spaces, and may leave again', () => {
    const piece = fc.constantFrom(
      'https://',
      'http://',
      'mailto:',
      'javascript:',
      'a.org',
      '@',
      '/',
      '\\',
      '"',
      "'",
      ' ',
      '\t',
      '<',
      '>',
      'é',
      '%22',
      '#',
      '?',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const href = safeHref(pieces.join(''));
        if (href === undefined) return;
        expect(href).toMatch(/^(https?:\/\/[^/\s"'\\]|mailto:[^\s"'\\])[^\s"'\\]*$/);
        expect(safeHref(href)).toBe(href);
      }),
    );
  });

  test('images are files of the product only', () => {
    expect(fileIdOf('/api/files/a_B-9')).toBe('a_B-9');
    for (const src of [
      '/api/files/',
      '/api/files/a/b',
      '/api/files/a?x',
      '/api/files/../me',
      'https://x/api/files/a',
      '/api/files/a\n',
      null,
    ])
      expect(fileIdOf(src)).toBeUndefined();
  });
});

describe('what can be pasted', () => {
  test('never makes a section or an image without its id: the schema has no default for them', () => {
    const { section, image } = editorSchema().nodes;
    expect([section?.hasRequiredAttrs(), image?.hasRequiredAttrs()]).toEqual([true, true]);
    expect(section?.spec.parseDOM ?? []).toEqual([]);
  });
});
