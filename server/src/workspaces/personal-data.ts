import { leavesOthersAlone, membersWithout } from '@concert/domain/workspaces/succession.ts';
import type { Filter } from 'mongodb';
import type { Platform } from '../platform/module.ts';
import type { Erased, HandOver, PersonalData } from '../platform/personal-data.ts';
import { announcer, currentMembers, teamOf } from './service.ts';
import { WORKSPACES, type WorkspaceChange, type WorkspaceRecord, type WorkspaceStore } from './store.ts';

/** Finds the invitations of somebody, and those to somebody. */
const indexes: NonNullable<PersonalData['indexes']> = {
  [WORKSPACES]: [{ key: { 'invitations.email': 1 } }, { key: { 'invitations.invitedBy': 1 } }],
};

type Parts = { readonly platform: Platform; readonly store: WorkspaceStore };

type Traces = { readonly _id: string; readonly invitations: WorkspaceRecord['invitations'] };

/** Ids of all workspaces in which something names the person. */
async function touching({ platform: { db }, store }: Parts, { personId, email }: Erased): Promise<string[]> {
  const collection = db.collection<Traces>(WORKSPACES);
  const ids = async (filter: Filter<Traces>) =>
    (await collection.find(filter, { projection: { _id: 1 } }).toArray()).map(({ _id }) => _id);
  const named = await store.naming([{ type: 'person', id: personId }]);
  const invited = await ids({ 'invitations.email': { $eq: email } });
  const inviting = await ids({ 'invitations.invitedBy': { $eq: personId } });
  return [...new Set([...named.map(({ id }) => id), ...invited, ...inviting])];
}

/** [W6] What a workspace becomes without the person. One of theirs alone is closed, and keeps them as its owner. */
async function without(
  platform: Platform,
  workspace: WorkspaceRecord,
  personId: string,
): Promise<Omit<WorkspaceChange, 'events'>> {
  const now = platform.ports.now();
  const { denied } = await teamOf(platform, workspace, now);
  const members = currentMembers(workspace, now);
  const left = membersWithout({ state: workspace.state, members, denied: denied ?? new Set() }, personId);
  return left === null ? { members, state: 'archived' } : { members: left };
}

/** Memberships, invitations and rights by name. */
export function workspaceData(parts: Parts): PersonalData {
  const { platform, store } = parts;
  const { outbox, ports } = platform;
  const announce = announcer(platform);
  const membershipsOf = async (personId: string) =>
    (await store.naming([{ type: 'person', id: personId }])).flatMap((workspace) =>
      workspace.members.filter((member) => member.personId === personId).map((member) => ({ workspace, member })),
    );
  return {
    indexes,
    export: async (personId) => ({
      memberships: (await membershipsOf(personId)).map(
        ({ workspace: { id, name }, member: { role, since, until } }) => ({
          workspaceId: id,
          name,
          role,
          since,
          until,
        }),
      ),
      // Whom somebody invited is the invited people's data.
      invitationsSent: (
        await platform.db
          .collection<Traces>(WORKSPACES)
          .find({ 'invitations.invitedBy': { $eq: personId } })
          .toArray()
      ).flatMap(({ _id, invitations }) =>
        invitations
          .filter(({ invitedBy }) => invitedBy === personId)
          .map(({ role, createdAt, expiresAt }) => ({ workspaceId: _id, role, createdAt, expiresAt })),
      ),
    }),
    toHandOver: async (personId) => {
      const left: HandOver[] = [];
      for (const { workspace } of await membershipsOf(personId))
        if (leavesOthersAlone(await teamOf(platform, workspace, ports.now()), personId))
          left.push({ kind: 'workspace', id: workspace.id, name: workspace.name });
      return left;
    },
    erase: async (erased) => {
      const { personId, email } = erased;
      const now = ports.now();
      for (const workspaceId of await touching(parts, erased)) {
        const event = outbox.event('workspaces.member-removed', { workspaceId, personId });
        await store.change(workspaceId, now, async (workspace) => ({
          ...(await without(platform, workspace, personId)),
          invitations: workspace.invitations.filter((one) => one.email !== email && one.invitedBy !== personId),
          grants: workspace.grants.filter(({ principal }) => principal.id !== personId),
          denials: workspace.denials.filter(({ principal }) => principal.id !== personId),
          events: [event],
        }));
        await announce.rights(workspaceId, personId);
      }
      outbox.wake(WORKSPACES);
    },
  };
}
