/** The words of a passage with what stands around them, by which it is found again when its mark is lost. */
export type Quote = {
  readonly quote: string;
  readonly before: string;
  readonly after: string;
};

/** So much of a longer passage is kept. */
export const MAX_QUOTE = 1_000;
const AROUND = 60;
/** A quotation of a word that stands everywhere is compared with so many of its places. */
const MOST_PLACES = 500;

/** The words between two places of a text, with their surroundings. Offsets in UTF-16 code units. */
export const quoteAt = (text: string, from: number, to: number): Quote => ({
  quote: text.slice(from, Math.min(to, from + MAX_QUOTE)),
  before: text.slice(Math.max(0, from - AROUND), from),
  after: text.slice(to, to + AROUND),
});

/** How many signs two texts have in common at their ends, or at their beginnings. */
function commonEnd(one: string, other: string): number {
  let length = 0;
  while (length < one.length && length < other.length && one.at(-1 - length) === other.at(-1 - length)) length += 1;
  return length;
}
function commonBegin(one: string, other: string): number {
  let length = 0;
  while (length < one.length && length < other.length && one[length] === other[length]) length += 1;
  return length;
}

/**
 * Where quoted words stand in a text now: of several places the one whose surroundings are most like they were, the
 * first of those. Null when the words are gone.
 */
export function findQuote(text: string, { quote, before, after }: Quote): { from: number; to: number } | null {
  if (quote.trim() === '') return null;
  let best: { from: number; likeness: number } | null = null;
  let at = text.indexOf(quote);
  for (let places = 0; at !== -1 && places < MOST_PLACES; places += 1) {
    const end = at + quote.length;
    const likeness =
      commonEnd(text.slice(Math.max(0, at - AROUND), at), before) + commonBegin(text.slice(end, end + AROUND), after);
    if (best === null || likeness > best.likeness) best = { from: at, likeness };
    at = text.indexOf(quote, at + 1);
  }
  return best === null ? null : { from: best.from, to: best.from + quote.length };
}
