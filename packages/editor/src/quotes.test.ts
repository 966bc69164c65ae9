import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { findQuote, MAX_QUOTE, quoteAt } from './quotes.ts';

describe('a quotation', () => {
  test('[T16] is found where it is, and of several places where its surroundings are most like they were', () => {
    const text = 'The lift is slow. The lift is new. The lift is red.';
    const second = text.indexOf('lift', 10);
    const quote = quoteAt(text, second, second + 4);
    expect(findQuote(text, quote)).toEqual({ from: second, to: second + 4 });
    const changed = `Something before. ${text.replace('slow', 'very slow')}`;
    expect(findQuote(changed, quote)?.from).toBe(changed.indexOf('lift is new'));
  });

  test('[T16] is found nowhere once its words are gone', () => {
    const quote = quoteAt('some words here', 5, 10);
    expect(findQuote('nothing of it', quote)).toBeNull();
    expect(findQuote('', quote)).toBeNull();
    expect(findQuote('anything', { quote: ' ', before: '', after: '' })).toBeNull();
  });

  test('a long passage is known by its beginning', () => {
    const text = Array.from({ length: 1000 }, (_, at) => `word${at}`).join(' ');
    const quote = quoteAt(text, 10, 5000);
    expect(quote.quote).toHaveLength(MAX_QUOTE);
    expect(findQuote(text, quote)?.from).toBe(10);
  });

  test('[T16] whatever the text, a quotation of it is found at words that are the same', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 200 }), fc.nat(199), fc.nat(199), (text, one, other) => {
        const [from, to] = [Math.min(one, other, text.length), Math.min(Math.max(one, other), text.length)];
        const quote = quoteAt(text, from, to);
        const found = findQuote(text, quote);
        if (quote.quote.trim() === '') expect(found).toBeNull();
        else expect(text.slice(found?.from, found?.to)).toBe(quote.quote);
      }),
    );
  });
});
