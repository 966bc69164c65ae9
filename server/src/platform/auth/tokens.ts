import type { ActorLimit } from '@concert/contract';
import type { Db, Filter, IndexDescription } from 'mongodb';
import { together } from '../mongo/together.ts';
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
  /** When it ends by itself (exclusive), if it does. */
  readonly until?: Date;
  /** The most it may do; absent for a token that may do all that its person may (access rule A13). */
  readonly limits?: readonly ActorLimit[];
};

/** What a token is made with. */
export type TokenTerms = Pick<TokenRecord, 'name' | 'until' | 'limits'>;

export type Tokens = {
  /** Those that are still good, newest first. */
  list(personId: string): Promise<readonly TokenRecord[]>;
  /** Those of these people that are still good. */
  ofPeople(personIds: readonly string[]): Promise<readonly TokenRecord[]>;
  create(personId: string, terms: TokenTerms): Promise<{ id: string; token: string }>;
  /** False when the person has no such token. */
  revoke(personId: string, id: string): Promise<boolean>;
};

type TokenDoc = Omit<TokenRecord, 'id'> & { _id: string; tokenHash: string };

export const tokenIndexes: Readonly<Record<string, readonly IndexDescription[]>> = {
  tokens: [
    { key: { tokenHash: 1 }, unique: true },
    { key: { personId: 1, createdAt: 1 } },
    { key: { until: 1 }, expireAfterSeconds: 0 },
  ],
};

const toRecord = ({ _id, tokenHash: _, ...rest }: TokenDoc): TokenRecord => ({ id: _id, ...rest });

const good = (now: Date): Filter<TokenDoc> => ({ $or: [{ until: { $exists: false } }, { until: { $gt: now } }] });

/** Tokens in the collection `tokens`, as SHA-256 of 256 random bits. */
export function tokenStore(options: { db: Db; ports: Ports }) {
  const collection = options.db.collection<TokenDoc>('tokens');
  const byHash = together(async (hashes) => {
    const now = options.ports.now();
    const docs = await collection.find({ tokenHash: { $in: [...hashes] }, ...good(now) }).toArray();
    const used = docs.filter(({ lastUsedAt: at }) => at === undefined || now.getTime() - at.getTime() >= TOUCH_MS);
    // For people to read: nobody waits until this has reached the disk.
    if (used.length > 0)
      await collection.updateMany(
        { _id: { $in: used.map(({ _id }) => _id) } },
        { $set: { lastUsedAt: now } },
        { writeConcern: { w: 1, journal: false } },
      );
    return new Map(docs.map((doc) => [doc.tokenHash, toRecord(doc)]));
  });
  return {
    list: async (personId: string): Promise<readonly TokenRecord[]> =>
      (
        await collection
          .find({ personId: { $eq: personId }, ...good(options.ports.now()) })
          .sort({ createdAt: -1 })
          .toArray()
      ).map(toRecord),
    ofPeople: async (personIds: readonly string[]): Promise<readonly TokenRecord[]> =>
      personIds.length === 0
        ? []
        : (await collection.find({ personId: { $in: [...personIds] }, ...good(options.ports.now()) }).toArray()).map(
            toRecord,
          ),
    create: async (personId: string, { name, until, limits }: TokenTerms) => {
      const token = TOKEN_PREFIX + newSecret();
      const doc: TokenDoc = {
        _id: options.ports.newId(),
        personId,
        name,
        tokenHash: fingerprint(token),
        createdAt: options.ports.now(),
        ...(until === undefined ? {} : { until }),
        ...(limits === undefined ? {} : { limits }),
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
    find: async (token: string): Promise<TokenRecord | null> => (await byHash(fingerprint(token))) ?? null,
    /** Those of these tokens that are good, with whose they are. */
    among: async (ids: readonly string[]): Promise<ReadonlyMap<string, string>> => {
      const filter = { _id: { $in: [...ids] }, ...good(options.ports.now()) };
      const docs = await collection.find(filter, { projection: { personId: 1 } }).toArray();
      return new Map(docs.map(({ _id, personId }) => [_id, personId]));
    },
  };
}
export type TokenStore = ReturnType<typeof tokenStore>;
