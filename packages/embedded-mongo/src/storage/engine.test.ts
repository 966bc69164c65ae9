import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { after } from '../bson/key.ts';
import { type Doc, doc, int } from '../bson/types.ts';
import { find } from '../query/find.ts';
import { buildIndex, type Collection, type Index, newCollection } from './catalog.ts';
import { type Engine, OutOfSpace } from './engine.ts';
import { lmdbEngine } from './lmdb.ts';
import { openData } from './lmdb-data.ts';
import { memoryEngine } from './memory.ts';
import { indexPrefix, insertRecord, scan } from './records.ts';
import { scrubCopy } from './scrub.ts';
import { SortedMap } from './sorted-map.ts';
import { Store, type WriteContext } from './store.ts';
import { Transactions } from './transactions.ts';

const directories: string[] = [];
const open: Engine[] = [];
function lmdb(): Engine {
  const directory = mkdtempSync(join(tmpdir(), 'emb-'));
  directories.push(directory);
  return lmdbEngine(directory);
}
const MAKERS: readonly [string, () => Engine][] = [
  ['lmdb', lmdb],
  ['memory', memoryEngine],
];
const made = (make: () => Engine): Engine => {
  const engine = make();
  open.push(engine);
  return engine;
};

afterEach(async () => {
  for (const engine of open.splice(0)) await engine.close();
  for (const directory of directories.splice(0)) rmSync(directory, { recursive: true, force: true });
});

/** A new collection with one more index. */
function withIndex(write: WriteContext, path = 'n', unique = false): Collection {
  const bare = newCollection(write.newId(), 'db', 'c', new Map());
  const spec = doc({ v: int(2), key: doc({ [path]: int(1) }), name: `${path}_1`, ...(unique ? { unique } : {}) });
  const collection = { ...bare, indexes: [...bare.indexes, buildIndex(write.newId(), spec)] };
  write.save(collection);
  return collection;
}

const bytes = (text: string): Uint8Array => Buffer.from(text);
const keysOf = (entries: Iterable<readonly [string, Uint8Array]>): string[] => [...entries].map(([key]) => key);

describe.each(MAKERS)('the %s engine', (_name, make) => {
  test('reads what was committed, in order and reversed, half-open', async () => {
    const engine = made(make);
    await engine.commit(['b', 'a', 'd', 'c', 'b\xff'].map((key) => ({ key, value: bytes(key) })));
    expect(Buffer.from(engine.get('a') ?? []).toString()).toBe('a');
    expect(engine.get('x')).toBeUndefined();
    expect(keysOf(engine.range('a', 'd'))).toEqual(['a', 'b', 'b\xff', 'c']);
    expect(keysOf(engine.range('b', 'd', true))).toEqual(['c', 'b\xff', 'b']);
    expect(keysOf(engine.range('d', 'a'))).toEqual([]);
    await engine.commit([
      { key: 'a', value: null },
      { key: 'nope', value: null },
    ]);
    expect(keysOf(engine.range('', '\xff'))).toEqual(['b', 'b\xff', 'c', 'd']);
  });

  test('trap 1: a transaction that throws leaves nothing behind, for itself or the ones after it', async () => {
    const transactions = new Transactions(made(make), () => undefined);
    await transactions.run((write) => write.put('a', bytes('1'))).durable;
    expect(() =>
      transactions.run((write) => {
        write.put('a', bytes('2'));
        write.put('b', bytes('2'));
        throw new Error('no');
      }),
    ).toThrow('no');
    const { value, durable } = transactions.run((write) => keysOf(write.range('', '\xff')));
    await durable;
    expect(value).toEqual(['a']);
    expect(keysOf(transactions.committed.range('', '\xff'))).toEqual(['a']);
  });

  test('writers see what is on its way to the disk, readers do not', async () => {
    const transactions = new Transactions(made(make), () => undefined);
    const first = transactions.run((write) => write.put('a', bytes('1')));
    expect(transactions.committed.get('a')).toBeUndefined();
    const second = transactions.run((write) => {
      write.put('b', write.get('a') ?? bytes('missing'));
      write.remove('a');
      return keysOf(write.range('', '\xff'));
    });
    expect(second.value).toEqual(['b']);
    await Promise.all([first.durable, second.durable]);
    expect(Buffer.from(transactions.committed.get('b') ?? []).toString()).toBe('1');
    expect(transactions.committed.get('a')).toBeUndefined();
  });

  test('[S1] a snapshot stays as it was over many turns, while others are committed', async () => {
    const engine = made(make);
    const put = (key: string, value: string) => engine.commit([{ key, value: bytes(value) }]);
    await put('a', '1');
    await put('b', '1');
    const { get, range, release } = engine.snapshot();
    const reading = range('', '\xff')[Symbol.iterator]();
    expect(reading.next().value?.[0]).toBe('a');
    await put('a', '2');
    await put('aa', '2');
    await engine.commit([{ key: 'b', value: null }]);
    expect(Buffer.from(get('a') ?? []).toString()).toBe('1');
    expect(reading.next().value?.[0]).toBe('b');
    expect(keysOf(range('', '\xff'))).toEqual(['a', 'b']);
    expect(keysOf(engine.range('', '\xff'))).toEqual(['a', 'aa']);
    release();
  });

  test('[S8] the check of a collection sees one instant while writes go on, and finds what is wrong', async () => {
    const engine = made(make);
    const store = new Store(engine);
    const insert = (from: number, count: number): Promise<void> =>
      store.write((write) => {
        const known = write.collection('db', 'c');
        const collection = known ?? withIndex(write);
        for (let i = from; i < from + count; i++) insertRecord(write, collection, doc({ _id: int(i), n: int(i % 10) }));
      });
    await insert(0, 3000);
    const collection = store.read().collection('db', 'c');
    if (!collection) throw new Error('the collection is missing');
    let over = false;
    const inspecting = store.inspect(collection).finally(() => {
      over = true;
    });
    for (let i = 0; !over; i++) await insert(3000 + i, 1);
    const { records, entries, errors } = await inspecting;
    expect({ records, errors, entries: [...entries.values()] }).toEqual({
      records: 3000,
      errors: [],
      entries: [3000, 3000],
    });
    const prefix = indexPrefix(collection, collection.indexes[1] as Index);
    const [first = ''] = keysOf(engine.range(prefix, after(prefix)));
    await engine.commit([{ key: first, value: null }]);
    expect((await store.inspect(collection)).errors).toEqual([expect.stringMatching(/^index n_1 lacks 1 entries/)]);
    await engine.commit([{ key: `${first}x`, value: bytes('12345678') }]);
    await engine.commit([{ key: `${first}y`, value: bytes('12345678') }]);
    expect((await store.inspect(collection)).errors).toEqual([
      expect.stringMatching(/^index n_1 lacks 1 entries/),
      expect.stringMatching(/^index n_1 has 2 entries without their document/),
    ]);
  });

  test('trap 3: values longer than a key may be stay apart when only their ends differ, also in a unique index', async () => {
    const store = new Store(made(make));
    const long = 'x'.repeat(5000);
    const insert = (id: number, text: string): Promise<void> =>
      store.write((write) => {
        const collection = write.collection('db', 'c') ?? withIndex(write, 'text', true);
        insertRecord(write, collection, doc({ _id: int(id), text }));
      });
    await insert(1, `${long}a`);
    await insert(2, `${long}b`);
    await expect(insert(3, `${long}a`)).rejects.toMatchObject({ code: 11000 });
    const { view, collection } = store.read();
    const known = collection('db', 'c');
    if (!known) throw new Error('the collection is missing');
    const ids = (filter: Doc): unknown[] => find(view, known, { filter }).map(({ document }) => document.get('_id'));
    expect(ids(doc({ text: `${long}b` }))).toEqual([int(2)]);
    expect(ids(doc({ text: doc({ $gt: `${long}a` }) }))).toEqual([int(2)]);
    expect((await store.inspect(known)).errors).toEqual([]);
  });

  test('a dropped collection is emptied bit by bit, also after a restart in between', async () => {
    const engine = made(make);
    const store = new Store(engine);
    await store.write((write) => {
      const collection = newCollection(write.newId(), 'db', 'c', new Map());
      write.save(collection);
      for (let i = 0; i < 50; i++) insertRecord(write, collection, doc({ _id: int(i) }));
    });
    await store.write((write) => {
      const collection = write.collection('db', 'c');
      if (collection) write.drop(collection);
    });
    expect(store.read().collection('db', 'c')).toBeUndefined();
    // What a crash right after the drop would leave to the next start.
    const again = new Store(engine);
    await again.idle();
    await store.idle();
    expect(keysOf(engine.range('', '\xff'))).toEqual([]);
  });
});

describe('[S9] a compaction of the lmdb engine', () => {
  const keys = Array.from({ length: 300 }, (_, i) => `k${String(i).padStart(3, '0')}`);
  const nameOf = (key: string, version: number): string => `<${key}-${version}>`;
  /** Values of all lengths, up to some with pages of their own; longer or shorter in each version. */
  const contentOf = (key: string, version: number): Uint8Array =>
    bytes(
      nameOf(key, version).repeat(1 + ((Number(key.slice(1)) * 7 + version * 13) % (key.endsWith('5') ? 900 : 60))),
    );
  const fill = async (engine: Engine, version: number): Promise<void> => {
    for (let at = 0; at < keys.length; at += 20)
      await engine.commit(keys.slice(at, at + 20).map((key) => ({ key, value: contentOf(key, version) })));
  };
  const expectVersion = (engine: Pick<Engine, 'range'>, version: number): void => {
    const entries = [...engine.range('', '\xff')];
    expect(entries.map(([key]) => key)).toEqual(keys);
    for (const [key, value] of entries) expect(Buffer.from(value).equals(contentOf(key, version))).toBe(true);
  };

  test('waits for whoever still reads an earlier state, and says so to them', async () => {
    const engine = made(lmdb);
    await fill(engine, 1);
    const snapshot = engine.snapshot();
    await fill(engine, 2);
    const compacted = engine.compact(() => undefined);
    while (!snapshot.isUnwanted()) await new Promise((resolve) => setImmediate(resolve));
    expectVersion(snapshot, 1);
    expectVersion(engine, 2);
    const late = fill(engine, 3);
    snapshot.release();
    expect(await compacted).toBeGreaterThan(0);
    await late;
    expectVersion(engine, 3);
    const after = engine.snapshot();
    expect(after.isUnwanted()).toBe(false);
    after.release();
  });

  test('takes over what is written, replaced and removed during the copy', async () => {
    const engine = made(lmdb);
    await fill(engine, 1);
    let over = false;
    const compacted = engine
      .compact(() => undefined)
      .finally(() => {
        over = true;
      });
    let version = 1;
    while (!over) {
      await engine.commit([{ key: 'removed', value: bytes('x') }]);
      await fill(engine, ++version);
      await engine.commit([{ key: 'removed', value: null }]);
    }
    await compacted;
    expectVersion(engine, version);
    expect(version).toBeGreaterThan(2);
  });

  test('a copy has each value once: within its pages there is nothing besides', async () => {
    const engine = made(lmdb);
    const directory = directories.at(-1) ?? '';
    for (const version of [1, 2, 3]) await fill(engine, version);
    const occurrences = (file: string): number => {
      const text = readFileSync(join(directory, file)).toString('latin1');
      return keys.reduce((sum, key) => sum + text.split(nameOf(key, 3)).length - 1, 0);
    };
    const stored = keys.reduce((sum, key) => sum + contentOf(key, 3).length / nameOf(key, 3).length, 0);
    await engine.close();
    open.splice(open.indexOf(engine), 1);
    const data = openData(join(directory, 'data.mdb'));
    await data.copy(join(directory, 'raw.mdb'));
    await data.close();
    // LMDB leaves in the gaps of a page what was in its memory before, here other values once more.
    expect(occurrences('raw.mdb')).toBeGreaterThan(stored);
    await scrubCopy(join(directory, 'raw.mdb'));
    expect(occurrences('raw.mdb')).toBe(stored);
    const scrubbed = openData(join(directory, 'raw.mdb'));
    expectVersion(scrubbed, 3);
    await scrubbed.close();
  });

  test('a copy takes a first commit that replaces very much', async () => {
    const engine = made(lmdb);
    const directory = directories.at(-1) ?? '';
    const all = (text: string) =>
      Array.from({ length: 3000 }, (_, i) => ({ key: `k${i}`, value: bytes(text.repeat(3000)) }));
    for (const text of ['a', 'b', 'c']) await engine.commit(all(text));
    await engine.close();
    open.splice(open.indexOf(engine), 1);
    const data = openData(join(directory, 'data.mdb'));
    await data.copy(join(directory, 'copy.mdb'));
    await data.close();
    // Without a commit before it, LMDB ends the process here.
    const copy = openData(join(directory, 'copy.mdb'));
    await copy.commit(all('d'), 4);
    expect([...copy.range('', '\xff')].every(([, value]) => value[0] === 'd'.charCodeAt(0))).toBe(true);
    expect(copy.sequence()).toBe(4);
    await copy.close();
  });

  test('a file that is no copy is refused', async () => {
    const engine = made(lmdb);
    const file = join(directories.at(-1) ?? '', 'data.mdb');
    for (const version of [1, 2]) await fill(engine, version);
    await engine.close();
    open.splice(open.indexOf(engine), 1);
    await expect(scrubCopy(file)).rejects.toThrow(/the copy/);
  });
});

test('the sorted map behaves as a sorted list of keys', () => {
  const key = fc.string({ unit: fc.constantFrom('a', 'b', '\0', '\xff'), maxLength: 3 });
  fc.assert(
    fc.property(fc.array(fc.tuple(key, fc.boolean()), { maxLength: 300 }), key, key, (steps, gte, lt) => {
      const map = new SortedMap<number>();
      const plain = new Map<string, number>();
      steps.forEach(([name, put], i) => {
        if (put) {
          map.set(name, i);
          plain.set(name, i);
        } else {
          map.delete(name);
          plain.delete(name);
        }
      });
      const expected = [...plain].filter(([name]) => name >= gte && name < lt).sort(([a], [b]) => (a < b ? -1 : 1));
      expect([...map.range(gte, lt)]).toEqual(expected);
      expect([...map.range(gte, lt, true)]).toEqual([...expected].reverse());
      for (const [name] of steps) expect(map.get(name)).toBe(plain.get(name));
    }),
  );
});

test('a large sorted map keeps its order', () => {
  const map = new SortedMap<number>();
  for (let i = 0; i < 5000; i++) map.set(String((i * 7919) % 5000).padStart(4, '0'), i);
  expect(keysOf([...map.range('', ':')].map(([key]) => [key, bytes('')] as const))).toHaveLength(5000);
  expect([...map.range('1000', '1010')].map(([key]) => key)).toEqual([
    '1000',
    '1001',
    '1002',
    '1003',
    '1004',
    '1005',
    '1006',
    '1007',
    '1008',
    '1009',
  ]);
});

describe('when the disk is full', () => {
  /** An engine whose disk can be filled up and freed again. */
  function fillable(): { engine: Engine; disk: { full: boolean } } {
    const inner = made(lmdb);
    const disk = { full: false };
    const commit: Engine['commit'] = async (changes) => {
      await Promise.resolve();
      if (disk.full) throw new OutOfSpace(new Error('ENOSPC'));
      await inner.commit(changes);
    };
    return { engine: { ...inner, commit }, disk };
  }

  test('trap 2: writes are refused with 14031 and leave nothing, reads go on, and writes resume when there is space', async () => {
    const { engine, disk } = fillable();
    const store = new Store(engine);
    const insert = (id: number): Promise<void> =>
      store.write((write) => {
        const known = write.collection('db', 'c');
        const collection = known ?? newCollection(write.newId(), 'db', 'c', new Map());
        if (!known) write.save(collection);
        insertRecord(write, collection, doc({ _id: int(id) }));
      });
    const count = (): number => {
      const { view, collection } = store.read();
      const found = collection('db', 'c');
      return found ? [...scan(view, found)].length : 0;
    };
    disk.full = true;
    const failed = await Promise.allSettled([insert(1), insert(2)]);
    expect(failed.map((result) => result.status === 'rejected' && result.reason.code)).toEqual([14031, 14031]);
    expect(store.read().collection('db', 'c')).toBeUndefined();
    disk.full = false;
    await insert(1);
    disk.full = true;
    await expect(insert(2)).rejects.toMatchObject({ code: 14031 });
    expect(count()).toBe(1);
    disk.full = false;
    await insert(2);
    await insert(3);
    expect(count()).toBe(3);
  });
});
