import { afterEach, describe, expect, test } from '@jest/globals';
import type { Editor } from '@tiptap/core';
import { GapCursor } from '@tiptap/pm/gapcursor';
import { AllSelection, NodeSelection, TextSelection } from '@tiptap/pm/state';
import { aLine, aList, aRecord, inShort, sharedText } from '../../../test/shared-text.ts';
import { moveBlock } from './block-moves.ts';
import { crossesRecords, recordGuard } from './record-guard.ts';

let stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.toReversed()) stop();
  stops = [];
});

const words = ({ part }: { readonly part: string }) => [`What ${part} says`, 'in two lines'];

function textWith(...content: object[]) {
  const shared = sharedText(content, [recordGuard({ words })]);
  stops.push(shared.stop);
  return shared;
}

const press = ({ view }: Editor, key: string, more: KeyboardEventInit = {}): void => {
  view.dom.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more }));
};

/** Types as a browser does where the view does not handle it by itself. */
const type = ({ view }: Editor, text: string): void => {
  const { from, to } = view.state.selection;
  const heard = view.someProp('handleTextInput', (handle) => handle(view, from, to, text, () => view.state.tr));
  if (!heard) view.dispatch(view.state.tr.insertText(text));
};

/** Where words stand in the text. */
function placeOf({ state }: Editor, words: string): number {
  let found = -1;
  state.doc.descendants((node, pos) => {
    if (node.isText && node.text?.includes(words)) found = pos + node.text.indexOf(words);
  });
  return found;
}
const recordAt = ({ state }: Editor, part: string): number => {
  let found = -1;
  state.doc.forEach((node, offset) => {
    if (node.attrs.part === part) found = offset;
  });
  return found;
};
const choose = (editor: Editor, part: string): void =>
  editor.view.dispatch(editor.state.tr.setSelection(NodeSelection.create(editor.state.doc, recordAt(editor, part))));

describe('what the platform writes', () => {
  test('stays when it is chosen and deleted or typed over', () => {
    const { editor } = textWith(aLine('before'), aRecord('poll'), aLine('after'));
    choose(editor, 'poll');
    press(editor, 'Backspace');
    press(editor, 'Delete');
    editor.commands.deleteSelection();
    editor.commands.deleteRange({ from: recordAt(editor, 'poll'), to: recordAt(editor, 'poll') + 1 });
    expect(inShort(editor)).toEqual(['before', '[poll]', 'after']);
    type(editor, 'x');
    expect(inShort(editor)).toEqual(['before', '[poll]', 'x', 'after']);
  });

  test('stays when everything is selected and deleted, with an empty line to write on', () => {
    const { editor } = textWith(aRecord('attendance'), aLine('one'), aRecord('item'), aLine('two'), aList('a', 'b'));
    editor.view.dispatch(editor.state.tr.setSelection(new AllSelection(editor.state.doc)));
    press(editor, 'Backspace');
    expect(inShort(editor)).toEqual(['[attendance]', '', '[item]']);
    type(editor, 'new');
    expect(inShort(editor)).toEqual(['[attendance]', 'new', '[item]']);
  });

  test('stays when a selection reaches over it, from words to words', () => {
    const { editor } = textWith(
      aLine('one two'),
      aRecord('item'),
      aLine('gone'),
      aRecord('poll'),
      aList('three four', 'five'),
    );
    editor.commands.setTextSelection({ from: placeOf(editor, 'two'), to: placeOf(editor, 'four') });
    expect(crossesRecords(editor.state.doc, editor.state.selection.from, editor.state.selection.to)).toBe(true);
    type(editor, 'X');
    expect(inShort(editor)).toEqual(['one X', '[item]', '[poll]', 'bulletList: four · five']);
    expect(() => editor.state.doc.check()).not.toThrow();
  });

  test('comes to no harm by undo and redo', () => {
    const { editor, undo } = textWith(aLine('one'), aRecord('item'), aLine('two'));
    editor.view.dispatch(editor.state.tr.setSelection(new AllSelection(editor.state.doc)));
    press(editor, 'Delete');
    expect(inShort(editor)).toEqual(['', '[item]']);
    undo.undo();
    expect(inShort(editor)).toEqual(['one', '[item]', 'two']);
    undo.redo();
    expect(inShort(editor)).toEqual(['', '[item]']);
  });

  test('is not moved, dragged or put twice', () => {
    const { editor } = textWith(aLine('one'), aRecord('item'), aRecord('poll'), aLine('two'));
    const at = recordAt(editor, 'item');
    expect(moveBlock(editor.state, at, 1)).toBeUndefined();
    const node = editor.state.doc.nodeAt(at);
    if (node) editor.view.dispatch(editor.state.tr.insert(0, node));
    expect(inShort(editor)).toEqual(['one', '[item]', '[poll]', 'two']);
    choose(editor, 'item');
    const slice = editor.state.selection.content();
    const drop = new Event('drop') as DragEvent;
    expect(editor.view.someProp('handleDrop', (handle) => handle(editor.view, drop, slice, true))).toBe(true);
  });

  test('goes when it goes elsewhere: what others and the server change is taken in', () => {
    const { editor, body } = textWith(aLine('one'), aRecord('item'), aLine('two'));
    body.delete(1, 1);
    expect(inShort(editor)).toEqual(['one', 'two']);
  });

  test('is copied as its words', () => {
    const { editor } = textWith(aLine('one'), aRecord('item'), aLine('two'));
    editor.commands.selectAll();
    const { text, dom } = editor.view.serializeForClipboard(editor.state.selection.content());
    expect(text).toBe('one\nWhat item says\nin two lines\ntwo');
    expect(dom.innerHTML).not.toContain('data-record');
    expect(dom.textContent).toContain('What item says');
  });
});

describe('one can write beside it', () => {
  test('Enter on it makes a line below, with Shift above', () => {
    const { editor } = textWith(aRecord('item'), aRecord('poll'));
    choose(editor, 'item');
    press(editor, 'Enter');
    type(editor, 'below');
    choose(editor, 'item');
    press(editor, 'Enter', { shiftKey: true });
    type(editor, 'above');
    expect(inShort(editor)).toEqual(['above', '[item]', 'below', '[poll]']);
  });

  test('Backspace and Delete against it choose it, and take an empty line away', () => {
    const { editor } = textWith(
      aLine('one'),
      aRecord('item'),
      aLine('two'),
      aRecord('poll'),
      aLine(),
      aRecord('decision'),
    );
    editor.commands.setTextSelection(placeOf(editor, 'two'));
    press(editor, 'Backspace');
    expect(editor.state.selection).toBeInstanceOf(NodeSelection);
    expect(editor.state.selection.from).toBe(recordAt(editor, 'item'));
    editor.commands.setTextSelection(placeOf(editor, 'one') + 3);
    press(editor, 'Delete');
    expect(editor.state.selection.from).toBe(recordAt(editor, 'item'));
    editor.commands.setTextSelection(recordAt(editor, 'poll') + 2);
    press(editor, 'Backspace');
    expect(editor.state.selection.from).toBe(recordAt(editor, 'poll'));
    expect(inShort(editor)).toEqual(['one', '[item]', 'two', '[poll]', '[decision]']);
  });

  test('before the first, between two and after the last there is a place for the caret', () => {
    const { editor } = textWith(aRecord('item'), aRecord('poll'));
    for (const [at, word] of [
      [2, 'end'],
      [1, 'between'],
      [0, 'start'],
    ] as const) {
      const $place = editor.state.doc.resolve(at);
      expect('valid' in GapCursor && (GapCursor as unknown as { valid(at: unknown): boolean }).valid($place)).toBe(
        true,
      );
      editor.view.dispatch(editor.state.tr.setSelection(new GapCursor($place)));
      type(editor, word);
    }
    expect(inShort(editor)).toEqual(['start', '[item]', 'between', '[poll]', 'end']);
    expect(editor.state.selection).toBeInstanceOf(TextSelection);
  });
});
