import { stemmer as english } from '@orama/stemmers/english';
import { stemmer as french } from '@orama/stemmers/french';

/** Letters that are written as two, and no decomposition of Unicode takes apart. */
const LIGATURES: Readonly<Record<string, string>> = { œ: 'oe', æ: 'ae', ß: 'ss', ø: 'o', ł: 'l', đ: 'd' };

/** [Q1] Small letters without accents, so that "sante" is "Santé" and "coeur" is "cœur". */
export const fold = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[œæßøłđ]/g, (letter) => LIGATURES[letter] ?? letter);

/** A word where it stands in a text: from the sign at `start` up to the one at `end`. */
export type Word = { readonly text: string; readonly start: number; readonly end: number };

const WORD = /[\p{L}\p{N}][\p{L}\p{M}\p{N}]*/gu;

/** [Q1] The words of a text, in their order. */
export function* wordsOf(text: string): Generator<Word> {
  for (const { 0: word, index } of text.matchAll(WORD)) yield { text: word, start: index, end: index + word.length };
}

const listOf = (...lines: readonly string[]): ReadonlySet<string> => new Set(lines.flatMap((line) => line.split(' ')));

// [Q1] Folded. Articles, prepositions and the like: in every text, and nothing that anybody looks for.
const FRENCH = listOf(
  'au aux avec ce ces cette dans de des du elle en est et eux il ils je la le les leur leurs lui ma mais mes moi mon ne',
  'nos notre nous ou par pas pour qu que qui sa se ses son sont sur ta te tes toi ton tu un une vos votre vous',
);
const ENGLISH = listOf(
  'an and are as at be but by for from has have he her his if is it its not of or our she that the their them they',
  'this to was we were which will with you your',
);
const OTHERS = listOf(
  'a al alla alle agli ai che chi ci col come con da dai dal dalla dei del della delle degli di ed gli ha ho i in io lo',
  'loro mi nei nel nella noi on per piu si sono su sua sue sugli sui sul sulla suo suoi ti tra uno vi voi me no',
);
const SMALL_WORDS: ReadonlySet<string> = new Set([...FRENCH, ...ENGLISH, ...OTHERS]);

/** A longer run of letters is no word that anybody types. */
const LONGEST = 64;

/** The languages whose forms are known. */
export const STEMMED = ['fr', 'en'] as const;
export type Stemmed = (typeof STEMMED)[number];

const STEMMERS: Readonly<Record<Stemmed, (word: string) => string>> = { fr: french, en: english };

/** [Q2] The stem of a word, as a term of an index: it says of which language it is, so that it is no word. */
const stemOf = (word: string, language: Stemmed): string =>
  `${language}~${fold(STEMMERS[language](word.toLowerCase()))}`;

/** [Q1] Whether a folded word is one that is looked for: not a single letter, and none of the small ones. */
const counts = (folded: string): boolean =>
  folded.length <= LONGEST && (folded.length > 1 || /\p{N}/u.test(folded)) && !SMALL_WORDS.has(folded);

/** [Q1] [Q2] Under what a word of a text in this language is found; undefined for a small word. */
export const termOf = (word: string, language: Stemmed): string | undefined =>
  counts(fold(word)) ? stemOf(word, language) : undefined;

/** [Q1] [Q2] The same in every language. */
export const termsOf = (word: string): readonly string[] =>
  counts(fold(word)) ? STEMMED.map((language) => stemOf(word, language)) : [];

/** So much of a text tells its language. */
const TELLING = 4_000;

/** Which of these languages a text is in, told by its small words; French when nothing tells. */
export function languageOf(text: string): Stemmed {
  let balance = 0;
  for (const { text: word } of wordsOf(text.slice(0, TELLING))) {
    const folded = fold(word);
    if (FRENCH.has(folded)) balance += 1;
    else if (ENGLISH.has(folded)) balance -= 1;
  }
  return balance < 0 ? 'en' : 'fr';
}

/** A word of a question. */
export type Wanted = {
  /** Folded. */
  readonly word: string;
  /** Its stems, as terms. */
  readonly terms: readonly string[];
  /** [Q3] How many signs a word of a text may differ by. */
  readonly slips: 0 | 1 | 2;
};

const MOST_WORDS = 12;

/** [Q3] Numbers are meant as they are: 2122 is not 2123. */
const slipsOf = (word: string): 0 | 1 | 2 => {
  if (/^\p{N}+$/u.test(word) || word.length < 4) return 0;
  return word.length < 8 ? 1 : 2;
};

/**
 * [Q4] What a question asks for. The small words are left out, unless there are no others: then somebody is about to
 * type a longer one.
 */
export function wantedOf(question: string): readonly Wanted[] {
  const all = [...wordsOf(question)].map(({ text }) => text);
  const telling = all.filter((word) => counts(fold(word)));
  const words = telling.length > 0 ? telling : all.slice(-1);
  const seen = new Map<string, Wanted>();
  for (const text of words) {
    const word = fold(text).slice(0, LONGEST);
    if (seen.has(word)) continue;
    seen.set(word, { word, terms: STEMMED.map((language) => stemOf(text, language)), slips: slipsOf(word) });
  }
  return [...seen.values()].slice(0, MOST_WORDS);
}
