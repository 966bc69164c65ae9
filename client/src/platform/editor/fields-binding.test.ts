import { buildDocument } from '@concert/editor/template.ts';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import * as Y from 'yjs';
import { addRow, moveRow, readRows, removeRow, restoreRow, setValue, textOf } from './fields-binding.ts';
import { applyChange } from './text-binding.ts';
import { textChange } from './text-change.ts';
import { createUndo } from './undo.ts';

const COLUMNS = [
  { id: 'text', type: 'text' },
  { id: 'detail', type: 'long-text' },
];
const LAYOUT = {
  sections: [
    {
      id: 'one',
      fields: [
        { id: 'title', type: 'text' },
        { id: 'story', type: 'long-text' },
        { id: 'risks', type: 'rows', columns: COLUMNS },
      ],
    },
  ],
};

type Page = { doc: Y.Doc; fields: Y.Map<unknown>; body: Y.XmlFragment; undo: Y.UndoManager };

let ada: Page;
let bob: Page;

function openPage(template: Uint8Array): Page {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, template);
  const [fields, body] = [doc.getMap<unknown>('fields'), doc.getXmlFragment('body')];
  return { doc, fields, body, undo: createUndo(body, fields) };
}

/** Hands each page what the other has written. */
function meet(): void {
  const [fromAda, fromBob] = [Y.encodeStateAsUpdate(ada.doc), Y.encodeStateAsUpdate(bob.doc)];
  Y.applyUpdate(ada.doc, fromBob, 'server');
  Y.applyUpdate(bob.doc, fromAda, 'server');
}

/** Types into a text control: from the text it shows to another, the caret ending where given. */
function type(page: Page, key: string, after: string, caret = after.length): void {
  const made = textChange(textOf(page.fields, key).toString(), after, caret);
  if (made) applyChange(page.fields, key, made);
}

const labels = ({ fields }: Page): unknown[] => readRows(fields.get('risks')).map(({ row }) => row.get('text'));

beforeEach(() => {
  const template = buildDocument({ layout: LAYOUT, title: 'Shared', clientId: 1 });
  ada = openPage(template);
  bob = openPage(template);
});

afterEach(() => {
  for (const { doc, undo } of [ada, bob]) {
    undo.destroy();
    doc.destroy();
  }
});

describe('fields written by two people', () => {
  test('long texts written at once keep the words of both', () => {
    type(ada, 'story', 'The ward waits.');
    meet();
    type(ada, 'story', 'Every morning The ward waits.', 'Every morning '.length);
    type(bob, 'story', 'The ward waits for linen.', 'The ward waits for linen'.length);
    meet();
    expect(textOf(ada.fields, 'story').toString()).toBe('Every morning The ward waits for linen.');
    expect(textOf(bob.fields, 'story').toString()).toBe(textOf(ada.fields, 'story').toString());
  });

  test('rows added at once are both kept, in the same order for both', () => {
    addRow(ada.fields, 'risks', COLUMNS, { text: 'late' });
    addRow(bob.fields, 'risks', COLUMNS, { text: 'costly' });
    meet();
    expect(labels(ada).toSorted()).toEqual(['costly', 'late']);
    expect(labels(bob)).toEqual(labels(ada));
  });

  test('a row moves among the others without touching them', () => {
    for (const text of ['a', 'b', 'c']) addRow(ada.fields, 'risks', COLUMNS, { text });
    meet();
    const [first] = readRows(bob.fields.get('risks'));
    addRow(ada.fields, 'risks', COLUMNS, { text: 'd' });
    moveRow(bob.fields, 'risks', first?.id ?? '', 2);
    meet();
    // Both were put behind the same row at once: which comes first is by chance, and the same for everybody.
    expect(labels(ada).slice(0, 2)).toEqual(['b', 'c']);
    expect(labels(ada).slice(2).toSorted()).toEqual(['a', 'd']);
    expect(labels(bob)).toEqual(labels(ada));
  });

  test('undo takes back one’s own changes only, in fields and texts alike', () => {
    setValue(ada.fields, 'title', 'Ada’s title');
    ada.undo.stopCapturing();
    type(ada, 'story', 'Ada was here. ');
    meet();
    type(bob, 'story', 'Ada was here. Bob too.');
    meet();
    ada.undo.undo();
    expect(textOf(ada.fields, 'story').toString()).toBe('Bob too.');
    ada.undo.undo();
    expect(ada.fields.get('title')).toBe('Shared');
    ada.undo.redo();
    expect(ada.fields.get('title')).toBe('Ada’s title');
    expect(textOf(ada.fields, 'story').toString()).toBe('Bob too.');
  });

  test('undoing the adding of a row leaves it when somebody else has written in it', () => {
    const id = addRow(ada.fields, 'risks', COLUMNS, { text: 'late' });
    meet();
    const row = readRows(bob.fields.get('risks')).find((entry) => entry.id === id)?.row;
    if (!row) throw new Error('the row did not arrive');
    setValue(row, 'owner', 'bob');
    meet();
    ada.undo.undo();
    expect(readRows(ada.fields.get('risks')).map((entry) => entry.id)).toEqual([id]);
  });

  test('a removed row comes back whole, at its place', () => {
    const ids = ['a', 'b', 'c'].map((text) => addRow(ada.fields, 'risks', COLUMNS, { text }));
    const [, second] = readRows(ada.fields.get('risks'));
    if (!second) throw new Error('no second row');
    applyChange(second.row, 'detail', { at: 0, remove: 0, insert: 'what it is' });
    const kept = second.row.clone();
    removeRow(ada.fields, 'risks', second.id);
    expect(labels(ada)).toEqual(['a', 'c']);
    restoreRow(ada.fields, 'risks', second.id, kept);
    expect(labels(ada)).toEqual(['a', 'b', 'c']);
    expect(readRows(ada.fields.get('risks')).map(({ id }) => id)).toEqual(ids);
    expect(String(readRows(ada.fields.get('risks'))[1]?.row.get('detail'))).toBe('what it is');
  });

  test('writing the value that is there already writes nothing', () => {
    const before = Y.encodeStateVector(ada.doc);
    setValue(ada.fields, 'title', 'Shared');
    expect(Y.encodeStateVector(ada.doc)).toEqual(before);
  });
});
