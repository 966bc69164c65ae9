import { Problem } from '@concert/contract';
import type { DecisionState } from '@concert/domain/decisions/api.ts';
import { isInForce } from '@concert/domain/decisions/states.ts';
import type { Collection, Db, Filter, IndexDescription } from 'mongodb';
import type { DomainEvent } from '../platform/events.ts';
import { behind, type DatedPlace } from '../platform/http/cursor.ts';
import { isDuplicate } from '../platform/mongo/errors.ts';
import { OUTBOX_INDEX } from '../platform/outbox/outbox.ts';
import type { DecisionRecord } from './records.ts';

export const DECISIONS = 'decisions';

type DecisionDoc = Omit<DecisionRecord, 'id'> & { _id: string; outbox: readonly DomainEvent[] };

/** What a change replaces (undefined: takes away), and the facts it makes known. */
export type DecisionChange = {
  readonly [Key in keyof Omit<DecisionRecord, 'id' | 'rev' | 'bodyId' | 'createdBy' | 'createdAt'>]?:
    | DecisionRecord[Key]
    | undefined;
} & { readonly events?: readonly DomainEvent[] };

export const decisionIndexes: Readonly<Record<string, readonly IndexDescription[]>> = {
  [DECISIONS]: [
    { key: { place: 1 }, unique: true },
    { key: { replaces: 1 }, unique: true },
    { key: { bodyId: 1, year: 1, seq: -1 } },
    { key: { bodyId: 1, sortAt: -1, _id: -1 } },
    { key: { published: 1, sortAt: -1, _id: -1 } },
    { key: { 'vote.pollId': 1 }, sparse: true },
    { key: { 'meeting.id': 1 }, sparse: true },
    { key: { reviewOn: 1 }, sparse: true },
    OUTBOX_INDEX,
  ],
};

/** Drafts come before everything that was adopted. */
export const DRAFTS_AT = new Date('9999-12-31T00:00:00.000Z');

/** Tries of one change against those of others before it is given up. */
const MAX_TRIES = 100;

const toRecord = ({ _id, outbox: _, ...rest }: DecisionDoc): DecisionRecord => ({ id: _id, ...rest });

/** Which decisions may be listed: it comes from the rules, never from a request. */
export type Listed = {
  /** Bodies of which drafts are seen too. */
  readonly allOf: readonly string[];
  /** Bodies of which what was adopted is seen, at any time or in a time. */
  readonly adoptedOf: readonly { readonly bodyId: string; readonly from?: Date; readonly until?: Date | undefined }[];
  /** Whether what is published is seen of every body. */
  readonly published: boolean;
};

export type Wanted = {
  readonly bodyId?: string | undefined;
  readonly year?: number | undefined;
  readonly state?: DecisionState | undefined;
};

function listedFilter({ allOf, adoptedOf, published }: Listed, { bodyId, year, state }: Wanted): Filter<DecisionDoc> {
  const always = adoptedOf.filter(({ from }) => from === undefined).map((one) => one.bodyId);
  const then = adoptedOf.flatMap(({ bodyId: id, from, until }) =>
    from === undefined
      ? []
      : [{ bodyId: id, state: { $ne: 'draft' }, decidedAt: { $gte: from, ...(until ? { $lt: until } : {}) } }],
  );
  const seen = [
    { bodyId: { $in: [...allOf] } },
    { bodyId: { $in: always }, state: { $ne: 'draft' } },
    ...then,
    ...(published ? [{ published: true }] : []),
  ];
  return {
    $and: [
      { $or: seen },
      bodyId === undefined ? {} : { bodyId: { $eq: bodyId } },
      year === undefined ? {} : { year: { $eq: year } },
      state === undefined ? {} : { state: { $eq: state } },
    ],
  } as Filter<DecisionDoc>;
}

/** Changes decisions, each judged on the state that it replaces. */
function changing(collection: Collection<DecisionDoc>) {
  const turns = new Map<string, Promise<unknown>>();
  /** Changes that concern the same thing wait for each other here, instead of trying against each other. */
  const inTurn = <T>(key: string, work: () => Promise<T>): Promise<T> => {
    const turn = (turns.get(key) ?? Promise.resolve()).then(work, work);
    turns.set(key, turn);
    const forget = (): void => {
      if (turns.get(key) === turn) turns.delete(key);
    };
    turn.then(forget, forget);
    return turn;
  };
  /** Null when somebody else has written meanwhile, or has taken the number. */
  const write = async ({ _id, rev }: DecisionDoc, { events = [], ...fields }: DecisionChange) => {
    const set = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
    const gone = Object.keys(fields).filter((key) => !(key in set));
    try {
      return await collection.findOneAndUpdate(
        { _id: { $eq: _id }, rev: { $eq: rev } },
        {
          $inc: { rev: 1 },
          $push: { outbox: { $each: [...events] } },
          ...(Object.keys(set).length === 0 ? {} : { $set: set }),
          ...(gone.length === 0 ? {} : { $unset: Object.fromEntries(gone.map((key) => [key, true])) }),
        } as object,
        { returnDocument: 'after' },
      );
    } catch (error) {
      if (isDuplicate(error)) return null;
      throw error;
    }
  };
  /**
   * Reads, lets `decide` judge and change, and writes only if nobody else has written meanwhile; otherwise decides again on
   * the newer state. What `decide` throws ends it.
   */
  const change = async (
    id: string,
    decide: (decision: DecisionRecord) => DecisionChange | Promise<DecisionChange>,
  ): Promise<DecisionRecord> => {
    for (let tries = 1; tries <= MAX_TRIES; tries += 1) {
      const doc = await collection.findOne({ _id: { $eq: id } });
      if (doc === null) throw new Problem('NOT_FOUND', 'not-found');
      const written = await write(doc, await decide(toRecord(doc)));
      if (written !== null) return toRecord(written);
    }
    throw new Problem('SERVICE_UNAVAILABLE', 'too-busy');
  };
  return { change, inTurn };
}

/** Decisions in the collection `decisions`. */
export function decisionStore(db: Db) {
  const collection: Collection<DecisionDoc> = db.collection(DECISIONS);
  const { change, inTurn } = changing(collection);
  return {
    get: async (id: string): Promise<DecisionRecord | null> => {
      const doc = await collection.findOne({ _id: { $eq: id } });
      return doc === null ? null : toRecord(doc);
    },
    getAll: async (ids: readonly string[]): Promise<readonly DecisionRecord[]> =>
      ids.length === 0 ? [] : (await collection.find({ _id: { $in: [...ids] } }).toArray()).map(toRecord),
    insert: async ({ id, ...rest }: DecisionRecord, events: readonly DomainEvent[]): Promise<void> => {
      await collection.insertOne({ _id: id, ...rest, outbox: events });
    },
    removeDraft: async (id: string): Promise<boolean> =>
      (await collection.deleteOne({ _id: { $eq: id }, state: { $eq: 'draft' } })).deletedCount === 1,
    ofBody: async (bodyId: string): Promise<boolean> =>
      (await collection.findOne({ bodyId: { $eq: bodyId } }, { projection: { _id: 1 } })) !== null,
    /** What a meeting has decided, in the order of its numbers; drafts among it. */
    ofMeeting: async (meetingId: string): Promise<readonly DecisionRecord[]> =>
      (await collection.find({ 'meeting.id': { $eq: meetingId } } as Filter<DecisionDoc>).toArray())
        .map(toRecord)
        .toSorted((one, other) => one.year - other.year || (one.seq ?? 0) - (other.seq ?? 0)),
    /** All there are, with the revision of each. */
    revisions: async function* (): AsyncIterable<{ id: string; revision: string }> {
      const all = collection.find({ bodyId: { $gt: '' } }, { projection: { rev: 1 } });
      for await (const { _id, rev } of all) yield { id: _id, revision: String(rev) };
    },
    /** [R3] What rests on a poll and holds. */
    restingOn: async (pollId: string): Promise<readonly DecisionRecord[]> =>
      (await collection.find({ 'vote.pollId': { $eq: pollId } } as Filter<DecisionDoc>).toArray())
        .map(toRecord)
        .filter(({ state }) => isInForce(state)),
    /** [R7] The decision that supersedes another, if one was adopted. */
    replacing: async (id: string): Promise<DecisionRecord | null> => {
      const doc = await collection.findOne({ replaces: { $eq: id } });
      return doc === null ? null : toRecord(doc);
    },
    /** [R11] What holds, is to be reviewed, and nobody was reminded of. */
    toReview: async (today: string): Promise<readonly DecisionRecord[]> =>
      (await collection.find({ reviewOn: { $lte: today } }).toArray())
        .map(toRecord)
        .filter(({ state, remindedAt }) => isInForce(state) && remindedAt === undefined),
    reminded: async (id: string, at: Date): Promise<void> => {
      await collection.updateOne({ _id: { $eq: id } }, { $set: { remindedAt: at } });
    },
    change: (
      id: string,
      decide: (decision: DecisionRecord) => DecisionChange | Promise<DecisionChange>,
    ): Promise<DecisionRecord> => inTurn(id, () => change(id, decide)),
    /**
     * [R4] The same with the next number of the body's year: it is taken by the write that adopts, which a unique index
     * lets only one do. So there is neither a hole nor a number twice, whatever ends in the middle.
     */
    adopt: (
      { id, bodyId, year }: Pick<DecisionRecord, 'id' | 'bodyId' | 'year'>,
      decide: (decision: DecisionRecord, seq: number) => DecisionChange | Promise<DecisionChange>,
    ): Promise<DecisionRecord> =>
      inTurn(`${bodyId}:${year}`, () =>
        change(id, async (decision) => {
          const [last] = await collection
            .find({ bodyId: { $eq: bodyId }, year: { $eq: year }, seq: { $gt: 0 } })
            .sort({ seq: -1 })
            .limit(1)
            .toArray();
          const seq = (last?.seq ?? 0) + 1;
          const { supersedes } = decision;
          return {
            ...(await decide(decision, seq)),
            ...{ seq, place: `${bodyId}:${year}:${seq}` },
            ...(supersedes === undefined ? {} : { replaces: supersedes }),
          };
        }),
      ),
    /** One more than `limit` when there are more. */
    list: async (
      listed: Listed,
      wanted: Wanted,
      { after, limit }: { after?: DatedPlace | undefined; limit: number },
    ): Promise<readonly DecisionRecord[]> => {
      const filter = { $and: [listedFilter(listed, wanted), behind('sortAt', after)] } as Filter<DecisionDoc>;
      const found = collection
        .find(filter)
        .sort({ sortAt: -1, _id: -1 })
        .limit(limit + 1);
      return (await found.toArray()).map(toRecord);
    },
    /** The years of which something may be listed, the last first. */
    years: async (listed: Listed, wanted: Wanted): Promise<number[]> => {
      const years: unknown[] = await collection.distinct('year', listedFilter(listed, { bodyId: wanted.bodyId }));
      return years.filter((year) => typeof year === 'number').toSorted((one, other) => other - one);
    },
  };
}
export type DecisionStore = ReturnType<typeof decisionStore>;
