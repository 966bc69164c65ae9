import { Problem } from '@concert/contract';
import type { Principal } from '@concert/domain/access/grants.ts';
import type { WorkspaceRole } from '@concert/domain/access/roles.ts';
import type { Db, IndexDescription } from 'mongodb';
import { type DenialRecord, type GrantRecord, principalIds } from '../platform/access/rights-records.ts';
import type { DomainEvent } from '../platform/events.ts';
import { OUTBOX_INDEX } from '../platform/outbox/outbox.ts';

/** A person's place in a workspace. */
export type MemberRecord = {
  readonly personId: string;
  readonly role: WorkspaceRole;
  readonly since: Date;
  readonly until?: Date;
};

/** An invitation that waits. The secret of its link is nowhere in the store. */
export type InvitationRecord = {
  readonly id: string;
  readonly tokenHash: string;
  readonly email: string;
  readonly role: WorkspaceRole;
  /** The inviting person's id. */
  readonly invitedBy: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  /** When the membership that it offers ends. */
  readonly until?: Date;
};

/** A workspace with its members in one record, so that "at least one owner" is decided by one write. */
export type WorkspaceRecord = {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly state: 'active' | 'archived';
  readonly members: readonly MemberRecord[];
  readonly invitations: readonly InvitationRecord[];
  /** Rights of bodies and organisations. */
  readonly grants: readonly GrantRecord[];
  /** Who is kept out by a conflict of interest. */
  readonly denials: readonly DenialRecord[];
  readonly createdAt: Date;
  readonly updatedAt: Date;
};

/** What a change of a workspace replaces, and the facts it makes known. */
export type WorkspaceChange = Partial<
  Pick<WorkspaceRecord, 'name' | 'description' | 'state' | 'members' | 'invitations' | 'grants' | 'denials'>
> & { readonly events: readonly DomainEvent[] };

type WorkspaceDoc = Omit<WorkspaceRecord, 'id' | 'grants' | 'denials'> & {
  _id: string;
  rev: number;
  outbox: readonly DomainEvent[];
  /** Absent in workspaces that are older than such rights. */
  grants?: readonly GrantRecord[];
  denials?: readonly DenialRecord[];
};

export const WORKSPACES = 'workspaces';

export const workspaceIndexes: Readonly<Record<string, readonly IndexDescription[]>> = {
  [WORKSPACES]: [
    { key: { 'members.personId': 1 } },
    { key: { 'grants.principal.id': 1 } },
    { key: { 'denials.principal.id': 1 } },
    { key: { 'invitations.tokenHash': 1 } },
    OUTBOX_INDEX,
  ],
};

/** Tries of one change against others before it is given up: far more than a workspace has owners. */
const MAX_TRIES = 100;

const toRecord = ({ _id, rev: _, outbox: __, grants = [], denials = [], ...rest }: WorkspaceDoc): WorkspaceRecord => ({
  id: _id,
  grants,
  denials,
  ...rest,
});

/** Lets others go first, each for a different while, so that rivals do not meet again at once. */
const stepAside = (tries: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, Math.random() * Math.min(tries, 20) * 4));

/** Workspaces in the collection `workspaces`. */
export function workspaceStore(db: Db) {
  const collection = db.collection<WorkspaceDoc>(WORKSPACES);
  const find = async (id: string): Promise<WorkspaceDoc | null> => collection.findOne({ _id: { $eq: id } });
  return {
    get: async (id: string): Promise<WorkspaceRecord | null> => {
      const doc = await find(id);
      return doc === null ? null : toRecord(doc);
    },
    /** Those of the ids that exist. */
    getAll: async (ids: readonly string[]): Promise<readonly WorkspaceRecord[]> =>
      ids.length === 0 ? [] : (await collection.find({ _id: { $in: [...ids] } }).toArray()).map(toRecord),
    /** Every workspace on which one of these was given or denied something, expired memberships included. */
    naming: async (principals: readonly Principal[]): Promise<readonly WorkspaceRecord[]> => {
      const ids = principalIds(principals);
      const people = principalIds(principals.filter(({ type }) => type === 'person'));
      // One question per index: a single one with alternatives would read every workspace.
      const found = await Promise.all([
        collection.find({ 'members.personId': { $in: people } }).toArray(),
        collection.find({ 'grants.principal.id': { $in: ids } }).toArray(),
        collection.find({ 'denials.principal.id': { $in: ids } }).toArray(),
      ]);
      return [...new Map(found.flat().map((doc) => [doc._id, toRecord(doc)])).values()];
    },
    withInvitation: async (tokenHash: string): Promise<WorkspaceRecord | null> => {
      const doc = await collection.findOne({ 'invitations.tokenHash': { $eq: tokenHash } });
      return doc === null ? null : toRecord(doc);
    },
    insert: async ({ id, ...rest }: WorkspaceRecord, events: readonly DomainEvent[]): Promise<void> => {
      await collection.insertOne({ _id: id, ...rest, rev: 0, outbox: [...events] });
    },
    /**
     * Reads, lets `decide` judge and change, and writes only if nobody else has written meanwhile; otherwise decides
     * again on the newer state. What `decide` throws ends it.
     * @throws Problem NOT_FOUND when there is no such workspace
     */
    change: async (
      id: string,
      now: Date,
      decide: (workspace: WorkspaceRecord) => WorkspaceChange | Promise<WorkspaceChange>,
    ): Promise<WorkspaceRecord> => {
      for (let tries = 1; tries <= MAX_TRIES; tries += 1) {
        const doc = await find(id);
        if (doc === null) throw new Problem('NOT_FOUND', 'not-found');
        const { events, ...fields } = await decide(toRecord(doc));
        const written = await collection.findOneAndUpdate(
          { _id: { $eq: id }, rev: { $eq: doc.rev } },
          { $set: { ...fields, updatedAt: now }, $inc: { rev: 1 }, $push: { outbox: { $each: [...events] } } },
          { returnDocument: 'after' },
        );
        if (written !== null) return toRecord(written);
        await stepAside(tries);
      }
      throw new Problem('SERVICE_UNAVAILABLE', 'too-busy');
    },
  };
}
export type WorkspaceStore = ReturnType<typeof workspaceStore>;
