import { randomInt } from 'node:crypto';
import { type Locale, type PlatformRole, Problem } from '@concert/contract';
import type { Collection, Db, Filter, IndexDescription } from 'mongodb';
import { isDuplicate } from '../mongo/errors.ts';
import { literally } from '../mongo/pattern.ts';
import { together } from '../mongo/together.ts';

/** A person's account, without anything secret. */
export type PersonRecord = {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly color: string;
  readonly title?: string;
  readonly organisationId?: string;
  /** Since when the organisation is more than a claim; absent while it is only claimed (access rule A11). */
  readonly organisationConfirmedAt?: Date;
  /** Organisations that the person has left by themself: their conflicts of interest still count (access rule A12). */
  readonly leftOrganisationIds?: readonly string[];
  readonly locale: Locale;
  readonly scheme: 'light' | 'dark' | 'auto';
  readonly platformRole: PlatformRole;
  readonly lastVisitAt?: Date;
  /** Whether the address was shown to be the person's own. */
  readonly emailVerified: boolean;
  readonly suspended: boolean;
  /** The address that the person has asked to change to, and until when its link can be followed. */
  readonly pendingEmail?: { readonly email: string; readonly until: Date };
};

/** What a person may change of their own account; null clears. */
type PersonChange = {
  readonly name?: string;
  readonly title?: string | null;
  readonly locale?: Locale;
  readonly color?: string;
  readonly scheme?: 'light' | 'dark' | 'auto';
  /** Another organisation than before is a claim, until `organisationConfirmedAt` is given with it or later. */
  readonly organisationId?: string | null;
  readonly organisationConfirmedAt?: Date | null;
};

/** The people of this installation. Which of them somebody may see is the caller's question to the access module. */
export type People = {
  byId(id: string): Promise<PersonRecord | null>;
  /** Those of the ids that exist, by id. */
  byIds(ids: readonly string[]): Promise<ReadonlyMap<string, PersonRecord>>;
  /** By address, whatever its case. */
  byEmail(email: string): Promise<PersonRecord | null>;
  /**
   * What somebody changes of their own account; the organisation that they leave by it is remembered.
   * @throws Problem CONFLICT `too-many-organisations`
   */
  update(id: string, change: PersonChange): Promise<PersonRecord | null>;
  /** Notes that the person is here; what was the last visit before this one is what `lastVisitAt` tells. */
  visited(id: string): Promise<PersonRecord | null>;
  /** Notes that an address is its person's own; false when it is not the address of the account (any more). */
  confirm(id: string, email: string): Promise<boolean>;
  /**
   * Gives an account another address, which counts as confirmed; false when the account has left the first one.
   * @throws Problem CONFLICT `email-taken`
   */
  move(id: string, address: { from: string; to: string }): Promise<boolean>;
  /**
   * Notes the address that somebody has asked to change to, or that none is waited for any more. It stands with the
   * account and not with the letter: a letter to an address that has an owner becomes another one, and its asker must
   * not be able to tell.
   */
  awaitAddress(id: string, pending: PersonRecord['pendingEmail'] | null): Promise<void>;
  /** Removes an account whose making was cut off before it had a password: nobody could ever sign in to it. */
  dropUnfinished(email: string): Promise<void>;
  /** Everybody whose address is of this domain. */
  ofDomain(domain: string): Promise<readonly PersonRecord[]>;
  /** Takes back that somebody is of this organisation: what confirmed it has gone. */
  unconfirm(id: string, organisationId: string): Promise<void>;
  /** Everybody who names one of these organisations as theirs, confirmed or not, or has left it by themself. */
  ofOrganisations(organisationIds: readonly string[]): Promise<readonly PersonRecord[]>;
  /** Whether anybody may administer the installation yet. */
  hasAdministrator(): Promise<boolean>;
};

type UserDoc = {
  _id: string;
  name: string;
  email: string;
  color: string;
  title?: string | null;
  organisationId?: string | null;
  organisationConfirmedAt?: Date | null;
  leftOrganisationIds?: readonly string[];
  locale: Locale;
  scheme: 'light' | 'dark' | 'auto';
  platformRole: PlatformRole;
  suspendedAt?: Date | null;
  createdAt?: Date;
  lastVisitAt?: Date | null;
  lastSeenAt?: Date | null;
  emailVerified?: boolean;
  pendingEmail?: { email: string; until: Date } | null;
};

/** After this long without a sign of life the next one begins a new visit. */
const VISIT_GAP_MS = 30 * 60_000;
/** How long the making of an account may take at most. */
const UNFINISHED_MS = 60_000;
/** How often a sign of life is written down. */
const SEEN_MS = 60_000;
/** Nobody works for more organisations than this one after the other. */
const MAX_LEFT = 50;
/** Changes of one account at once before one of them is given up. */
const MAX_TRIES = 20;

export const peopleIndexes: Readonly<Record<string, readonly IndexDescription[]>> = {
  users: [
    { key: { email: 1 }, unique: true },
    { key: { platformRole: 1 } },
    { key: { organisationId: 1 } },
    { key: { leftOrganisationIds: 1 } },
  ],
};

/** Dark enough to carry white initials, apart enough to tell carets from each other. */
const COLORS = [
  '#5f3dc4',
  '#862e9c',
  '#c92a2a',
  '#a34200',
  '#1864ab',
  '#2b6a1f',
  '#364fc7',
  '#087f5b',
  '#a61e4d',
  '#0b7285',
  '#7a4a00',
  '#6d4c41',
] as const;

/** A colour for a new person. */
export const anyColor = (): string => COLORS[randomInt(COLORS.length)] ?? '#1864ab';

const toRecord = (doc: UserDoc): PersonRecord => ({
  id: doc._id,
  name: doc.name,
  email: doc.email,
  color: doc.color,
  locale: doc.locale,
  scheme: doc.scheme,
  platformRole: doc.platformRole,
  emailVerified: doc.emailVerified === true,
  suspended: doc.suspendedAt != null,
  ...(doc.title ? { title: doc.title } : {}),
  ...(doc.organisationId ? { organisationId: doc.organisationId } : {}),
  ...(doc.organisationId && doc.organisationConfirmedAt
    ? { organisationConfirmedAt: doc.organisationConfirmedAt }
    : {}),
  ...(doc.leftOrganisationIds?.length ? { leftOrganisationIds: doc.leftOrganisationIds } : {}),
  ...(doc.lastVisitAt ? { lastVisitAt: doc.lastVisitAt } : {}),
  ...(doc.pendingEmail ? { pendingEmail: doc.pendingEmail } : {}),
});

/** Splits a change into what is set and what is cleared. */
const toUpdate = (change: PersonChange, now: Date) => {
  const entries = Object.entries(change).filter(([, value]) => value !== undefined);
  return {
    $set: { ...Object.fromEntries(entries.map(([key, value]) => [key, value === '' ? null : value])), updatedAt: now },
  };
};

/** Changes one's own account: see {@link People.update}. */
function ownChange(users: Collection<UserDoc>, now: () => Date): People['update'] {
  const write = async (filter: Filter<UserDoc>, what: PersonChange, left?: string | null) => {
    const remembered = left ? { $addToSet: { leftOrganisationIds: left } } : {};
    const update = { ...toUpdate(what, now()), ...remembered };
    const doc = await users.findOneAndUpdate(filter, update, { returnDocument: 'after' });
    return doc === null ? null : toRecord(doc);
  };
  return async (id, { organisationId, ...change }) => {
    // A request that was under way when its account was suspended or erased changes nothing any more.
    const self = { _id: { $eq: id }, suspendedAt: null };
    if (organisationId === undefined) return write(self, change);
    // Naming the same organisation again leaves its confirmation; judged in the write, or two changes at once could
    // put the confirmation of one organisation beside the name of another.
    const same = await write({ ...self, organisationId: { $eq: organisationId } }, change);
    if (same !== null) return same;
    const other = { organisationConfirmedAt: null, ...change, organisationId };
    for (let tries = 1; tries <= MAX_TRIES; tries += 1) {
      const before = await users.findOne(self);
      if (before === null) return null;
      if ((before.leftOrganisationIds?.length ?? 0) >= MAX_LEFT)
        throw new Problem('CONFLICT', 'too-many-organisations');
      const left = before.organisationId ?? null;
      const changed = await write({ ...self, organisationId: left }, other, left);
      if (changed !== null) return changed;
    }
    throw new Problem('CONFLICT', 'changed-meanwhile');
  };
}

/** The people kept by the authentication library in the collection `users`. */
export function createPeople(options: { db: Db; now: () => Date }): People {
  const users: Collection<UserDoc> = options.db.collection('users');
  const byId = async (id: string): Promise<UserDoc | null> => users.findOne({ _id: { $eq: id } });
  // Sixty people who read the same page at once ask for the same names.
  const oneOf = together(async (ids) => {
    const docs = await users.find({ _id: { $in: [...ids] } }).toArray();
    return new Map(docs.map((doc) => [doc._id, toRecord(doc)]));
  });
  return {
    byId: async (id) => (await oneOf(id)) ?? null,
    byIds: async (ids) => {
      if (ids.length === 0) return new Map();
      const found = await Promise.all([...new Set(ids)].map(oneOf));
      return new Map(found.flatMap((one) => (one === undefined ? [] : [[one.id, one] as const])));
    },
    byEmail: async (email) => {
      const doc = await users.findOne({ email: { $eq: email.toLowerCase() } });
      return doc === null ? null : toRecord(doc);
    },
    update: ownChange(users, options.now),
    visited: async (id) => {
      const doc = await byId(id);
      if (doc === null) return null;
      const now = options.now();
      const quiet = now.getTime() - (doc.lastSeenAt?.getTime() ?? 0);
      if (quiet < SEEN_MS) return toRecord(doc);
      const visit = quiet > VISIT_GAP_MS && doc.lastSeenAt ? { lastVisitAt: doc.lastSeenAt } : {};
      await users.updateOne({ _id: { $eq: id }, suspendedAt: null }, { $set: { lastSeenAt: now, ...visit } });
      return toRecord({ ...doc, ...visit });
    },
    confirm: async (id, email) => {
      const update = { $set: { emailVerified: true, updatedAt: options.now() } };
      return (await users.updateOne({ _id: { $eq: id }, email: { $eq: email } }, update)).matchedCount === 1;
    },
    move: async (id, { from, to }) => {
      const update = { $set: { email: to, emailVerified: true, updatedAt: options.now() } };
      try {
        return (await users.updateOne({ _id: { $eq: id }, email: { $eq: from } }, update)).matchedCount === 1;
      } catch (error) {
        throw isDuplicate(error) ? new Problem('CONFLICT', 'email-taken', { cause: error }) : error;
      }
    },
    awaitAddress: async (id, pending) => {
      // A request that was under way when its account was suspended or erased changes nothing any more.
      const still = pending === null ? { pendingEmail: { $ne: null } } : { suspendedAt: null };
      await users.updateOne({ _id: { $eq: id }, ...still }, { $set: { pendingEmail: pending } });
    },
    unconfirm: async (id, organisationId) => {
      const update = { $set: { organisationConfirmedAt: null, updatedAt: options.now() } };
      await users.updateOne({ _id: { $eq: id }, organisationId: { $eq: organisationId } }, update);
    },
    dropUnfinished: async (email) => {
      const settled = new Date(options.now().getTime() - UNFINISHED_MS);
      const doc = await users.findOne({ email: { $eq: email.toLowerCase() }, createdAt: { $lt: settled } });
      if (doc === null) return;
      const credential = await options.db.collection('accounts').findOne({ userId: { $eq: doc._id } });
      if (credential === null) await users.deleteOne({ _id: { $eq: doc._id } });
    },
    ofDomain: async (domain) => {
      const ending = `@${literally(domain)}$`;
      return (
        await users
          .find({ email: { $regex: ending } })
          .sort({ email: 1 })
          .toArray()
      ).map(toRecord);
    },
    ofOrganisations: async (organisationIds) => {
      if (organisationIds.length === 0) return [];
      const wanted = { $in: [...organisationIds] };
      // One question per index: a single one with alternatives would read everybody.
      const found = await Promise.all([
        users.find({ organisationId: wanted }).toArray(),
        users.find({ leftOrganisationIds: wanted }).toArray(),
      ]);
      return [...new Map(found.flat().map((doc) => [doc._id, toRecord(doc)])).values()];
    },
    hasAdministrator: async () =>
      (await users.findOne({ platformRole: { $eq: 'administrator' } }, { projection: { _id: 1 } })) !== null,
  };
}
