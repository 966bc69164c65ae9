import type { NotificationReason } from '@concert/domain/notifications/api.ts';
import type { WatchLevel } from '@concert/domain/notifications/rules.ts';
import type { Db, Filter, IndexDescription } from 'mongodb';
import { isDuplicate } from '../platform/mongo/errors.ts';
import type { Step } from '../platform/subjects.ts';

/** One thing that somebody was told. */
export type ToldEvent = {
  readonly id: string;
  readonly reason: NotificationReason;
  readonly by?: string;
  readonly at: Date;
  readonly anchor?: string;
  readonly day?: string;
};

/** All that one person was told about one subject, in one record, so that one event is in it once (rule N4). */
export type NotificationRecord = {
  readonly id: string;
  readonly personId: string;
  readonly subject: Step;
  /** Oldest first, the last ones alone. */
  readonly events: readonly ToldEvent[];
  readonly lastAt: Date;
  readonly unread: boolean;
  readonly snoozedUntil: Date | null;
};

/** `key`: whose it is and what it is about. */
type NotificationDoc = Omit<NotificationRecord, 'id'> & { _id: string; key: string };
type WatchDoc = { _id: string; personId: string; subject: string; level: WatchLevel };

const NOTIFICATIONS = 'notifications';
const WATCHES = 'watches';
/** Events that are kept of one subject for one person. */
const KEPT_EVENTS = 50;

export const notificationIndexes: Readonly<Record<string, readonly IndexDescription[]>> = {
  [NOTIFICATIONS]: [
    { key: { key: 1 }, unique: true },
    { key: { personId: 1, unread: -1, lastAt: -1, _id: -1 } },
    { key: { 'events.id': 1 } },
    { key: { 'subject.id': 1 } },
  ],
  [WATCHES]: [{ key: { subject: 1, level: 1 } }, { key: { personId: 1 } }],
};

const keyOf = ({ kind, id }: Step): string => `${kind}:${id}`;
const keyFor = (personId: string, subject: Step): string => `${personId}:${keyOf(subject)}`;

const toRecord = ({ _id, key: _, ...rest }: NotificationDoc): NotificationRecord => ({ id: _id, ...rest });

/** The place of a notification in the list: unread ones first, then the newest first. */
export type NotificationPlace = { readonly unread: boolean; readonly at: number; readonly id: string };

export const placeOf = ({ unread, lastAt, id }: NotificationRecord): NotificationPlace => ({
  unread,
  at: lastAt.getTime(),
  id,
});

function behind({ unread, at, id }: NotificationPlace): Filter<NotificationDoc> {
  const later: Filter<NotificationDoc> = {
    unread,
    $or: [{ lastAt: { $lt: new Date(at) } }, { lastAt: new Date(at), _id: { $lt: id } }],
  };
  return unread ? { $or: [{ unread: false }, later] } : later;
}

type Listing = {
  readonly state: 'unread' | 'all' | 'snoozed';
  readonly now: Date;
  readonly after?: NotificationPlace | undefined;
  readonly limit: number;
};

const awake = (now: Date): Filter<NotificationDoc> => ({
  $or: [{ snoozedUntil: null }, { snoozedUntil: { $lte: now } }],
});

/** What people were told, and how much they want to hear, in MongoDB. */
export function notificationStore(db: Db) {
  const notifications = db.collection<NotificationDoc>(NOTIFICATIONS);
  const watches = db.collection<WatchDoc>(WATCHES);
  /** Lets go of the oldest event of a record that holds more than are kept. */
  const trim = (key: string) =>
    notifications.updateOne({ key, [`events.${KEPT_EVENTS}`]: { $exists: true } }, { $pop: { events: -1 } });
  return {
    /** [N4] Adds an event unless it is there; whether it was added. Something new brings back what was put off (N7). */
    add: async (personId: string, subject: Step, event: ToldEvent, newId: string): Promise<boolean> => {
      const key = keyFor(personId, subject);
      const write = (upsert: boolean) =>
        notifications.updateOne(
          { key, 'events.id': { $ne: event.id } },
          {
            $push: { events: event },
            $max: { lastAt: event.at },
            $set: { unread: true, snoozedUntil: null },
            $setOnInsert: { _id: newId, personId, subject },
          },
          { upsert },
        );
      try {
        const { matchedCount, upsertedCount } = await write(true);
        if (matchedCount > 0) await trim(key);
        return matchedCount + upsertedCount > 0;
      } catch (error) {
        if (!isDuplicate(error)) throw error;
        // The record is there: with this event in it, or just made for another one.
        return (await write(false)).matchedCount > 0;
      }
    },
    /** Takes an event out wherever it is; answers whose records it was in. What is left without events goes. */
    takeBack: async (eventId: string): Promise<readonly string[]> => {
      const found = await notifications
        .find({ 'events.id': { $eq: eventId } }, { projection: { personId: 1 } })
        .toArray();
      if (found.length === 0) return [];
      const ids = found.map(({ _id }) => _id);
      await notifications.updateMany({ _id: { $in: ids } }, { $pull: { events: { id: eventId } } });
      await notifications.deleteMany({ _id: { $in: ids }, events: { $size: 0 } });
      return found.map(({ personId }) => personId);
    },
    /** Takes out everything about a subject; answers who was told of it. */
    forget: async ({ kind, id }: Step): Promise<readonly string[]> => {
      const about = { 'subject.id': { $eq: id }, 'subject.kind': { $eq: kind } };
      const found = await notifications.find(about, { projection: { personId: 1 } }).toArray();
      await notifications.deleteMany(about);
      await watches.deleteMany({ subject: { $eq: keyOf({ kind, id }) } });
      return found.map(({ personId }) => personId);
    },
    /** [N6] Marks what a person was told about these subjects as read; whether that changed anything. */
    markRead: async (personId: string, subjects: readonly Step[]): Promise<boolean> => {
      const { modifiedCount } = await notifications.updateMany(
        { key: { $in: subjects.map((subject) => keyFor(personId, subject)) }, unread: true },
        { $set: { unread: false, snoozedUntil: null } },
      );
      return modifiedCount > 0;
    },
    /** [N10] Those of the subjects, as `kind:id`, of which a person has something unread. */
    unreadAbout: async (personId: string, subjects: readonly Step[]): Promise<ReadonlySet<string>> => {
      const keys = subjects.map((subject) => keyFor(personId, subject));
      const found = await notifications
        .find({ key: { $in: keys }, unread: true }, { projection: { subject: 1 } })
        .toArray();
      return new Set(found.map(({ subject }) => keyOf(subject)));
    },
    get: async (personId: string, id: string): Promise<NotificationRecord | null> => {
      const found = await notifications.findOne({ _id: { $eq: id }, personId: { $eq: personId } });
      return found === null ? null : toRecord(found);
    },
    change: async (
      personId: string,
      id: string,
      change: Partial<Pick<NotificationRecord, 'unread' | 'snoozedUntil'>>,
    ): Promise<NotificationRecord | null> => {
      const found = await notifications.findOneAndUpdate(
        { _id: { $eq: id }, personId: { $eq: personId } },
        { $set: change },
        { returnDocument: 'after' },
      );
      return found === null ? null : toRecord(found);
    },
    readAll: async (personId: string, until: Date): Promise<void> => {
      await notifications.updateMany(
        { personId: { $eq: personId }, unread: true, lastAt: { $lte: until } },
        { $set: { unread: false } },
      );
    },
    /** Unread first, then the newest first; one more than `limit` when there are more. */
    list: async (personId: string, { state, now, after, limit }: Listing): Promise<NotificationRecord[]> => {
      const conditions: Filter<NotificationDoc>[] = [
        { personId: { $eq: personId } },
        state === 'snoozed' ? { snoozedUntil: { $gt: now } } : awake(now),
        ...(state === 'unread' ? [{ unread: true }] : []),
        ...(after === undefined ? [] : [behind(after)]),
      ];
      const found = notifications.find({ $and: conditions }).sort({ unread: -1, lastAt: -1, _id: -1 });
      return (await found.limit(limit + 1).toArray()).map(toRecord);
    },
    /** Settings of these people on these subjects, by person and subject. */
    levels: async (personIds: readonly string[], path: readonly Step[]): Promise<ReadonlyMap<string, WatchLevel>> => {
      const ids = personIds.flatMap((personId) => path.map((step) => keyFor(personId, step)));
      if (ids.length === 0) return new Map();
      return new Map((await watches.find({ _id: { $in: ids } }).toArray()).map(({ _id, level }) => [_id, level]));
    },
    /** Who has set a subject on this way to everything. */
    followers: async (path: readonly Step[]): Promise<readonly string[]> => {
      const found = watches.find({ subject: { $in: path.map(keyOf) }, level: 'everything' });
      return [...new Set((await found.toArray()).map(({ personId }) => personId))];
    },
    setLevel: async (personId: string, subject: Step, level: WatchLevel | null): Promise<void> => {
      const _id = keyFor(personId, subject);
      if (level === null) await watches.deleteOne({ _id });
      else await watches.updateOne({ _id }, { $set: { personId, subject: keyOf(subject), level } }, { upsert: true });
    },
    levelKey: keyFor,
  };
}
export type NotificationStore = ReturnType<typeof notificationStore>;
