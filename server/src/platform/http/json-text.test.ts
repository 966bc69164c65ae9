import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readJson } from './json-text.ts';

const read = (text: string): unknown => readJson(new TextEncoder().encode(text));

describe('[check 48] bodies of JSON', () => {
  test('whatever JSON holds is read as it is', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        expect(read(JSON.stringify(value))).toEqual(JSON.parse(JSON.stringify(value)));
        expect(read(JSON.stringify(value, null, 2))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  test('nothing is nothing', () => {
    expect(read('')).toBeUndefined();
  });

  test.each([
    '{"a":1,"a":2}',
    '{"a":{"b":1,"c":[{"d":1,"d":1}]}}',
    '{"a":1,"\\u0061":2}',
    '{"role":"viewer", "role" : "owner"}',
    '[{"":1,"":2}]',
  ])('a key that stands twice is refused: %s', (text) => {
    expect(() => read(text)).toThrow(SyntaxError);
  });

  test.each([
    '{"a":{"a":{"a":1}}}',
    '[{"a":1},{"a":1}]',
    '{"a":":","b":"{\\"a\\":1,\\"a\\":2}"}',
    '{"a":"}","b":"\\\\"}',
  ])('the same key in another place, or in a text, is not: %s', (text) => {
    expect(read(text)).toEqual(JSON.parse(text));
  });

  test('bytes that are no UTF-8', () => {
    expect(() => readJson(new Uint8Array([0x22, 0xc3, 0x28, 0x22]))).toThrow(SyntaxError);
    expect(() => readJson(new Uint8Array([0x22, 0xed, 0xa0, 0x80, 0x22]))).toThrow(SyntaxError);
  });

  test('a depth of 64 and no more', () => {
    const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
    expect(read(nested(64))).toBeDefined();
    for (const depth of [65, 10_000, 500_000]) expect(() => read(nested(depth))).toThrow();
  });
});
