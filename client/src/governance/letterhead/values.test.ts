import { describe, expect, test } from '@jest/globals';
import { given, isEmpty, linesOf, urlOf, valuesOf, wrongLines } from './values.ts';

const LOGO = { url: 'data:image/png;base64,AAAA', width: 30, height: 10 };

describe('[G20] a letterhead while it is written', () => {
  test('empty lines are none, and what is too much is told by its line', () => {
    expect(linesOf({ text: ' Region \n\n Board ', logo: null })).toEqual(['Region', 'Board']);
    expect(wrongLines({ text: 'a\n\nb\nc\nd\ne\n', logo: null })).toBeUndefined();
    expect(wrongLines({ text: 'a\nb\nc\nd\ne\nf', logo: null })).toBe('too-many');
    expect(wrongLines({ text: `\na\n${'x'.repeat(121)}`, logo: null })).toEqual({ tooLong: 2 });
    expect(isEmpty({ text: ' \n', logo: null })).toBe(true);
    expect(isEmpty({ text: '', logo: LOGO.url })).toBe(false);
  });

  test('a logo is sent only when it is another one, and null when it is gone', () => {
    const before = { lines: ['Region'], logo: LOGO };
    const values = valuesOf(before);
    expect(given({ ...values, text: 'Other' }, before)).toEqual({ lines: ['Other'] });
    expect(given({ ...values, logo: null }, before)).toEqual({ lines: ['Region'], logo: null });
    expect(given({ ...values, logo: 'data:image/jpeg;base64,BBBB' }, before)).toMatchObject({ logo: 'BBBB' });
    expect(given(valuesOf({ lines: [] }), { lines: [] })).toEqual({ lines: [] });
  });

  test('a file becomes an address that holds its bytes', async () => {
    expect(await urlOf(new Blob(['abc'], { type: 'image/png' }))).toBe('data:image/png;base64,YWJj');
  });
});
