import { describe, expect, test } from '@jest/globals';
import { AppendConflict, type UpdateStore } from '../src/index.ts';

const bytes = (...values: number[]): Uint8Array => new Uint8Array(values);
/** These snapshots are no Yjs updates: there is nothing to tell of them. */
const none = new Uint8Array();
const plain = (update: Uint8Array | null): number[] | null => update && [...update];
const plainAll = (updates: Uint8Array[]): number[][] => updates.map((update) => [...update]);

/** What every UpdateStore must do. `open` answers a store without documents. */
export function describeStore(name: string, open: () => Promise<UpdateStore>): void {
  describe(`${name} as an update store`, () => {
    test('an unknown document is empty', async () => {
      const store = await open();
      expect(await store.load('unknown')).toEqual({ snapshot: null, digest: null, tail: [], seq: 0 });
      expect(await store.owners('unknown')).toEqual(new Map());
    });

    test('[S2] one append takes records of several rooms, and each comes back in order', async () => {
      const store = await open();
      await store.append([
        { documentId: 'a', seq: 1, updates: [bytes(1), bytes(2, 3)] },
        { documentId: 'b', seq: 1, updates: [bytes(9)] },
      ]);
      await store.append([{ documentId: 'a', seq: 2, updates: [bytes(4)] }]);
      const { tail, seq, snapshot } = await store.load('a');
      expect({ tail: plainAll(tail), seq, snapshot }).toEqual({ tail: [[1], [2, 3], [4]], seq: 2, snapshot: null });
      expect((await store.load('b')).seq).toBe(1);
    });

    test('[S5] a repeated append changes nothing', async () => {
      const store = await open();
      const records = [
        { documentId: 'a', seq: 1, updates: [bytes(1), bytes(2)] },
        { documentId: 'b', seq: 1, updates: [bytes(3)] },
      ];
      await store.append(records.slice(0, 1));
      await store.append(records);
      expect(plainAll((await store.load('a')).tail)).toEqual([[1], [2]]);
      expect(plainAll((await store.load('b')).tail)).toEqual([[3]]);
    });

    test('[S5] other bytes under a taken number are a conflict that names the document, and the rest is stored', async () => {
      const store = await open();
      await store.append([{ documentId: 'a', seq: 1, updates: [bytes(1)] }]);
      const append = store.append([
        { documentId: 'a', seq: 1, updates: [bytes(2)] },
        { documentId: 'b', seq: 1, updates: [bytes(3)] },
      ]);
      const error = await append.catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(AppendConflict);
      expect(error instanceof AppendConflict && error.documentIds).toEqual(['a']);
      expect(plainAll((await store.load('a')).tail)).toEqual([[1]]);
      expect(plainAll((await store.load('b')).tail)).toEqual([[3]]);
    });

    test('[S9] the first claim of a clientID wins, for each document apart', async () => {
      const store = await open();
      await store.claim([{ documentId: 'a', clientId: 4_294_967_295, personId: 'ada' }]);
      const answers = await store.claim([
        { documentId: 'a', clientId: 4_294_967_295, personId: 'bob' },
        { documentId: 'a', clientId: 2, personId: 'bob' },
        { documentId: 'b', clientId: 4_294_967_295, personId: 'bob' },
      ]);
      const owners = answers.map(({ documentId, clientId, ownerId }) => `${documentId} ${clientId} ${ownerId}`).sort();
      expect(owners).toEqual(['a 2 bob', 'a 4294967295 ada', 'b 4294967295 bob']);
      expect(await store.owners('a')).toEqual(
        new Map([
          [4_294_967_295, 'ada'],
          [2, 'bob'],
        ]),
      );
    });

    test('[S25] a snapshot takes the place of the records that it covers', async () => {
      const store = await open();
      for (const seq of [1, 2, 3]) await store.append([{ documentId: 'a', seq, updates: [bytes(seq)] }]);
      await store.compact('a', { snapshot: bytes(12), digest: none, throughSeq: 2, fence: 1 });
      const { snapshot, tail, seq } = await store.load('a');
      expect({ snapshot: plain(snapshot), tail: plainAll(tail), seq }).toEqual({ snapshot: [12], tail: [[3]], seq: 3 });
      await store.compact('a', { snapshot: bytes(123), digest: none, throughSeq: 3, fence: 2 });
      await store.append([{ documentId: 'a', seq: 4, updates: [bytes(4)] }]);
      const later = await store.load('a');
      expect({ snapshot: plain(later.snapshot), tail: plainAll(later.tail), seq: later.seq }).toEqual({
        snapshot: [123],
        tail: [[4]],
        seq: 4,
      });
    });

    test('[S53] a snapshot comes back with its own digest', async () => {
      const store = await open();
      for (const seq of [1, 2, 3]) await store.append([{ documentId: 'a', seq, updates: [bytes(seq)] }]);
      await store.compact('a', { snapshot: bytes(12), digest: bytes(7), throughSeq: 2, fence: 1 });
      expect(plain((await store.load('a')).digest)).toEqual([7]);
      await store.compact('a', { snapshot: bytes(1), digest: bytes(6), throughSeq: 1, fence: 2 });
      expect(plain((await store.load('a')).digest)).toEqual([7]);
      await store.compact('a', { snapshot: bytes(123), digest: bytes(8, 9), throughSeq: 3, fence: 3 });
      expect(plain((await store.load('a')).digest)).toEqual([8, 9]);
    });

    test('[S25] an older snapshot never replaces a newer one', async () => {
      const store = await open();
      for (const seq of [1, 2, 3]) await store.append([{ documentId: 'a', seq, updates: [bytes(seq)] }]);
      await store.compact('a', { snapshot: bytes(123), digest: none, throughSeq: 3, fence: 1 });
      await store.compact('a', { snapshot: bytes(12), digest: none, throughSeq: 2, fence: 2 });
      const { snapshot, tail, seq } = await store.load('a');
      expect({ snapshot: plain(snapshot), tail: plainAll(tail), seq }).toEqual({ snapshot: [123], tail: [], seq: 3 });
    });

    test('[S49] one writer at a time has the turn to compact, and every turn has a higher fence', async () => {
      const store = await open();
      const first = await store.takeTurn('a', 60_000);
      expect(first?.fence).toBeGreaterThan(0);
      expect(await store.takeTurn('a', 60_000)).toBeNull();
      expect(await store.takeTurn('b', 60_000)).not.toBeNull();
      if (first) await store.endTurn('a', first);
      const second = await store.takeTurn('a', 0);
      const third = await store.takeTurn('a', 60_000);
      expect(second?.fence).toBeGreaterThan(first?.fence ?? 0);
      expect(third?.fence).toBeGreaterThan(second?.fence ?? 0);
      if (second) await store.endTurn('a', second);
      expect(await store.takeTurn('a', 60_000)).toBeNull();
    });

    test('[S49] of many who ask for the turn at once, one has it', async () => {
      const store = await open();
      const turns = await Promise.all(Array.from({ length: 10 }, () => store.takeTurn('a', 60_000)));
      expect(turns.filter((turn) => turn !== null)).toHaveLength(1);
    });

    test('[S49] who comes with an earlier turn changes nothing, even with more records', async () => {
      const store = await open();
      for (const seq of [1, 2, 3]) await store.append([{ documentId: 'a', seq, updates: [bytes(seq)] }]);
      await store.compact('a', { snapshot: bytes(12), digest: none, throughSeq: 2, fence: 7 });
      await store.compact('a', { snapshot: bytes(99), digest: none, throughSeq: 3, fence: 6 });
      const { snapshot, tail } = await store.load('a');
      expect({ snapshot: plain(snapshot), tail: plainAll(tail) }).toEqual({ snapshot: [12], tail: [[3]] });
    });

    test('[S45] the records after a number come in order, as long as all of them are there', async () => {
      const store = await open();
      expect(await store.loadAfter('a', 0)).toEqual([]);
      for (const seq of [1, 2, 3]) await store.append([{ documentId: 'a', seq, updates: [bytes(seq), bytes(9)] }]);
      const after = async (seq: number) =>
        (await store.loadAfter('a', seq))?.map((record) => [record.seq, ...plainAll(record.updates)]);
      expect(await after(1)).toEqual([
        [2, [2], [9]],
        [3, [3], [9]],
      ]);
      expect(await after(3)).toEqual([]);
      await store.compact('a', { snapshot: bytes(12), digest: none, throughSeq: 2, fence: 1 });
      expect(await after(1)).toBeUndefined();
      expect(await after(2)).toEqual([[3, [3], [9]]]);
    });

    test('[S44] a number that a snapshot has swallowed is taken', async () => {
      const store = await open();
      for (const seq of [1, 2]) await store.append([{ documentId: 'a', seq, updates: [bytes(seq)] }]);
      await store.compact('a', { snapshot: bytes(12), digest: none, throughSeq: 2, fence: 1 });
      const late = store.append([{ documentId: 'a', seq: 2, updates: [bytes(5)] }]);
      await expect(late).rejects.toBeInstanceOf(AppendConflict);
      expect(await store.loadAfter('a', 1)).toBeNull();
      const { snapshot, tail, seq } = await store.load('a');
      expect({ snapshot: plain(snapshot), tail, seq }).toEqual({ snapshot: [12], tail: [], seq: 2 });
    });

    test('[S25] a snapshot may be bigger than one stored document can be', async () => {
      const store = await open();
      await store.append([{ documentId: 'a', seq: 1, updates: [bytes(1)] }]);
      const snapshot = new Uint8Array(25_000_001).map((_, i) => i % 251);
      await store.compact('a', { snapshot, digest: none, throughSeq: 1, fence: 1 });
      const loaded = await store.load('a');
      expect(Buffer.compare(loaded.snapshot ?? new Uint8Array(), snapshot)).toBe(0);
    });
  });
}
