import { editorSchema } from '@concert/editor/schema.ts';
import { describe, expect, test } from '@jest/globals';
import { EditorState } from '@tiptap/pm/state';
import { addSection, crossesSections, emptyAcross, missingSections, sectionIds } from './section-guard.ts';

const ORDER = ['one', 'two', 'three'];
const section = (sectionId: string, ...texts: string[]) => ({
  type: 'section',
  attrs: { sectionId },
  content: texts.map((text) =>
    text ? { type: 'paragraph', content: [{ type: 'text', text }] } : { type: 'paragraph' },
  ),
});
const stateOf = (...content: unknown[]) =>
  EditorState.create({ doc: editorSchema().nodeFromJSON({ type: 'doc', content }), schema: editorSchema() });

describe('sections of a template', () => {
  test('a missing section is named, and comes back at its place', () => {
    const state = stateOf(section('one', 'first'), section('three', 'third'));
    expect(missingSections(state.doc, ORDER)).toEqual(['two']);
    expect(sectionIds(state.apply(addSection(state, 'two', ORDER)).doc)).toEqual(ORDER);
    const bare = stateOf(section('two', 'second'));
    expect(sectionIds(bare.apply(addSection(bare, 'one', ORDER)).doc)).toEqual(['one', 'two']);
  });

  test('a range over several sections is emptied and leaves them standing', () => {
    const { doc, tr } = stateOf(section('one', 'abc'), section('two', 'def', 'ghi'), section('three', 'jkl'));
    const from = 4;
    const to = doc.content.size - 4;
    expect(crossesSections(doc, from, to)).toBe(true);
    const emptied = emptyAcross(tr, from, to).doc;
    expect(sectionIds(emptied)).toEqual(ORDER);
    expect(emptied.textBetween(0, emptied.content.size, '|')).toBe('ab||kl');
  });

  test('selecting and deleting everything empties every section', () => {
    const { doc, tr } = stateOf(section('one', 'abc'), section('two', 'def'), section('three', ''));
    const emptied = emptyAcross(tr, 0, doc.content.size).doc;
    expect(sectionIds(emptied)).toEqual(ORDER);
    expect(emptied.textContent).toBe('');
    expect(() => emptied.check()).not.toThrow();
  });

  test('a range within one section is left to the editor', () => {
    const { doc } = stateOf(section('one', 'abc', 'def'), section('two', ''));
    expect(crossesSections(doc, 3, 9)).toBe(false);
  });
});
