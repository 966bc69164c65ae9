import { Problem } from '@concert/contract';
import type { Collection, Db, Filter, IndexDescription, UpdateFilter } from 'mongodb';
import type { DomainEvent } from '../../platform/events.ts';
import { together } from '../../platform/mongo/together.ts';
import { OUTBOX_INDEX } from '../../platform/outbox/outbox.ts';
import type { NamedBallotRecord, PollRecord } from './records.ts';

export const POLLS = 'polls';

type PollDoc = Omit<PollRecord, 'id'> & { _id: string; outbox?: readonly DomainEvent[] };

export const pollIndexes: Readonly<Record<string, readonly IndexDescription[]>> = {
  [POLLS]: [{ key: { meetingId: 1, createdAt: 1 } }, { key: { state: 1, closesAt: 1 } }, OUTBOX_INDEX],
};

const toRecord = ({ _id, outbox: _, ...rest }: PollDoc): PollRecord => ({ id: _id, ...rest });

/** What a change of a poll replaces, and the facts it makes known. */
export type PollChange = Partial<
  Omit<PollRecord, 'id' | 'rev' | 'ballots' | 'meetingId' | 'createdBy' | 'createdAt'>
> & { readonly events?: readonly DomainEvent[] };

/** Polls in the collection `polls`. */
export function pollStore(db: Db) {
  const collection: Collection<PollDoc> = db.collection(POLLS);
  // Sixty people who hear that a poll has changed read it in the same moment.
  const oneOf = together(async (ids) => {
    const docs = await collection.find({ _id: { $in: [...ids] } }).toArray();
    return new Map(docs.map((doc) => [doc._id, toRecord(doc)]));
  });
  const allOf = together(async (meetingIds) => {
    const filter = { meetingId: { $in: [...meetingIds] } };
    const docs = await collection.find(filter).sort({ createdAt: 1, _id: 1 }).toArray();
    const polls = new Map<string, PollRecord[]>(meetingIds.map((id) => [id, []]));
    for (const doc of docs) polls.get(doc.meetingId)?.push(toRecord(doc));
    return polls;
  });
  const update = async (
    filter: Filter<PollDoc>,
    { events = [], ...fields }: PollChange,
  ): Promise<PollRecord | null> => {
    const told = events.length === 0 ? {} : { $push: { outbox: { $each: [...events] } } };
    const change = { $set: fields, $inc: { rev: 1 }, ...told } as UpdateFilter<PollDoc>;
    const doc = await collection.findOneAndUpdate(filter, change, { returnDocument: 'after' });
    return doc === null ? null : toRecord(doc);
  };
  return {
    get: async (id: string): Promise<PollRecord | null> => (await oneOf(id)) ?? null,
    /** In the order in which they were prepared. */
    ofMeeting: async (meetingId: string): Promise<readonly PollRecord[]> => (await allOf(meetingId)) ?? [],
    getAll: async (ids: readonly string[]): Promise<readonly PollRecord[]> =>
      ids.length === 0 ? [] : (await collection.find({ _id: { $in: [...ids] } }).toArray()).map(toRecord),
    /** [M6] Items of a meeting for which a motion was adopted by two thirds at least, and made known. */
    itemsAdopted: async (meetingId: string): Promise<ReadonlySet<string>> => {
      const found = await collection
        .find({ meetingId: { $eq: meetingId }, state: { $eq: 'published' }, 'result.outcome': { $eq: 'adopted' } })
        .toArray();
      const weighty = found.filter(({ majority: { num, den } }) => num * 3 >= den * 2);
      return new Set(weighty.map(({ itemId }) => itemId));
    },
    insert: async ({ id, ...rest }: PollRecord): Promise<void> => {
      await collection.insertOne({ _id: id, ...rest });
    },
    removeDraft: async (id: string): Promise<boolean> =>
      (await collection.deleteOne({ _id: { $eq: id }, state: { $eq: 'draft' } })).deletedCount === 1,
    /** Changes a poll in one of these states; null when it is in none of them (any more). */
    change: (id: string, states: readonly PollRecord['state'][], fields: PollChange): Promise<PollRecord | null> =>
      update({ _id: { $eq: id }, state: { $in: [...states] } }, fields),
    /** The same of a poll that has not changed since it was read, whatever else has. */
    changeUnchanged: ({ id, rev, state }: PollRecord, fields: PollChange): Promise<PollRecord | null> =>
      update({ _id: { $eq: id }, state: { $eq: state }, rev: { $eq: rev } }, fields),
    /** The same of a poll that is counted: a result that is not there yet must not be made known, nor annulled. */
    changeCounted: (
      id: string,
      states: readonly PollRecord['state'][],
      fields: PollChange,
    ): Promise<PollRecord | null> =>
      update({ _id: { $eq: id }, state: { $in: [...states] }, result: { $exists: true } } as Filter<PollDoc>, fields),
    /** Settles a tie once: of two who do it in the same moment the first has done it. */
    settle: (id: string, fields: PollChange): Promise<PollRecord | null> =>
      update(
        { _id: { $eq: id }, state: { $eq: 'closed' }, castingVote: { $exists: false } } as Filter<PollDoc>,
        fields,
      ),
    /** Polls whose time has come. */
    due: async (now: Date): Promise<readonly PollRecord[]> =>
      (await collection.find({ state: { $eq: 'open' }, closesAt: { $lte: now } }).toArray()).map(toRecord),
    /**
     * [M21] Takes a named ballot of a seat that has not voted yet, while the poll is open.
     * @returns the poll with it; null when there is one already, or the poll is not open
     */
    cast: async (id: string, seatId: string, ballot: NamedBallotRecord, now: Date): Promise<PollRecord | null> => {
      if (!/^[A-Za-z0-9_-]+$/.test(seatId)) throw new Problem('FORBIDDEN', 'not-your-seat');
      const doc = await collection.findOneAndUpdate(
        {
          _id: { $eq: id },
          state: { $eq: 'open' },
          [`ballots.${seatId}`]: { $exists: false },
          $or: [{ closesAt: { $exists: false } }, { closesAt: { $gt: now } }],
        } as Filter<PollDoc>,
        { $set: { [`ballots.${seatId}`]: ballot }, $inc: { rev: 1 } } as unknown as UpdateFilter<PollDoc>,
        { returnDocument: 'after' },
      );
      return doc === null ? null : toRecord(doc);
    },
    /** Polls that are open, or were being closed when a server ended. */
    unfinished: async (): Promise<readonly PollRecord[]> => {
      const found = collection.find({
        $or: [{ state: 'open' }, { state: 'closed', result: { $exists: false } }],
      } as Filter<PollDoc>);
      return (await found.toArray()).map(toRecord);
    },
  };
}
export type PollStore = ReturnType<typeof pollStore>;
