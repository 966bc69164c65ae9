import type { Grant } from '@concert/domain/access/grants.ts';
import type { WorkspaceFacts } from '../platform/access/access.ts';
import { denialsOn, grantsOn } from '../platform/access/rights-records.ts';
import { fingerprint } from '../platform/auth/secrets.ts';
import { defineModule } from '../platform/module.ts';
import { together } from '../platform/mongo/together.ts';
import { workspaceData } from './personal-data.ts';
import { workspaceReactions } from './reactions.ts';
import { workspaceRoutes } from './routes.ts';
import { currentMembers, openInvitations } from './service.ts';
import { workspaceSharing } from './sharing.ts';
import { WORKSPACES, type WorkspaceRecord, type WorkspaceStore, workspaceIndexes, workspaceStore } from './store.ts';
import { workspaceSubjects } from './subjects.ts';

/** What was given and taken away on a workspace, as the access module judges it. */
function factsOf(workspace: WorkspaceRecord): WorkspaceFacts {
  const { id, state, members, grants, denials } = workspace;
  const subject = { kind: 'workspace', id } as const;
  const named: Grant[] = members.map(({ personId, role, since, until }) => ({
    principal: { type: 'person', id: personId },
    role,
    subject,
    since,
    ...(until === undefined ? {} : { until }),
  }));
  return { id, state, grants: [...named, ...grantsOn(subject, grants)], denials: denialsOn(subject, denials) };
}

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
  const facts = together(async (ids) => new Map((await store.getAll(ids)).map((one) => [one.id, factsOf(one)])));
  access.registerWorkspaces({
    facts: async (workspaceId) => (await facts(workspaceId)) ?? null,
    naming: async (principals) => (await store.naming(principals)).map(factsOf),
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
    const found = await Promise.all(
      secrets.map(async (secret) => [secret, await invitedBy(store, secret, ports.now())] as const),
    );
    return new Map(found.flatMap(([secret, email]) => (email === undefined ? [] : [[secret, email] as const])));
  });
  lookups.pendingInvitations.answeredBy(
    async (ids) =>
      new Map((await store.getAll(ids)).map((one) => [one.id, openInvitations(one, ports.now()).length] as const)),
  );
  platform.subjects.register('workspace', workspaceSubjects(platform, store));
  outbox.watch(WORKSPACES);
  return {
    router: { ...workspaceRoutes({ platform, store }), sharing: workspaceSharing({ platform, store }) },
    indexes: workspaceIndexes,
    personalData: workspaceData({ platform, store }),
    reactions: workspaceReactions({ platform, store }),
  };
});
