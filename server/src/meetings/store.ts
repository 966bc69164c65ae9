import { Problem } from '@concert/contract';
import type { MinutesState } from '@concert/domain/meetings/minutes-api.ts';
import type { Item } from '@concert/domain/meetings/model.ts';
import type { Collection, Db, Filter, IndexDescription, UpdateFilter } from 'mongodb';
import type { DomainEvent } from '../platform/events.ts';
import { together } from '../platform/mongo/together.ts';
import { OUTBOX_INDEX } from '../platform/outbox/outbox.ts';
import { inBatches, type Waiting } from './batches.ts';
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
    { key: { 'minutes.documentId': 1 }, sparse: true },
    { key: { bodyId: 1, 'minutes.state': 1 } },
    { key: { 'minutes.state': 1 }, sparse: true },
    { key: { 'agenda.id': 1 } },
    { key: { 'room.name': 1 } },
    OUTBOX_INDEX,
  ],
};

/** What a meeting is found by, and what rights on it are decided by. */
const WORDS = [
  ...['title', 'note', 'place', 'workspaceId', 'createdAt', 'agenda.id', 'agenda.title', 'agenda.note'],
  ...['bodyId', 'state', 'guestIds', 'conflicts', 'startAt', 'endedAt'],
] as const;
const WORDS_ALONE = Object.fromEntries(WORDS.map((name) => [name, 1]));

export type MeetingWords = Pick<
  MeetingRecord,
  | 'id'
  | 'title'
  | 'note'
  | 'place'
  | 'workspaceId'
  | 'createdAt'
  | 'bodyId'
  | 'state'
  | 'guestIds'
  | 'conflicts'
  | 'startAt'
  | 'endedAt'
> & { readonly agenda: readonly Pick<Item, 'id' | 'title' | 'note'>[] };

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

/** Judges a meeting and says what is to change; what it throws changes nothing. */
type Decide = (meeting: MeetingRecord) => MeetingChange | Promise<MeetingChange>;

/** What a batch of changes comes to, one after the other, each on what the ones before have left. */
async function decideAll(first: MeetingRecord, batch: readonly Waiting<Decide, MeetingRecord>[]) {
  let meeting = first;
  let fields: MeetingChange = {};
  const events: DomainEvent[] = [];
  const accepted: Waiting<Decide, MeetingRecord>[] = [];
  const refused: { readonly one: Waiting<Decide, MeetingRecord>; readonly error: unknown }[] = [];
  for (const one of batch)
    try {
      const { events: more = [], ...change } = await one.decide(meeting);
      meeting = { ...meeting, ...change } as MeetingRecord;
      fields = { ...fields, ...change };
      events.push(...more);
      accepted.push(one);
    } catch (error) {
      refused.push({ one, error });
    }
  return { fields, events, accepted, refused };
}

/** What sets these fields, and takes those away that are undefined. */
function updateOf(fields: MeetingChange, events: readonly DomainEvent[]): UpdateFilter<MeetingDoc> {
  const set = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
  const gone = Object.keys(fields).filter((key) => !(key in set));
  return {
    $inc: { rev: 1 },
    $push: { outbox: { $each: [...events] } },
    ...(Object.keys(set).length === 0 ? {} : { $set: set }),
    ...(gone.length === 0 ? {} : { $unset: Object.fromEntries(gone.map((key) => [key, true])) }),
  } as UpdateFilter<MeetingDoc>;
}

/** Judges a batch of changes and writes it, if no other instance has written meanwhile; else judges all of it anew. */
async function writeTogether(
  collection: Collection<MeetingDoc>,
  id: string,
  batch: readonly Waiting<Decide, MeetingRecord>[],
): Promise<void> {
  for (let tries = 1; tries <= MAX_TRIES; tries += 1) {
    const doc = await collection.findOne({ _id: { $eq: id } });
    if (doc === null) throw new Problem('NOT_FOUND', 'not-found');
    const { fields, events, accepted, refused } = await decideAll(toRecord(doc), batch);
    const current = { _id: { $eq: id }, rev: { $eq: doc.rev } };
    const written =
      accepted.length === 0
        ? doc
        : await collection.findOneAndUpdate(current, updateOf(fields, events), { returnDocument: 'after' });
    if (written === null) continue;
    for (const { resolve } of accepted) resolve(toRecord(written));
    for (const { one, error } of refused) one.reject(error);
    return;
  }
  throw new Problem('SERVICE_UNAVAILABLE', 'too-busy');
}

/** Meetings in the collection `meetings`. */
export function meetingStore(db: Db) {
  const collection: Collection<MeetingDoc> = db.collection(MEETINGS);
  const change = inBatches<Decide, MeetingRecord>((id, batch) => writeTogether(collection, id, batch));
  const oneOf = together(async (ids) => {
    const docs = await collection.find({ _id: { $in: [...ids] } }).toArray();
    return new Map(docs.map((doc) => [doc._id, toRecord(doc)]));
  });
  return {
    get: async (id: string): Promise<MeetingRecord | null> => (await oneOf(id)) ?? null,
    getAll: async (ids: readonly string[]): Promise<readonly MeetingRecord[]> =>
      ids.length === 0 ? [] : (await collection.find({ _id: { $in: [...ids] } }).toArray()).map(toRecord),
    /** The words of all meetings. */
    allWords: async function* (): AsyncIterable<MeetingWords> {
      const all = collection.find({ bodyId: { $gt: '' } }).project<MeetingDoc>(WORDS_ALONE);
      for await (const doc of all) yield toRecord(doc);
    },
    /** The words of meetings that are, or have an item that is, among these. */
    withEntries: async (ids: readonly string[]): Promise<readonly MeetingWords[]> => {
      if (ids.length === 0) return [];
      const found = collection.find({ $or: [{ _id: { $in: [...ids] } }, { 'agenda.id': { $in: [...ids] } }] });
      return (await found.project<MeetingDoc>(WORDS_ALONE).toArray()).map(toRecord);
    },
    insert: async ({ id, ...rest }: MeetingRecord): Promise<void> => {
      await collection.insertOne({ _id: id, ...rest, outbox: [] });
    },
    removeDraft: async (id: string): Promise<boolean> =>
      (await collection.deleteOne({ _id: { $eq: id }, state: { $eq: 'draft' } })).deletedCount === 1,
    ofBody: async (bodyId: string): Promise<boolean> =>
      (await collection.findOne({ bodyId: { $eq: bodyId } }, { projection: { _id: 1 } })) !== null,
    /** The meeting whose minutes a document holds. */
    ofMinutes: async (documentId: string): Promise<MeetingRecord | null> => {
      const doc = await collection.findOne({ 'minutes.documentId': { $eq: documentId } } as Filter<MeetingDoc>);
      return doc === null ? null : toRecord(doc);
    },
    /** Meetings of a body whose minutes are in one of these states. */
    withMinutes: async (bodyId: string, states: readonly MinutesState[]): Promise<readonly MeetingRecord[]> => {
      const filter = { bodyId: { $eq: bodyId }, 'minutes.state': { $in: [...states] } } as Filter<MeetingDoc>;
      return (await collection.find(filter).toArray()).map(toRecord);
    },
    /** The documents of minutes that are being written. */
    draftMinutes: async (): Promise<readonly string[]> => {
      const found = collection.find({ 'minutes.state': { $eq: 'draft' } } as Filter<MeetingDoc>);
      const minutes = await found.project<Pick<MeetingDoc, 'minutes'>>({ 'minutes.documentId': 1 }).toArray();
      return minutes.flatMap((one) => one.minutes?.documentId ?? []);
    },
    /** The meeting for which a room was made under this name. */
    ofRoom: async (name: string): Promise<MeetingRecord | null> => {
      const doc = await collection.findOne({ 'room.name': { $eq: name } });
      return doc === null ? null : toRecord(doc);
    },
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
    change,
  };
}
export type MeetingStore = ReturnType<typeof meetingStore>;
