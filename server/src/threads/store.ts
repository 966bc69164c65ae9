import { Problem } from '@concert/contract';
import type { Reaction } from '@concert/domain/threads/reactions.ts';
import type { Visibility } from '@concert/domain/threads/rules.ts';
import type { Collection, Db, Filter, IndexDescription } from 'mongodb';
import type { DomainEvent } from '../platform/events.ts';
import { isDuplicate } from '../platform/mongo/errors.ts';
import { OUTBOX_INDEX } from '../platform/outbox/outbox.ts';
import type { ReplyRecord, ThreadRecord } from './records.ts';

export const THREADS = 'threads';
export const REPLIES = 'replies';
const READS = 'thread_reads';

type ThreadDoc = Omit<ThreadRecord, 'id'> & { _id: string; outbox: readonly DomainEvent[] };
type ReplyDoc = Omit<ReplyRecord, 'id'> & {
  _id: string;
  /** Author and key of the client's choice (rule T14); absent without one. */
  keyOf?: string;
  outbox: readonly DomainEvent[];
};
type ReadDoc = { _id: string; personId: string; threadId: string; seq: number; at: Date };

export const threadIndexes: Readonly<Record<string, readonly IndexDescription[]>> = {
  [THREADS]: [
    { key: { workspaceId: 1, lastReplyAt: -1, _id: -1 } },
    { key: { 'subject.id': 1, lastReplyAt: -1, _id: -1 } },
    OUTBOX_INDEX,
  ],
  [REPLIES]: [
    { key: { threadId: 1, seq: 1 }, unique: true },
    { key: { keyOf: 1 }, unique: true, sparse: true },
    { key: { 'attachments.id': 1 }, sparse: true },
    OUTBOX_INDEX,
  ],
  [READS]: [{ key: { threadId: 1 } }],
};

/** Which threads may be shown. It comes from the access module, never from a request. */
export type ReadableThreads = {
  /** Workspaces with what the reader may see in them. */
  readonly workspaces: readonly { readonly ids: readonly string[]; readonly visibilities: readonly Visibility[] }[];
  /** Documents outside those workspaces. */
  readonly documentIds?: readonly string[];
  /** Documents inside them that must not be shown. */
  readonly without?: readonly string[];
};

/** The place of a thread in a list: pinned ones first, then the last reply first. */
export type ThreadPlace = { readonly pinnedAt: number; readonly at: number; readonly id: string };

export type ThreadFilter = ReadableThreads & {
  readonly subjectId?: string | undefined;
  readonly state?: 'open' | 'resolved' | undefined;
  readonly participantId?: string | undefined;
  readonly pinnedFirst: boolean;
  readonly after?: ThreadPlace | undefined;
  readonly limit: number;
};

/** What a change of a thread may touch. */
export type ThreadChange = Partial<
  Pick<
    ThreadRecord,
    'title' | 'resolved' | 'pinned' | 'locked' | 'answerId' | 'anchor' | 'subject' | 'workspaceId' | 'removed'
  >
>;

const toThread = ({ _id, outbox: _, ...rest }: ThreadDoc): ThreadRecord => ({ id: _id, ...rest });
const toReply = ({ _id, outbox: _, keyOf: __, ...rest }: ReplyDoc): ReplyRecord => ({ id: _id, ...rest });

/** The places in which a readable thread may be: one question each, so that each is found by an index. */
function placesOf({ workspaces, documentIds = [], without = [] }: ReadableThreads): Filter<ThreadDoc>[] {
  const inside = workspaces
    .filter(({ ids, visibilities }) => ids.length > 0 && visibilities.length > 0)
    .map(({ ids, visibilities }): Filter<ThreadDoc> => {
      const shown = { workspaceId: { $in: [...ids] }, visibility: { $in: [...visibilities] } };
      return without.length === 0 ? shown : { ...shown, 'subject.id': { $nin: [...without] } };
    });
  const single: Filter<ThreadDoc> = { 'subject.id': { $in: [...documentIds] }, visibility: 'everyone' };
  return documentIds.length === 0 ? inside : [...inside, single];
}

const pinnedAtOf = ({ pinned }: Pick<ThreadRecord, 'pinned'>): number => pinned?.at.getTime() ?? 0;

export const placeOf = (thread: ThreadRecord, pinnedFirst: boolean): ThreadPlace => ({
  pinnedAt: pinnedFirst ? pinnedAtOf(thread) : 0,
  at: thread.lastReplyAt.getTime(),
  id: thread.id,
});

/** What comes behind a place in the order of {@link inOrder}. */
function behind({ pinnedAt, at, id }: ThreadPlace, pinnedFirst: boolean): Filter<ThreadDoc> {
  const later: Filter<ThreadDoc> = {
    $or: [{ lastReplyAt: { $lt: new Date(at) } }, { lastReplyAt: new Date(at), _id: { $lt: id } }],
  };
  if (!pinnedFirst) return later;
  if (pinnedAt === 0) return { $and: [{ pinned: null }, later] };
  const pinned = new Date(pinnedAt);
  return {
    $or: [{ pinned: null }, { 'pinned.at': { $lt: pinned } }, { $and: [{ 'pinned.at': pinned }, later] }],
  };
}

const inOrder =
  (pinnedFirst: boolean) =>
  (one: ThreadRecord, other: ThreadRecord): number =>
    (pinnedFirst ? pinnedAtOf(other) - pinnedAtOf(one) : 0) ||
    other.lastReplyAt.getTime() - one.lastReplyAt.getTime() ||
    (one.id < other.id ? 1 : -1);

function filterOf(place: Filter<ThreadDoc>, filter: ThreadFilter): Filter<ThreadDoc> {
  const { subjectId, state, participantId, after, pinnedFirst } = filter;
  return {
    $and: [
      place,
      { removed: null },
      ...(subjectId === undefined ? [] : [{ 'subject.id': { $eq: subjectId } }]),
      ...(state === undefined ? [] : [{ resolved: state === 'open' ? null : { $ne: null } }]),
      ...(participantId === undefined ? [] : [{ participantIds: { $eq: participantId } }]),
      ...(after === undefined ? [] : [behind(after, pinnedFirst)]),
    ],
  };
}

/** More passages of one text than anybody looks at. */
const MOST_ANCHORS = 1_000;

/** Threads themselves. */
function threadPart(threads: Collection<ThreadDoc>) {
  return {
    get: async (id: string): Promise<ThreadRecord | null> => {
      const found = await threads.findOne({ _id: { $eq: id }, removed: null });
      return found === null ? null : toThread(found);
    },
    /** [T16] The passages of a document that open threads are about. */
    anchorsIn: async (documentId: string): Promise<readonly NonNullable<ThreadRecord['anchor']>[]> => {
      const about = { 'subject.id': { $eq: documentId }, removed: null, resolved: null, anchor: { $ne: null } };
      const found = threads
        .find(about, { projection: { anchor: 1 } })
        .sort({ lastReplyAt: -1 })
        .limit(MOST_ANCHORS);
      return (await found.toArray()).flatMap(({ anchor }) => anchor ?? []);
    },
    /** The mark of a thread that is being deleted, and the document that it is in. */
    anchorOf: async (id: string): Promise<{ documentId: string; id: string } | null> => {
      const found = await threads.findOne({ _id: { $eq: id } }, { projection: { anchor: 1, subject: 1 } });
      return found?.anchor ? { documentId: found.subject.id, id: found.anchor.id } : null;
    },
    /** Those of the ids that there are. */
    getAll: async (ids: readonly string[]): Promise<ThreadRecord[]> =>
      ids.length === 0 ? [] : (await threads.find({ _id: { $in: [...ids] }, removed: null }).toArray()).map(toThread),
    all: async function* (): AsyncGenerator<Pick<ThreadRecord, 'id' | 'title' | 'visibility' | 'subject'>> {
      for await (const { _id, title, visibility, subject } of threads.find(
        { removed: null },
        { projection: { title: 1, visibility: 1, subject: 1 } },
      ))
        yield { id: _id, title, visibility, subject };
    },
    /** In the order of the list; one more than `limit` when there are more. */
    list: async (filter: ThreadFilter): Promise<ThreadRecord[]> => {
      const { pinnedFirst, limit } = filter;
      const found = await Promise.all(
        placesOf(filter).map((place) =>
          threads
            .find(filterOf(place, filter))
            .sort({ ...(pinnedFirst ? { 'pinned.at': -1 as const } : {}), lastReplyAt: -1, _id: -1 })
            .limit(limit + 1)
            .toArray(),
        ),
      );
      return found
        .flat()
        .map(toThread)
        .sort(inOrder(pinnedFirst))
        .slice(0, limit + 1);
    },
    /** Adds a thread; one that is there already stays as it is. */
    add: async ({ id, ...rest }: ThreadRecord, event: DomainEvent): Promise<void> => {
      try {
        await threads.insertOne({ _id: id, ...rest, outbox: [event] });
      } catch (error) {
        if (!isDuplicate(error)) throw error;
      }
    },
    /** Changes a thread unless it has gone or left its place, or the change is not wanted any more; null then. */
    change: async (
      known: ThreadRecord,
      change: ThreadChange,
      events: readonly DomainEvent[],
    ): Promise<ThreadRecord | null> => {
      const found = await threads.findOneAndUpdate(
        { _id: { $eq: known.id }, removed: null, 'subject.id': { $eq: known.subject.id } },
        { $set: change, $push: { outbox: { $each: [...events] } } },
        { returnDocument: 'after' },
      );
      return found === null ? null : toThread(found);
    },
    /** Takes the mark of an answer away when it is this reply. */
    noAnswer: async (id: string, replyId: string): Promise<void> => {
      await threads.updateOne({ _id: { $eq: id }, answerId: { $eq: replyId } }, { $set: { answerId: null } });
    },
    /** [T9] The next place in a thread, for a reply of this author; null when there is no such thread, or it is locked. */
    nextSeq: async (
      known: ThreadRecord,
      reply: { authorId: string; at: Date; evenIfLocked: boolean },
    ): Promise<number | null> => {
      const { authorId, at, evenIfLocked } = reply;
      const open = evenIfLocked ? {} : { locked: null };
      const found = await threads.findOneAndUpdate(
        { _id: { $eq: known.id }, removed: null, 'subject.id': { $eq: known.subject.id }, ...open },
        { $inc: { seq: 1 }, $max: { lastReplyAt: at }, $addToSet: { participantIds: authorId } },
        { returnDocument: 'after', projection: { seq: 1 } },
      );
      return found?.seq ?? null;
    },
    /** Threads about a document have come to another workspace with it. */
    follow: async (documentId: string, workspaceId: string): Promise<void> => {
      await threads.updateMany(
        { 'subject.id': { $eq: documentId }, 'subject.kind': 'document' },
        { $set: { workspaceId } },
      );
    },
  };
}

/** Replies. */
function replyPart(replies: Collection<ReplyDoc>) {
  const get = async (id: string): Promise<ReplyRecord | null> => {
    const found = await replies.findOne({ _id: { $eq: id } });
    return found === null ? null : toReply(found);
  };
  return {
    reply: get,
    /** [T14] What was sent before under a key. */
    withKey: async (keyOf: string): Promise<ReplyRecord | null> => {
      const found = await replies.findOne({ keyOf: { $eq: keyOf } });
      return found === null ? null : toReply(found);
    },
    /** Adds a reply. @throws MongoServerError `isDuplicate` when its key was used by another request meanwhile */
    addReply: async (
      { id, ...rest }: ReplyRecord,
      keyOf: string | undefined,
      events: readonly DomainEvent[],
    ): Promise<void> => {
      await replies.insertOne({ _id: id, ...rest, ...(keyOf === undefined ? {} : { keyOf }), outbox: [...events] });
    },
    /** Behind a place, in their order; one more than `limit` when there are more. */
    replies: async (threadId: string, after: number, limit: number): Promise<ReplyRecord[]> => {
      const found = replies.find({ threadId: { $eq: threadId }, seq: { $gt: after } });
      return (
        await found
          .sort({ seq: 1 })
          .limit(limit + 1)
          .toArray()
      ).map(toReply);
    },
    /** Those of these replies that are in these threads. */
    among: async (threadIds: readonly string[], ids: readonly string[]): Promise<ReplyRecord[]> => {
      if (threadIds.length === 0) return [];
      const found = replies.find({ _id: { $in: [...ids] }, threadId: { $in: [...threadIds] } });
      return (await found.toArray()).map(toReply);
    },
    repliesById: async (ids: readonly string[]): Promise<ReplyRecord[]> =>
      ids.length === 0 ? [] : (await replies.find({ _id: { $in: [...ids] } }).toArray()).map(toReply),
    /** Which of these files replies carry. */
    carried: async (fileIds: readonly string[]): Promise<ReadonlySet<string>> => {
      const found = replies.find({ 'attachments.id': { $in: [...fileIds] } }, { projection: { attachments: 1 } });
      return new Set((await found.toArray()).flatMap(({ attachments = [] }) => attachments.map(({ id }) => id)));
    },
    /** The files of all replies of a thread. */
    filesIn: async (threadId: string): Promise<string[]> => {
      const found = replies.find({ threadId: { $eq: threadId } }, { projection: { attachments: 1 } });
      return (await found.toArray()).flatMap(({ attachments = [] }) => attachments.map(({ id }) => id));
    },
    /** Every reply that is not deleted, with the number that grows with every change of its text. */
    allReplies: async function* (): AsyncGenerator<Pick<ReplyRecord, 'id' | 'threadId' | 'rev'>> {
      for await (const { _id, threadId, rev } of replies.find(
        { deleted: null },
        { projection: { threadId: 1, rev: 1 } },
      ))
        yield { id: _id, threadId, rev };
    },
    replyIds: async (threadId: string): Promise<string[]> => {
      const found = replies.find({ threadId: { $eq: threadId } }, { projection: { _id: 1 } });
      return (await found.toArray()).map(({ _id }) => _id);
    },
    /** The first reply of each thread, by thread. */
    firsts: async (threadIds: readonly string[]): Promise<ReadonlyMap<string, ReplyRecord>> => {
      if (threadIds.length === 0) return new Map();
      const found = await replies.find({ threadId: { $in: [...threadIds] }, seq: 1 }).toArray();
      return new Map(found.map((doc) => [doc.threadId, toReply(doc)]));
    },
    /** How many replies that are not deleted each thread has. */
    counts: async (threadIds: readonly string[]): Promise<ReadonlyMap<string, number>> => {
      if (threadIds.length === 0) return new Map();
      const grouped = replies.aggregate<{ _id: string; count: number }>([
        { $match: { threadId: { $in: [...threadIds] }, deleted: null } },
        { $project: { _id: 0, threadId: 1 } },
        { $group: { _id: '$threadId', count: { $sum: 1 } } },
      ]);
      return new Map((await grouped.toArray()).map(({ _id, count }) => [_id, count]));
    },
    /** How many of them others than this person wrote behind a place. */
    unread: (threadId: string, personId: string, after: number): Promise<number> =>
      replies.countDocuments({
        threadId: { $eq: threadId },
        seq: { $gt: after },
        deleted: null,
        authorId: { $ne: personId },
      }),
    /** Changes the text of a reply as it was read; null when it has changed or was deleted since. */
    rewrite: async (
      known: ReplyRecord,
      change: Partial<
        Pick<ReplyRecord, 'attachments' | 'body' | 'mentions' | 'editedAt' | 'edits' | 'deleted' | 'reactions'>
      >,
      events: readonly DomainEvent[],
    ): Promise<ReplyRecord | null> => {
      const found = await replies.findOneAndUpdate(
        { _id: { $eq: known.id }, rev: { $eq: known.rev }, deleted: null },
        { $set: change, $inc: { rev: 1 }, $push: { outbox: { $each: [...events] } } },
        { returnDocument: 'after' },
      );
      return found === null ? null : toReply(found);
    },
    /** Adds or takes away a reaction; null when the reply was deleted. However often it is asked for, it is one. */
    setReaction: async (
      id: string,
      { reaction, personId, on }: { reaction: Reaction; personId: string; on: boolean },
    ): Promise<ReplyRecord | null> => {
      const place = { [`reactions.${reaction}`]: personId };
      const found = await replies.findOneAndUpdate(
        { _id: { $eq: id }, deleted: null },
        on ? { $addToSet: place } : { $pull: place },
        { returnDocument: 'after' },
      );
      return found === null ? null : toReply(found);
    },
  };
}

/** Up to where people have read. */
function readPart(reads: Collection<ReadDoc>) {
  const idOf = (personId: string, threadId: string): string => `${personId}:${threadId}`;
  return {
    readBy: async (personId: string, threadIds: readonly string[]): Promise<ReadonlyMap<string, number>> => {
      if (threadIds.length === 0) return new Map();
      const ids = threadIds.map((threadId) => idOf(personId, threadId));
      return new Map((await reads.find({ _id: { $in: ids } }).toArray()).map(({ threadId, seq }) => [threadId, seq]));
    },
    /** Never back: an older page that is open elsewhere makes nothing unread again. */
    noteRead: async (personId: string, threadId: string, { seq, at }: { seq: number; at: Date }): Promise<number> => {
      const found = await reads.findOneAndUpdate(
        { _id: idOf(personId, threadId) },
        { $max: { seq }, $set: { at }, $setOnInsert: { personId, threadId } },
        { upsert: true, returnDocument: 'after' },
      );
      if (found === null) throw new Problem('SERVICE_UNAVAILABLE', 'too-busy');
      return found.seq;
    },
  };
}

/** Threads, replies and what was read, in MongoDB. */
export function threadStore(db: Db) {
  const threads = db.collection<ThreadDoc>(THREADS);
  const replies = db.collection<ReplyDoc>(REPLIES);
  const reads = db.collection<ReadDoc>(READS);
  return {
    ...threadPart(threads),
    ...replyPart(replies),
    ...readPart(reads),
    /** Lets go of a thread that was marked as removed, of itself last. Harmless to repeat. */
    purge: async (threadId: string): Promise<void> => {
      await replies.deleteMany({ threadId: { $eq: threadId } });
      await reads.deleteMany({ threadId: { $eq: threadId } });
      await threads.deleteOne({ _id: { $eq: threadId }, removed: { $ne: null } });
    },
  };
}
export type ThreadStore = ReturnType<typeof threadStore>;
