import { afterEach, describe, expect, test } from '@jest/globals';
import * as Y from 'yjs';
import { type Client, storedText, until } from './harness.ts';
import { compacted, setScene } from './scene.ts';

// What looks like an attack, and is not: each stands beside a check of the gate, and nobody is ever closed.
const scene = setScene({ compactRecords: 20, compactBytes: 20_000, roomIdleMs: 50 });

afterEach(() => {
  expect(scene.refused).toEqual([]);
});

const synced = (...all: Client[]) => until(() => all.every(({ provider }) => provider.synced), 'all synced');

/** All hold the same, it is what is stored, and nobody was closed but by himself. */
async function agree(...all: Client[]): Promise<string> {
  const held = ({ doc }: Client): string => JSON.stringify([doc.getText('body').toDelta(), doc.getXmlFragment('xml')]);
  const [first] = all;
  if (!first) throw new Error('nobody is there');
  await until(
    async () => {
      if (new Set(all.map(held)).size > 1) return false;
      const copy = new Y.Doc();
      Y.applyUpdate(copy, (await scene.server.engine.readState('doc')).update);
      const stored = JSON.stringify([copy.getText('body').toDelta(), copy.getXmlFragment('xml')]);
      copy.destroy();
      return held(first) === stored;
    },
    'all hold what is stored',
    30_000,
  );
  expect(all.flatMap(({ closes }) => closes.filter((code) => code >= 4_400))).toEqual([]);
  return first.text.toString();
}

/** Everybody leaves, and the document is loaded from its snapshot when somebody comes. */
async function compactedMeanwhile(...all: Client[]): Promise<void> {
  for (const { provider } of all) provider.disconnect();
  await compacted(scene);
}

/** A page loaded again: a new clientID, and what the local copy held, as it was read while the socket was open. */
async function reloaded(person: string, copy: Uint8Array): Promise<Client> {
  const client = scene.open(person);
  await synced(client);
  Y.applyUpdate(client.doc, copy, 'local copy');
  return client;
}

/** Paragraphs of one text each, as an editor has them. */
function paragraphs(count: number, words = 'Paragraph of a report about street lights.'): Y.XmlElement[] {
  return Array.from({ length: count }, (_, i) => {
    const paragraph = new Y.XmlElement('paragraph');
    paragraph.insert(0, [new Y.XmlText(`${i}: ${words}`)]);
    return paragraph;
  });
}

describe('never refused', () => {
  test('beside [check 16]: a paste of 400 kB, undone as a whole, redone, and taken out by somebody else', async () => {
    const { ada, bob } = scene;
    const undo = new Y.UndoManager([ada.text, ada.doc.getXmlFragment('xml')], { captureTimeout: 0 });
    ada.text.insert(6, 'x'.repeat(400_000));
    ada.doc.getXmlFragment('xml').insert(0, paragraphs(2_500));
    await agree(ada, bob);
    undo.undo();
    undo.undo();
    expect(await agree(ada, bob)).toBe('honest');
    undo.redo();
    undo.redo();
    expect((await agree(ada, bob)).length).toBe(400_006);
    bob.doc.transact(() => {
      bob.doc.getXmlFragment('xml').delete(0, 2_500);
      bob.text.delete(6, 400_000);
    });
    expect(await agree(ada, bob)).toBe('honest');
    undo.destroy();
  }, 120_000);

  test('beside [check 17]: five hundred edits off line, on text that others took out meanwhile and the server has compacted', async () => {
    const { ada, bob } = scene;
    ada.doc.getXmlFragment('xml').insert(0, paragraphs(30));
    await agree(ada, bob);
    ada.provider.disconnect();
    for (let i = 0; i < 500; i++) {
      ada.text.insert(Math.floor(ada.text.length / 2), `${i} `);
      if (i % 5 === 0) ada.text.delete(0, 1);
    }
    bob.doc.getXmlFragment('xml').delete(0, 20);
    bob.text.delete(0, 3);
    await agree(bob);
    await compactedMeanwhile(ada, bob);
    bob.provider.connect();
    ada.provider.connect();
    await synced(ada, bob);
    expect(await agree(ada, bob)).toContain('499');
  }, 60_000);

  test('beside [check 18]: a reload of a local copy that holds deletes which the server has long collected', async () => {
    const { ada, bob } = scene;
    ada.doc.getXmlFragment('xml').insert(0, paragraphs(40));
    for (let i = 0; i < 60; i++) ada.text.insert(i % 3, `${i} `);
    await agree(ada, bob);
    bob.doc.getXmlFragment('xml').delete(5, 30);
    bob.text.delete(2, 40);
    await agree(ada, bob);
    const copies = [Y.encodeStateAsUpdate(ada.doc), Y.encodeStateAsUpdate(bob.doc)];
    await compactedMeanwhile(ada, bob);
    const [adaAgain, bobAgain] = await Promise.all(copies.map((copy, i) => reloaded(['ada', 'bob'][i] ?? '', copy)));
    if (!adaAgain || !bobAgain) throw new Error('nobody came back');
    adaAgain.text.insert(0, 'after the reload ');
    bobAgain.doc.getXmlFragment('xml').insert(0, paragraphs(1));
    expect(await agree(adaAgain, bobAgain)).toContain('after the reload');
  });

  test('beside [check 18]: a local copy that never collected what it deleted', async () => {
    const { ada, bob } = scene;
    const keeper = scene.open('carol', { doc: new Y.Doc({ gc: false }) });
    await synced(keeper);
    for (let i = 0; i < 50; i++) keeper.text.insert(0, `${i} `);
    keeper.text.delete(0, 60);
    keeper.doc.getXmlFragment('xml').insert(0, paragraphs(10));
    keeper.doc.getXmlFragment('xml').delete(0, 9);
    await agree(ada, bob, keeper);
    const copy = Y.encodeStateAsUpdate(keeper.doc);
    await compactedMeanwhile(ada, bob, keeper);
    const again = await reloaded('carol', copy);
    ada.provider.connect();
    await synced(ada);
    again.text.insert(0, 'still here ');
    expect(await agree(ada, again)).toContain('still here');
  });

  test('beside [check 19]: a second tab, signing in anew with the first one open, and the copy of both in one browser', async () => {
    const { ada, bob } = scene;
    const second = scene.open('ada');
    await synced(second);
    second.text.insert(0, 'second ');
    await agree(ada, second, bob);
    second.provider.disconnect();
    second.text.insert(0, 'off line ');
    await scene.server.engine.invalidate({ personId: 'ada' });
    ada.text.insert(0, 'first ');
    const both = Y.mergeUpdates([Y.encodeStateAsUpdate(ada.doc), Y.encodeStateAsUpdate(second.doc)]);
    const third = await reloaded('ada', both);
    second.provider.connect();
    await synced(second);
    third.text.insert(0, 'third ');
    const text = await agree(ada, second, third, bob);
    for (const word of ['first', 'off line', 'second', 'third', 'honest']) expect(text.split(word).length).toBe(2);
  });

  test('beside [check 19]: a document made from a template, and brought back to a version, while people have it open', async () => {
    const { ada, bob } = scene;
    const { engine } = scene.server;
    const byServer = (personId: string, change: (doc: Y.Doc) => void) =>
      engine.applyServerUpdate(
        'doc',
        (state) => {
          const doc = new Y.Doc();
          Y.applyUpdate(doc, state);
          const before = Y.encodeStateVector(doc);
          doc.transact(() => change(doc));
          const update = Y.encodeStateAsUpdate(doc, before);
          doc.destroy();
          return update;
        },
        { personId },
      );
    await byServer('system', (doc) => doc.getXmlFragment('xml').insert(0, paragraphs(16)));
    const undo = new Y.UndoManager([bob.text, bob.doc.getXmlFragment('xml')], { captureTimeout: 0 });
    await until(() => bob.doc.getXmlFragment('xml').length === 16, 'bob reads the template');
    bob.doc.getXmlFragment('xml').delete(3, 2);
    bob.text.insert(0, 'spoilt ');
    await agree(ada, bob);
    await byServer('ada', (doc) => {
      doc.getXmlFragment('xml').delete(0, doc.getXmlFragment('xml').length);
      doc.getXmlFragment('xml').insert(0, paragraphs(16));
      doc.getText('body').delete(0, 7);
    });
    await agree(ada, bob);
    undo.undo();
    undo.undo();
    undo.redo();
    ada.doc.getXmlFragment('xml').delete(0, 1);
    expect(await agree(ada, bob)).toContain('honest');
    const reloadedBob = await reloaded('bob', Y.encodeStateAsUpdate(bob.doc));
    reloadedBob.text.insert(0, 'again ');
    await agree(ada, bob, reloadedBob);
    undo.destroy();
  });

  test('beside [check 20]: text that somebody deleted in its thousands leaves a range which is no reservation', async () => {
    const { ada, bob } = scene;
    for (let i = 0; i < 5; i++) {
      ada.text.insert(6, 'x'.repeat(1_000_000));
      ada.text.delete(6, 1_000_000);
    }
    ada.provider.disconnect();
    ada.text.insert(6, 'y'.repeat(1_500_000));
    ada.text.delete(6, 1_500_000);
    ada.text.insert(0, 'all gone, ');
    ada.provider.connect();
    await synced(ada);
    expect(await agree(ada, bob)).toBe('all gone, honest');
    await compactedMeanwhile(ada, bob);
    const again = await reloaded('ada', Y.encodeStateAsUpdate(ada.doc));
    again.text.insert(0, '>');
    await until(async () => (await storedText(scene.server.engine, 'doc')) === '>all gone, honest', 'it is stored');
  }, 60_000);

  test('undo and redo of text that others have typed into, deleted and brought back, over breaks of the line', async () => {
    const { ada, bob } = scene;
    const undos = [ada, bob].map(
      ({ text, doc }) => new Y.UndoManager([text, doc.getXmlFragment('xml')], { captureTimeout: 0 }),
    );
    const [ofAda, ofBob] = undos;
    for (let round = 0; round < 12; round++) {
      ada.text.insert(ada.text.length, ` ada ${round}`);
      await agree(ada, bob);
      bob.text.insert(Math.floor(bob.text.length / 2), `(bob ${round})`);
      bob.text.delete(1, 2);
      if (round % 3 === 0) ada.provider.disconnect();
      ofAda?.undo();
      ofBob?.undo();
      ofAda?.undo();
      ofAda?.redo();
      ofBob?.redo();
      ofAda?.redo();
      if (round % 3 === 0) ada.provider.connect();
      await synced(ada);
      await agree(ada, bob);
    }
    await compactedMeanwhile(ada, bob);
    for (let i = 0; i < 10; i++) ofAda?.undo();
    ada.provider.connect();
    bob.provider.connect();
    await synced(ada, bob);
    ofBob?.undo();
    for (let i = 0; i < 10; i++) ofAda?.redo();
    await agree(ada, bob);
    for (const undo of undos) undo.destroy();
  }, 60_000);

  test('a paragraph moved up and down, undone, while somebody else types in it', async () => {
    const { ada, bob } = scene;
    const xml = ada.doc.getXmlFragment('xml');
    xml.insert(0, paragraphs(6));
    await agree(ada, bob);
    const undo = new Y.UndoManager(xml, { captureTimeout: 0 });
    const move = (from: number, to: number) =>
      ada.doc.transact(() => {
        const moved = xml.get(from).clone();
        xml.delete(from, 1);
        xml.insert(to, [moved as Y.XmlElement]);
      });
    for (let round = 0; round < 10; round++) {
      const inner = bob.doc.getXmlFragment('xml').get(round % 6);
      const text = inner instanceof Y.XmlElement ? inner.get(0) : null;
      if (text instanceof Y.XmlText) text.insert(0, `bob ${round} `);
      move(round % 6, (round * 2 + 1) % 5);
      if (round % 2 === 0) undo.undo();
    }
    await agree(ada, bob);
    expect(xml.length).toBe(6);
    undo.destroy();
  });
});
