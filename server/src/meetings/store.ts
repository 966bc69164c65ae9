import { Problem } from '@concert/contract';
import type { Collection, Db, Filter, IndexDescription } from 'mongodb';
import type { DomainEvent } from '../platform/events.ts';
import { OUTBOX_INDEX } from '../platform/outbox/outbox.ts';
import type { MeetingRecord } from './records.ts';

export const MEETINGS = 'meetings';

type MeetingDoc = Omit<MeetingRecord, 'id'> & { _id: string; outbox: readonly DomainEvent[] };

/** What a change replaces (undefined: takes away), and the facts it makes known. */
export type MeetingChange = {
  readonly [Key in keyof Omit<MeetingRecord, 'id' | 'rev' | 'bodyId' | 'createdBy' | 'createdAt'>]?:
    | MeetingRecord[Key]
    | undefined;
} & { readonly events?: readonly DomainEvent[] };

export const meetingIndexes: Readonly<Record<string, readonly IndexDescription[]>> = {
  [MEETINGS]: [
    { key: { bodyId: 1, sortAt: 1, _id: 1 } },
    { key: { sortAt: 1, _id: 1 } },
    { key: { guestIds: 1 } },
    { key: { openPollIds: 1 } },
    OUTBOX_INDEX,
  ],
};

/** Tries of one change against those of other instances before it is given up. */
const MAX_TRIES = 50;

const toRecord = ({ _id, outbox: _, ...rest }: MeetingDoc): MeetingRecord => ({ id: _id, ...rest });

/** The place of a meeting in a list. */
export type MeetingPlace = { readonly at: Date; readonly id: string };

/** Which meetings may be listed: it comes from the rules, never from a request. */
export type Listed = {
  /** Bodies whose drafts are seen too, and bodies of which only what is convened is. */
  readonly allOf: readonly string[];
  readonly convenedOf: readonly string[];
  readonly guestId: string;
};

function listedFilter({ allOf, convenedOf, guestId }: Listed, bodyId: string | undefined): Filter<MeetingDoc> {
  const of = (ids: readonly string[]) => ids.filter((id) => bodyId === undefined || id === bodyId);
  return {
    $or: [
      { bodyId: { $in: of(allOf) } },
      { bodyId: { $in: of(convenedOf) }, state: { $ne: 'draft' } },
      {
        guestIds: { $eq: guestId },
        state: { $ne: 'draft' },
        ...(bodyId === undefined ? {} : { bodyId: { $eq: bodyId } }),
      },
    ],
  };
}

const COMING = { state: { $in: ['draft', 'convened', 'in-session', 'suspended', 'postponed'] } } as const;
const PAST = { state: { $in: ['ended', 'cancelled'] } } as const;

/** Meetings in the collection `meetings`. */
export function meetingStore(db: Db) {
  const collection: Collection<MeetingDoc> = db.collection(MEETINGS);
  const turns = new Map<string, Promise<unknown>>();
  /** Changes of one meeting wait for each other here: sixty people who raise their hands at once would else try in vain. */
  const inTurn = <T>(id: string, work: () => Promise<T>): Promise<T> => {
    const turn = (turns.get(id) ?? Promise.resolve()).then(work, work);
    turns.set(id, turn);
    const forget = (): void => {
      if (turns.get(id) === turn) turns.delete(id);
    };
    turn.then(forget, forget);
    return turn;
  };
  const tryChange = async (
    id: string,
    decide: (meeting: MeetingRecord) => MeetingChange | Promise<MeetingChange>,
  ): Promise<MeetingRecord> => {
    for (let tries = 1; tries <= MAX_TRIES; tries += 1) {
      const doc = await collection.findOne({ _id: { $eq: id } });
      if (doc === null) throw new Problem('NOT_FOUND', 'not-found');
      const { events = [], ...fields } = await decide(toRecord(doc));
      const set = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
      const gone = Object.keys(fields).filter((key) => !(key in set));
      const written = await collection.findOneAndUpdate(
        { _id: { $eq: id }, rev: { $eq: doc.rev } },
        {
          $inc: { rev: 1 },
          $push: { outbox: { $each: [...events] } },
          ...(Object.keys(set).length === 0 ? {} : { $set: set }),
          ...(gone.length === 0 ? {} : { $unset: Object.fromEntries(gone.map((key) => [key, true])) }),
        } as object,
        { returnDocument: 'after' },
      );
      if (written !== null) return toRecord(written);
    }
    throw new Problem('SERVICE_UNAVAILABLE', 'too-busy');
  };
  return {
    get: async (id: string): Promise<MeetingRecord | null> => {
      const doc = await collection.findOne({ _id: { $eq: id } });
      return doc === null ? null : toRecord(doc);
    },
    getAll: async (ids: readonly string[]): Promise<readonly MeetingRecord[]> =>
      ids.length === 0 ? [] : (await collection.find({ _id: { $in: [...ids] } }).toArray()).map(toRecord),
    insert: async ({ id, ...rest }: MeetingRecord): Promise<void> => {
      await collection.insertOne({ _id: id, ...rest, outbox: [] });
    },
    removeDraft: async (id: string): Promise<boolean> =>
      (await collection.deleteOne({ _id: { $eq: id }, state: { $eq: 'draft' } })).deletedCount === 1,
    ofBody: async (bodyId: string): Promise<boolean> =>
      (await collection.findOne({ bodyId: { $eq: bodyId } }, { projection: { _id: 1 } })) !== null,
    /** Meetings that wait for a poll to be closed. */
    withOpenPolls: async (): Promise<readonly MeetingRecord[]> =>
      (await collection.find({ openPollIds: { $gt: '' } } as Filter<MeetingDoc>).toArray()).map(toRecord),
    /** One more than `limit` when there are more: coming ones the next first, past ones the last first. */
    list: async (
      listed: Listed,
      query: { bodyId?: string | undefined; past: boolean; after?: MeetingPlace | undefined; limit: number },
    ): Promise<readonly MeetingRecord[]> => {
      const { bodyId, past, after, limit } = query;
      const [operator, direction] = past ? (['$lt', -1] as const) : (['$gt', 1] as const);
      const behind =
        after === undefined
          ? {}
          : { $or: [{ sortAt: { [operator]: after.at } }, { sortAt: after.at, _id: { [operator]: after.id } }] };
      const filter = { $and: [listedFilter(listed, bodyId), past ? PAST : COMING, behind] } as Filter<MeetingDoc>;
      const found = collection
        .find(filter)
        .sort({ sortAt: direction, _id: direction })
        .limit(limit + 1);
      return (await found.toArray()).map(toRecord);
    },
    /**
     * Reads, lets `decide` judge and change, and writes only if nobody else has written meanwhile; otherwise decides again
     * on the newer state. What `decide` throws ends it.
     * @throws Problem NOT_FOUND when there is no such meeting
     */
    change: (
      id: string,
      decide: (meeting: MeetingRecord) => MeetingChange | Promise<MeetingChange>,
    ): Promise<MeetingRecord> => inTurn(id, () => tryChange(id, decide)),
  };
}
export type MeetingStore = ReturnType<typeof meetingStore>;
