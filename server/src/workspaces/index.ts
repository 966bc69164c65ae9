import type { Grant } from '@concert/domain/access/grants.ts';
import { defineModule } from '../platform/module.ts';
import { workspaceReactions } from './reactions.ts';
import { workspaceRoutes } from './routes.ts';
import { currentMembers } from './service.ts';
import { WORKSPACES, type WorkspaceRecord, workspaceIndexes, workspaceStore } from './store.ts';

const grantsIn = (workspace: WorkspaceRecord, personId: string): Grant[] =>
  workspace.members
    .filter((member) => member.personId === personId)
    .map(({ role, until }) => ({
      principal: { type: 'person', id: personId },
      role,
      subject: { kind: 'workspace', id: workspace.id },
      ...(until === undefined ? {} : { until }),
    }));

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
