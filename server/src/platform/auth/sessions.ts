import { SESSION_SECONDS } from '@concert/domain/accounts/rules.ts';
import type { Db } from 'mongodb';
import type { Ports } from '../ports.ts';
import { newSecret } from './secrets.ts';
import { toStored } from './session-store.ts';

/** A session that nobody used for so long ends (ASVS 7.3.1). */
const IDLE_MS = SESSION_SECONDS.unused * 1000;
/** How often the last use is written down. */
const TOUCH_MS = 15 * 60_000;

type SessionDoc = {
  _id: string;
  userId: string;
  token: string;
  expiresAt: Date;
  createdAt: Date;
  updatedAt: Date;
  userAgent?: string | null;
};

/** Our own view of the library's collection `sessions`: by id and person, never by token. */
export function sessionStore(options: { db: Db; ports: Ports }) {
  const collection = options.db.collection<SessionDoc>('sessions');
  const goodFilter = (now: Date) => ({
    expiresAt: { $gt: now },
    updatedAt: { $gt: new Date(now.getTime() - IDLE_MS) },
  });
  return {
    /** Notes that a session is in use; false when it is too old or has been idle for too long, and then ends it. */
    touch: async (session: { id: string; updatedAt: Date; expiresAt: Date }): Promise<boolean> => {
      const now = options.ports.now();
      const age = now.getTime() - session.updatedAt.getTime();
      if (age >= IDLE_MS || session.expiresAt <= now) {
        await collection.deleteOne({ _id: { $eq: session.id } });
        return false;
      }
      if (age >= TOUCH_MS) await collection.updateOne({ _id: { $eq: session.id } }, { $set: { updatedAt: now } });
      return true;
    },
    /** Those of these sessions that are good, with whose they are. */
    among: async (ids: readonly string[]): Promise<ReadonlyMap<string, string>> => {
      const filter = { _id: { $in: [...ids] }, ...goodFilter(options.ports.now()) };
      const docs = await collection.find(filter, { projection: { userId: 1 } }).toArray();
      return new Map(docs.map(({ _id, userId }) => [_id, userId]));
    },
    list: async (personId: string) =>
      collection
        .find({ userId: { $eq: personId }, ...goodFilter(options.ports.now()) })
        .sort({ createdAt: -1 })
        .limit(200)
        .toArray(),
    /** Gives a session another secret, and answers it; the one before opens nothing any more. */
    renew: async (id: string): Promise<{ token: string; expiresAt: Date } | null> => {
      const token = newSecret();
      const doc = await collection.findOneAndUpdate({ _id: { $eq: id } }, { $set: { token: toStored(token) } });
      return doc === null ? null : { token, expiresAt: doc.expiresAt };
    },
    /** Ends one session of a person; false when there is none. */
    end: async (personId: string, id: string): Promise<boolean> =>
      (await collection.deleteOne({ _id: { $eq: id }, userId: { $eq: personId } })).deletedCount === 1,
    /** Ends the session with this secret. */
    endByToken: async (token: string): Promise<void> => {
      await collection.deleteOne({ token: { $eq: toStored(token) } });
    },
    /** Ends all sessions of a person but one; answers the ids of those that ended. */
    endOthers: async (personId: string, keep?: string): Promise<readonly string[]> => {
      const docs = await collection.find({ userId: { $eq: personId } }, { projection: { _id: 1 } }).toArray();
      const ids = docs.map((doc) => doc._id).filter((id) => id !== keep);
      if (ids.length > 0) await collection.deleteMany({ _id: { $in: ids } });
      return ids;
    },
  };
}
export type SessionStore = ReturnType<typeof sessionStore>;
