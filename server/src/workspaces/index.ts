import type { Grant } from '@concert/domain/access/grants.ts';
import { fingerprint } from '../platform/auth/secrets.ts';
import { defineModule } from '../platform/module.ts';
import { workspaceReactions } from './reactions.ts';
import { workspaceRoutes } from './routes.ts';
import { currentMembers, openInvitations } from './service.ts';
import { WORKSPACES, type WorkspaceRecord, type WorkspaceStore, workspaceIndexes, workspaceStore } from './store.ts';

const grantsIn = (workspace: WorkspaceRecord, personId: string): Grant[] =>
  workspace.members
    .filter((member) => member.personId === personId)
    .map(({ role, until }) => ({
      principal: { type: 'person', id: personId },
      role,
      subject: { kind: 'workspace', id: workspace.id },
      ...(until === undefined ? {} : { until }),
    }));

/** The address to which an invitation went that still waits, by the secret of its link. */
const invitedBy = async (store: WorkspaceStore, secret: string, now: Date): Promise<string | undefined> => {
  const hash = fingerprint(secret);
  const workspace = await store.withInvitation(hash);
  return workspace === null ? undefined : openInvitations(workspace, now).find((one) => one.tokenHash === hash)?.email;
};

/** Workspaces, their members and invitations: where every right begins. */
export const workspaces = defineModule((platform) => {
  const { access, db, lookups, outbox, ports } = platform;
  const store = workspaceStore(db);
  access.registerWorkspaces({
    facts: async (workspaceId, personId) => {
      const workspace = await store.get(workspaceId);
      return workspace === null ? null : { state: workspace.state, grants: grantsIn(workspace, personId) };
    },
    grantsOf: async (personId) =>
      (await store.withMember(personId)).flatMap((workspace) => grantsIn(workspace, personId)),
    members: async (ids) => {
      const list = await store.getAll(ids);
      const now = ports.now();
      return new Map(list.map((one) => [one.id, currentMembers(one, now).map(({ personId }) => personId)]));
    },
  });
  lookups.workspaceNames.answeredBy(
    async (ids) => new Map((await store.getAll(ids)).map(({ id, name }) => [id, name])),
  );
  lookups.invitedAddresses.answeredBy(async (secrets) => {
    const now = ports.now();
    const found = await Promise.all(
      secrets.map(async (secret) => [secret, await invitedBy(store, secret, now)] as const),
    );
    return new Map(found.flatMap(([secret, email]) => (email === undefined ? [] : [[secret, email] as const])));
  });
  outbox.watch(WORKSPACES);
  return {
    router: workspaceRoutes({ platform, store }),
    indexes: workspaceIndexes,
    reactions: workspaceReactions({ platform, store }),
    subject: async (id) => {
      const workspace = await store.get(id);
      if (workspace === null) return null;
      return { kind: 'workspace', id, workspaceId: id, title: workspace.name, path: `/workspaces/${id}` };
    },
  };
});
