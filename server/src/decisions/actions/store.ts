import { Problem } from '@concert/contract';
import type { Collection, Db, Filter, IndexDescription } from 'mongodb';
import type { DomainEvent } from '../../platform/events.ts';
import type { NamedPlace } from '../../platform/http/cursor.ts';
import { OUTBOX_INDEX } from '../../platform/outbox/outbox.ts';
import type { ActionRecord } from './records.ts';

export const ACTIONS = 'action_items';

type ActionDoc = Omit<ActionRecord, 'id'> & { _id: string; outbox?: readonly DomainEvent[] };

/** What a change replaces (undefined: takes away), and the facts it makes known. */
export type ActionChange = {
  readonly [Key in keyof Omit<ActionRecord, 'id' | 'rev' | 'bodyId' | 'createdBy' | 'createdAt'>]?:
    | ActionRecord[Key]
    | undefined;
} & { readonly events?: readonly DomainEvent[] };

export const actionIndexes: Readonly<Record<string, readonly IndexDescription[]>> = {
  [ACTIONS]: [
    { key: { bodyId: 1, closed: 1, dueKey: 1, _id: 1 } },
    { key: { ownerId: 1, closed: 1, dueKey: 1, _id: 1 } },
    { key: { decisionId: 1 } },
    { key: { 'about.meetingId': 1, createdAt: 1 } },
    { key: { closed: 1, dueKey: 1 } },
    OUTBOX_INDEX,
  ],
};

const MAX_TRIES = 50;

const toRecord = ({ _id, outbox: _, ...rest }: ActionDoc): ActionRecord => ({ id: _id, ...rest });

/** Which action items are asked for: `seenOf` and `ownerId` come from the rules, never from a request. */
export type WantedActions = {
  readonly seenOf: readonly string[];
  readonly ownerId: string;
  readonly bodyId?: string | undefined;
  readonly decisionId?: string | undefined;
  readonly closed: boolean;
};

type LeftOpen = {
  readonly bodyId: string;
  readonly meetingId: string;
  readonly before: Date;
  readonly limit: number;
};

/** Action items in the collection `action_items`. */
export function actionStore(db: Db) {
  const collection: Collection<ActionDoc> = db.collection(ACTIONS);
  return {
    get: async (id: string): Promise<ActionRecord | null> => {
      const doc = await collection.findOne({ _id: { $eq: id } });
      return doc === null ? null : toRecord(doc);
    },
    getAll: async (ids: readonly string[]): Promise<readonly ActionRecord[]> =>
      ids.length === 0 ? [] : (await collection.find({ _id: { $in: [...ids] } }).toArray()).map(toRecord),
    /** All there are, with the revision of each. */
    revisions: async function* (): AsyncIterable<{ id: string; revision: string }> {
      const all = collection.find({ bodyId: { $gt: '' } }, { projection: { rev: 1 } });
      for await (const { _id, rev } of all) yield { id: _id, revision: String(rev) };
    },
    insert: async ({ id, ...rest }: ActionRecord, events: readonly DomainEvent[]): Promise<void> => {
      await collection.insertOne({ _id: id, ...rest, outbox: events });
    },
    ofBody: async (bodyId: string): Promise<boolean> =>
      (await collection.findOne({ bodyId: { $eq: bodyId } }, { projection: { _id: 1 } })) !== null,
    /** [AI5] What a meeting has given people to do, in the order in which it was given. */
    ofMeeting: async (meetingId: string): Promise<readonly ActionRecord[]> => {
      const found = collection.find({ 'about.meetingId': { $eq: meetingId } } as Filter<ActionDoc>);
      return (await found.sort({ createdAt: 1, _id: 1 }).toArray()).map(toRecord);
    },
    /** [AI5] What is open of a body that was given before an instant, and not in this meeting. */
    leftOpen: async ({ bodyId, meetingId, before, limit }: LeftOpen): Promise<readonly ActionRecord[]> => {
      const filter = {
        bodyId: { $eq: bodyId },
        closed: { $eq: false },
        createdAt: { $lt: before },
        'about.meetingId': { $ne: meetingId },
      } as Filter<ActionDoc>;
      return (await collection.find(filter).sort({ dueKey: 1, _id: 1 }).limit(limit).toArray()).map(toRecord);
    },
    /** The first due first; one more than `limit` when there are more. */
    list: async (
      { seenOf, ownerId, bodyId, decisionId, closed }: WantedActions,
      { after, limit }: { after: NamedPlace | undefined; limit: number },
    ): Promise<readonly ActionRecord[]> => {
      const filter = {
        $and: [
          {
            $or: [
              { bodyId: { $in: [...seenOf] }, closed },
              { ownerId: { $eq: ownerId }, closed },
            ],
          },
          bodyId === undefined ? {} : { bodyId: { $eq: bodyId } },
          decisionId === undefined ? {} : { decisionId: { $eq: decisionId } },
          after === undefined
            ? {}
            : { $or: [{ dueKey: { $gt: after.name } }, { dueKey: after.name, _id: { $gt: after.id } }] },
        ],
      } as Filter<ActionDoc>;
      const found = collection
        .find(filter)
        .sort({ dueKey: 1, _id: 1 })
        .limit(limit + 1);
      return (await found.toArray()).map(toRecord);
    },
    /** Reads, lets `decide` judge and change, and writes only if nobody else has written meanwhile. */
    change: async (id: string, decide: (action: ActionRecord) => ActionChange): Promise<ActionRecord> => {
      for (let tries = 1; tries <= MAX_TRIES; tries += 1) {
        const doc = await collection.findOne({ _id: { $eq: id } });
        if (doc === null) throw new Problem('NOT_FOUND', 'not-found');
        const { events = [], ...fields } = decide(toRecord(doc));
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
    },
    /** [AI6] What is not closed and due until a day. */
    dueUntil: async (day: string): Promise<readonly ActionRecord[]> =>
      (await collection.find({ closed: { $eq: false }, dueKey: { $lte: day } }).toArray()).map(toRecord),
    /** Notes of what its owner was reminded, unless it has changed since it was read. */
    reminded: async ({ id, rev }: Pick<ActionRecord, 'id' | 'rev'>, what: string): Promise<void> => {
      await collection.updateOne({ _id: { $eq: id }, rev: { $eq: rev } }, { $set: { reminded: what } });
    },
  };
}
export type ActionStore = ReturnType<typeof actionStore>;
