/** The pattern that finds a text as it is: what people type is never a pattern itself. */
export const literally = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** What people write with and without accents in French and Italian. */
const ACCENTED: Readonly<Record<string, string>> = {
  a: '[aàáâä]',
  c: '[cç]',
  e: '[eèéêë]',
  i: '[iìíîï]',
  n: '[nñ]',
  o: '[oòóôö]',
  u: '[uùúûü]',
  y: '[yÿ]',
};

/** The pattern that finds a text whatever its accents; give it with the option `i`. */
export const folded = (text: string): string =>
  literally(text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()).replace(
    /[aceinouy]/g,
    (letter) => ACCENTED[letter] ?? letter,
  );
