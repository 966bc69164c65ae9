import { messageOf } from '@concert/editor/message.ts';
import { beforeEach, expect, test } from '@jest/globals';
import { eraseDrafts, keepDraft, readDraft } from './drafts.ts';

beforeEach(() => window.localStorage.clear());

test('a draft is kept for its person and place, and let go of when it is sent', () => {
  keepDraft('ada', 'thread-1', messageOf('half a sentence'));
  expect(readDraft('ada', 'thread-1')).toEqual(messageOf('half a sentence'));
  expect(readDraft('ada', 'thread-2')).toBeUndefined();
  expect(readDraft('bo', 'thread-1')).toBeUndefined();
  keepDraft('ada', 'thread-1', undefined);
  expect(readDraft('ada', 'thread-1')).toBeUndefined();
});

test('who signs out leaves none of their drafts behind, and those of nobody else are touched', () => {
  keepDraft('ada', 'one', messageOf('1'));
  keepDraft('ada', 'two', messageOf('2'));
  keepDraft('bo', 'one', messageOf('3'));
  eraseDrafts('ada');
  expect([readDraft('ada', 'one'), readDraft('ada', 'two')]).toEqual([undefined, undefined]);
  expect(readDraft('bo', 'one')).toEqual(messageOf('3'));
});

test('what is no draft is none', () => {
  for (const stored of ['', 'no JSON', 'null', '7', '"doc"', '{"type":"paragraph"}']) {
    window.localStorage.setItem('concert.draft.ada.one', stored);
    expect(readDraft('ada', 'one')).toBeUndefined();
  }
});
