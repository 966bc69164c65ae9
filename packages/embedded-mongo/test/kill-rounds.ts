import { setTimeout as wait } from 'node:timers/promises';
import { type Collection, MongoClient, type MongoServerError } from 'mongodb';
import { type EmbeddedMongo, startEmbeddedMongo } from '../src/index.ts';
import { kill } from './kill.ts';

type Thing = {
  _id: string;
  slot: number;
  n: number;
  tags: string[];
  at: Date;
};

/** What is known of one document: the last acknowledged number, the one asked for without an answer, whether it may be gone. */
type Known = { n: number; asked: number | undefined; removal: 'no' | 'asked' | 'acknowledged' };

export type Tally = { rounds: number; acknowledged: number; lost: string[]; mismatches: string[] };

/** Numbers from a seed (mulberry32), so that a run can be told again. */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const WRITERS = 8;
const SLOTS = 40;
/** The driver (7.9), closed just after its server was killed, now and then waits for ever to end its sessions there. */
const CLOSING_MS = 2_000;
/** Of one step of a round. */
const LONGEST_MS = 60_000;

/**
 * Kills the database at a random moment of each round while writers insert, change and remove documents, starts it
 * again and looks: every acknowledged write must be there, every index must agree with the documents, no value of the
 * unique index may be there twice.
 * @param goOn asked before each round
 */
export async function killRounds(dataDir: string, seed: number, goOn: (rounds: number) => boolean): Promise<Tally> {
  const next = random(seed);
  const known = new Map<string, Known>();
  const tally: Tally = { rounds: 0, acknowledged: 0, lost: [], mismatches: [] };
  for (; goOn(tally.rounds); tally.rounds++) {
    const round = `round ${tally.rounds} of seed ${seed}`;
    const server = await within(`the start of ${round}`, startEmbeddedMongo({ dataDir }));
    await within(`looking in ${round}`, look(server, known, tally));
    await within(`writing in ${round}`, writeUntilKilled(server, tally.rounds, next, known, tally));
  }
  const last = await within(`the last start of seed ${seed}`, startEmbeddedMongo({ dataDir }));
  await within(`looking for the last time after seed ${seed}`, look(last, known, tally));
  await last.stop();
  return tally;
}

/** Names what does not end. */
async function within<T>(what: string, work: Promise<T>): Promise<T> {
  const timer = new AbortController();
  const late = wait(LONGEST_MS, undefined, { signal: timer.signal }).then(() => {
    throw new Error(`${what} took longer than ${LONGEST_MS} ms`);
  });
  late.catch(() => undefined); // it is stopped when the work ends
  try {
    return await Promise.race([work, late]);
  } finally {
    timer.abort();
  }
}

const things = (client: MongoClient): Collection<Thing> => client.db('kills').collection<Thing>('things');

async function writeUntilKilled(
  server: EmbeddedMongo,
  round: number,
  next: () => number,
  known: Map<string, Known>,
  tally: Tally,
): Promise<void> {
  const client = new MongoClient(server.url);
  const collection = things(client);
  await collection.createIndexes([
    { key: { slot: 1 }, unique: true, sparse: true },
    { key: { tags: 1, n: -1 } },
    { key: { n: 1, at: 1 } },
    { key: { at: 1 }, expireAfterSeconds: 3600 },
  ]);
  const after = 5 + Math.floor(next() * 400);
  let writes = 0;
  let over = false;
  const writers = Array.from({ length: WRITERS }, async (_, writer) => {
    for (let i = 0; !over; i++) {
      const id = `${round}-${writer}-${i}`;
      const done = await step(collection, id, next, known).catch(() => false);
      if (!done) return;
      tally.acknowledged++;
      if (++writes === after) {
        over = true;
        await kill(server);
        // Ends what the other writers still wait for: nobody will answer.
        await Promise.race([client.close(), wait(CLOSING_MS)]);
      }
    }
  });
  await Promise.all(writers);
  if (!over) throw new Error(`every writer of round ${round} was refused before the kill`);
}

/** One write; resolves to true once it is acknowledged. What was asked for is noted before. */
async function step(
  collection: Collection<Thing>,
  id: string,
  next: () => number,
  known: Map<string, Known>,
): Promise<boolean> {
  const ids = [...known.keys()];
  const chosen = ids[Math.floor(next() * ids.length)];
  const what = next();
  const entry = chosen === undefined ? undefined : known.get(chosen);
  if (chosen === undefined || !entry || entry.removal !== 'no' || entry.asked !== undefined || what < 0.5) {
    const created: Known = { n: -1, asked: 0, removal: 'no' };
    known.set(id, created);
    const slot = next() < 0.3 ? { slot: Math.floor(next() * SLOTS) } : {};
    const document = {
      _id: id,
      n: 0,
      tags: [`w${id.length}`, 'all', `t${Math.floor(next() * 9)}`],
      at: new Date(),
      ...slot,
    };
    try {
      await collection.insertOne(document as Thing);
    } catch (error) {
      // The slot is taken: the document must not be there, which is as good an answer.
      if ((error as MongoServerError).code !== 11000) throw error;
      known.delete(id);
      return true;
    }
    acknowledged(created, 0);
    return true;
  }
  if (what < 0.85) {
    const n = entry.n + 1;
    entry.asked = n;
    await collection.updateOne({ _id: chosen }, { $set: { n, at: new Date() }, $push: { tags: `n${n}` } });
    acknowledged(entry, n);
    return true;
  }
  entry.removal = 'asked';
  await collection.deleteOne({ _id: chosen });
  entry.removal = 'acknowledged';
  return true;
}

function acknowledged(entry: Known, n: number): void {
  entry.n = n;
  entry.asked = undefined;
}

/** Compares what is there with what is known, and takes over what was asked for without an answer. */
async function look(server: EmbeddedMongo, known: Map<string, Known>, tally: Tally): Promise<void> {
  const client = new MongoClient(server.url);
  const found = new Map((await things(client).find().toArray()).map((thing) => [thing._id, thing]));
  for (const [id, entry] of known) {
    const thing = found.get(id);
    if (!isAllowed(entry, thing?.n))
      tally.lost.push(`${id}: ${JSON.stringify(entry)}, there is ${JSON.stringify(thing)}`);
    if (!thing) known.delete(id);
    else known.set(id, { n: thing.n, asked: undefined, removal: 'no' });
  }
  const slots = [...found.values()].flatMap(({ slot }) => (slot === undefined ? [] : [slot]));
  if (new Set(slots).size !== slots.length) tally.mismatches.push('a value of the unique index is there twice');
  for (const id of found.keys()) if (!known.has(id)) tally.mismatches.push(`${id} is there and was never written`);
  if (tally.rounds > 0) {
    const { valid, errors } = await client.db('kills').command({ validate: 'things', full: true });
    if (!valid) tally.mismatches.push(...errors);
  }
  await client.close();
}

/** Whether a document with this number, or its absence, is what was acknowledged or asked for last. */
function isAllowed(entry: Known, n: number | undefined): boolean {
  if (n === undefined) return entry.removal !== 'no' || entry.n === -1;
  if (entry.removal === 'acknowledged') return false;
  return n === entry.n || n === entry.asked;
}
