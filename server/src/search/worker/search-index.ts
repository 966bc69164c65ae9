import {
  fold,
  languageOf,
  type Stemmed,
  termOf,
  termsOf,
  type Wanted,
  wantedOf,
  wordsOf,
} from '@concert/domain/search/words.ts';
import MiniSearch, { type AsPlainObject, type Options, type Query, type SearchResult } from 'minisearch';
import SearchableMap from 'minisearch/SearchableMap';
import type { SearchEntry } from '../../platform/search.ts';
import type { CompareInput, DropInput, IndexSize, Match, PutInput, QueryAnswer, QueryInput, Scope } from './types.ts';

/** What is remembered of an entry beside its words. */
type Known = Omit<SearchEntry, 'title' | 'text' | 'id'> & { readonly source: string; readonly ownId: string };

/** What the engine is given of one. */
type Indexed = { readonly id: string; readonly title: string; readonly text: string };

/** The state of an index, as `v8.serialize` can write it. */
export type IndexState = {
  readonly engine: AsPlainObject;
  readonly known: readonly (readonly [string, Known])[];
  readonly words: readonly string[];
};

const DAY_MS = 24 * 3_600_000;

const OPTIONS: Options<Indexed> = {
  fields: ['title', 'text'],
  // Both are given as terms already.
  tokenize: (terms) => (terms === '' ? [] : terms.split(' ')),
  processTerm: (term) => term,
  // What was taken out is cleared away in small steps between questions.
  autoVacuum: true,
};

/** [Q5] */
const TITLE_BOOST = 3;
const RECENT_BOOST = 0.3;
const RECENT_DAYS = 180;
/** [Q3] What a longer word, and one with a slip, counts beside the word itself. */
const PREFIX_WEIGHT = 0.4;
const SLIP_WEIGHT = 0.3;
/** Of all the words that one of a question could mean, so many are looked for: the likeliest. */
const MOST_MEANT = 24;

const key = (source: string, id: string): string => `${source}:${id}`;

/** What can be found, in memory: words, and what rights are decided by. */
export class SearchIndex {
  #engine = new MiniSearch<Indexed>(OPTIONS);
  /** Every word there is or was, folded, for prefixes and slips: postings are kept for stems alone. */
  #words = new SearchableMap<true>();
  #known = new Map<string, Known>();
  /** The workspace that each document is in. */
  #homes = new Map<string, string>();
  /** What a comparison has seen so far, by source. */
  #seen = new Map<string, Set<string>>();
  /** Grows with every change. */
  changes = 0;

  static from({ engine, known, words }: IndexState): SearchIndex {
    const index = new SearchIndex();
    index.#engine = MiniSearch.loadJS<Indexed>(engine, OPTIONS);
    for (const word of words) index.#words.set(word, true);
    index.#known = new Map(known);
    for (const { home, ownId } of index.#known.values()) if (home !== undefined) index.#homes.set(ownId, home);
    return index;
  }

  state(): IndexState {
    return { engine: this.#engine.toJSON(), known: [...this.#known], words: [...this.#words.keys()] };
  }

  size(): IndexSize {
    const { heapUsed, external } = process.memoryUsage();
    return { entries: this.#known.size, terms: this.#engine.termCount, heapBytes: heapUsed + external };
  }

  put({ source, entries }: PutInput): void {
    for (const { id: ownId, title, text, ...rest } of entries) {
      const id = key(source, ownId);
      this.#seen.get(source)?.add(ownId);
      if (this.#known.get(id)?.revision === rest.revision) continue;
      if (this.#engine.has(id)) this.#engine.discard(id);
      const language = languageOf(`${title} ${text}`);
      this.#engine.add({ id, title: this.#termsIn(title, language), text: this.#termsIn(text, language) });
      this.#known.set(id, { ...rest, source, ownId });
      if (rest.home !== undefined) this.#homes.set(ownId, rest.home);
      this.changes += 1;
    }
  }

  drop({ source, ids }: DropInput): void {
    for (const ownId of ids) {
      const id = key(source, ownId);
      const known = this.#known.get(id);
      if (known === undefined) continue;
      this.#engine.discard(id);
      this.#known.delete(id);
      if (known.home !== undefined) this.#homes.delete(ownId);
      this.changes += 1;
    }
  }

  /** Begins to compare a source with what is held of it. */
  begin(source: string): void {
    this.#seen.set(source, new Set());
  }

  /** Which of these are not held as they are now. */
  compare({ source, found }: CompareInput): readonly string[] {
    const seen = this.#seen.get(source);
    return found.flatMap(({ id, revision }) => {
      seen?.add(id);
      return this.#known.get(key(source, id))?.revision === revision ? [] : [id];
    });
  }

  /** Ends a comparison: what it has not seen is there no more. */
  end(source: string): void {
    const seen = this.#seen.get(source);
    this.#seen.delete(source);
    if (seen === undefined) return;
    const gone = [...this.#known.values()].filter((known) => known.source === source && !seen.has(known.ownId));
    this.drop({ source, ids: gone.map(({ ownId }) => ownId) });
  }

  query(input: QueryInput): QueryAnswer {
    const wanted = wantedOf(input.question);
    if (wanted.length === 0) return { matches: [], total: 0, asks: {} };
    const asks: Record<string, string[]> = {};
    const shows = this.#filterFor(input, ({ source, ownId }) => {
      asks[source] ??= [];
      asks[source].push(ownId);
    });
    const now = Date.now();
    const found = this.#engine.search(
      { combineWith: 'AND', queries: wanted.map((one) => this.#queryFor(one)) },
      {
        boost: { title: TITLE_BOOST },
        // [Q6] Before anything is ranked or counted.
        filter: ({ id }) => shows(this.#known.get(String(id))),
        boostDocument: (id) => {
          const age = (now - (this.#known.get(String(id))?.at ?? 0)) / DAY_MS;
          return 1 + RECENT_BOOST * Math.exp(-Math.max(age, 0) / RECENT_DAYS);
        },
      },
    );
    const best = this.#bestOfGroups(found);
    return { matches: best.slice(input.offset, input.offset + input.limit), total: best.length, asks };
  }

  /** The words of a text as terms, one after the other; what they are is remembered. */
  #termsIn(text: string, language: Stemmed): string {
    const terms: string[] = [];
    const known = new Map<string, string | undefined>();
    for (const { text: word } of wordsOf(text)) {
      if (!known.has(word)) {
        const term = termOf(word, language);
        known.set(word, term);
        if (term !== undefined) this.#words.set(fold(word), true);
      }
      const term = known.get(word);
      if (term !== undefined) terms.push(term);
    }
    return terms.join(' ');
  }

  /** [Q2] [Q3] One of the terms that a word may mean, each with its weight. */
  #queryFor(wanted: Wanted): Query {
    const queries = [...this.#meant(wanted)].map(([term, weight]) => ({ queries: [term], boostTerm: () => weight }));
    return { combineWith: 'OR', queries };
  }

  #meant({ word, terms, slips }: Wanted): ReadonlyMap<string, number> {
    const weights = new Map<string, number>(terms.map((term) => [term, 1]));
    const likely: [string, number][] = [];
    if (word.length > 1)
      for (const longer of this.#words.atPrefix(word).keys())
        likely.push([longer, (PREFIX_WEIGHT * word.length) / longer.length]);
    if (slips > 0)
      for (const [other, [, distance]] of this.#words.fuzzyGet(word, slips))
        likely.push([other, SLIP_WEIGHT / Math.max(distance, 1)]);
    likely.sort(([, one], [, other]) => other - one);
    for (const [other, weight] of likely.slice(0, MOST_MEANT))
      for (const term of termsOf(other)) weights.set(term, Math.max(weight, weights.get(term) ?? 0));
    return weights;
  }

  /** [Q7] The engine answers the best first. */
  #bestOfGroups(found: readonly SearchResult[]): Match[] {
    const groups = new Set<string>();
    const best: Match[] = [];
    for (const { id, terms } of found) {
      const known = this.#known.get(String(id));
      if (known === undefined || groups.has(known.group)) continue;
      groups.add(known.group);
      best.push({ source: known.source, id: known.ownId, kind: known.kind, terms });
    }
    return best;
  }

  /** `ask` is given what its slice has not been asked for yet. */
  #filterFor(
    { scope, kind, workspaceId, authorId, from, until }: QueryInput,
    ask: (known: Known) => void,
  ): (known: Known | undefined) => boolean {
    const sees = this.#rightsFor(scope, ask);
    return (known) =>
      known !== undefined &&
      (kind === undefined || known.kind === kind) &&
      (authorId === undefined || known.authorIds.includes(authorId)) &&
      (from === undefined || known.at >= from) &&
      (until === undefined || known.at < until) &&
      (workspaceId === undefined || this.#workspaceOf(known) === workspaceId) &&
      sees(known);
  }

  #workspaceOf({ place, home }: Pick<Known, 'place' | 'home'>): string | undefined {
    if ('asked' in place) return home;
    return 'workspaceId' in place ? place.workspaceId : this.#homes.get(place.documentId);
  }

  #rightsFor(
    { workspaces, documents, denied, staff, allowed }: Scope,
    ask: (known: Known) => void,
  ): (known: Known) => boolean {
    const [inside, single, hidden] = [new Set(workspaces), new Set(documents), new Set(denied)];
    const open = new Map(Object.entries(allowed ?? {}).map(([source, ids]) => [source, new Set(ids)]));
    return (known) => {
      if ('asked' in known.place) {
        if (allowed === undefined) ask(known);
        return open.get(known.source)?.has(known.ownId) ?? false;
      }
      const documentId = 'documentId' in known.place ? known.place.documentId : undefined;
      if (documentId !== undefined && hidden.has(documentId)) return false;
      // A document that cannot be found itself (rule Q10) takes what is said about it along.
      const workspaceId = this.#workspaceOf(known);
      if (workspaceId === undefined) return false;
      if (inside.has(workspaceId)) return staff || !known.staff;
      return documentId !== undefined && single.has(documentId) && !known.staff;
    };
  }
}
