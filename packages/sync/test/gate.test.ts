import { describe, expect, test } from '@jest/globals';
import * as Y from 'yjs';
import { judge } from '../src/gate/judge.ts';
import { Knowledge } from '../src/gate/knowledge.ts';
import { Malformed } from '../src/gate/reader.ts';
import { scanUpdate } from '../src/gate/scan.ts';
import { craft, gcItem, rawItem, skipItem, textItem } from './raw-client.ts';

const knowledgeOf = (...updates: Uint8Array[]): Knowledge => {
  const knowledge = new Knowledge();
  for (const update of updates) {
    const scan = scanUpdate(update);
    knowledge.absorb(knowledge.fresh(scan), scan.deletes.concat(scan.tombstones));
  }
  return knowledge;
};
const verdict = (update: Uint8Array, knowledge = new Knowledge()) =>
  judge(update, scanUpdate(update), knowledge, 16_000_000);

/** A document whose text was typed by two clients, with deletes, formats, embeds, maps and nested types. */
function richDocument(): Y.Doc {
  const doc = new Y.Doc({ gc: false });
  doc.clientID = 7;
  const text = doc.getText('body');
  text.insert(0, 'Grüße an alle 👩‍🔬');
  text.format(0, 5, { bold: true, link: { href: 'https://example.org' } });
  text.insertEmbed(3, { image: 'x' });
  text.delete(1, 4);
  const fields = doc.getMap('fields');
  fields.set('title', 'One');
  fields.set('title', 'Two');
  fields.set('list', new Y.Array());
  const nested = fields.get('list');
  if (nested instanceof Y.Array) nested.push([1, 2.5, true, null, 'x', { a: [1n, undefined] }, new Uint8Array([1])]);
  const xml = doc.getXmlFragment('xml');
  const element = new Y.XmlElement('paragraph');
  element.setAttribute('level', '2');
  element.insert(0, [new Y.XmlText('hello')]);
  xml.insert(0, [element]);
  doc.getArray('sub').push([new Y.Doc({ guid: 'inner' })]);
  return doc;
}

describe('reading an update', () => {
  test('[S8] every kind of honest content is read with the clocks that Yjs gives it', () => {
    const doc = richDocument();
    const update = Y.encodeStateAsUpdate(doc);
    const scan = scanUpdate(update);
    const { from, to } = Y.parseUpdateMeta(update);
    expect(scan.sections).toMatchObject([...from].map(([client, start]) => ({ client, start, end: to.get(client) })));
    expect(scan.structs).toBe(Y.decodeUpdate(update).structs.length);
    expect(scan.deletes.length / 3).toBe([...Y.decodeUpdate(update).ds.clients.values()].flat().length);
    doc.destroy();
  });

  test.each([
    ['a struct count', [1, 255, 255, 255, 127, 1, 0]],
    ['a section count', [255, 255, 255, 127, 1, 1, 0]],
    ['a delete count', [0, 1, 1, 255, 255, 255, 127]],
    ['a string length', [1, 1, 1, 0, 4, 1, 4, 98, 111, 100, 121, 255, 255, 255, 127, 0]],
    ['an array length', [1, 1, 1, 0, 8, 1, 1, 98, 255, 255, 255, 127, 127, 0]],
  ])('[S8] %s beyond the bytes is refused before anything is allocated', (_name, bytes) => {
    expect(() => scanUpdate(new Uint8Array(bytes))).toThrow(Malformed);
  });

  test.each([
    ['text that is not UTF-8', rawItem(4, [2, 0xc3, 0x28])],
    ['a format that is not JSON', rawItem(6, [1, 98, 1, 123])],
    ['a value of an unknown kind', rawItem(8, [1, 3])],
    ['an unknown shared type', rawItem(7, [9])],
    ['a subdocument without options', rawItem(9, [1, 120, 126])],
    ['empty text', rawItem(4, [0])],
    ['a GC struct without length', gcItem(0)],
    ['an impossible flag', (encoder: Parameters<ReturnType<typeof gcItem>>[0]) => rawItem(10, [1])(encoder)],
  ])('[S8] %s is refused', (_name, item) => {
    const update = craft([{ client: 1, clock: 0, structs: [item, item] }]);
    expect(() => {
      const { verdict: said } = verdict(update);
      if (said !== 'new') throw new Malformed(said);
    }).toThrow(Malformed);
  });

  test('[S8] values nested without end are refused', () => {
    const deep = rawItem(8, [1, ...Array.from({ length: 200 }, () => [117, 1]).flat(), 126]);
    expect(() => scanUpdate(craft([{ client: 1, clock: 0, structs: [deep] }]))).toThrow(Malformed);
  });

  test('[S8] a client named twice is refused, because readers differ on it', () => {
    const section = { client: 1, clock: 0, structs: [textItem('a')] };
    expect(() => scanUpdate(craft([section, section]))).toThrow(Malformed);
  });

  test.each([2 ** 53, 2 ** 60])('[S16] a clock of %d is refused', (clock) => {
    expect(() => scanUpdate(craft([{ client: 1, clock, structs: [textItem('a')] }]))).toThrow(Malformed);
  });
});

describe('what nobody else would read', () => {
  test.each([
    ['a client', craft([{ client: 2 ** 53, clock: 0, structs: [textItem('a')] }])],
    ['an origin', craft([{ client: 1, clock: 0, structs: [textItem('a', [2 ** 53, 0])] }])],
    ['a client of deletes', craft([], [{ client: 2 ** 53, ranges: [[0, 1]] }])],
  ])('[S16] %s of 2^53 is refused', (_name, update) => {
    expect(() => scanUpdate(update)).toThrow(Malformed);
  });

  test('[S8] bytes after the end are refused', () => {
    const update = craft([{ client: 1, clock: 0, structs: [textItem('a')] }]);
    expect(() => scanUpdate(new Uint8Array([...update, 0]))).toThrow(Malformed);
  });
});

describe('judging an update', () => {
  const known = craft([{ client: 1, clock: 0, structs: [textItem('hello')] }]);

  test('[S11] what is wholly known adds nothing', () => {
    expect(verdict(known, knowledgeOf(known))).toEqual({ verdict: 'known' });
  });

  test('[S12] what is partly known is cut to its new part', () => {
    const longer = craft([{ client: 1, clock: 0, structs: [textItem('hello world')] }]);
    const judged = verdict(longer, knowledgeOf(known));
    if (judged.verdict !== 'new') throw new Error(judged.verdict);
    expect(judged.fresh).toEqual([{ client: 1, start: 5, end: 11 }]);
    const doc = new Y.Doc();
    Y.applyUpdate(doc, known);
    Y.applyUpdate(doc, judged.update);
    expect(doc.getText('body').toString()).toBe('hello world');
    expect(scanUpdate(judged.update).sections).toMatchObject([{ client: 1, start: 5, end: 11 }]);
    doc.destroy();
  });

  test('[S12] a known delete is cut from an update that brings new text', () => {
    const before = craft([{ client: 1, clock: 0, structs: [textItem('hello')] }], [{ client: 1, ranges: [[0, 2]] }]);
    const update = craft(
      [{ client: 1, clock: 5, structs: [textItem('!', [1, 4])] }],
      [{ client: 1, ranges: [[0, 3]] }],
    );
    const judged = verdict(update, knowledgeOf(before));
    expect(judged.verdict === 'new' && scanUpdate(judged.update).deletes).toEqual([1, 2, 3]);
  });

  test.each([
    ['a clock that skips', craft([{ client: 1, clock: 9, structs: [textItem('x')] }]), 'clock-gap'],
    ['a new client that does not start at 0', craft([{ client: 2, clock: 1, structs: [textItem('x')] }]), 'clock-gap'],
    [
      'a declared gap',
      craft([{ client: 1, clock: 5, structs: [textItem('x', [1, 4]), skipItem(3), textItem('y', [1, 4])] }]),
      'clock-gap',
    ],
    ['an unknown origin', craft([{ client: 2, clock: 0, structs: [textItem('x', [1, 5])] }]), 'unknown-reference'],
    ['an unknown client', craft([{ client: 2, clock: 0, structs: [textItem('x', [3, 0])] }]), 'unknown-reference'],
    ['a delete beyond the end', craft([], [{ client: 1, ranges: [[4, 2]] }]), 'unknown-delete'],
    ['a delete of an unknown client', craft([], [{ client: 3, ranges: [[0, 1]] }]), 'unknown-delete'],
  ])('[S13] [S14] [S15] %s is a gap', (_name, update, reason) => {
    expect(verdict(update, knowledgeOf(known))).toEqual({ verdict: 'gap', reason });
  });

  test('[S14] clients of one update may refer to each other, in any order', () => {
    const update = craft([
      { client: 3, clock: 0, structs: [textItem('c', [2, 0]), textItem('d', [2, 1])] },
      { client: 2, clock: 0, structs: [textItem('a', [1, 4]), textItem('b', [3, 0])] },
    ]);
    expect(verdict(update, knowledgeOf(known)).verdict).toBe('new');
  });

  test('[S14] structs that wait for each other are refused', () => {
    const update = craft([
      { client: 3, clock: 0, structs: [textItem('c', [2, 0])] },
      { client: 2, clock: 0, structs: [textItem('a', [3, 0])] },
    ]);
    expect(verdict(update)).toEqual({ verdict: 'refused', reason: 'circular-reference' });
    expect(() => scanUpdate(craft([{ client: 2, clock: 0, structs: [textItem('a', [2, 0])] }]))).toThrow(Malformed);
  });

  test('[S16] a deleted range may be long, but not reserve the clock', () => {
    expect(verdict(craft([{ client: 2, clock: 0, structs: [gcItem(100_000)] }])).verdict).toBe('new');
    const deletedText = rawItem(1, [128, 128, 128, 128, 128, 32]);
    for (const item of [gcItem(2 ** 40), deletedText]) {
      expect(verdict(craft([{ client: 2, clock: 0, structs: [item] }]))).toEqual({
        verdict: 'refused',
        reason: 'clock-reservation',
      });
    }
  });

  test('[S15] a whole delete set that is known adds nothing', () => {
    const doc = richDocument();
    const update = Y.encodeStateAsUpdate(doc);
    const again = Y.encodeStateAsUpdate(doc, Y.encodeStateVector(doc));
    expect(verdict(again, knowledgeOf(update))).toEqual({ verdict: 'known' });
    doc.destroy();
  });
});
