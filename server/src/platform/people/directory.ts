import type { PlatformRole } from '@concert/contract';
import { SESSION_SECONDS } from '@concert/domain/accounts/rules.ts';
import type { Collection, Db, Filter, IndexDescription } from 'mongodb';
import type { DomainEvent } from '../events.ts';
import { folded } from '../mongo/pattern.ts';
import { OUTBOX_INDEX } from '../outbox/outbox.ts';
import { type Account, type AccountDoc, toAccount } from './account.ts';

/** Which accounts a list holds. */
type AccountQuery = {
  /** Part of a name or an address, whatever its case and accents. */
  readonly q?: string | undefined;
  readonly state?: 'active' | 'suspended' | 'unverified' | 'erased' | undefined;
  /** Whether an address that is not confirmed keeps its account from being active. */
  readonly mustVerify: boolean;
  readonly role?: PlatformRole | undefined;
  /** Id behind which the list goes on. */
  readonly after?: string | undefined;
  readonly limit: number;
};

/** What may be changed of an account that has no invariant beyond itself. */
export type AccountChange = {
  readonly name?: string | undefined;
  readonly title?: string | undefined;
  readonly organisationId?: string | null | undefined;
  readonly organisationConfirmed?: boolean | undefined;
};

/** The accounts of the installation, as administration needs them. */
export type Directory = {
  readonly indexes: Readonly<Record<string, readonly IndexDescription[]>>;
  byId(id: string): Promise<Account | null>;
  /** Newest first; one more than `limit` when there are more. */
  list(query: AccountQuery): Promise<readonly Account[]>;
  /** Null for an account that is not there or being erased. */
  change(id: string, change: AccountChange): Promise<Account | null>;
  /** How many sessions each person has now. */
  sessionCounts(ids: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** The sessions of a person that have not ended, newest first. */
  sessions(id: string): Promise<readonly OpenSession[]>;
  /** Notes that somebody was invited, so that the account waits for its owner, and what follows from it. */
  invited(id: string, event: DomainEvent): Promise<void>;
  /** Whether a code names an erased person already. */
  isPseudonym(code: string): Promise<boolean>;
  /** Accounts whose erasure has begun and not come to its end. */
  erasing(): Promise<readonly Account[]>;
  /** Adds an event to an account, unless one of its type waits there already. */
  push(id: string, event: DomainEvent): Promise<void>;
  /** Leaves nothing in an account whose erasure has begun but its id, its pseudonym and the name made of that. */
  erase(id: string, name: string): Promise<void>;
};

/** A browser that is signed in. */
type OpenSession = {
  readonly id: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly expiresAt: Date;
  readonly userAgent: string;
};

type SessionDoc = Omit<OpenSession, 'id' | 'userAgent'> & { _id: string; userId: string; userAgent?: string | null };

/** What an erased account keeps: how it is found, what others called it by, and what its last events need. */
const KEPT_OF_ERASED: ReadonlySet<string> = new Set([
  '_id',
  'createdAt',
  'pseudonym',
  'erasingAt',
  'suspendedAt',
  'statusRev',
  'outbox',
  'outboxUntil',
  'outboxTries',
]);
/** A grey that carries white initials. */
const COLOR_OF_ERASED = '#5c636a';

const directoryIndexes: Directory['indexes'] = {
  users: [OUTBOX_INDEX, { key: { pseudonym: 1 }, sparse: true }],
};

const unconfirmed = (mustVerify: boolean): Filter<AccountDoc> =>
  mustVerify ? { emailVerified: { $ne: true } } : { emailVerified: { $ne: true }, invitedAt: { $ne: null } };

/** The states in the words of the database, in the order in which they win over each other. */
function stateFilter(state: NonNullable<AccountQuery['state']>, mustVerify: boolean): Filter<AccountDoc> {
  if (state === 'erased') return { erasingAt: { $ne: null } };
  if (state === 'suspended') return { erasingAt: null, suspendedAt: { $ne: null } };
  const admitted: Filter<AccountDoc> = { erasingAt: null, suspendedAt: null };
  if (state === 'unverified') return { ...admitted, ...unconfirmed(mustVerify) };
  return mustVerify
    ? { ...admitted, emailVerified: true }
    : { ...admitted, $or: [{ emailVerified: true }, { invitedAt: null }] };
}

function filterOf({ q, state, role, after, mustVerify }: AccountQuery): Filter<AccountDoc> {
  const conditions: Filter<AccountDoc>[] = [];
  if (after !== undefined) conditions.push({ _id: { $lt: after } });
  if (role !== undefined) conditions.push({ platformRole: { $eq: role } });
  if (state !== undefined) conditions.push(stateFilter(state, mustVerify));
  if (q !== undefined && q !== '') {
    const pattern = { $regex: folded(q), $options: 'i' };
    conditions.push({ $or: [{ name: pattern }, { email: pattern }] });
  }
  return conditions.length === 0 ? {} : { $and: conditions };
}

/** Fields are taken away by what may stay, so that one that is added later leaves with the others. */
async function eraseAccount(
  users: Collection<AccountDoc>,
  { id, name, now }: { id: string; name: string; now: Date },
): Promise<void> {
  const doc = await users.findOne({ _id: { $eq: id }, erasingAt: { $ne: null } });
  if (doc === null) return;
  const blank = {
    name,
    // Unique like every address, and of a domain that can never exist (RFC 2606).
    email: `${id}@erased.invalid`,
    emailVerified: false,
    color: COLOR_OF_ERASED,
    locale: 'fr',
    scheme: 'auto',
    platformRole: 'guest',
    erasedAt: now,
    updatedAt: now,
  } as const;
  const gone = Object.keys(doc).filter((key) => !KEPT_OF_ERASED.has(key) && !(key in blank));
  await users.updateOne(
    { _id: { $eq: id } },
    { $set: blank, ...(gone.length === 0 ? {} : { $unset: Object.fromEntries(gone.map((key) => [key, ''])) }) },
  );
}

/** Sessions that have neither come to their end nor been idle for too long. */
const running = (now: Date) => ({
  expiresAt: { $gt: now },
  updatedAt: { $gt: new Date(now.getTime() - SESSION_SECONDS.unused * 1000) },
});

/** More browsers than anybody has. */
const MAX_SESSIONS = 200;

/** The accounts in the collection `users`, which the authentication library keeps. */
export function createDirectory({ db, now }: { db: Db; now: () => Date }): Directory {
  const users: Collection<AccountDoc> = db.collection('users');
  const sessions = db.collection<SessionDoc>('sessions');
  return {
    indexes: directoryIndexes,
    byId: async (id) => {
      const doc = await users.findOne({ _id: { $eq: id } });
      return doc === null ? null : toAccount(doc);
    },
    list: async (query) => {
      // Ids are ordered by time (UUID version 7): the newest account comes first without an index of its own.
      const found = users.find(filterOf(query)).sort({ _id: -1 });
      return (await found.limit(query.limit + 1).toArray()).map(toAccount);
    },
    change: async (id, { organisationConfirmed, ...fields }) => {
      const given = Object.entries(fields).filter(([, value]) => value !== undefined);
      // Who vouched for one organisation has not vouched for the next.
      const confirmed = organisationConfirmed ?? (fields.organisationId === undefined ? undefined : false);
      const doc = await users.findOneAndUpdate(
        { _id: { $eq: id }, erasingAt: null },
        {
          $set: {
            ...Object.fromEntries(given.map(([key, value]) => [key, value === '' ? null : value])),
            ...(confirmed === undefined ? {} : { organisationConfirmedAt: confirmed ? now() : null }),
            // Who runs the installation has said where the person belongs, and where no more.
            ...(fields.organisationId === undefined ? {} : { leftOrganisationIds: [] }),
            updatedAt: now(),
          },
        },
        { returnDocument: 'after' },
      );
      return doc === null ? null : toAccount(doc);
    },
    sessionCounts: async (ids) => {
      if (ids.length === 0) return new Map();
      const open: Filter<SessionDoc> = { userId: { $in: [...ids] }, ...running(now()) };
      const grouped = sessions.aggregate<{ _id: string; count: number }>([
        { $match: open },
        { $group: { _id: '$userId', count: { $sum: 1 } } },
      ]);
      return new Map((await grouped.toArray()).map(({ _id, count }) => [_id, count]));
    },
    sessions: async (id) =>
      (
        await sessions
          .find({ userId: { $eq: id }, ...running(now()) })
          .sort({ createdAt: -1 })
          .limit(MAX_SESSIONS)
          .toArray()
      ).map(({ _id, createdAt, updatedAt, expiresAt, userAgent }) => ({
        id: _id,
        createdAt,
        updatedAt,
        expiresAt,
        userAgent: userAgent ?? '',
      })),
    invited: async (id, event) => {
      await users.updateOne({ _id: { $eq: id } }, { $set: { invitedAt: now() }, $push: { outbox: event } });
    },
    isPseudonym: async (code) =>
      (await users.findOne({ pseudonym: { $eq: code } }, { projection: { _id: 1 } })) !== null,
    erasing: async () => (await users.find({ pseudonym: { $gt: '' }, erasedAt: null }).toArray()).map(toAccount),
    push: async (id, event) => {
      await users.updateOne({ _id: { $eq: id }, 'outbox.type': { $ne: event.type } }, { $push: { outbox: event } });
    },
    erase: (id, name) => eraseAccount(users, { id, name, now: now() }),
  };
}
