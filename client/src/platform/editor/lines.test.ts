import { afterEach, describe, expect, test } from '@jest/globals';
import { waitFor } from '@testing-library/react';
import type { Editor } from '@tiptap/core';
import * as Y from 'yjs';
import { aLine, aList, anItemOf, aRecord, inShort, sharedText } from '../../../test/shared-text.ts';
import { holdLine, lineAt, recordAbove } from './lines.ts';
import { recordGuard } from './record-guard.ts';

let stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.toReversed()) stop();
  stops = [];
});

function textWith(...content: object[]) {
  const shared = sharedText(content, [recordGuard({ words: () => [] })]);
  stops.push(shared.stop);
  return shared;
}

function placeOf({ state }: Editor, words: string): number {
  let found = -1;
  state.doc.descendants((node, pos) => {
    if (node.isText && node.text?.includes(words)) found = pos + node.text.indexOf(words);
  });
  return found;
}

const ACTION = { part: 'action', ref: 'new' };
/** Makes an action of the line with these words. */
const turn = (editor: Editor, words: string): void => holdLine(editor, placeOf(editor, words))?.becomes(ACTION);

describe('a line that becomes a block', () => {
  test('gives its place to it, with an empty line below for the caret', () => {
    const { editor } = textWith(aRecord('item'), aLine('Ada asks the town'), aRecord('poll'));
    turn(editor, 'asks');
    expect(inShort(editor)).toEqual(['[item]', '[action]', '', '[poll]']);
    editor.commands.insertContent('next');
    expect(inShort(editor)).toEqual(['[item]', '[action]', 'next', '[poll]']);
  });

  test('uses the empty line that is there', () => {
    const { editor } = textWith(aLine('Ada asks'), aLine(), aLine('more'));
    turn(editor, 'asks');
    expect(inShort(editor)).toEqual(['[action]', '', 'more']);
  });

  test('leaves its list, and the block comes after the list', () => {
    const { editor } = textWith(aList('one', 'two', 'three'), aLine());
    turn(editor, 'two');
    expect(inShort(editor)).toEqual(['bulletList: one · three', '[action]', '']);
  });

  test('takes along a list that holds nothing else', () => {
    const { editor } = textWith(aLine('above'), aList('alone'));
    turn(editor, 'alone');
    expect(inShort(editor)).toEqual(['above', '[action]', '']);
  });

  test('leaves what hangs below it', () => {
    const { editor } = textWith(
      aList(anItemOf(aLine('head'), aList('sub one', 'sub two')), anItemOf(aLine('first'), aLine('second'))),
    );
    turn(editor, 'head');
    expect(inShort(editor)).toEqual(['bulletList: sub one · sub two · firstsecond', '[action]', '']);
    turn(editor, 'first');
    expect(inShort(editor)[0]).toBe('bulletList: sub one · sub two · second');
    turn(editor, 'sub two');
    expect(inShort(editor)).toEqual(['bulletList: sub one · second', '[action]', '']);
    expect(() => editor.state.doc.check()).not.toThrow();
  });

  test('is found again after others have written above it', () => {
    const { editor, doc, body } = textWith(aLine('above'), aLine('Ada asks'));
    const line = holdLine(editor, placeOf(editor, 'asks'));
    doc.transact(() => body.delete(0, 1), 'somebody else');
    line?.becomes(ACTION);
    expect(inShort(editor)).toEqual(['[action]', '']);
  });

  test('stays with its words when somebody has changed them, and leaves all as it is when it is gone', () => {
    const { editor, doc, body } = textWith(aLine('Ada asks'), aLine('Bob pays'));
    const asks = holdLine(editor, placeOf(editor, 'asks'));
    const pays = holdLine(editor, placeOf(editor, 'pays'));
    editor.commands.insertContentAt(placeOf(editor, 'asks'), 'never ');
    asks?.becomes(ACTION);
    expect(inShort(editor)).toEqual(['Ada never asks', '[action]', '', 'Bob pays']);
    doc.transact(() => body.delete(3, 1), 'somebody else');
    pays?.becomes({ part: 'action', ref: 'other' });
    expect(inShort(editor)).toEqual(['Ada never asks', '[action]', '']);
  });

  test('makes one block of what the server has put elsewhere already', () => {
    const { editor } = textWith(aRecord('item'), aLine('Ada asks'), aLine('more'), aRecord('action', 'new'));
    turn(editor, 'asks');
    expect(inShort(editor)).toEqual(['[item]', '[action]', '', 'more']);
  });

  test('stays one when the server, which has not heard of it, puts it elsewhere', async () => {
    const { editor, doc, body } = textWith(aRecord('item'), aLine('Ada asks'), aLine('more'));
    turn(editor, 'asks');
    const late = new Y.XmlElement('record');
    late.setAttribute('part', 'action');
    late.setAttribute('ref', 'new');
    doc.transact(() => body.insert(body.length, [late]), 'server');
    expect(inShort(editor)).toEqual(['[item]', '[action]', '', 'more', '[action]']);
    await waitFor(() => expect(inShort(editor)).toEqual(['[item]', '[action]', '', 'more']));
    expect(body.length).toBe(4);
  });

  test('is not brought back by undo, which goes on to what was written before', () => {
    const { editor, undo } = textWith(aLine('keep'), aLine('Ada asks'));
    editor.commands.insertContentAt(placeOf(editor, 'keep'), 'do ');
    turn(editor, 'asks');
    undo.undo();
    expect(inShort(editor)).toEqual(['keep', '[action]', '']);
    undo.redo();
    expect(inShort(editor)).toEqual(['do keep', '[action]', '']);
  });
});

test('a line has words, and stands outside of tables and code', () => {
  const cell = { type: 'tableCell', content: [aLine('in a cell')] };
  const { editor } = textWith(
    aLine('  a line '),
    aLine(),
    { type: 'codeBlock', content: [{ type: 'text', text: 'code' }] },
    { type: 'table', content: [{ type: 'tableRow', content: [cell] }] },
  );
  expect(lineAt(editor.state.doc, placeOf(editor, 'line'))).toBe('a line');
  expect(lineAt(editor.state.doc, 11)).toBeUndefined();
  expect(lineAt(editor.state.doc, placeOf(editor, 'code'))).toBeUndefined();
  expect(lineAt(editor.state.doc, placeOf(editor, 'in a cell'))).toBeUndefined();
});

test('a line stands under the nearest block above it', () => {
  const { editor } = textWith(
    aLine('first'),
    aRecord('item', 'a'),
    aLine('second'),
    aRecord('item', 'b'),
    aRecord('poll', 'c'),
    aLine('third'),
  );
  const above = (words: string) => recordAbove(editor.state.doc, placeOf(editor, words), 'item');
  expect([above('first'), above('second'), above('third')]).toEqual([undefined, 'a', 'b']);
});
