import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import * as Y from 'yjs';
import { type Client, storedText, until } from './harness.ts';
import { craft, gcItem, textItem } from './raw-client.ts';
import { setScene } from './scene.ts';

const scene = setScene();
const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

/** What everybody reads, and what is stored, as one digest; fails when they differ. */
async function sameForAll(...clients: Client[]): Promise<string> {
  await until(
    () => new Set(clients.map(({ text }) => digest(text.toString()))).size === 1 && stateVectors(clients).size === 1,
    'all read the same',
  );
  const stored = await storedText(scene.server.engine, 'doc');
  expect(digest(stored)).toBe(digest(clients[0]?.text.toString() ?? ''));
  return stored;
}

const stateVectors = (clients: Client[]): Set<string> =>
  new Set(clients.map(({ doc }) => JSON.stringify([...Y.decodeStateVector(Y.encodeStateVector(doc))].sort())));

/** Types a hundred words, each an update of its own, and answers them. */
function typeWords(client: Client): string[] {
  return Array.from({ length: 100 }, (_, i) => {
    const word = `w${i} `;
    client.text.insert(client.text.length, word);
    return word;
  });
}

describe('a stolen clientID', () => {
  test.each<[string, (id: number, clock: number) => Uint8Array]>([
    ['text', (id, clock) => craft([{ client: id, clock, structs: [textItem('stolen', [id, clock - 1])] }])],
    ['a deleted range', (id, clock) => craft([{ client: id, clock, structs: [gcItem(10_000)] }])],
    [
      'text that follows what is known',
      (id, clock) => craft([{ client: id, clock: 0, structs: [textItem('h'.repeat(clock + 5))] }]),
    ],
    [
      'text beside text of one’s own',
      (id, clock) =>
        craft([
          { client: 77, clock: 0, structs: [textItem('mine')] },
          { client: id, clock, structs: [gcItem(3)] },
        ]),
    ],
  ])(
    '[S10] [check 19] of somebody who is on line: %s is refused, and none of a hundred words of the victim is lost',
    async (_what, steal) => {
      const { ada, bob } = scene;
      const raw = await scene.attacker();
      raw.update(steal(ada.doc.clientID, 6));
      const words = typeWords(ada);
      expect(await raw.closed()).toBe(4422);
      expect(scene.refused).toMatchObject([{ documentId: 'doc', personId: 'mallory', reason: 'foreign-client' }]);
      const carol = scene.open('carol');
      await until(() => bob.text.toString().endsWith('w99 ') && carol.provider.synced, 'bob reads all');
      expect(await sameForAll(ada, bob, carol)).toBe(`honest${words.join('')}`);
      expect(ada.closes).toEqual([]);
    },
  );

  test('[S10] [check 19] of somebody who is off line and comes back with a hundred words: none is lost', async () => {
    const { ada, bob } = scene;
    ada.provider.disconnect();
    await until(() => scene.server.engine.presence('doc').length === 1, 'ada is gone');
    const words = typeWords(ada);
    const raw = await scene.attacker();
    raw.update(craft([{ client: ada.doc.clientID, clock: 6, structs: [gcItem(10_000)] }]));
    expect(await raw.closed()).toBe(4422);
    expect(scene.refused.map(({ reason }) => reason)).toEqual(['foreign-client']);
    ada.provider.connect();
    const carol = scene.open('carol');
    await until(() => bob.text.toString().endsWith('w99 ') && carol.provider.synced, 'bob reads all');
    expect(await sameForAll(ada, bob, carol)).toBe(`honest${words.join('')}`);
  });

  test('[S9] [check 19] of somebody who has not written yet and lost the line: presence has tied it to him', async () => {
    const carol = scene.open('carol');
    await until(() => carol.provider.synced, 'carol is here');
    carol.provider.awareness.setLocalState({ here: true });
    const raw = await scene.attacker();
    await until(() => raw.presence().has(carol.doc.clientID), 'mallory sees carol');
    carol.provider.disconnect();
    await until(() => !raw.presence().has(carol.doc.clientID), 'carol is gone');
    const words = typeWords(carol);
    raw.update(craft([{ client: carol.doc.clientID, clock: 0, structs: [gcItem(10_000)] }]));
    expect(await raw.closed()).toBe(4422);
    carol.provider.connect();
    await until(() => scene.bob.text.toString().includes('w99 '), 'bob reads all');
    expect((await sameForAll(scene.ada, scene.bob, carol)).includes(words.join(''))).toBe(true);
  });

  test('[S10] [check 19] by somebody who repeats what he heard of the victim, with more behind it', async () => {
    const { ada, bob } = scene;
    const raw = await scene.attacker();
    const heard = Y.encodeStateAsUpdate(bob.doc);
    raw.step2(heard);
    await until(() => raw.saved().step2s === 2, 'what is known counts as saved');
    const copy = new Y.Doc();
    Y.applyUpdate(copy, heard);
    copy.clientID = ada.doc.clientID;
    copy.getText('body').insert(0, 'stolen ');
    raw.update(Y.encodeStateAsUpdate(copy));
    copy.destroy();
    expect(await raw.closed()).toBe(4422);
    const words = typeWords(ada);
    await until(() => bob.text.toString().endsWith('w99 '), 'bob reads all');
    expect(await sameForAll(ada, bob)).toBe(`honest${words.join('')}`);
  });
});
