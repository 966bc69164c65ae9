import { describe, expect, test } from '@jest/globals';
import type { RoomState } from './room-watch.ts';
import { markOf } from './saved-mark.tsx';

const live: RoomState = {
  link: 'live',
  ready: true,
  saved: 'saved',
  pending: 0,
  denied: false,
  refusal: undefined,
  way: 'socket',
};

describe('what the page says about being saved', () => {
  test.each([
    ['saved, when the server has confirmed everything', live, 'saved'],
    ['saving, while a confirmation is on its way', { ...live, saved: 'saving', pending: 1 }, 'saving'],
    ['not saved, when the server takes nothing', { ...live, saved: 'unsaved', pending: 3 }, 'unsaved'],
    ['offline, whatever was saved before', { ...live, link: 'offline' }, 'offline'],
    ['offline with changes kept here', { ...live, link: 'offline', saved: 'unsaved', pending: 2 }, 'offline'],
    ['connecting, before the first answer', { ...live, link: 'connecting' }, 'connecting'],
    [
      'not saved, when an earlier visit left changes and the server has not answered yet',
      { ...live, link: 'connecting', saved: 'unsaved' },
      'unsaved',
    ],
    ['disconnected, once the server has refused for good', { ...live, refusal: 'no-right' }, 'stopped'],
  ] as const)('%s', (_title, state, mark) => {
    expect(markOf(state, false)).toBe(mark);
  });

  test('offline, as soon as the browser knows of no network, unless the server has confirmed all the same', () => {
    expect(markOf({ ...live, saved: 'saving', pending: 1 }, false, false)).toBe('offline');
    expect(markOf(live, false, false)).toBe('saved');
  });

  test('read only, for a reader, and still offline when offline', () => {
    expect(markOf(live, true)).toBe('readOnly');
    expect(markOf({ ...live, link: 'offline' }, true)).toBe('offline');
  });
});
