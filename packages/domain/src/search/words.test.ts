import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fold, languageOf, termOf, termsOf, wantedOf, wordsOf } from './words.ts';

/** Whether a text is found by the forms of its words, as an index of it would. */
const finds = (question: string, text: string): boolean => {
  const language = languageOf(text);
  const terms = new Set([...wordsOf(text)].map(({ text: word }) => termOf(word, language)));
  return wantedOf(question).every((wanted) => wanted.terms.some((term) => terms.has(term)));
};

describe('words', () => {
  test('[Q1] case, accents and ligatures do not matter', () => {
    expect(fold('ÉVALUATION')).toBe('evaluation');
    expect(fold('Cœur')).toBe(fold('coeur'));
    expect(fold('ﬁnance')).toBe('finance');
    expect(finds('sante', 'La Santé publique')).toBe(true);
    expect(finds('SANTÉ', 'sante')).toBe(true);
  });

  test('[Q1] what stands before an apostrophe, single letters and small words are no words; digits are', () => {
    const words = (text: string) => [...wordsOf(text)].flatMap(({ text: word }) => (termOf(word, 'fr') ? [word] : []));
    expect(words('l’innovation d’un marché et de la commande')).toEqual(['innovation', 'marché', 'commande']);
    expect(words('TRL 9, lot 2')).toEqual(['TRL', '9', 'lot', '2']);
  });

  test('[Q1] a word is told by where it stands, combining accents included', () => {
    const text = 'E\u0301nergie verte';
    expect([...wordsOf(text)].map(({ start, end }) => text.slice(start, end))).toEqual(['E\u0301nergie', 'verte']);
    expect(finds('énergie', text)).toBe(true);
  });

  test.each([
    ['marchés innovants', 'un marché innovant'],
    ['marché innovant', 'des marchés innovants'],
    ['acheteuse publique', 'acheteuses publiques'],
    ['hospitaliers', 'le centre hospitalier'],
    ['suppliers meeting', 'the supplier was in meetings'],
    ['evaluations', 'évaluation des besoins'],
  ])('[Q2] "%s" finds "%s"', (question, text) => {
    expect(finds(question, text)).toBe(true);
  });

  test('[Q2] the language of a text is told by its small words', () => {
    expect(languageOf('The buyers and the suppliers of the region')).toBe('en');
    expect(languageOf('Les acheteurs et les fournisseurs de la région')).toBe('fr');
    expect(languageOf('')).toBe('fr');
  });

  test('[Q2] a stem is no word: nobody finds it by typing it', () => {
    for (const stem of termsOf('innovation')) expect(wantedOf(stem).map(({ word }) => word)).not.toContain(stem);
  });

  test('[Q3] longer words bear more slips, numbers none', () => {
    const slips = (word: string) => wantedOf(word)[0]?.slips;
    expect(['trl', 'lots', 'innover', 'innovant', 'innovations'].map(slips)).toEqual([0, 1, 1, 2, 2]);
    expect(slips('33100000')).toBe(0);
  });

  test('[Q4] every word counts once, the first twelve at most, small ones only when there are no others', () => {
    expect(wantedOf('le marché de la Santé, marché').map(({ word }) => word)).toEqual(['marche', 'sante']);
    expect(wantedOf('de la').map(({ word }) => word)).toEqual(['la']);
    expect(wantedOf(Array.from({ length: 40 }, (_, i) => `word${i}`).join(' '))).toHaveLength(12);
    expect(wantedOf(' …! ')).toEqual([]);
  });

  test('[Q1] [Q2] whatever is typed is read without an error, and finds itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), (text) => {
        const wanted = wantedOf(text);
        expect(wanted.length).toBeLessThanOrEqual(12);
        if (wanted.length > 0 && [...wordsOf(text)].some(({ text: word }) => termsOf(word).length > 0))
          expect(finds(text, text)).toBe(true);
      }),
    );
  });
});
