import { randomBytes } from 'node:crypto';
import type { Collection } from 'mongodb';

/** A document of about 350 bytes. */
export type Entry = {
  _id: string;
  key: string;
  group: number;
  created: Date;
  amount: number;
  kind: string;
  tags: string[];
  title: string;
};

const GROUP = 100;
const START = Date.UTC(2026, 0, 1);

const idOf = (number: number): string => `id-${String((number * 7919) % 1_000_003).padStart(7, '0')}-${number}`;
const keyOf = (number: number): string => `key-${number}`;

export function entryOf(number: number, size: number): Entry {
  return {
    _id: idOf(number),
    key: keyOf(number),
    group: number % Math.max(1, Math.floor(size / GROUP)),
    created: new Date(START + ((number * 104_729) % size) * 1000),
    amount: number % 1000,
    kind: ['need', 'brief', 'study', 'note'][number % 4] as string,
    tags: [`t${number % 50}`, 'all'],
    title: 'The title of a document, as long as people write them. '.repeat(3),
  };
}

/** What one round of a measurement took: the time of each operation, and all of them together. */
export type Round = { ms: number[]; perSecond: number };

type Run = (entries: Collection<Entry>, size: number, round: number) => Promise<Round>;

let made = 0;
const fresh = (size: number): Entry => {
  const unique = `${process.pid}-${++made}-${randomBytes(4).toString('hex')}`;
  // Groups of their own, so that the ones that are looked up keep their size.
  return { ...entryOf(size + made, size), _id: unique, key: unique, group: -1 - Math.floor(made / GROUP) };
};

const anyOf = (size: number): number => Math.floor(Math.random() * size);

/** Runs an operation `count` times, `inFlight` at a time. `per` counts what one of them does. */
function timed(
  count: number,
  operation: (entries: Collection<Entry>, size: number) => Promise<unknown>,
  inFlight = 1,
  per = 1,
): Run {
  return async (entries, size) => {
    const ms: number[] = [];
    let left = count;
    const started = performance.now();
    await Promise.all(
      Array.from({ length: inFlight }, async () => {
        while (left-- > 0) {
          const began = performance.now();
          await operation(entries, size);
          ms.push(performance.now() - began);
        }
      }),
    );
    return { ms, perSecond: (count * per) / ((performance.now() - started) / 1000) };
  };
}

/** Fails when a query does not find what it is meant to find: a fast wrong answer is no result. */
async function expecting(count: number, found: Promise<readonly unknown[]>): Promise<void> {
  const { length } = await found;
  if (length < count) throw new Error(`${length} documents were found instead of ${count}`);
}

const group = (size: number): number => anyOf(Math.max(1, Math.floor(size / GROUP)));

export const MEASUREMENTS: readonly { readonly name: string; readonly unit: string; readonly run: Run }[] = [
  { name: 'insertOne, one after the other', unit: 'ops/s', run: timed(200, (e, size) => e.insertOne(fresh(size))) },
  { name: 'insertOne, 50 in flight', unit: 'ops/s', run: timed(2000, (e, size) => e.insertOne(fresh(size)), 50) },
  {
    name: 'insertMany of 1 000',
    unit: 'docs/s',
    run: timed(5, (e, size) => e.insertMany(Array.from({ length: 1000 }, () => fresh(size))), 1, 1000),
  },
  {
    name: 'findOne by _id',
    unit: 'ops/s',
    run: timed(1000, (e, size) => expecting(1, e.find({ _id: idOf(anyOf(size)) }).toArray())),
  },
  {
    name: 'findOne by unique index',
    unit: 'ops/s',
    run: timed(1000, (e, size) => expecting(1, e.find({ key: keyOf(anyOf(size)) }).toArray())),
  },
  {
    name: 'findOne by _id, 50 in flight',
    unit: 'ops/s',
    run: timed(3000, (e, size) => expecting(1, e.find({ _id: idOf(anyOf(size)) }).toArray()), 50),
  },
  {
    name: '20 of a group of 100 in index order',
    unit: 'ops/s',
    run: timed(500, (e, size) =>
      expecting(
        20,
        e
          .find({ group: group(size) })
          .sort({ created: -1 })
          .limit(20)
          .toArray(),
      ),
    ),
  },
  {
    name: 'a group of 100, sorted by no index, limit 20',
    unit: 'ops/s',
    run: timed(300, (e, size) =>
      expecting(
        20,
        e
          .find({ group: group(size) })
          .sort({ amount: 1, key: 1 })
          .limit(20)
          .toArray(),
      ),
    ),
  },
  {
    name: 'the newest 20 by index',
    unit: 'ops/s',
    run: timed(500, (e) => expecting(20, e.find().sort({ created: -1 }).limit(20).toArray())),
  },
  {
    name: 'count of a group of 100 by index',
    unit: 'ops/s',
    run: timed(500, async (e, size) => {
      if ((await e.countDocuments({ group: group(size) })) < GROUP) throw new Error('a group is too small');
    }),
  },
  {
    name: 'updateOne by _id, one after the other',
    unit: 'ops/s',
    run: timed(200, (e, size) => e.updateOne({ _id: idOf(anyOf(size)) }, { $inc: { amount: 1 } })),
  },
  {
    name: 'updateOne by _id, 50 in flight',
    unit: 'ops/s',
    run: timed(2000, (e, size) => e.updateOne({ _id: idOf(anyOf(size)) }, { $inc: { amount: 1 } }), 50),
  },
];
