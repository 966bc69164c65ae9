import { randomBytes } from 'node:crypto';
import type { Choice } from '@concert/domain/polls/api.ts';
import type { Collection, Db, IndexDescription } from 'mongodb';
import { together } from '../../platform/mongo/together.ts';

export const BALLOT_BOXES = 'ballot_boxes';

export const ballotIndexes: Readonly<Record<string, readonly IndexDescription[]>> = {
  [BALLOT_BOXES]: [{ key: { state: 1 } }, { key: { traces: 1 }, sparse: true }],
};

/** Like choices, counted: all that is left of the ballots once they are counted. */
export type CountedChoice = { readonly choice: Choice; readonly count: number };

/**
 * The box of a secret poll [M22]. Who has voted and what was chosen lie in two lists of one record, both sorted by what says
 * nothing (the seat's id; a random key), so that neither order nor time joins them, and one write adds to both.
 */
type BoxDoc = {
  _id: string;
  state: 'open' | 'closed' | 'counted';
  voters: string[];
  ballots: { k: string; c: Choice }[];
  counted?: CountedChoice[];
  /** Of a box that is counted: whether the disk may still hold what it was before. */
  traces?: boolean;
};

/** What a box holds. */
export type Box = {
  readonly state: BoxDoc['state'];
  readonly voters: readonly string[];
  readonly choices: readonly Choice[];
};

const toBox = ({ state, voters, ballots, counted = [] }: BoxDoc): Box => ({
  state,
  voters,
  choices:
    state === 'counted'
      ? counted.flatMap(({ choice, count }) => Array.from({ length: count }, () => choice))
      : ballots.map(({ c }) => c),
});

/** Like choices together, in an order that is theirs alone. */
export function gathered(choices: readonly Choice[]): readonly CountedChoice[] {
  const counts = new Map<string, CountedChoice>();
  for (const choice of choices) {
    const key = JSON.stringify(choice);
    counts.set(key, { choice, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  return [...counts].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, counted]) => counted);
}

/** Boxes of secret polls, by the id of their poll. */
export function ballotStore(db: Db) {
  const collection: Collection<BoxDoc> = db.collection(BALLOT_BOXES);
  const votersOf = together(async (ids) => {
    const docs = await collection.find({ _id: { $in: [...ids] } }, { projection: { voters: 1 } }).toArray();
    return new Map(docs.map(({ _id, voters }) => [_id, voters]));
  });
  return {
    /** Puts up an empty box. Harmless to repeat. */
    put: async (pollId: string): Promise<void> => {
      await collection.updateOne(
        { _id: { $eq: pollId } },
        { $setOnInsert: { state: 'open', voters: [], ballots: [] } },
        { upsert: true },
      );
    },
    /** [M21] [M22] Takes the ballot of a seat; false when the seat has voted, or the box is closed. */
    cast: async (pollId: string, seatId: string, choice: Choice): Promise<boolean> => {
      const { modifiedCount } = await collection.updateOne(
        { _id: { $eq: pollId }, state: { $eq: 'open' }, voters: { $ne: seatId } },
        {
          $push: {
            voters: { $each: [seatId], $sort: 1 },
            ballots: { $each: [{ k: randomBytes(16).toString('hex'), c: choice }], $sort: { k: 1 } },
          },
        },
      );
      return modifiedCount === 1;
    },
    /** Which seats have voted, in an order that says nothing. */
    voters: async (pollId: string): Promise<readonly string[]> => (await votersOf(pollId)) ?? [],
    /** Whether the box is there and takes nothing any more. */
    isShut: async (pollId: string): Promise<boolean> => {
      const doc = await collection.findOne({ _id: { $eq: pollId } }, { projection: { state: 1 } });
      return doc !== null && doc.state !== 'open';
    },
    /** Closes the box, after which it takes nothing, and answers what it holds. Harmless to repeat. */
    close: async (pollId: string): Promise<Box> => {
      await collection.updateOne({ _id: { $eq: pollId }, state: { $eq: 'open' } }, { $set: { state: 'closed' } });
      const doc = await collection.findOne({ _id: { $eq: pollId } });
      return doc === null ? { state: 'counted', voters: [], choices: [] } : toBox(doc);
    },
    /** [M22] Leaves nothing in the box but how often each choice was made. Harmless to repeat. */
    keepCounts: async (pollId: string, counted: readonly CountedChoice[]): Promise<void> => {
      await collection.replaceOne(
        { _id: { $eq: pollId }, state: { $in: ['closed', 'open'] } },
        { state: 'counted', voters: [], ballots: [], counted: [...counted], traces: true },
      );
    },
    /** Boxes of which the disk may still hold what they were. */
    traced: async (): Promise<readonly string[]> =>
      (await collection.find({ traces: { $eq: true } }, { projection: { _id: 1 } }).toArray()).map(({ _id }) => _id),
    /** Says that it holds nothing of these any more. */
    traceless: async (pollIds: readonly string[]): Promise<void> => {
      await collection.updateMany({ _id: { $in: [...pollIds] }, traces: { $eq: true } }, { $unset: { traces: true } });
    },
    /** Boxes that were closed and not yet reduced to their counts. */
    uncounted: async (): Promise<readonly string[]> =>
      (await collection.find({ state: { $eq: 'closed' } }, { projection: { _id: 1 } }).toArray()).map(({ _id }) => _id),
  };
}
export type BallotStore = ReturnType<typeof ballotStore>;
