import { createHash } from 'node:crypto';
import type { Db, IndexDescription } from 'mongodb';
import { isDuplicate } from '../platform/mongo/errors.ts';
import type { Step } from '../platform/subjects.ts';
import type { ToldEvent } from './store.ts';

/** One event of a letter. */
export type LetterItem = Omit<ToldEvent, 'id'> & { readonly eventId: string; readonly subject: Step };

/** A letter to one person that waits to be sent: about one event, or all that a digest brings together. */
export type WaitingLetter = {
  /** Its Message-ID too: a letter that is sent again is the same one (rule N11). */
  readonly id: string;
  readonly personId: string;
  readonly digest: boolean;
  readonly dueAt: Date;
  /** Absent: by mail. */
  readonly channel?: 'push';
  /** Its reader has asked for it: it keeps no quiet hours (rule N13). */
  readonly asked?: boolean;
  readonly items: readonly LetterItem[];
};

type ItemDoc = Omit<LetterItem, 'subject'> & { about: string };
type LetterDoc = Omit<WaitingLetter, 'id' | 'items'> & {
  _id: string;
  items: readonly ItemDoc[];
  /** Null while it waits. It is kept for a month, so that an event that is delivered again is known. */
  sentAt: Date | null;
  /** Until when one instance works on it, or when the next try is due. */
  leaseUntil: Date;
};

const DELIVERIES = 'notification_letters';
const KEPT_SECONDS = 30 * 24 * 3600;
/** The inbox has the rest. */
const MOST_ITEMS = 300;
const NEVER = new Date(0);
/** Longer than it takes to put a letter in the place of another. */
const HELD_MS = 60_000;

export const deliveryIndexes: Readonly<Record<string, readonly IndexDescription[]>> = {
  [DELIVERIES]: [
    { key: { sentAt: 1, dueAt: 1 } },
    { key: { personId: 1 } },
    { key: { 'items.eventId': 1 } },
    { key: { 'items.about': 1 } },
    { key: { sentAt: 1 }, name: 'sent_long_ago', expireAfterSeconds: KEPT_SECONDS },
  ],
};

const aboutOf = ({ kind, id }: Step): string => `${kind}:${id}`;
const subjectOf = (about: string): Step => {
  const colon = about.indexOf(':');
  return { kind: about.slice(0, colon), id: about.slice(colon + 1) };
};

const toLetter = ({ _id, personId, digest, dueAt, asked = false, channel, items }: LetterDoc): WaitingLetter => ({
  ...(channel === undefined ? {} : { channel }),
  id: _id,
  personId,
  digest,
  dueAt,
  asked,
  items: items.map(({ about, ...rest }) => ({ ...rest, subject: subjectOf(about) })),
});

type Due = { readonly at: Date; readonly digest: boolean };

/**
 * The digest of a moment is one for each person, whatever it is made of; what goes at once is one for each event. As a
 * hash, because a Message-ID takes few signs (RFC 5322 3.6.4).
 */
export const letterIdOf = (personId: string, eventId: string, { at, digest }: Due): string =>
  createHash('sha256')
    .update(JSON.stringify([personId, digest ? at.getTime() : eventId]))
    .digest('base64url');

/** Letters that wait, in MongoDB: one of several instances takes each. */
export function deliveryStore(db: Db) {
  const collection = db.collection<LetterDoc>(DELIVERIES);
  /** Takes matching items out of what waits; a letter that is left without any goes. */
  const drop = async (field: 'eventId' | 'about', value: string): Promise<void> => {
    const waiting = { [`items.${field}`]: { $eq: value }, sentAt: null };
    const ids = (await collection.find(waiting, { projection: { _id: 1 } }).toArray()).map(({ _id }) => _id);
    if (ids.length === 0) return;
    await collection.updateMany({ _id: { $in: ids }, sentAt: null }, { $pull: { items: { [field]: value } } });
    await collection.deleteMany({ _id: { $in: ids }, sentAt: null, items: { $size: 0 } });
  };
  return {
    /**
     * Adds an event to a letter, which is begun with it when there is none. `late`: that letter has been sent without
     * it. An event that is in it already, also one that has been sent, is `there`.
     */
    add: async (
      letter: Omit<WaitingLetter, 'items'>,
      { subject, ...event }: LetterItem,
    ): Promise<'added' | 'there' | 'late'> => {
      const { id, ...rest } = letter;
      const item: ItemDoc = { ...event, about: aboutOf(subject) };
      const write = (upsert: boolean) =>
        collection.updateOne(
          {
            _id: id,
            sentAt: null,
            'items.eventId': { $ne: event.eventId },
            [`items.${MOST_ITEMS}`]: { $exists: false },
          },
          { $push: { items: item }, $setOnInsert: { ...rest, leaseUntil: NEVER } },
          { upsert },
        );
      try {
        await write(true);
        return 'added';
      } catch (error) {
        if (!isDuplicate(error)) throw error;
      }
      // The letter is there: it was begun a moment ago, has this event, is full, or was sent.
      if ((await write(false)).matchedCount > 0) return 'added';
      const there = await collection.findOne({ _id: { $eq: id } }, { projection: { sentAt: 1, 'items.eventId': 1 } });
      const holds = there?.items.some(({ eventId }) => eventId === event.eventId) ?? false;
      return holds || there?.sentAt === null ? 'there' : 'late';
    },
    /** Takes the letter that has been due for longest, until `until`; null when none is. */
    lease: async (now: Date, until: Date): Promise<WaitingLetter | null> => {
      const found = await collection.findOneAndUpdate(
        { sentAt: null, dueAt: { $lte: now }, leaseUntil: { $lte: now } },
        { $set: { leaseUntil: until } },
        { sort: { dueAt: 1 }, returnDocument: 'after' },
      );
      return found === null ? null : toLetter(found);
    },
    /**
     * [N13] Makes the digests that wait for somebody due now; answers how many. They get other ids: what comes after is
     * collected under the old ones.
     */
    dueNow: async (personId: string, now: Date): Promise<number> => {
      const waiting = await collection.find({ personId: { $eq: personId }, digest: true, sentAt: null }).toArray();
      for (const { _id, ...rest } of waiting) {
        const id = letterIdOf(personId, `${_id}:${now.getTime()}`, { at: now, digest: false });
        // Put in before the old one is taken out, so that a crash loses none, and held until then, so that it goes once.
        const held = new Date(now.getTime() + HELD_MS);
        await collection.insertOne({ ...rest, _id: id, dueAt: now, asked: true, leaseUntil: held });
        const taken = await collection.deleteOne({ _id, sentAt: null, leaseUntil: { $lte: now } });
        // One that is being sent at this moment goes by itself.
        if (taken.deletedCount === 0) await collection.deleteOne({ _id: id });
        else await collection.updateOne({ _id: id }, { $set: { leaseUntil: NEVER } });
      }
      return waiting.length;
    },
    /** It was sent, or is not to be sent any more. */
    done: async (id: string, at: Date): Promise<void> => {
      await collection.updateOne({ _id: id }, { $set: { sentAt: at } });
    },
    /** Lets it wait until another try. */
    later: async (id: string, until: Date): Promise<void> => {
      await collection.updateOne({ _id: id, sentAt: null }, { $set: { leaseUntil: until } });
    },
    /** Ends all leases: whoever had them has ended. */
    release: async (): Promise<void> => {
      await collection.updateMany({ sentAt: null, leaseUntil: { $gt: NEVER } }, { $set: { leaseUntil: NEVER } });
    },
    dropEvent: (eventId: string): Promise<void> => drop('eventId', eventId),
    dropSubject: (subject: Step): Promise<void> => drop('about', aboutOf(subject)),
    of: async (personId: string): Promise<readonly WaitingLetter[]> =>
      (await collection.find({ personId: { $eq: personId }, sentAt: null }).toArray()).map(toLetter),
    forget: async (personId: string): Promise<void> => {
      await collection.deleteMany({ personId: { $eq: personId } });
    },
  };
}
export type DeliveryStore = ReturnType<typeof deliveryStore>;
