import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { marked, passageOf } from './passages.ts';
import { wantedOf } from './words.ts';

const found = (question: string) => new Set(wantedOf(question).flatMap(({ terms }) => terms));
const textOf = (segments: readonly { text: string }[]) => segments.map(({ text }) => text).join('');
const hitsOf = (segments: readonly { text: string; hit: boolean }[]) =>
  segments.filter(({ hit }) => hit).map(({ text }) => text);

describe('passages', () => {
  test('[Q9] the words that were found are marked as they are written', () => {
    const title = marked('Les Marchés innovants de la Région', found('marché innovant'));
    expect(hitsOf(title)).toEqual(['Marchés', 'innovants']);
    expect(textOf(title)).toBe('Les Marchés innovants de la Région');
  });

  test('[Q9] the passage is the one with the most different words, cut between words', () => {
    const filler = 'lorem ipsum dolor sit amet '.repeat(40);
    const text = `${filler}a market alone. ${filler}an innovative market for hospitals. ${filler}`;
    const passage = passageOf(text, found('innovative markets'));
    expect(hitsOf(passage)).toEqual(['innovative', 'market']);
    expect(textOf(passage)).toMatch(/^… \w.* …$/);
    expect(textOf(passage).length).toBeLessThan(260);
    for (const word of textOf(passage).replace(/[….]/g, '').split(' ').filter(Boolean))
      expect(text.split(/[ .]/)).toContain(word);
  });

  test('[Q9] a text in which nothing was found shows its beginning, a short one all of itself', () => {
    expect(passageOf('Short  and\nplain', found('other'))).toEqual([{ text: 'Short and plain', hit: false }]);
    const long = 'word '.repeat(200);
    expect(textOf(passageOf(long, found('other')))).toMatch(/^word .* …$/);
    expect(passageOf('', found('x'))).toEqual([]);
  });

  test('[Q9] a passage is always a part of its text, in its order', () => {
    const word = fc.constantFrom('marché', 'innovant', 'l’achat', 'public', 'x'.repeat(300), '\u{1f600}', '\n');
    fc.assert(
      fc.property(fc.array(word, { maxLength: 200 }), (words) => {
        const text = words.join(' ');
        const passage = textOf(passageOf(text, found('marchés publics')));
        expect(text.replace(/\s+/g, ' ').trim()).toContain(passage.replace(/^… | …$/g, ''));
        expect(passage.length).toBeLessThanOrEqual(LONGEST);
      }),
    );
  });
});

/** A passage, its two signs of omission, and what stands before a cut that would be far away. */
const LONGEST = 240 + 4;
