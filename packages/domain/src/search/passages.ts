import { termsOf, type Word, wordsOf } from './words.ts';

/** A part of a text, and whether it is what was looked for. */
export type Segment = { readonly text: string; readonly hit: boolean };

const LENGTH = 240;
/** How much of what stands before the first word found is shown. */
const BEFORE = 60;

type Hit = Word & { readonly terms: readonly string[] };

/** The words of a text that were found; their stems are looked up once for each different word. */
function hitsIn(text: string, found: ReadonlySet<string>): Hit[] {
  const known = new Map<string, readonly string[]>();
  const hits: Hit[] = [];
  for (const word of wordsOf(text)) {
    let terms = known.get(word.text);
    if (terms === undefined) {
      terms = termsOf(word.text).filter((term) => found.has(term));
      known.set(word.text, terms);
    }
    if (terms.length > 0) hits.push({ ...word, terms });
  }
  return hits;
}

/** Cuts a text at its hits. */
function segmentsOf(text: string, hits: readonly Word[]): Segment[] {
  const segments: Segment[] = [];
  let at = 0;
  for (const { start, end } of hits) {
    if (start > at) segments.push({ text: text.slice(at, start), hit: false });
    segments.push({ text: text.slice(start, end), hit: true });
    at = end;
  }
  if (at < text.length) segments.push({ text: text.slice(at), hit: false });
  return segments;
}

/** [Q9] All of a short text, such as a title, with what was found marked. `found`: terms of `termsOf`. */
export const marked = (text: string, found: ReadonlySet<string>): readonly Segment[] =>
  segmentsOf(text, hitsIn(text, found));

/** Where the passage of this length begins that holds the most different terms, and the most words if several do. */
function bestBegin(hits: readonly Hit[], length: number): number {
  let best = { at: 0, terms: 0, words: 0 };
  for (let first = 0, last = 0; first < hits.length; first += 1) {
    const start = hits[first]?.start ?? 0;
    while (last < hits.length && (hits[last]?.end ?? 0) <= start + length) last += 1;
    const inside = hits.slice(first, last);
    const terms = new Set(inside.flatMap((hit) => hit.terms)).size;
    if (terms > best.terms || (terms === best.terms && inside.length > best.words))
      best = { at: start, terms, words: inside.length };
  }
  return best.at;
}

/** The end of the last word before a place, or its beginning when it is far away: text is cut between words. */
const cutBefore = (text: string, at: number): number => {
  const space = text.lastIndexOf(' ', at);
  return at >= text.length || space < at - 30 ? Math.min(at, text.length) : space;
};
const cutAfter = (text: string, at: number): number => {
  const space = text.indexOf(' ', at);
  return at <= 0 || space === -1 || space > at + 30 ? Math.max(at, 0) : space + 1;
};

/**
 * [Q9] The passage of a long text that answers best, with what was found marked and "…" where text was left out. The
 * beginning of the text when nothing of what was found is in it. `found`: terms of `termsOf`.
 */
export function passageOf(text: string, found: ReadonlySet<string>): readonly Segment[] {
  const plain = text.replace(/\s+/g, ' ').trim();
  const hits = hitsIn(plain, found);
  const begin = hits.length === 0 ? 0 : cutAfter(plain, bestBegin(hits, LENGTH - BEFORE) - BEFORE);
  const end = cutBefore(plain, begin + LENGTH);
  const inside = hits
    .filter((hit) => hit.start >= begin && hit.end <= end)
    .map((hit) => ({ ...hit, start: hit.start - begin, end: hit.end - begin }));
  const segments = segmentsOf(plain.slice(begin, end), inside);
  return [
    ...(begin > 0 ? [{ text: '… ', hit: false }] : []),
    ...segments,
    ...(end < plain.length ? [{ text: ' …', hit: false }] : []),
  ];
}
