import { afterEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { AppendConflict, type AppendRecord, MemoryStore } from '../src/index.ts';
import { type JournaledStore, type JournalLimits, openJournaledStore, type StoreBehind } from '../src/journal-store.ts';
import { FaultyStore } from './faulty-store.ts';
import { JournalDisk } from './journal-disk.ts';
import { quiet, until } from './journal-scene.ts';
import { describeStore } from './store.contract.ts';
import { describeStoreRaces } from './store-races.contract.ts';

const bytes = (...values: number[]): Uint8Array => new Uint8Array(values);
const record = (documentId: string, seq: number, ...values: number[]): AppendRecord => ({
  documentId,
  seq,
  updates: [bytes(seq, ...values)],
});
const none = new Uint8Array();
/** Nothing is brought to the store behind by itself. */
const still: Partial<JournalLimits> = { flushMs: 3_600_000, flushBytes: 1e12 };
const opened: JournaledStore[] = [];

async function open(files: JournalDisk, inner: StoreBehind, limits: Partial<JournalLimits> = still) {
  const store = await openJournaledStore({ files, inner, log: quiet, limits });
  opened.push(store);
  return store;
}
afterEach(async () => {
  for (const store of opened.splice(0)) await store.close();
});
const textOf = async (store: StoreBehind, documentId: string): Promise<number[]> => {
  const { snapshot, tail } = await store.load(documentId);
  return [...(snapshot ?? []), ...tail.map((update) => update[0] ?? 0)];
};
const upTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i + 1);

describeStore('a journal that keeps everything', () => open(new JournalDisk(), new MemoryStore()));
describeStore('a journal that keeps nothing for long', () =>
  open(new JournalDisk(), new MemoryStore(), { flushMs: 0, segmentBytes: 1, segmentMs: 0 }),
);
describeStoreRaces('a journal that keeps everything', () => open(new JournalDisk(), new MemoryStore()));
describeStoreRaces('a journal that keeps nothing for long', () =>
  open(new JournalDisk(), new MemoryStore(), { flushMs: 0, rowBytes: 1, batchBytes: 1 }),
);

describe('what an append leaves', () => {
  test('[S55] what is appended is on the disk, and every reading tells of it before the store behind does', async () => {
    const disk = new JournalDisk();
    const inner = new MemoryStore();
    const store = await open(disk, inner);
    await inner.append([record('a', 1)]);
    for (const seq of [2, 3]) await store.append([record('a', seq), record('b', seq - 1)]);
    expect(await inner.head('a')).toBe(1);
    expect(await textOf(store, 'a')).toEqual([1, 2, 3]);
    expect([await store.head('a'), await store.head('b')]).toEqual([3, 2]);
    expect((await store.loadAfter('a', 0))?.map(({ seq }) => seq)).toEqual([1, 2, 3]);
    expect((await store.loadAfter('a', 2))?.map(({ seq }) => seq)).toEqual([3]);
    const next = await open(disk.copy(), inner);
    expect(await textOf(next, 'a')).toEqual([1, 2, 3]);
    expect(await inner.head('b')).toBe(2);
  });

  test('[S55] a number that would leave a hole is not taken, and the rest of the commit is', async () => {
    const store = await open(new JournalDisk(), new MemoryStore());
    const append = store.append([record('a', 3), record('b', 1)]);
    await expect(append).rejects.toEqual(new AppendConflict(['a']));
    expect([await store.head('a'), await store.head('b')]).toEqual([0, 1]);
  });

  test('[S55] an append that could not be written is not there, and may be repeated', async () => {
    const disk = new JournalDisk();
    const store = await open(disk, new MemoryStore());
    await store.append([record('a', 1)]);
    for (const wrote of [0, 3, 20, 1_000]) {
      disk.fault = ({ kind }) => (kind === 'write' ? { wrote } : null);
      await expect(store.append([record('a', 2)])).rejects.toThrow('ENOSPC');
      expect(await textOf(store, 'a')).toEqual([1]);
    }
    disk.fault = () => null;
    await store.append([record('a', 2)]);
    expect(await textOf(store, 'a')).toEqual([1, 2]);
    expect(await textOf(await open(disk.copy(), new MemoryStore()), 'a')).toEqual([1, 2]);
  });

  test('[S59] what stands where a write failed gives way to what was acknowledged under its number', async () => {
    const disk = new JournalDisk();
    const store = await open(disk, new MemoryStore());
    await store.append([record('a', 1)]);
    // It all got there, but the disk said that it did not, and cannot be cut back either.
    disk.fault = ({ kind }) => (kind === 'write' || kind === 'truncate' ? { wrote: 1_000 } : null);
    await expect(store.append([record('a', 2, 66)])).rejects.toThrow('ENOSPC');
    disk.fault = () => null;
    await store.append([record('a', 2, 77)]);
    expect(disk.files.size).toBe(2);
    await store.append([record('a', 3)]);
    const inner = new MemoryStore();
    const next = await open(disk.copy(), inner);
    expect((await next.load('a')).tail.map((update) => [...update])).toEqual([[1], [2, 77], [3]]);
  });
});

describe('what is brought to the store behind', () => {
  test('[S56] the records of a document come as one row, each under its number', async () => {
    const inner = new FaultyStore();
    const rows: AppendRecord[][] = [];
    inner.append = async (records) => {
      rows.push(records);
      await MemoryStore.prototype.append.call(inner, records);
    };
    const store = await open(new JournalDisk(), inner);
    for (const seq of [1, 2, 3]) await store.append([{ documentId: 'a', seq, updates: [bytes(seq), bytes(9)] }]);
    await store.append([record('b', 1)]);
    await store.close();
    expect(rows.map((row) => row.map(({ documentId, seq, counts }) => [documentId, seq, counts]))).toEqual([
      [
        ['a', 3, [2, 2, 2]],
        ['b', 1, undefined],
      ],
    ]);
    expect((await inner.loadAfter('a', 0))?.map(({ seq, updates }) => [seq, updates.length])).toEqual([
      [1, 2],
      [2, 2],
      [3, 2],
    ]);
  });

  test('[S56] a commit that failed behind is repeated as it was, whatever has come since', async () => {
    const inner = new FaultyStore();
    const asked: string[] = [];
    const append = inner.append.bind(inner);
    inner.append = (records) => {
      asked.push(JSON.stringify(records.map(({ seq, counts }) => [seq, counts])));
      return append(records);
    };
    const store = await open(new JournalDisk(), inner, { flushMs: 0, retryMinMs: 1, retryMaxMs: 1 });
    inner.mode = 'lose-answer';
    await store.append([record('a', 1)]);
    await until(() => asked.length > 1);
    for (const seq of [2, 3]) await store.append([record('a', seq)]);
    await until(() => asked.length > 3);
    expect(new Set(asked).size).toBe(1);
    inner.mode = 'work';
    await until(() => store.waitingBytes === 0);
    expect(await textOf(inner, 'a')).toEqual([1, 2, 3]);
  });

  test('[S56] while the store behind is away appends go on up to a bound, and everything is there when it is back', async () => {
    const inner = new FaultyStore();
    const disk = new JournalDisk();
    const store = await open(disk, inner, { flushMs: 0, retryMinMs: 1, retryMaxMs: 1, waitingBytes: 1_000 });
    inner.mode = 'fail';
    let seq = 0;
    await expect(
      (async () => {
        for (; seq < 100; seq++) await store.append([record('a', seq + 1)]);
      })(),
    ).rejects.toThrow('wait for the database');
    expect(seq).toBeGreaterThan(3);
    inner.mode = 'work';
    await until(() => store.waitingBytes === 0);
    await store.append([record('a', seq + 1)]);
    await store.close();
    expect(await textOf(inner, 'a')).toEqual(upTo(seq + 1));
    expect(disk.files.size).toBe(0);
  });

  test('[S56] a snapshot is made when the store behind has what it covers', async () => {
    const inner = new MemoryStore();
    const store = await open(new JournalDisk(), inner);
    for (const seq of [1, 2, 3]) await store.append([record('a', seq)]);
    await store.compact('a', { snapshot: bytes(1, 2), digest: none, throughSeq: 2, fence: 1 });
    await store.append([record('a', 4)]);
    expect(await textOf(store, 'a')).toEqual([1, 2, 3, 4]);
    expect(await store.loadAfter('a', 1)).toBeNull();
    await store.close();
    expect(await textOf(inner, 'a')).toEqual([1, 2, 3, 4]);
  });

  test('[S56] what is made of a text can wait until the store behind has the text', async () => {
    const inner = new FaultyStore();
    const store = await open(new JournalDisk(), inner);
    for (const seq of [1, 2]) await store.append([record('a', seq)]);
    await store.settle('b');
    expect(inner.attempts).toBe(0);
    inner.mode = 'fail';
    await expect(store.settle('a')).rejects.toThrow('store is down');
    inner.mode = 'work';
    await store.settle('a');
    expect(await textOf(inner, 'a')).toEqual([1, 2]);
  });

  test('[S56] a stop that the store behind does not answer leaves the journal to the next start', async () => {
    const inner = new FaultyStore();
    const disk = new JournalDisk();
    const store = await open(disk, inner, { ...still, closeMs: 20 });
    await store.append([record('a', 1)]);
    inner.mode = 'hang';
    await store.close();
    expect(disk.files.size).toBe(1);
    inner.mode = 'work';
    expect(await textOf(await open(disk, inner), 'a')).toEqual([1]);
    expect(disk.files.size).toBe(0);
  });

  test('[S56] segments go when nothing in them is needed, and not before', async () => {
    const inner = new FaultyStore();
    const disk = new JournalDisk();
    const store = await open(disk, inner, { flushMs: 0, retryMinMs: 1, retryMaxMs: 1, segmentBytes: 100, rowBytes: 1 });
    inner.mode = 'fail';
    for (let seq = 1; seq <= 20; seq++) await store.append([record('a', seq, ...new Array(50).fill(7))]);
    expect(disk.files.size).toBeGreaterThan(10);
    const before = disk.copy();
    let stored = 0;
    const append = inner.append.bind(inner);
    inner.append = async (records) => {
      if (stored === 3) throw new Error('store is down');
      await append(records);
      stored += 1;
    };
    inner.mode = 'work';
    await until(() => stored === 3 && disk.files.size < before.files.size);
    const behind = new MemoryStore();
    await behind.append(
      (await inner.load('a')).tail.map((update, i) => ({ ...record('a', i + 1), updates: [update] })),
    );
    expect(await textOf(await open(disk.copy(), behind), 'a')).toEqual(upTo(20));
    inner.append = append;
    await until(() => store.waitingBytes === 0);
    await until(() => disk.files.size <= 1);
    expect(await textOf(inner, 'a')).toEqual(upTo(20));
  });
});

/** A journal of some entries on a disk, and where each of them ends. */
async function written(entries: number, limits: Partial<JournalLimits> = {}) {
  const disk = new JournalDisk();
  const store = await open(disk, new MemoryStore(), { ...still, ...limits });
  const ends: number[] = [];
  for (let seq = 1; seq <= entries; seq++) {
    await store.append([record('a', seq, 5, 5, 5), record('b', seq)]);
    ends.push(disk.size);
  }
  return { disk, ends };
}

describe('what is found at a start', () => {
  test('[S57] a journal cut off at any byte is read up to its last whole entry', async () => {
    const { disk, ends } = await written(3);
    const [name = ''] = disk.files.keys();
    for (let length = 0; length <= disk.size; length++) {
      const cut = disk.copy();
      cut.files.set(name, disk.files.get(name)?.slice(0, length) ?? none);
      const store = await open(cut, new MemoryStore());
      const whole = ends.filter((end) => end <= length).length;
      expect([length, await textOf(store, 'a'), await textOf(store, 'b')]).toEqual([length, upTo(whole), upTo(whole)]);
      expect(cut.files.size).toBe(0);
    }
  });

  test('[S57] a last entry of which a bit is wrong was not finished', async () => {
    const { disk, ends } = await written(3);
    const [name = ''] = disk.files.keys();
    for (let at = ends[1] ?? 0; at < disk.size; at++) {
      const torn = disk.copy();
      const bytesOf = torn.files.get(name) ?? none;
      bytesOf[at] = (bytesOf[at] ?? 0) ^ (1 << (at % 8));
      expect([at, await textOf(await open(torn, new MemoryStore()), 'a')]).toEqual([at, [1, 2]]);
    }
  });

  test('[S57] what is behind the last whole entry is nothing, whatever it is', async () => {
    const { disk } = await written(2);
    const [name = ''] = disk.files.keys();
    const good = disk.files.get(name) ?? none;
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (rubbish) => {
        const torn = disk.copy();
        torn.files.set(name, new Uint8Array([...good, ...rubbish]));
        expect(await textOf(await open(torn, new MemoryStore()), 'a')).toEqual([1, 2]);
      }),
      { numRuns: 50 },
    );
  });

  test('[S57] what the store behind has already is not brought there again', async () => {
    const { disk } = await written(4);
    for (const has of [1, 2, 4]) {
      const inner = new MemoryStore();
      for (let seq = 1; seq <= has; seq++) await inner.append([record('a', seq, 5, 5, 5)]);
      const store = await open(disk.copy(), inner);
      expect([await textOf(store, 'a'), await textOf(store, 'b')]).toEqual([upTo(4), upTo(4)]);
    }
  });

  test('[S58] any bit that flips before the last entry keeps the journal from opening, and the place is named', async () => {
    const { disk, ends } = await written(3);
    const [name = ''] = disk.files.keys();
    const last = ends[1] ?? 0;
    for (let at = 0; at < last; at++) {
      const damaged = disk.copy();
      const bytesOf = damaged.files.get(name) ?? none;
      bytesOf[at] = (bytesOf[at] ?? 0) ^ (1 << (at % 8));
      const start = [0, 32, ...ends].filter((end) => end <= at).at(-1);
      const inner = new MemoryStore();
      const message = new RegExp(`${name} ${at < 32 ? '(at byte 0|is of version)' : `at byte ${start}`}`);
      await expect(open(damaged, inner)).rejects.toThrow(message);
      expect(await inner.head('a')).toBe(0);
      expect(damaged.files.size).toBe(1);
    }
  });

  test('[S58] a segment that is missing, or ends too early, between others keeps the journal from opening', async () => {
    const { disk } = await written(6, { segmentBytes: 1 });
    const names = await disk.list();
    expect(names).toHaveLength(6);
    const missing = disk.copy();
    missing.files.delete(names[2] ?? '');
    await expect(open(missing, new MemoryStore())).rejects.toThrow(`${names[1]} at byte`);
    const short = disk.copy();
    short.files.set(names[2] ?? '', disk.files.get(names[2] ?? '')?.slice(0, -1) ?? none);
    await expect(open(short, new MemoryStore())).rejects.toThrow(`${names[2]} at byte 32`);
    expect(short.files.size).toBe(6);
  });

  test('[S58] a journal that does not belong to the store behind is not opened', async () => {
    const disk = new JournalDisk();
    const inner = new MemoryStore();
    for (const seq of [1, 2]) await inner.append([record('a', seq)]);
    const store = await open(disk, inner);
    await store.append([record('a', 3)]);
    await expect(open(disk.copy(), new MemoryStore())).rejects.toThrow('does not belong to this database');
  });
});

/** Everything at once: two documents, commits, a compaction, small segments, until a step of disk or store ends it all. */
async function work(disk: JournalDisk, inner: StoreBehind, acknowledged: number[]): Promise<void> {
  const store = await open(disk, inner, { ...still, segmentBytes: 200, rowBytes: 300, batchBytes: 300, closeMs: 50 });
  for (let round = 0; round < 8; round++) {
    const seq = (await store.head('a')) + 1;
    await store.append([record('a', seq), record('b', seq)]);
    acknowledged.push(seq);
    if (round !== 4) continue;
    const snapshot = new Uint8Array(await textOf(store, 'a'));
    const fence = (await store.takeTurn('a', 0))?.fence ?? 0;
    await store.compact('a', { snapshot, digest: none, throughSeq: seq, fence });
  }
  await store.close();
}

/** A disk and a store that end together, after so many steps. */
function mortal() {
  const disk = new JournalDisk();
  const inner = new MemoryStore();
  const life = { until: Number.POSITIVE_INFINITY, wrote: 0 };
  const isDead = () => disk.steps > life.until;
  disk.fault = () => (isDead() ? { wrote: disk.steps === life.until + 1 ? life.wrote : 0 } : null);
  const step = () => {
    disk.steps += 1;
    if (isDead()) throw new Error('it has ended');
  };
  const append = inner.append.bind(inner);
  inner.append = async (records) => {
    step();
    await append(records);
    step();
  };
  return { disk, inner, life, isDead };
}

describe('an end at any step', () => {
  test('[S57] [S59] wherever work or recovery ends, nothing acknowledged is lost or doubled, and the order stays', async () => {
    for (const wrote of [0, 10, 1_000]) {
      for (let last = 1, wasWhole = false; !wasWhole; last++) {
        const { disk, inner, life, isDead } = mortal();
        Object.assign(life, { until: last, wrote });
        const acknowledged: number[] = [];
        const end = await work(disk, inner, acknowledged).catch((error: unknown) => error);
        wasWhole = !isDead();
        if (wasWhole) expect(end).toBeUndefined();
        // The recovery ends in its middle too, once at each of its steps, and is begun again.
        for (let step = 0; step < 12; step++) {
          life.until = disk.steps + step;
          await open(disk, inner).catch(() => null);
        }
        life.until = Number.POSITIVE_INFINITY;
        const store = await open(disk, inner);
        for (const documentId of ['a', 'b']) {
          const text = await textOf(store, documentId);
          expect({ last, text }).toEqual({ last, text: upTo(text.length) });
          expect(text.length).toBeGreaterThanOrEqual(acknowledged.length);
        }
        expect(disk.files.size).toBe(0);
      }
    }
  });
});
