import { deserialize, serialize } from 'node:v8';
import { describe, expect, test } from '@jest/globals';
import type { SearchEntry } from '../../platform/search.ts';
import { type IndexState, SearchIndex } from './search-index.ts';
import type { QueryInput, Scope } from './types.ts';

const NOW = Date.now();
const DAY = 24 * 3_600_000;

const entry = (id: string, title: string, text = '', over: Partial<SearchEntry> = {}): SearchEntry => ({
  id,
  revision: '1',
  kind: 'note',
  group: id,
  place: { documentId: id },
  home: 'w1',
  staff: false,
  title,
  text,
  at: NOW,
  authorIds: ['anna'],
  ...over,
});

const message = (id: string, text: string, over: Partial<SearchEntry> = {}): SearchEntry => {
  const { home: _, ...rest } = entry(id, '', text, { kind: 'thread', group: 'thread', place: { workspaceId: 'w1' } });
  return { ...rest, ...over };
};

const EVERYTHING: Scope = { workspaces: ['w1', 'w2'], documents: [], denied: [], staff: true };

function indexOf(...entries: readonly SearchEntry[]): SearchIndex {
  const index = new SearchIndex();
  index.put({ source: 's', entries });
  return index;
}

const ask = (index: SearchIndex, question: string, over: Partial<QueryInput> = {}) =>
  index.query({ question, scope: EVERYTHING, offset: 0, limit: 20, ...over });

const ids = (index: SearchIndex, question: string, over: Partial<QueryInput> = {}): string[] =>
  ask(index, question, over).matches.map(({ id }) => id);

describe('an index', () => {
  test('[Q1] [Q2] finds a text whatever the accents and the form of its words', () => {
    const index = indexOf(entry('a', 'Un marché innovant'), entry('b', 'Un marché de fournitures'));
    expect(ids(index, 'marchés innovants')).toEqual(['a']);
    expect(ids(index, 'MARCHES INNOVANTS')).toEqual(['a']);
    expect(ids(index, 'fourniture')).toEqual(['b']);
  });

  test('[Q3] finds longer words and slips, what is written exactly so first', () => {
    const index = indexOf(
      entry('slip', 'Evaluatoin'),
      entry('longer', 'Evaluations croisées'),
      entry('exact', 'Evaluation'),
      entry('other', 'Révolution'),
    );
    expect(ids(index, 'evaluation')[0]).toBe('exact');
    expect(ids(index, 'evaluation')).toEqual(expect.arrayContaining(['slip', 'longer']));
    expect(ids(index, 'evaluation')).not.toContain('other');
    expect(ids(index, 'eval').sort()).toEqual(['exact', 'longer', 'slip']);
    expect(ids(indexOf(entry('a', 'Lot 2122')), '2123')).toEqual([]);
  });

  test('[Q4] every word must be found', () => {
    const index = indexOf(entry('both', 'Besoin', 'un scanner mobile'), entry('one', 'Besoin', 'un lit'));
    expect(ids(index, 'besoin scanner')).toEqual(['both']);
    expect(ids(index, 'le besoin')).toHaveLength(2);
    expect(ids(index, '…')).toEqual([]);
  });

  test('[Q5] the title counts more than the text, and what is new more than what is old', () => {
    const index = indexOf(
      entry('text', 'Une note', 'hydrogène'),
      entry('title', 'Hydrogène', 'une note'),
      entry('old', 'Méthane', 'x', { at: NOW - 3000 * DAY }),
      entry('new', 'Méthane', 'x'),
    );
    expect(ids(index, 'hydrogène')).toEqual(['title', 'text']);
    expect(ids(index, 'méthane')).toEqual(['new', 'old']);
  });

  test('[Q6] rights come before ranking and counting', () => {
    const hidden = Array.from({ length: 50 }, (_, i) => entry(`h${i}`, 'Secret Secret', 'secret', { home: 'w9' }));
    const index = indexOf(...hidden, entry('mine', 'Un texte', 'un secret'));
    expect(ask(index, 'secret', { limit: 1 })).toMatchObject({ total: 1, matches: [{ id: 'mine' }] });
  });

  test('[Q6] a document given alone is found, one that is denied is not, nor what is said about either to others', () => {
    const about = (id: string, place: string, over = {}) =>
      message(id, 'canari', { group: id, place: { documentId: place }, ...over });
    const index = indexOf(
      entry('d1', 'canari', '', { home: 'w1' }),
      entry('d2', 'canari', '', { home: 'w2' }),
      about('m1', 'd1'),
      about('m2', 'd2'),
      about('s1', 'd1', { staff: true }),
      about('s2', 'd2', { staff: true }),
      about('lost', 'd3'),
    );
    const seen = (scope: Partial<Scope>) =>
      ids(index, 'canari', { scope: { workspaces: [], documents: [], denied: [], staff: false, ...scope } }).sort();
    expect(seen({})).toEqual([]);
    expect(seen({ documents: ['d1'] })).toEqual(['d1', 'm1']);
    expect(seen({ documents: ['d1'], staff: true })).toEqual(['d1', 'm1']);
    expect(seen({ workspaces: ['w2'] })).toEqual(['d2', 'm2']);
    expect(seen({ workspaces: ['w2'], staff: true })).toEqual(['d2', 'm2', 's2']);
    expect(seen({ workspaces: ['w1', 'w2'], denied: ['d2'], staff: true })).toEqual(['d1', 'm1', 's1']);
  });

  test('[Q11] what a slice decides on is found by nobody until it was asked, nor counted, nor takes the place of anything', () => {
    const asked = (id: string, over: Partial<SearchEntry> = {}) =>
      entry(id, 'Le comité', '', { kind: 'meeting', group: 'sitting', place: { asked: true }, ...over });
    const index = indexOf(asked('kept', { text: 'comité comité' }), asked('open'), entry('own', 'Un comité'));
    const first = ask(index, 'comité', { limit: 1 });
    expect(first).toMatchObject({ total: 1, matches: [{ id: 'own' }] });
    expect([...(first.asks.s ?? [])].sort()).toEqual(['kept', 'open']);
    const after = ask(index, 'comité', { scope: { ...EVERYTHING, allowed: { s: ['open'] } } });
    expect(after).toMatchObject({ total: 2, asks: {} });
    expect(after.matches.map(({ id }) => id).sort()).toEqual(['open', 'own']);
    // Of another source with the same ids nothing is let through by it.
    expect(ask(index, 'comité', { scope: { ...EVERYTHING, allowed: { other: ['open'] } } }).total).toBe(1);
    // What does not answer the question, or is filtered out, is not asked for.
    expect(ask(index, 'jury').asks).toEqual({});
    expect(ask(index, 'comité', { kind: 'note' }).asks).toEqual({});
    expect(ask(index, 'comité', { workspaceId: 'w2' }).asks).toEqual({});
    expect(ask(index, 'comité', { workspaceId: 'w1' }).asks).toMatchObject({ s: expect.any(Array) });
  });

  test('[Q7] a discussion is found once, by its best message', () => {
    const index = indexOf(message('m1', 'un scanner, des scanners et un scanner'), message('m2', 'le scanner'));
    const { matches, total } = ask(index, 'scanner');
    expect(total).toBe(1);
    expect(matches).toHaveLength(1);
  });

  test('filters narrow what is found', () => {
    const index = indexOf(
      entry('a', 'Plan', '', { home: 'w1', at: NOW - 10 * DAY }),
      entry('b', 'Plan', '', { home: 'w2', kind: 'minutes', authorIds: ['bruno'] }),
    );
    expect(ids(index, 'plan', { kind: 'minutes' })).toEqual(['b']);
    expect(ids(index, 'plan', { workspaceId: 'w1' })).toEqual(['a']);
    expect(ids(index, 'plan', { workspaceId: 'w9' })).toEqual([]);
    expect(ids(index, 'plan', { authorId: 'bruno' })).toEqual(['b']);
    expect(ids(index, 'plan', { until: NOW - DAY })).toEqual(['a']);
    expect(ids(index, 'plan', { from: NOW - DAY })).toEqual(['b']);
  });

  test('pages follow each other without gap or repetition', () => {
    const index = indexOf(...Array.from({ length: 45 }, (_, i) => entry(`n${i}`, 'Note')));
    const pages = [0, 20, 40].flatMap((offset) => ids(index, 'note', { offset }));
    expect(new Set(pages).size).toBe(45);
    expect(ask(index, 'note').total).toBe(45);
  });

  test('[Q10] what is changed is found by its new words, what is dropped not at all', () => {
    const index = indexOf(entry('a', 'Avant'));
    index.put({ source: 's', entries: [entry('a', 'Après', '', { revision: '2' })] });
    expect(ids(index, 'avant')).toEqual([]);
    expect(ids(index, 'après')).toEqual(['a']);
    index.drop({ source: 's', ids: ['a', 'unknown'] });
    expect(ids(index, 'après')).toEqual([]);
    expect(index.size().entries).toBe(0);
  });

  test('a comparison names what is new or changed, and forgets what has gone', () => {
    const index = indexOf(entry('same', 'Premier'), entry('changed', 'Deux'), entry('gone', 'Trois'));
    index.begin('s');
    const found = [
      { id: 'same', revision: '1' },
      { id: 'changed', revision: '2' },
      { id: 'new', revision: '1' },
    ];
    expect(index.compare({ source: 's', found })).toEqual(['changed', 'new']);
    // Told of by an event meanwhile, after the comparison had passed its place.
    index.put({ source: 's', entries: [entry('later', 'Quatre')] });
    index.end('s');
    expect(ids(index, 'trois')).toEqual([]);
    expect(ids(index, 'quatre')).toEqual(['later']);
    expect(ids(index, 'premier')).toEqual(['same']);
  });

  test('is the same after it was written and read, and goes on', () => {
    const index = indexOf(
      entry('a', 'Un marché innovant'),
      message('m', 'Une question', { place: { documentId: 'a' } }),
    );
    const read = SearchIndex.from(deserialize(serialize(index.state())) as IndexState);
    expect(ids(read, 'marchés')).toEqual(['a']);
    expect(ids(read, 'question')).toEqual(['m']);
    read.put({ source: 's', entries: [entry('a', 'Autre chose', '', { revision: '2' }), entry('b', 'Nouveau')] });
    expect(ids(read, 'marchés')).toEqual([]);
    expect(ids(read, 'nouveau')).toEqual(['b']);
    read.drop({ source: 's', ids: ['a'] });
    expect(ids(read, 'question')).toEqual([]);
  });
});
