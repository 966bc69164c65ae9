import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { positionAfter, textChange } from './text-change.ts';

const apply = (text: string, change: ReturnType<typeof textChange>): string =>
  change ? text.slice(0, change.at) + change.insert + text.slice(change.at + change.remove) : text;

describe('the smallest change of a text', () => {
  test('makes the one text out of the other, whatever they are and wherever the caret stands', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.string({ unit: 'grapheme' }),
        fc.nat(30),
        (before, after, caret) => {
          expect(apply(before, textChange(before, after, Math.min(caret, after.length)))).toBe(after);
        },
      ),
    );
  });

  test('knows by the caret which of equal letters is the new one', () => {
    expect(textChange('aa', 'aaa', 1)).toEqual({ at: 0, remove: 0, insert: 'a' });
    expect(textChange('aa', 'aaa', 3)).toEqual({ at: 2, remove: 0, insert: 'a' });
  });

  test('never cuts a character in two', () => {
    expect(textChange('😀', '😁', 2)).toEqual({ at: 0, remove: 2, insert: '😁' });
  });

  test('is nothing when nothing changed', () => {
    expect(textChange('same', 'same', 2)).toBeUndefined();
  });
});

describe('a caret among the changes of others', () => {
  test('moves with text written before it, and stays where text is written at it or behind it', () => {
    expect(positionAfter(4, [{ retain: 1 }, { insert: 'xyz' }])).toBe(7);
    expect(positionAfter(4, [{ retain: 4 }, { insert: 'xyz' }])).toBe(4);
    expect(positionAfter(4, [{ retain: 6 }, { insert: 'xyz' }])).toBe(4);
  });

  test('moves back with text deleted before it, at most to where the deletion began', () => {
    expect(positionAfter(4, [{ retain: 1 }, { delete: 2 }])).toBe(2);
    expect(positionAfter(4, [{ retain: 1 }, { delete: 9 }])).toBe(1);
  });
});
