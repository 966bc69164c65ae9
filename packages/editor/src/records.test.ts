import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import * as Y from 'yjs';
import { readBody } from './body.ts';
import type { NodeJson } from './body-json.ts';
import { bodyOfRecords, needsRecords, placeRecords, type WantedRecord } from './records.ts';
import { BODY } from './template.ts';

const ATTENDANCE: WantedRecord = { part: 'attendance', ref: 'm' };
const item = (id: string): WantedRecord => ({ part: 'item', ref: id, under: id, heading: `${id}. Title` });
const poll = (id: string, under: string): WantedRecord => ({ part: 'poll', ref: id, under });

/** A text in short: headings as #, blocks as part/ref, lines as their words. */
const shortOf = (content: readonly NodeJson[] | undefined): string[] =>
  (content ?? []).map((node) => {
    if (node.type === 'record') return `${node.attrs?.part}/${node.attrs?.ref}`;
    const words = (node.content ?? []).map(({ text }) => text ?? '').join('');
    return node.type === 'heading' ? `# ${words}` : words;
  });

const textOf = (doc: Y.Doc): string[] => {
  const body = readBody(doc);
  if (!body.ok) throw new Error(body.reason);
  return shortOf(body.json.content);
};

function write(doc: Y.Doc, at: number, words: string): void {
  const line = new Y.XmlElement('paragraph');
  line.insert(0, [new Y.XmlText(words)]);
  doc.getXmlFragment(BODY).insert(at, [line]);
}

describe('blocks of a record in a text', () => {
  test('[M71] a new text holds them in order, each item with its heading and a line to write on', () => {
    expect(shortOf(bodyOfRecords([ATTENDANCE, item('1'), poll('p', '1'), item('2')]).content)).toEqual([
      'attendance/m',
      '',
      '# 1. Title',
      'item/1',
      'poll/p',
      '',
      '# 2. Title',
      'item/2',
      '',
    ]);
  });

  test('[M71] what comes later stands at the end of its item, below what was written there', () => {
    const doc = new Y.Doc();
    placeRecords(doc, [ATTENDANCE, item('1'), item('2')]);
    const before = textOf(doc);
    write(doc, before.indexOf('item/1') + 1, 'A discussion.');
    write(doc, before.indexOf('# 2. Title') + 1, 'Said before the next.');
    placeRecords(doc, [ATTENDANCE, item('1'), poll('p', '1'), item('2')]);
    expect(textOf(doc)).toEqual([
      'attendance/m',
      '',
      '# 1. Title',
      'item/1',
      'A discussion.',
      '',
      'Said before the next.',
      'poll/p',
      '',
      '# 2. Title',
      'item/2',
      '',
    ]);
  });

  test('[M71] an item between two others comes between them, with its heading', () => {
    const doc = new Y.Doc();
    placeRecords(doc, [ATTENDANCE, item('1'), item('3')]);
    placeRecords(doc, [ATTENDANCE, item('1'), item('2'), item('3')]);
    const text = textOf(doc);
    expect(text.filter((line) => line.startsWith('item/'))).toEqual(['item/1', 'item/2', 'item/3']);
    expect(text[text.indexOf('item/2') - 1]).toBe('# 2. Title');
    expect(text[text.indexOf('item/3') - 1]).toBe('# 3. Title');
  });

  test('[M71] two that put the same at once leave it there once', () => {
    const one = new Y.Doc();
    placeRecords(one, [ATTENDANCE, item('1')]);
    const other = new Y.Doc();
    Y.applyUpdate(other, Y.encodeStateAsUpdate(one));
    const wanted = [ATTENDANCE, item('1'), poll('p', '1')];
    placeRecords(one, wanted);
    placeRecords(other, wanted);
    Y.applyUpdate(one, Y.encodeStateAsUpdate(other));
    const body = readBody(one);
    expect(body.ok && needsRecords(body.json, wanted)).toBe(true);
    placeRecords(one, wanted);
    expect(textOf(one).filter((line) => line === 'poll/p')).toHaveLength(1);
  });

  test('[M71] whatever order things come in: each block once, every item under its heading, and no words lost', () => {
    const wanted = [ATTENDANCE, item('1'), poll('p', '1'), poll('q', '1'), item('2'), poll('r', '2'), item('3')];
    const steps = fc.array(fc.tuple(fc.subarray(wanted, { minLength: 1 }), fc.nat(30)), { maxLength: 6 });
    fc.assert(
      fc.property(steps, (given) => {
        const doc = new Y.Doc();
        for (const [index, [blocks, at]] of given.entries()) {
          placeRecords(doc, blocks);
          const length = doc.getXmlFragment(BODY).length;
          write(doc, Math.min(at, length), `words ${index}`);
        }
        placeRecords(doc, wanted);
        const body = readBody(doc);
        expect(body.ok && !needsRecords(body.json, wanted)).toBe(true);
        const text = textOf(doc);
        for (const { part, ref } of wanted) expect(text.filter((line) => line === `${part}/${ref}`)).toHaveLength(1);
        for (const [index] of given.entries()) expect(text).toContain(`words ${index}`);
        const before = text;
        placeRecords(doc, wanted);
        expect(textOf(doc)).toEqual(before);
      }),
    );
  });
});
