import { describe, expect, test } from '@jest/globals';
import { AppendConflict, type UpdateStore } from '../src/index.ts';

const bytes = (...values: number[]): Uint8Array => new Uint8Array(values);
/** These snapshots are no Yjs updates: there is nothing to tell of them. */
const none = new Uint8Array();

/** What every UpdateStore must do when several things happen to a document at once. */
export function describeStoreRaces(name: string, open: () => Promise<UpdateStore>): void {
  describe(`${name} when several things happen at once`, () => {
    test('[S5] of two different records under one number, one is stored and the other is a conflict', async () => {
      const store = await open();
      for (let seq = 1; seq <= 5; seq++) {
        const attempts = [1, 2].map((writer) => store.append([{ documentId: 'a', seq, updates: [bytes(writer)] }]));
        const results = await Promise.allSettled(attempts);
        const winner = results.findIndex(({ status }) => status === 'fulfilled') + 1;
        const reasons = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
        expect(reasons).toEqual([expect.any(AppendConflict)]);
        expect((await store.load('a')).tail.map((update) => [...update]).at(-1)).toEqual([winner]);
      }
    });

    test('[S5] the same bytes cut into other updates are another record', async () => {
      const store = await open();
      await store.append([{ documentId: 'a', seq: 1, updates: [bytes(1), bytes(2)] }]);
      for (const updates of [[bytes(1, 2)], [bytes(1)], [bytes(1), bytes(2), bytes(3)]]) {
        await expect(store.append([{ documentId: 'a', seq: 1, updates }])).rejects.toBeInstanceOf(AppendConflict);
      }
      expect((await store.load('a')).tail.map((update) => [...update])).toEqual([[1], [2]]);
    });

    test('[S9] people who claim a clientID at the same moment, in one call or in several, hear of one owner', async () => {
      const store = await open();
      const claim = (...people: string[]) =>
        store.claim(people.map((personId) => ({ documentId: 'a', clientId: 7, personId })));
      const answers = await Promise.all([claim('ada', 'bob'), claim('carol'), claim('dan', 'eve', 'ada')]);
      const owners = new Set(answers.flat().map(({ ownerId }) => ownerId));
      expect(answers.map((answer) => answer.length)).toEqual([2, 1, 3]);
      expect([...owners]).toEqual([(await store.owners('a')).get(7)]);
    });

    test('[S25] a document that is loaded while it is compacted and written to is always whole', async () => {
      const store = await open();
      const last = 24;
      for (let seq = 1; seq <= 4; seq++) await store.append([{ documentId: 'a', seq, updates: [bytes(seq)] }]);
      let running = true;
      const write = async () => {
        for (let seq = 5; seq <= last; seq++) await store.append([{ documentId: 'a', seq, updates: [bytes(seq)] }]);
      };
      const compact = async () => {
        for (let through = 2; through <= 20; through += 3) {
          while ((await store.load('a')).seq < through) await new Promise((resolve) => setImmediate(resolve));
          await store.compact('a', { snapshot: bytes(through), digest: none, throughSeq: through, fence: through });
        }
      };
      const read = async () => {
        while (running) {
          const { snapshot, tail, seq } = await store.load('a');
          const through = snapshot?.[0] ?? 0;
          const expected = Array.from({ length: seq - through }, (_, i) => through + 1 + i);
          expect(tail.map(([value]) => value)).toEqual(expected);
          await new Promise((resolve) => setImmediate(resolve));
        }
      };
      const reading = read();
      await Promise.all([write(), compact()]).finally(() => {
        running = false;
      });
      await reading;
      expect((await store.load('a')).seq).toBe(last);
    });

    test('[S49] of several who compact at once the highest turn counts, and nothing is lost', async () => {
      const store = await open();
      for (let seq = 1; seq <= 6; seq++) await store.append([{ documentId: 'a', seq, updates: [bytes(seq)] }]);
      await Promise.all(
        [3, 5, 4].map((through) =>
          store.compact('a', { snapshot: bytes(through), digest: none, throughSeq: through, fence: through }),
        ),
      );
      const { snapshot, tail, seq } = await store.load('a');
      const through = snapshot?.[0] ?? 0;
      expect([3, 4, 5]).toContain(through);
      expect(tail.map(([value]) => value)).toEqual(Array.from({ length: 6 - through }, (_, i) => through + 1 + i));
      expect(seq).toBe(6);
    });
  });
}
