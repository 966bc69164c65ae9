import { describe, expect, test } from '@jest/globals';
import { filterNamed } from './blocks.ts';
import { editorMessages } from './messages.ts';
import { namedBlocks } from './slash.tsx';

const found = (locale: 'fr' | 'en' | 'it', query: string): string[] =>
  filterNamed(
    namedBlocks((key) => editorMessages.texts[locale][key]),
    query,
  ).map(({ id }) => id);

describe('the insert menu', () => {
  test('offers everything before anything is typed', () => {
    expect(found('en', '')).toHaveLength(12);
  });

  test('finds blocks by name and by further words, in the reader’s language', () => {
    expect(found('fr', 'tab')).toEqual(['table']);
    expect(found('fr', 'case')).toEqual(['tasks']);
    expect(found('en', 'todo')).toEqual(['tasks']);
    expect(found('it', 'imm')).toEqual(['image']);
  });

  test('ignores accents and capitals, and asks every word of the query', () => {
    expect(found('fr', 'LISTE numerotee')).toEqual(['numbers']);
    expect(found('fr', 'sépa')).toEqual(['divider']);
  });

  test('puts a name that begins with the query before one that only mentions it', () => {
    expect(found('en', 't')[0]).toBe('text');
    expect(found('en', 'code')).toEqual(['code']);
  });

  test('says nothing for a word that names nothing', () => {
    expect(found('en', 'zebra')).toEqual([]);
  });
});
