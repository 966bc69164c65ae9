import type { Db, IndexDescription } from 'mongodb';
import type { Ports } from '../ports.ts';
import { fingerprint, newSecret } from './secrets.ts';

/** What every personal access token starts with, so that scanners recognise a leaked one. */
export const TOKEN_PREFIX = 'cct_';

const TOUCH_MS = 60_000;

/** A token as its owner sees it: the secret is shown once, when it is made. */
export type TokenRecord = {
  readonly id: string;
  readonly personId: string;
  readonly name: string;
  readonly createdAt: Date;
  readonly lastUsedAt?: Date;
};

export type Tokens = {
  list(personId: string): Promise<readonly TokenRecord[]>;
  create(personId: string, name: string): Promise<{ id: string; token: string }>;
  /** False when the person has no such token. */
  revoke(personId: string, id: string): Promise<boolean>;
};

type TokenDoc = { _id: string; personId: string; name: string; tokenHash: string; createdAt: Date; lastUsedAt?: Date };

export const tokenIndexes: Readonly<Record<string, readonly IndexDescription[]>> = {
  tokens: [{ key: { tokenHash: 1 }, unique: true }, { key: { personId: 1, createdAt: 1 } }],
};

const toRecord = (doc: TokenDoc): TokenRecord => ({
  id: doc._id,
  personId: doc.personId,
  name: doc.name,
  createdAt: doc.createdAt,
  ...(doc.lastUsedAt === undefined ? {} : { lastUsedAt: doc.lastUsedAt }),
});

/** Tokens in the collection `tokens`, as SHA-256 of 256 random bits. */
export function tokenStore(options: { db: Db; ports: Ports }) {
  const collection = options.db.collection<TokenDoc>('tokens');
  return {
    list: async (personId: string): Promise<readonly TokenRecord[]> =>
      (
        await collection
          .find({ personId: { $eq: personId } })
          .sort({ createdAt: -1 })
          .toArray()
      ).map(toRecord),
    create: async (personId: string, name: string) => {
      const token = TOKEN_PREFIX + newSecret();
      const doc: TokenDoc = {
        _id: options.ports.newId(),
        personId,
        name,
        tokenHash: fingerprint(token),
        createdAt: options.ports.now(),
      };
      await collection.insertOne(doc);
      return { id: doc._id, token };
    },
    revoke: async (personId: string, id: string): Promise<boolean> =>
      (await collection.deleteOne({ _id: { $eq: id }, personId: { $eq: personId } })).deletedCount === 1,
    revokeAll: async (personId: string): Promise<void> => {
      await collection.deleteMany({ personId: { $eq: personId } });
    },
    /** The token's record if the secret is known; its last use is noted at most once a minute. */
    find: async (token: string): Promise<TokenRecord | null> => {
      const doc = await collection.findOne({ tokenHash: { $eq: fingerprint(token) } });
      if (doc === null) return null;
      const now = options.ports.now();
      if (doc.lastUsedAt === undefined || now.getTime() - doc.lastUsedAt.getTime() >= TOUCH_MS)
        await collection.updateOne({ _id: { $eq: doc._id } }, { $set: { lastUsedAt: now } });
      return toRecord(doc);
    },
    exists: async (personId: string, id: string): Promise<boolean> =>
      (await collection.findOne({ _id: { $eq: id }, personId: { $eq: personId } }, { projection: { _id: 1 } })) !==
      null,
  };
}
export type TokenStore = ReturnType<typeof tokenStore>;
