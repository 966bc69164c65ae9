import { afterEach, describe, expect, test } from '@jest/globals';
import { isTyped } from './shortcuts.ts';

afterEach(() => document.body.replaceChildren());

/** A key pressed on an element that this markup holds. */
function pressed(markup: string, over: KeyboardEventInit = {}): KeyboardEvent {
  document.body.innerHTML = markup;
  const event = new KeyboardEvent('keydown', { key: 'n', bubbles: true, cancelable: true, ...over });
  document.body.querySelector('[data-here]')?.dispatchEvent(event);
  return event;
}

describe('a key of who conducts', () => {
  test('does something where nothing is typed', () => {
    expect(isTyped(pressed('<button data-here>x</button>'))).toBe(false);
  });

  test.each([
    '<input data-here>',
    '<textarea data-here></textarea>',
    '<div contenteditable="true"><p data-here>x</p></div>',
    '<div role="dialog"><button data-here>x</button></div>',
    '<div role="menu"><button data-here>x</button></div>',
  ])('is left alone in %s', (markup) => {
    expect(isTyped(pressed(markup))).toBe(true);
  });

  test.each([{ ctrlKey: true }, { metaKey: true }, { altKey: true }, { repeat: true }])(
    'is left alone with %j',
    (over) => {
      expect(isTyped(pressed('<button data-here>x</button>', over))).toBe(true);
    },
  );
});
